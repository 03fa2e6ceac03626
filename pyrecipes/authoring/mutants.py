"""Which small changes to a solution its checks do not notice: each is a hole in the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.authoring.mutation import mutants as changes_of
from pyrecipes.checker import Memory
from pyrecipes.checker.judge import examine
from pyrecipes.model import Limits
from pyrecipes.value import replace, value

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Lesson, Sandbox

LIMITS = Limits(wall_s=2.0)
GOAL = 0.95
"""The share of mutants that the checks of a lesson should notice."""


@value
class Mutated:
    """What became of an exercise's mutants.

    `survivors` are the changes that still pass; `excused` counts those that the exercise lists as
    the same in behaviour; `stale` are listed ones that no mutant survives by.
    """

    exercise: str
    total: int
    survivors: tuple[str, ...] = ()
    excused: int = 0
    stale: tuple[str, ...] = ()

    @property
    def killed(self) -> int:
        """How many mutants the checks noticed."""
        return self.total - self.excused - len(self.survivors)

    @property
    def score(self) -> float:
        """The killed share of the mutants that behave differently, from 0 to 1."""
        counted = self.total - self.excused
        return self.killed / counted if counted else 1.0


def mutants(lesson: Lesson, sandbox: Sandbox) -> tuple[Mutated, ...]:
    """Run the checks of each exercise that has a solution on each mutant of that solution."""
    return tuple(
        mutated(exercise, sandbox)
        for recipe in lesson.recipes
        for exercise in (*recipe.exercises, *recipe.variants)
        if exercise.solution
    )


def score(report: tuple[Mutated, ...]) -> float:
    """The killed share over several exercises, from 0 to 1."""
    counted = sum(one.total - one.excused for one in report)
    return sum(one.killed for one in report) / counted if counted else 1.0


def lines(lesson: str, report: tuple[Mutated, ...]) -> list[str]:
    """The report on a lesson's mutants, in words."""
    out = [f"{lesson}: {score(report):.1%} of {sum(one.total for one in report)} changes noticed"]
    for one in report:
        out += [f"  {lesson}/{one.exercise}: {change}: still passes" for change in one.survivors]
        out += [f"  {lesson}/{one.exercise}: same: {change}: no longer so" for change in one.stale]
    return out


def mutated(exercise: Exercise, sandbox: Sandbox) -> Mutated:
    """Run the checks of one exercise on each mutant of its solution."""
    # The form of a `fill` or an `order` is not what is tried here.
    plain = replace(exercise, kind="write")
    memory = Memory()
    program = any(check.kind in ("run", "tests") for check in exercise.checks)
    excuses = {same.change for same in exercise.same}
    total, survived = 0, []
    for name, text in exercise.solution.items():
        if not name.endswith(".py"):
            continue
        for mutant in changes_of(text, program):
            total += 1
            files = {**exercise.solution, name: mutant.source}
            findings = examine(
                plain, files, sandbox, memory, LIMITS, shrink=False, until_fault=True
            )
            if all(finding.result.passed for finding in findings):
                where = "" if len(exercise.solution) == 1 else f"{name}: "
                survived.append(where + mutant.change)
    return Mutated(
        exercise.id,
        total,
        tuple(change for change in survived if change not in excuses),
        sum(change in excuses for change in survived),
        tuple(sorted(excuses - set(survived))),
    )
