"""Lessons kept as marshalled plain data, so that a start imports no yaml. Never code, never pickle:
what is read is checked by a sum, then built by the model's own classes."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pyrecipes import __version__, model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CLASSES: tuple[type[Any], ...] = (
    model.Place,
    model.Snippet,
    model.Recorded,
    model.Check,
    model.Option,
    model.Mistake,
    model.Survivor,
    model.Exercise,
    model.Recipe,
    model.Lesson,
    model.Probe,
)
FIELDS: tuple[tuple[str, ...], ...] = tuple(cls.__match_args__ for cls in CLASSES)
NUMBERS: Mapping[type[Any], int] = {cls: number for number, cls in enumerate(CLASSES)}

Stamp = tuple[Any, ...]
"""What must be the same for kept data to be used."""


def stamp(path: Path) -> Stamp:
    """A file as it is now, and the program that reads it."""
    status = path.stat()
    return (str(path), status.st_mtime_ns, status.st_size, *_program())


class Cache:
    """Named plain data in a folder. A folder that can't be written keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, name: str, stamp: Stamp) -> Any:
        """What was kept under a name with this very stamp, else None."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        if len(data) < 4 or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            return None
        try:
            kept, plain = marshal.loads(data[4:])
        except (ValueError, EOFError, TypeError):
            return None
        return plain if kept == stamp else None

    def put(self, name: str, stamp: Stamp, plain: Any) -> None:
        """Keep plain data: whole, or not at all."""
        if self.folder is None:
            return
        data = marshal.dumps((stamp, plain))
        beside = self.folder / f"{name}.{os.getpid()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(zlib.crc32(data).to_bytes(4, "little") + data)
            beside.replace(self.folder / name)
        except OSError:
            with suppress(OSError):
                beside.unlink()


def to_plain(data: Any) -> Any:
    """Values of the model as lists (number of the class, then its fields), the rest as it is."""
    number = NUMBERS.get(type(data))
    if number is not None:
        return [number, *(to_plain(getattr(data, name)) for name in type(data).__match_args__)]
    if isinstance(data, tuple):
        return tuple(map(to_plain, data))
    if data is None or isinstance(data, (str, int, float)):
        return data
    return {key: to_plain(each) for key, each in data.items()}


def from_plain(plain: Any) -> Any:
    """The inverse of `to_plain`. Fields go straight into their instance: a start waits for this."""
    kind = type(plain)
    if kind is list:
        cls = CLASSES[plain[0]]
        instance = cls.__new__(cls)
        instance.__dict__.update(zip(FIELDS[plain[0]], map(from_plain, plain[1:]), strict=True))
        return instance
    if kind is tuple:
        return tuple(map(from_plain, plain)) if plain else plain
    if kind is dict:
        return {key: from_plain(each) for key, each in plain.items()}
    return plain


def _program() -> Stamp:
    """What reads lessons: the versions, the model's fields, and the reader's own files."""
    fields = tuple((cls.__name__, cls.__match_args__) for cls in CLASSES)
    with os.scandir(os.path.dirname(__file__)) as entries:  # noqa: PTH120
        changed = max(e.stat().st_mtime_ns for e in entries if e.name.endswith(".py"))
    return (__version__, sys.version_info[:2], fields, changed)
