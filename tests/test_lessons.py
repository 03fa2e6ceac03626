"""The repo's own lessons, held to what they say: each snippet, exercise and mistake a test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes import loader
from pyrecipes.authoring.holding import exercise_faults, mistake_faults, recipe_faults
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.authoring.written import Written
from pyrecipes.value import replace

if TYPE_CHECKING:
    from pyrecipes.model import Lesson, Sandbox

FILES = sorted((Path(__file__).parent.parent / "lessons").glob("*.yaml"))


@cache
def lesson(path: Path) -> Lesson:
    return loader.load(path, f"lessons/{path.name}")


RECIPES = {f"{path.stem}/{recipe.id}": recipe for path in FILES for recipe in lesson(path).recipes}
EXERCISES = {
    f"{path.stem}/{exercise.id}": exercise for path in FILES for exercise in lesson(path).exercises
}
MISTAKES = [
    (name, number)
    for name, exercise in EXERCISES.items()
    for number in range(len(exercise.mistakes))
]


@pytest.fixture(scope="session")
def memo(sandbox: Sandbox) -> MemoSandbox:
    return MemoSandbox(sandbox, Remembered())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_lesson_is_whole(path: Path) -> None:
    assert not list(Written(path).unfinished())
    found = lesson(path)
    assert len(found.recipes) >= 6
    assert len(found.exercises) >= 6
    for exercise in found.exercises:
        assert exercise.kind == "choice" or len(exercise.mistakes) >= 2, exercise.id


@pytest.mark.parametrize("name", RECIPES)
def test_a_snippet_gives_what_is_recorded(name: str, memo: MemoSandbox) -> None:
    assert not list(recipe_faults(RECIPES[name], name, memo))


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_can_be_passed_and_must_be_worked_for(name: str, memo: MemoSandbox) -> None:
    exercise = replace(EXERCISES[name], mistakes=())
    assert not list(exercise_faults(exercise, name, memo, name))


@pytest.mark.parametrize(("name", "number"), MISTAKES)
def test_a_mistake_draws_its_own_feedback(name: str, number: int, memo: MemoSandbox) -> None:
    assert not list(mistake_faults(EXERCISES[name], number, name, memo, name))
