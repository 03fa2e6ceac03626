"""Adding a pack of lessons from a folder, a zip file or an installed distribution.

Nothing of a pack is run or imported before it is asked about; only regular lesson files of sane
size are taken over, and they are held to what they say behind walls before they count.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes import __version__
from pyrecipes.errors import NotFoundError, PyrecipesError
from pyrecipes.loader.catalogue import PACK_FILE, lesson_files
from pyrecipes.loader.packs import Pack, read_pack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

GROUP = "pyrecipes.lessons"
MOST_FILES = 500
MOST_BYTES = 20_000_000


@contextmanager
def unpacked(source: str) -> Iterator[Path]:
    """A folder of its own with the pack's files, gone afterwards.

    `source` is a folder, a zip file, or the name of an installed distribution with an entry point
    of the group `pyrecipes.lessons`. PyrecipesError for one that can't be had or is not sane.
    """
    with tempfile.TemporaryDirectory(prefix="pyrecipes-pack-") as name:
        into = Path(name) / "pack"
        into.mkdir()
        path = Path(source)
        try:
            if path.is_dir():
                _copy(path, into)
            elif path.is_file():
                _unzip(path, into)
            else:
                _copy(_of_distribution(source), into)
        except OSError as error:
            raise PyrecipesError(f"{source}: {error.strerror or error}") from None
        yield into


def examined(folder: Path, taken: Collection[str]) -> Pack:
    """The pack of an unpacked folder, if it can be used here; PyrecipesError if not.

    `taken` are the ids of the lessons that are there already: a pack can't shadow them.
    """
    pack = read_pack(folder)
    if _numbers(pack.least) > _numbers(__version__):
        raise PyrecipesError(
            f"{pack.name} wants pyrecipes {pack.least} or later; this is {__version__}"
        )
    lessons = [path.stem for path in lesson_files(folder)]
    if not lessons:
        raise PyrecipesError(f"{pack.name} has no lesson file beside its {PACK_FILE}")
    if clash := sorted(set(lessons) & set(taken)):
        raise PyrecipesError(
            f"{pack.name} has a lesson {clash[0]!r}, and there is one of that name already"
        )
    return pack


def missing(pack: Pack) -> list[str]:
    """Those of the distributions that a pack requires which are not installed here."""
    from importlib.metadata import PackageNotFoundError, version

    absent = []
    for name in pack.requires:
        try:
            version(name)
        except PackageNotFoundError:
            absent.append(name)
    return absent


def install(folder: Path, pack: Pack, packs: Path) -> None:
    """Move an unpacked, examined pack among those that count, whole or not at all."""
    packs.mkdir(parents=True, exist_ok=True)
    fresh = packs / f".{pack.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(folder, fresh)
    target = packs / pack.name
    if target.exists():
        old = packs / f".{pack.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old)
    else:
        fresh.rename(target)


def remove(name: str, packs: Path) -> None:
    """Forget a pack; progress in its lessons stays. NotFoundError where there is none."""
    target = packs / name
    if not name or Path(name).name != name or not (target / PACK_FILE).is_file():
        raise NotFoundError(f"there is no pack {name!r}; `pyrecipes packs list` names those there")
    gone = packs / f".{name}.old"
    shutil.rmtree(gone, ignore_errors=True)
    target.rename(gone)
    shutil.rmtree(gone)


def _copy(folder: Path, into: Path) -> None:
    """Copy the files that a pack is made of; links are not followed."""
    if not (folder / PACK_FILE).is_file():
        raise PyrecipesError(f"{folder}: there is no {PACK_FILE} in it, so it is no pack")
    total = 0
    files = [folder / PACK_FILE, *lesson_files(folder)]
    if len(files) > MOST_FILES:
        raise PyrecipesError(f"{folder}: more than {MOST_FILES} lesson files")
    for path in files:
        if path.is_symlink():
            raise PyrecipesError(f"{path}: is a link; a pack has only files of its own")
        total += path.stat().st_size
        if total > MOST_BYTES:
            raise PyrecipesError(f"{folder}: more than {MOST_BYTES // 10**6} MB of lessons")
        shutil.copyfile(path, into / path.name)


def _unzip(path: Path, into: Path) -> None:
    """Unpack a zip file's pack, at its top or in one folder; nothing lands outside `into`."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _sane(path, members)
            tops = {info.filename.split("/")[0] for info in members if "/" in info.filename}
            flat = any(info.filename == PACK_FILE for info in members)
            if not flat and len(tops) != 1:
                raise PyrecipesError(
                    f"{path}: there is no {PACK_FILE} at its top, so it is no pack"
                )
            prefix = "" if flat else f"{next(iter(tops))}/"
            left = MOST_BYTES
            for info in members:
                name = info.filename.removeprefix(prefix)
                if "/" in name or not info.filename.startswith(prefix):
                    continue
                with archive.open(info) as stream:
                    data = stream.read(left + 1)  # what it says of its size may be a lie
                left -= len(data)
                if left < 0:
                    raise PyrecipesError(f"{path}: more than {MOST_BYTES // 10**6} MB unpacked")
                (into / name).write_bytes(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise PyrecipesError(f"{path}: is no zip file that can be read: {error}") from None
    if not (into / PACK_FILE).is_file():
        raise PyrecipesError(f"{path}: there is no {PACK_FILE} in it, so it is no pack")


def _sane(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise PyrecipesError(f"{path}: more than {MOST_FILES} files")
    for info in members:
        name = info.filename
        mode = info.external_attr >> 16
        odd = "\\" in name or ":" in name or "\0" in name
        if odd or name.startswith("/") or ".." in name.split("/"):
            raise PyrecipesError(f"{path}: has a file {name!r}, which leaves its folder")
        if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
            raise PyrecipesError(f"{path}: {name!r} is a link or a device, not a file")
        if info.file_size > MOST_BYTES:
            raise PyrecipesError(f"{path}: {name!r} has more than {MOST_BYTES // 10**6} MB")


def _of_distribution(name: str) -> Path:
    """The folder that a distribution's entry point names; none of its code is imported."""
    from importlib.metadata import PackageNotFoundError, distribution
    from importlib.util import find_spec

    try:
        points = [p for p in distribution(name).entry_points if p.group == GROUP]
    except (PackageNotFoundError, ValueError):
        raise NotFoundError(
            f"{name!r} is no folder, no zip file and no installed distribution"
        ) from None
    if not points:
        raise PyrecipesError(f"{name} is installed, but has no entry point of the group {GROUP}")
    top, *rest = points[0].module.split(".")
    spec = find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        raise PyrecipesError(f"{name}: its entry point names {points[0].value}, which is not there")
    return Path(spec.submodule_search_locations[0], *rest)


def _numbers(version: str) -> list[int]:
    numbers = [int(part) for part in version.split(".") if part.isdecimal()]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
