"""What the checks of an exercise want: worked out where no answer can reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.checker.calls import ask
from pyrecipes.checker.literal import NotLiteralError, literal
from pyrecipes.model import Limits, Probe, Result

if TYPE_CHECKING:
    from pyrecipes.checker.finding import Finding
    from pyrecipes.model import Exercise, Sandbox, Transcript


class Kept:
    """What was worked out for one exercise: what its checks want, what its code shows,
    generated inputs, what its known mistakes do."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.wanted: dict[int, Result] | None = None
        self.shown: Transcript | None = None
        self.inputs: dict[int, list[str]] = {}
        self.mistakes: dict[int, list[Finding]] = {}
        self._known: dict[int, dict[str, Result | None]] = {}

    def known(self, number: int) -> dict[str, Result | None]:
        """What the solution gave on the generated inputs of the check of that number."""
        return self._known.setdefault(number, {})


class Memory:
    """What was worked out for exercises, for as long as it is handed around."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}

    def of(self, exercise: Exercise) -> Kept:
        """What is kept of this very exercise (which is kept too, so that its id stays its own)."""
        return self._kept.setdefault(id(exercise), Kept(exercise))


def wanted(exercise: Exercise, sandbox: Sandbox, memory: Memory) -> dict[int, Result]:
    """What each `gives` of the exercise's checks gives, by the check's number.

    Literals are read; all others are run in one sandbox of their own, over the solution's names.
    One that raises, or ends the run, is left out.
    """
    kept = memory.of(exercise)
    if kept.wanted is not None:
        return kept.wanted
    found: dict[int, Result] = {}
    open_ones: list[tuple[int, Probe]] = []
    for number, check in enumerate(exercise.checks):
        if check.gives is None:
            continue
        try:
            found[number] = Result(literal(check.gives))
        except NotLiteralError:
            open_ones.append((number, Probe(check.gives, check.given)))
    if open_ones:
        probes = [probe for _, probe in open_ones]
        asked = ask(exercise, exercise.solution, probes, sandbox, Limits())
        for (number, _), one in zip(open_ones, asked, strict=True):
            if one.result is not None and one.result.raised is None:
                found[number] = one.result
    kept.wanted = found
    return found
