"""What the kinds `fill` and `order` ask of an answer's form, before anything is run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyrecipes.model import MAIN, CheckResult

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Files

GAP = "____"


def gap_left(answer: Files) -> CheckResult | None:
    """A gap of a `fill` that is still open."""
    for text in answer.values():
        for number, line in enumerate(text.splitlines(), 1):
            if GAP in line:
                note = f"line {number} still has a gap: put something in place of {GAP}"
                return CheckResult("every gap is filled", False, "", line.strip(), note, number)
    return None


def foreign_line(exercise: Exercise, answer: Files) -> CheckResult | None:
    """A line of an `order` that is not among those given, or comes more often than given."""
    given = Counter(_lines(exercise.starter))
    given = given or Counter([*_lines(exercise.solution), *map(str.strip, exercise.distractors)])
    for number, line in enumerate(answer.get(MAIN, "").splitlines(), 1):
        if not line.strip():
            continue
        given[line.strip()] -= 1
        if given[line.strip()] < 0:
            note = f"line {number} is not one of the given lines: write them as they are"
            return CheckResult("only the given lines", False, "", line.strip(), note, number)
    return None


def _lines(files: Files) -> list[str]:
    return [line.strip() for text in files.values() for line in text.splitlines() if line.strip()]
