"""Lessons as they will be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.model import NONE
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyrecipes.authoring.importing.notes import Finding
    from pyrecipes.model import Files, Recorded


@value
class DraftExercise:
    """An exercise whose answer is held by tests; `starter` and `solution` have the same files."""

    id: str
    title: str
    prompt: str
    starter: Files
    solution: Files
    hints: tuple[str, ...]
    tests: str
    files: Files = NONE


@value
class DraftRecipe:
    """A recipe. `line` is its line in the notes; each of `todos` is left for the author."""

    title: str
    line: int
    text: str
    code: str
    recorded: Mapping[int, tuple[Recorded, ...]] = NONE
    files: Files = NONE
    args: tuple[str, ...] = ()
    todos: tuple[str, ...] = ()
    exercises: tuple[DraftExercise, ...] = ()
    id: str = ""


@value
class Draft:
    """A lesson, and what was found in the part of the notes that it is from."""

    id: str
    title: str
    line: int
    recipes: tuple[DraftRecipe, ...]
    findings: tuple[Finding, ...]
    docs: str = ""
    requires: tuple[str, ...] = ()
