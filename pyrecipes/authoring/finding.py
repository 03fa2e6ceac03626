"""The lesson files that an author means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes.errors import NotFoundError
from pyrecipes.loader.catalogue import builtin_folder, lesson_files

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = "lessons"


def find(names: Sequence[str], here: Path) -> list[Path]:
    """The lesson files of files and folders, each once.

    Without names: those of the folder `lessons` in `here`, or the built-in ones where there is
    none. Raises NotFoundError for what is not there, and for a folder without lessons.
    """
    if not names:
        folder = here / FOLDER
        names = [FOLDER if folder.is_dir() else str(builtin_folder())]
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if (here / path).is_dir():
            inside = lesson_files(here / path)
            files = [path / each.name for each in inside] or [
                path / FOLDER / each.name for each in lesson_files(here / path / FOLDER)
            ]
            if not files:
                raise NotFoundError(f"{name} holds no lessons; `pyrecipes lessons new` makes one")
            found.update(dict.fromkeys(files))
        elif (here / path).exists():
            found[path] = None
        else:
            raise NotFoundError(f"{name}: there is no such file or folder")
    return list(found)
