"""`run` checks: the answer as a program, with its arguments, input, files, output and exit code."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from pyrecipes.checker.calls import printed
from pyrecipes.checker.compare import text_difference
from pyrecipes.checker.finding import Finding, snippet_of, stopped, visible
from pyrecipes.meaning import meaning
from pyrecipes.model import MAIN, CheckResult

if TYPE_CHECKING:
    from pyrecipes.model import Check, Exercise, Files, Limits, Sandbox, Transcript


def judge(
    check: Check, exercise: Exercise, answer: Files, sandbox: Sandbox, limits: Limits
) -> Finding:
    """Run the answer as the check says, and hold what it printed and its exit code to it."""
    transcript = sandbox.run(
        snippet_of(exercise, answer, extra=check.files, args=check.args, stdin=check.stdin), limits
    )
    title = shlex.join(["python", MAIN, *check.args])
    note, line = _fault(check, transcript)
    code = check.exit or 0
    want, got = visible(check.prints or ""), visible(transcript.stdout)
    if transcript.exit_code not in (code, None):
        want, got = (_with(text, n) for text, n in ((want, code), (got, transcript.exit_code)))
    if not note:
        return Finding(CheckResult(title, True, want, got), "passed")
    kind = transcript.error.text.partition(":")[0] if transcript.error else ""
    sign = json.dumps([transcript.status, transcript.exit_code, kind, printed(transcript.stdout)])
    errors = "".join(event.text for event in transcript.events if event.kind != "stdout")
    return Finding(CheckResult(title, False, want, got, note, line, transcript), sign, errors)


def _with(text: str, code: int | None) -> str:
    return f"{text.rstrip()}\n(exit code {code})".lstrip()


def not_tried(check: Check, answer: Files) -> Finding:
    """The finding where an earlier run of the same answer ran into a limit."""
    title = shlex.join(["python", MAIN, *check.args])
    note = "not tried, since the run before it had to be stopped"
    result = CheckResult(title, False, visible(check.prints or ""), note=note, tried=False)
    return Finding(result, "not tried")


def _fault(check: Check, transcript: Transcript) -> tuple[str, int | None]:
    """What is wrong with a run, as plain sentences, and the line to look at."""
    why = stopped(transcript)
    if why:
        return why, transcript.stopped_at
    faults = []
    code = check.exit or 0
    if transcript.exit_code != code:
        error = transcript.error
        if error is not None and not error.text.startswith("SystemExit"):
            kind, _, message = error.text.partition(": ")
            line = next((f.line for f in reversed(error.frames)), error.line)
            usual = meaning(kind, message)
            at = f" at line {line}" if line else ""
            return f"it ends with {kind}{at}" + (f". {usual}" if usual else ""), line
        faults.append(f"its exit code is {transcript.exit_code}; {code} is wanted")
    if check.prints is not None:
        want, got = printed(check.prints), printed(transcript.stdout)
        if want != got:
            faults.append(
                "it prints nothing" if not got else f"printed: {text_difference(want, got)}"
            )
    return "; ".join(faults), None
