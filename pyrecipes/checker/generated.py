"""`for` checks: the answer does as the solution does on inputs that Hypothesis makes and shrinks.

Both run in sandboxes of their own, many inputs in one run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyrecipes.checker import calls
from pyrecipes.checker.compare import Rules, difference
from pyrecipes.checker.finding import Finding, stopped
from pyrecipes.checker.inputs import bindings, inputs, values_of
from pyrecipes.checker.shown import show
from pyrecipes.checker.shrink import Language, parts, smaller
from pyrecipes.checker.strategies import StrategyError
from pyrecipes.model import CheckResult, Probe, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyrecipes.checker.calls import Asked
    from pyrecipes.checker.wanted import Memory
    from pyrecipes.model import Check, Exercise, Files, Limits, Sandbox

ROUNDS = 15
BATCH = 150


def judge(
    check: Check,
    number: int,
    exercise: Exercise,
    answer: Files,
    sandbox: Sandbox,
    memory: Memory,
    limits: Limits,
    shrink: bool,
) -> Finding:
    """Hold an answer to the solution on generated inputs; with `shrink` on the smallest one."""
    title = f"{check.call} for any {', '.join(check.each)}"
    kept = memory.of(exercise)
    try:
        if number not in kept.inputs:
            kept.inputs[number] = inputs(check.each)
    except StrategyError as error:
        return Finding(CheckResult(title, False, note=f"this check can't be used: {error}"), "")
    made = kept.inputs[number]
    duel = _Duel(check, exercise, answer, sandbox, limits, kept.known(number))
    duel.fight(made)
    sign = json.dumps([duel.sign(one) for one in made])
    worst = min((one for one in made if duel.differs(one)), key=_size, default=None)
    if worst is None:
        return Finding(CheckResult(title, True), "passed")
    if shrink and not duel.stopped(worst):
        worst = _shrunk(check, duel, worst)
    return Finding(duel.told(title, worst), sign)


class _Duel:
    """What solution and answer do on inputs, each input run once. `known` is the solution's."""

    def __init__(
        self,
        check: Check,
        exercise: Exercise,
        answer: Files,
        sandbox: Sandbox,
        limits: Limits,
        known: dict[str, Result | None],
    ) -> None:
        self.check, self.exercise, self.answer, self.sandbox = check, exercise, answer, sandbox
        self.limits, self.known = limits, known
        self.asked: dict[str, Asked] = {}

    def fight(self, made: Iterable[str]) -> None:
        """Run both on the inputs that are new."""
        new = [one for one in made if one not in self.asked]
        unknown = [one for one in new if one not in self.known]
        for one, asked in zip(unknown, self._ask(self.exercise.solution, unknown), strict=True):
            self.known[one] = asked.result
        # Where the solution itself came to no result nothing is wanted.
        new = [one for one in new if self.known[one] is not None]
        self.asked.update(zip(new, self._ask(self.answer, new), strict=True))

    def _ask(self, files: Files, made: list[str]) -> list[Asked]:
        given = self.check.given
        probes = [Probe(self.check.call, f"{one}\n{given}" if given else one) for one in made]
        return calls.ask(self.exercise, files, probes, self.sandbox, self.limits) if probes else []

    def differs(self, one: str) -> bool:
        """Whether the answer is known to do otherwise than the solution on this input."""
        return one in self.asked and self._note(one) != ""

    def stopped(self, one: str) -> bool:
        """Whether the answer came to no result on this input."""
        return self.asked[one].result is None

    def sign(self, one: str) -> Any:
        """What the answer does on this input, where it differs."""
        if not self.differs(one):
            return None
        result = self.asked[one].result
        if result is None:
            return "stopped"
        return result.raised[0] if result.raised else [result.data, result.printed]

    def _note(self, one: str) -> str:
        want, asked = self.known[one], self.asked[one]
        got = asked.result
        if want is None:
            return ""
        if got is None:
            over = asked.transcript
            return (stopped(over) or "it ended the program") if over else ""
        if want.raised:
            kinds = {got.raised[0], *got.bases} if got.raised else set()
            return "" if want.raised[0] in kinds else f"{want.raised[0]} is wanted"
        if got.raised:
            return f"it raises {got.raised[0]}"
        if want.data is None and calls.printed(want.printed) != calls.printed(got.printed):
            return "it prints something else"
        return difference(want.data, got.data, Rules(self.check.within, self.check.exact)) or ""

    def told(self, title: str, one: str) -> CheckResult:
        """The result that shows the difference on this input."""
        want, asked = self.known[one], self.asked[one]
        got = asked.result
        wanted = _shown(want) if want else ""
        if got is None:
            given, line = "no result", asked.transcript.stopped_at if asked.transcript else None
            note = f"for {one}: {self._note(one)}"
        else:
            given, line = _shown(got), got.line
            note = f"for {one} yours gives {_cut(given)}, it should give {_cut(wanted)}"
        return CheckResult(title, False, wanted, given, note, line, asked.transcript)


def _shrunk(check: Check, duel: _Duel, worst: str) -> str:
    """A smallest input on which answer and solution differ, by steps that are tried together."""
    values = values_of(worst)
    if values.keys() != check.each.keys():
        return worst  # of types that have no literal
    languages = {name: Language(text) for name, text in check.each.items()}
    made = {name: frozenset(parts(item)) for name, item in values.items()}
    for _ in range(ROUNDS):
        steps: dict[str, None] = {}
        for name, language in languages.items():
            for item in smaller(values[name]):
                one = bindings({**values, name: item})
                if len(steps) == BATCH * len(languages):
                    break
                if _size(one) < _size(worst) and language.holds(item, made[name]):
                    steps[one] = None
        duel.fight(steps)
        better = [one for one in steps if duel.differs(one) and not duel.stopped(one)]
        if not better:
            break
        worst = min(better, key=_size)
        values = values_of(worst)
    return worst


def _size(one: str) -> tuple[int, str]:
    return len(one), one


def _shown(result: Result) -> str:
    if result.raised:
        return calls.raised_text(result)
    if result.data is None and result.printed:
        return result.printed
    return show(result.data)


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:115]} ..."
