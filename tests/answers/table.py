"""Answers by exercise, each written in another way than the solution, as tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.checker import check
from pyrecipes.model import MAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyrecipes.model import Exercise, Lesson, Sandbox

    Answers = Mapping[str, tuple[str | Mapping[str, str], ...]]

LESSONS = Path(__file__).parents[2] / "lessons"


@cache
def lesson(name: str) -> Lesson:
    return loader.load(LESSONS / f"{name}.yaml", f"lessons/{name}.yaml")


def exercise(name: str, of: str) -> Exercise:
    return next(one for one in lesson(name).exercises if one.id == of)


def cases(answers: Answers) -> list[tuple[str, int]]:
    """The parameters of a test: each answer by its exercise and number."""
    return [(of, number) for of, several in answers.items() for number in range(len(several))]


def holds(name: str, of: str, answer: str | Mapping[str, str], sandbox: Sandbox) -> tuple[str, ...]:
    """What the checks that do not pass say; nothing for a right answer."""
    files = {MAIN: answer} if isinstance(answer, str) else answer
    asked = exercise(name, of)
    files = {path: dedent(text) for path, text in files.items()}
    if asked.kind == "fill":
        assert "____" not in "".join(files.values())
    verdict = check(asked, files, sandbox)
    return tuple(
        f"{one.check}: want {one.want}, got {one.got}" for one in verdict.checks if not one.passed
    )


def told_of(name: str) -> set[str]:
    """The exercises that can be answered in more than one way: all but the choices."""
    return {one.id for one in lesson(name).exercises if one.kind != "choice"}
