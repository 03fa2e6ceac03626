"""`for` checks: the answer does as the solution does on inputs that Hypothesis makes and shrinks.

Both run in sandboxes of their own, many inputs in one run.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.checker import calls
from pyrecipes.checker.compare import Rules, difference
from pyrecipes.checker.finding import Finding, stopped
from pyrecipes.checker.shown import show
from pyrecipes.checker.shrink import Language, parts, smaller
from pyrecipes.checker.strategies import StrategyError, strategy
from pyrecipes.model import CheckResult, Probe, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyrecipes.checker.calls import Asked
    from pyrecipes.checker.wanted import Memory
    from pyrecipes.model import Check, Exercise, Files, Limits, Sandbox

INPUTS = 60
ROUNDS = 15
BATCH = 150

Input = Mapping[str, Any]
"""The generated names with their values."""


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
            kept.inputs[number] = _made(check)
    except StrategyError as error:
        return Finding(CheckResult(title, False, note=f"this check can't be used: {error}"), "")
    inputs = kept.inputs[number]
    duel = _Duel(check, exercise, answer, sandbox, limits, kept.known(number))
    duel.fight(inputs)
    sign = json.dumps([duel.sign(one) for one in inputs])
    worst = min((one for one in inputs if duel.differs(one)), key=_size, default=None)
    if worst is None:
        return Finding(CheckResult(title, True), "passed")
    if shrink and not duel.stopped(worst):
        worst = _shrunk(check, duel, worst)
    return Finding(duel.told(title, worst), sign)


def _made(check: Check) -> list[Input]:
    """Inputs, each once, the same at every call. Raises StrategyError."""
    _settle()
    import random

    from hypothesis import HealthCheck, Phase, find, settings, strategies
    from hypothesis.errors import HypothesisException

    both = {name: strategy(text) for name, text in check.each.items()}
    found: dict[str, Input] = {}

    def look(values: dict[str, Any]) -> bool:
        found.setdefault(bindings(values), values)
        return False

    chosen = settings(
        max_examples=INPUTS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with contextlib.suppress(HypothesisException):
        everything = strategies.fixed_dictionaries(both)
        find(everything, look, settings=chosen, random=random.Random(0))
    if not found:
        raise StrategyError("its strategies make nothing")
    return list(found.values())


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

    def fight(self, inputs: Iterable[Input]) -> None:
        """Run both on the inputs that are new."""
        new = [one for one in map(bindings, inputs) if one not in self.asked]
        unknown = [one for one in new if one not in self.known]
        for one, asked in zip(unknown, self._ask(self.exercise.solution, unknown), strict=True):
            self.known[one] = asked.result
        # Where the solution itself came to no result nothing is wanted.
        new = [one for one in new if self.known[one] is not None]
        self.asked.update(zip(new, self._ask(self.answer, new), strict=True))

    def _ask(self, files: Files, inputs: list[str]) -> list[Asked]:
        given = self.check.given
        probes = [Probe(self.check.call, f"{one}\n{given}" if given else one) for one in inputs]
        return calls.ask(self.exercise, files, probes, self.sandbox, self.limits) if probes else []

    def differs(self, one: Input) -> bool:
        """Whether the answer is known to do otherwise than the solution on this input."""
        name = bindings(one)
        return name in self.asked and self._note(name) != ""

    def stopped(self, one: Input) -> bool:
        """Whether the answer came to no result on this input."""
        return self.asked[bindings(one)].result is None

    def sign(self, one: Input) -> Any:
        """What the answer does on this input, where it differs."""
        if not self.differs(one):
            return None
        result = self.asked[bindings(one)].result
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

    def told(self, title: str, one: Input) -> CheckResult:
        """The result that shows the difference on this input."""
        name = bindings(one)
        want, asked = self.known[name], self.asked[name]
        got = asked.result
        wanted = _shown(want) if want else ""
        if got is None:
            given, line = "no result", asked.transcript.stopped_at if asked.transcript else None
            note = f"for {name}: {self._note(name)}"
        else:
            given, line = _shown(got), got.line
            note = f"for {name} yours gives {_cut(given)}, it should give {_cut(wanted)}"
        return CheckResult(title, False, wanted, given, note, line, asked.transcript)


def _shrunk(check: Check, duel: _Duel, worst: Input) -> Input:
    """A smallest input on which answer and solution differ, by steps that are tried together."""
    languages = {name: Language(text) for name, text in check.each.items()}
    made = {name: frozenset(parts(item)) for name, item in worst.items()}
    for _ in range(ROUNDS):
        steps: dict[str, Input] = {}
        for name, language in languages.items():
            for item in smaller(worst[name]):
                one = {**worst, name: item}
                if len(steps) == BATCH * len(languages):
                    break
                if _size(one) < _size(worst) and language.holds(item, made[name]):
                    steps.setdefault(bindings(one), one)
        duel.fight(steps.values())
        better = [one for one in steps.values() if duel.differs(one) and not duel.stopped(one)]
        if not better:
            break
        worst = min(better, key=_size)
    return worst


def _size(one: Input) -> tuple[int, str]:
    text = bindings(one)
    return len(text), text


def _shown(result: Result) -> str:
    if result.raised:
        return calls.raised_text(result)
    if result.data is None and result.printed:
        return result.printed
    return show(result.data)


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:115]} ..."


def bindings(values: Input) -> str:
    """Statements that bind names to generated values."""
    return "; ".join(f"{name} = {source_of(item)}" for name, item in values.items())


def source_of(item: Any) -> str:
    """A generated value as an expression that gives it again."""
    if isinstance(item, float) and item - item != 0:
        return f"float('{item!r}')"
    if isinstance(item, (list, tuple, set, frozenset)):
        inner = ", ".join(source_of(one) for one in item)
        if isinstance(item, list):
            return f"[{inner}]"
        if isinstance(item, tuple):
            return f"({inner},)" if len(item) == 1 else f"({inner})"
        return f"{type(item).__name__}([{inner}])"
    if isinstance(item, dict):
        return "{" + ", ".join(f"{source_of(k)}: {source_of(v)}" for k, v in item.items()) + "}"
    kinds = (datetime.date, datetime.time, datetime.timedelta)
    if isinstance(item, kinds):
        return f"__import__('datetime').{repr(item).removeprefix('datetime.')}"
    if isinstance(item, (Decimal, Fraction)):
        module = type(item).__module__
        return f"__import__({module!r}).{type(item).__name__}('{item}')"
    return repr(item)


def _settle() -> None:
    """Let Hypothesis keep its tables where the program keeps what it keeps."""
    from hypothesis.configuration import set_hypothesis_home_dir
    from platformdirs import user_cache_dir

    home = os.environ.get("PYRECIPES_HOME") or user_cache_dir("pyrecipes", appauthor=False)
    set_hypothesis_home_dir(Path(home, "hypothesis"))
