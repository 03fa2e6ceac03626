"""YAML -> Lesson. Every fault with file, line and column; the catalogue and its cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pyrecipes.model import Lesson

__all__ = ["load"]


def load(path: Path, name: str | None = None, pack: str = "") -> Lesson:
    """Read a lesson file.

    `name` is what places call the file (the path as given, unless said), `pack` the pack that it
    is from. Raises LessonError with all the file's faults.
    """
    from pyrecipes.loader.lesson import load as read

    return read(path, name, pack)
