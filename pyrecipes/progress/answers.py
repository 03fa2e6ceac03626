"""Answers as ordinary files, that any editor can open. Each is written whole or not at all."""

from __future__ import annotations

import os

from pyrecipes.errors import StoreError
from pyrecipes.model import MAIN

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from pathlib import Path

    from pyrecipes.model import Exercise, Files


class Answers:
    """The folder `answers/LESSON/EXERCISE.py`; a folder EXERCISE where there are several files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, exercise: Exercise) -> Path:
        """Where the answer to an exercise (`re/phone`) lies: a file, or a folder of several."""
        lesson = name.rpartition("/")[0]
        if len(exercise.starter) > 1:
            return self.folder / lesson / exercise.id
        return self.folder / lesson / f"{exercise.id}.py"

    def read(self, name: str, exercise: Exercise) -> Files:
        """The answer as it is; the starter where there is none yet.

        A file that is missing from a folder of several is the starter's. StoreError for one that
        can't be read.
        """
        path = self.path(name, exercise)
        names = list(exercise.starter) or [MAIN]
        files = {}
        for inner in names:
            text = _read(path / inner if len(names) > 1 else path)
            files[inner] = exercise.starter.get(inner, "") if text is None else text
        return files

    def write(self, name: str, exercise: Exercise, files: Files) -> None:
        """Keep an answer. It is on the disk when this returns; StoreError where it can't be."""
        path = self.path(name, exercise)
        for inner, text in files.items():
            write_whole(path / inner if len(files) > 1 else path, text)

    def reset(self, name: str, exercise: Exercise) -> Path | None:
        """Put the starter back; the answer that was there is kept beside, at the given path."""
        path = self.path(name, exercise)
        kept = None
        if path.exists() and not self._is_starter(name, exercise):
            kept = _free(path)
            try:
                path.rename(kept)
            except OSError as error:
                raise StoreError(
                    f"{path}: {error.strerror}; the answer was left as it is"
                ) from None
        self.write(name, exercise, exercise.starter or {MAIN: ""})
        return kept

    def _is_starter(self, name: str, exercise: Exercise) -> bool:
        try:
            return self.read(name, exercise) == dict(exercise.starter or {MAIN: ""})
        except StoreError:
            return False  # what can't be read is kept, and starts afresh


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all, through a file beside it; a link stays a link."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else None
        with beside.open("w", encoding="utf-8", newline="\n", errors="surrogateescape") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
        _settle(target.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: {error.strerror}; what you wrote was not saved there, make room or rights"
        ) from None


def _settle(folder: Path) -> None:
    """Have a folder's names on the disk too, so that a new file outlives a loss of power."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return  # a file system that has no such thing; the file itself is on the disk
    finally:
        os.close(descriptor)


def _read(path: Path) -> str | None:
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise StoreError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _free(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}.before-{number}{path.suffix}")).exists():
        number += 1
    return kept
