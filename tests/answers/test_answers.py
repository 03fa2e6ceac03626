"""Other right answers than the solution pass: each exercise with code has at least two."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes.checker import check
from pyrecipes.loader import load
from pyrecipes.model import MAIN

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Lesson, Sandbox

HERE = Path(__file__).parent
LESSONS = HERE.parent.parent / "lessons"


@cache
def lesson(name: str) -> Lesson:
    return load(LESSONS / f"{name}.yaml")


def exercise(name: str, id_: str) -> Exercise:
    return next(one for one in asked(name) if one.id == id_)


def asked(name: str) -> list[Exercise]:
    """The exercises and their variants."""
    recipes = lesson(name).recipes
    return [one for recipe in recipes for one in (*recipe.exercises, *recipe.variants)]


def answers(name: str) -> list[tuple[str, dict[str, str]]]:
    """Of `=== exercise`, then its main file; `--- path` begins another file."""
    found = []
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        id_, _, rest = part.partition("\n")
        first, *more = re.split(r"^--- ", rest, flags=re.MULTILINE)
        files = {MAIN: first} if first.strip() else {}
        files |= {path: code for path, _, code in (one.partition("\n") for one in more)}
        found.append((id_.strip(), files))
    return found


NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
ALL = [
    pytest.param(name, id_, files, id=f"{name}/{id_}-{number}")
    for name in NAMES
    for number, (id_, files) in enumerate(answers(name))
]


@pytest.mark.parametrize(("name", "id_", "files"), ALL)
def test_another_right_answer(sandbox: Sandbox, name: str, id_: str, files: dict[str, str]) -> None:
    task = exercise(name, id_)
    verdict = check(task, {**task.solution, **files}, sandbox, f"{name}/{id_}")
    assert verdict.passed, [result for result in verdict.checks if not result.passed]
    assert files[MAIN] != task.solution.get(MAIN) if MAIN in files else True


@pytest.mark.parametrize("name", NAMES)
def test_there_are_two_for_each_exercise_with_code(name: str) -> None:
    given = [id_ for id_, _ in answers(name)]
    few = [
        one.id
        for one in lesson(name).exercises
        if one.kind in ("write", "fix", "fill") and given.count(one.id) < 2
    ]
    assert few == []
