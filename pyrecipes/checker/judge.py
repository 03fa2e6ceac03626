"""An answer to its verdict."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from pyrecipes.checker import calls, forms, programs, source, told
from pyrecipes.checker.finding import Finding, stopped
from pyrecipes.checker.wanted import Memory, wanted
from pyrecipes.model import MAIN, CheckResult, Limits, Probe, Verdict

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Files, Sandbox

LATER = "tried once the others pass"
ANSWER = Limits()
MISTAKE_S = 3.0


def check(
    exercise: Exercise,
    answer: Files,
    sandbox: Sandbox,
    name: str = "",
    memory: Memory | None = None,
) -> Verdict:
    """Hold an answer to its exercise. `name` is what the verdict calls the exercise.

    A `memory` that is handed in again spares working out again what the checks want. Nothing that
    an answer does raises here: it becomes a failed check.
    """
    started = time.perf_counter()
    memory = memory or Memory()
    name = name or exercise.id
    feedback, mistake = "", None
    if exercise.kind == "choice":
        finding, feedback = told.choose(exercise, answer)
        findings = [finding]
    else:
        findings = examine(exercise, answer, sandbox, memory, ANSWER)
    passed = all(finding.result.passed for finding in findings)
    if not passed and exercise.mistakes:
        spent = time.perf_counter() - started
        limits = Limits(wall_s=min(1 + 2 * spent, MISTAKE_S))
        mistake = known_mistake(exercise, answer, findings, sandbox, memory, limits)
        if mistake is not None:
            feedback = exercise.mistakes[mistake].feedback
    results = tuple(finding.result for finding in findings)
    if not passed and not feedback:
        feedback = next((r.note for r in results if not r.passed and r.note), "")
    return Verdict(
        name,
        passed,
        results,
        feedback,
        (time.perf_counter() - started) * 1000,
        mistake,
        passed and _shorter(exercise, answer),
    )


def examine(
    exercise: Exercise,
    answer: Files,
    sandbox: Sandbox,
    memory: Memory,
    limits: Limits,
    shrink: bool = True,
    until_fault: bool = False,
) -> list[Finding]:
    """What each of the exercise's checks finds in an answer (or in a known mistake).

    Generated inputs come last, and only once all other checks pass; `shrink` asks for the smallest
    input on which the answer fails. With `until_fault` no more is run once a check has failed.
    """
    if exercise.kind == "predict":
        return [told.predict(exercise, answer, sandbox, memory)]
    formal = _form(exercise, answer)
    if formal is not None:
        return [formal]
    found = _static(exercise, answer)
    if not (until_fault and _failed(found)):
        found.update(_called(exercise, answer, sandbox, memory, limits))
    for number, one in enumerate(exercise.checks):
        if until_fault and _failed(found):
            break
        if one.kind == "run":
            found[number] = [
                programs.not_tried(one, answer)
                if any(_ran_into_limit(finding) for finding in _all(found))
                else programs.judge(one, exercise, answer, sandbox, limits)
            ]
        elif one.kind == "tests":
            from pyrecipes.checker import pytests

            found[number] = pytests.judge(one, exercise, answer, sandbox, limits)
    fine = not _failed(found)
    for number, one in enumerate(exercise.checks):
        if one.kind == "call" and one.each:
            if fine:
                from pyrecipes.checker import generated

                one_more = generated.judge(
                    one, number, exercise, answer, sandbox, memory, limits, shrink
                )
            else:
                title = f"{one.call} for any {', '.join(one.each)}"
                one_more = Finding(CheckResult(title, False, note=LATER, tried=False), LATER)
            found[number] = [one_more]
    return _all(dict(sorted(found.items())))


def _failed(found: dict[int, list[Finding]]) -> bool:
    return any(not finding.result.passed for finding in _all(found))


def _all(found: dict[int, list[Finding]]) -> list[Finding]:
    return [finding for findings in found.values() for finding in findings]


def known_mistake(
    exercise: Exercise,
    answer: Files,
    findings: list[Finding],
    sandbox: Sandbox,
    memory: Memory,
    limits: Limits,
) -> int | None:
    """The number of the known mistake that does just what the answer did, check by check.

    A race may end otherwise each time; there the very same source still counts as the same.
    """
    kept = memory.of(exercise).mistakes
    for number, mistake in enumerate(exercise.mistakes):
        if number not in kept:
            kept[number] = examine(exercise, mistake.files, sandbox, memory, limits, shrink=False)
    for closely in (True, False):
        did = _did(findings, closely)
        for number, done in kept.items():
            if _did(done, closely) == did:
                return number
    same = (number for number, one in enumerate(exercise.mistakes) if one.files == answer)
    return next(same, None)


def _did(findings: list[Finding], closely: bool) -> list[str]:
    return [f"{f.sign}\0{f.detail}" if closely else f.sign for f in findings]


def _form(exercise: Exercise, answer: Files) -> Finding | None:
    """What forbids to run the answer at all."""
    fault = None
    if exercise.kind == "fill":
        fault = forms.gap_left(answer)
    elif exercise.kind == "order":
        fault = forms.foreign_line(exercise, answer)
    fault = fault or source.syntax_fault(answer)
    return Finding(fault, json.dumps([fault.check, fault.got, fault.note])) if fault else None


def _static(exercise: Exercise, answer: Files) -> dict[int, list[Finding]]:
    found = {}
    for number, one in enumerate(exercise.checks):
        if one.kind in ("uses", "avoids"):
            result = source.judge(one, answer)
            found[number] = [Finding(result, "passed" if result.passed else "failed")]
    return found


def _called(
    exercise: Exercise, answer: Files, sandbox: Sandbox, memory: Memory, limits: Limits
) -> dict[int, list[Finding]]:
    numbers = [n for n, one in enumerate(exercise.checks) if one.kind == "call" and not one.each]
    if not numbers:
        return {}
    wants = wanted(exercise, sandbox, memory)
    probes = [Probe(exercise.checks[n].call, exercise.checks[n].given) for n in numbers]
    asked = calls.ask(exercise, answer, probes, sandbox, limits)
    start = asked[0].transcript
    if len(answer) > 1 and asked[0].result is None and start is not None and start.error:
        # A program that wants arguments fails when it is loaded without them; the rest of the
        # answer can be called all the same, unless its program is what a check asks for.
        rest = calls.ask(exercise, {**answer, MAIN: ""}, probes, sandbox, limits)
        asked = [calls.later_of(*pair) for pair in zip(asked, rest, strict=True)]
    return {
        number: [calls.judge(exercise.checks[number], one, wants.get(number), answer)]
        for number, one in zip(numbers, asked, strict=True)
    }


def _ran_into_limit(finding: Finding) -> bool:
    transcript = finding.result.transcript
    return transcript is not None and bool(stopped(transcript))


def _shorter(exercise: Exercise, answer: Files) -> bool:
    if exercise.kind in ("predict", "choice", "order"):
        return False
    return source.code_lines(answer) < source.code_lines(exercise.solution)
