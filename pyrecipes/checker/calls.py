"""`call` checks: the answer is called with a check's inputs, what it gave is compared here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyrecipes.checker.compare import Rules, difference, text_difference
from pyrecipes.checker.finding import Finding, snippet_of, stopped, visible
from pyrecipes.checker.shown import show
from pyrecipes.checker.source import defined
from pyrecipes.meaning import meaning
from pyrecipes.model import MAIN, CheckResult, Limits, Probe, Result, Transcript
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyrecipes.model import Check, Exercise, Files, Sandbox

MODULE = "answer"
RERUNS = 3

# Exceptions that newer Pythons know by another name.
RENAMED = {
    "error": "PatternError",
    "IOError": "OSError",
    "EnvironmentError": "OSError",
    "timeout": "TimeoutError",
}


@value
class Asked:
    """What became of a probe: its result, or None where the run in `transcript` ended before."""

    result: Result | None
    transcript: Transcript | None


def ask(
    exercise: Exercise, answer: Files, probes: Sequence[Probe], sandbox: Sandbox, limits: Limits
) -> list[Asked]:
    """Evaluate all probes over an answer's names in one run.

    Where one ends the run (`os._exit`, a crash) the rest are asked in a further run; where a limit
    ends it, they are not asked.
    """
    asked: list[Asked] = []
    for _ in range(RERUNS):
        rest = tuple(probes[len(asked) :])
        snippet = snippet_of(exercise, answer, module=MODULE, probes=rest)
        transcript = sandbox.run(snippet, limits)
        asked += [Asked(result, transcript) for result in transcript.results[: len(rest)]]
        if len(asked) == len(probes):
            return asked
        asked.append(Asked(None, transcript))
        if stopped(transcript) or transcript.error or len(asked) == len(probes):
            break
    last = asked[-1].transcript
    at_start = last is not None and last.error is not None and not last.results
    return asked + [Asked(None, last if at_start else None)] * (len(probes) - len(asked))


def later_of(first: Asked, later: Asked) -> Asked:
    """The later one, unless it lacks a name that the check's own text needs."""
    result = later.result
    lacks = result is None or (result.raised and result.raised[0] == "NameError")
    return first if lacks else later


def judge(check: Check, asked: Asked, wanted: Result | None, answer: Files) -> Finding:
    """Whether a call did what is wanted. `wanted` is what its `gives` gave, apart from it all."""
    want = _want(check, wanted)
    result = asked.result
    if result is None:
        return _not_reached(check, want, asked.transcript)
    got, note, sign = _judged(check, wanted, result)
    if note == "":
        return Finding(CheckResult(check.call, True, want, got), "passed")
    if result.raised and result.raised[0] == "NameError" and result.line is None:
        note = _missing(result.raised[1], answer) or note
    found = CheckResult(check.call, False, want, got, note, result.line, asked.transcript)
    return Finding(found, sign, result.raised[1] if result.raised else "")


def raises(check: Check, result: Result) -> bool:
    """Whether the exception is the wanted one: of that type, or of a type derived from it."""
    name = (check.raises or "").rpartition(".")[2]
    names = {name, RENAMED.get(name, name)}
    kinds = result.bases[:1] if check.exact else result.bases
    return result.raised is not None and bool(names & {result.raised[0], *kinds})


def raised_text(result: Result) -> str:
    """An exception as Python's last line of a traceback."""
    kind, message = result.raised or ("", "")
    return visible(f"{kind}: {message}" if message else kind)


def _want(check: Check, wanted: Result | None) -> str:
    if check.raises is not None:
        return f"it raises {check.raises}"
    if check.prints is not None:
        return visible(check.prints)
    return show(wanted.data) if wanted else ""


def _judged(check: Check, wanted: Result | None, result: Result) -> tuple[str, str, str]:
    """What is shown as got, a note (empty: passed), and the sign."""
    if check.raises is not None:
        if raises(check, result):
            return raised_text(result), "", ""
        if result.raised:
            note = f"it raises {result.raised[0]}, where {check.raises} is wanted"
            return raised_text(result), note, f"raised {result.raised[0]}"
        got = show(result.data)
        return got, f"it gives {show(result.data, 60)} and raises nothing", _sign(result)
    if result.raised:
        usual = meaning(*result.raised)
        at = f"line {result.line} raises" if result.line else "it raises"
        note = f"{at} {result.raised[0]}" + (f". {usual}" if usual else "")
        return raised_text(result), note, f"raised {result.raised[0]}"
    if check.prints is not None:
        want, got = printed(check.prints), printed(result.printed)
        note = "" if want == got else text_difference(want, got)
        if note and not got and result.data is not None:
            note = "it prints nothing: it gives a value instead"
        return visible(result.printed), note, json.dumps(["printed", got])
    if wanted is None:
        return show(result.data), "this check can't be judged: its `gives` could not be run", ""
    found = difference(wanted.data, result.data, Rules(check.within, check.exact)) or ""
    if found and result.data is None and result.printed.strip():
        found = "it prints, where it is to give the value: `return` it"
    return show(result.data), found, _sign(result)


def printed(text: str) -> str:
    """Printed text without what nobody sees: spaces at the ends of lines, lines at the end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip("\n")


def _sign(result: Result) -> str:
    return json.dumps(result.data, sort_keys=True)


def _not_reached(check: Check, want: str, transcript: Transcript | None) -> Finding:
    if transcript is None:
        note = "not tried, since the run was over before"
        return Finding(CheckResult(check.call, False, want, note=note, tried=False), "not tried")
    why, error = stopped(transcript), transcript.error
    if why:
        found = CheckResult(
            check.call, False, want, "no result", why, transcript.stopped_at, transcript
        )
        return Finding(found, transcript.status)
    if error is not None:
        kind, _, message = error.text.partition(": ")
        line = next((f.line for f in reversed(error.frames)), error.line)
        usual = meaning(kind, message)
        note = f"your answer ends with {kind}" + (f" at line {line}" if line else "")
        note += f". {usual}" if usual else ", before it can be called"
        found = CheckResult(check.call, False, want, visible(error.text), note, line, transcript)
        return Finding(found, f"raised {kind}", message)
    note = f"your answer ended the program here, with exit code {transcript.exit_code}"
    found = CheckResult(check.call, False, want, "no result", note, None, transcript)
    return Finding(found, f"ended {transcript.exit_code}")


def _missing(message: str, answer: Files) -> str:
    """What a check's own NameError says of an answer: the name it lacks, and those it has."""
    import re
    from difflib import get_close_matches

    found = re.match(r"name '(\w+)' is not defined", message)
    if not found:
        return ""
    try:
        names = defined(answer.get(MAIN, ""))
    except SyntaxError:
        return ""
    close = get_close_matches(found[1], names, 1, 0.5) or names[:1]
    has = f"; it has `{close[0]}`" if close else ""
    return f"your answer defines no `{found[1]}`{has}"
