"""A recipe, or an exercise, held to what it says. Gives (path in the file, line of the code or
None, what is wrong)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.authoring.record import stopped
from pyrecipes.authoring.recorded import differences, lines_of
from pyrecipes.checker import Memory, check
from pyrecipes.model import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.authoring.memo import MemoSandbox
    from pyrecipes.model import Exercise, Files, Recipe, Sandbox, Verdict

Wrong = tuple[str, int | None, str]
RECORD = "`pyrecipes lessons record` writes what it gives"
FINE = ("ok", "error")


def recipe_faults(recipe: Recipe, where: str, sandbox: MemoSandbox) -> Iterator[Wrong]:
    """Whether the snippet gives what is recorded under its lines."""
    transcript = sandbox.run(recipe.snippet)
    if transcript.status not in FINE:
        yield f"{where}.code", transcript.stopped_at, stopped(transcript)
        return
    actual = lines_of(transcript, recipe.snippet.code)
    for line, what in differences(recipe.recorded, actual).items():
        yield f"{where}.code", line, f"{what}; {RECORD}"


def exercise_faults(
    exercise: Exercise, where: str, sandbox: MemoSandbox, name: str
) -> Iterator[Wrong]:
    """Whether the solution passes, the starter fails, and each mistake fails in its own way."""
    memory = Memory()

    def verdict(answer: Files) -> Verdict:
        return check(exercise, answer, sandbox, name, memory)

    if exercise.kind == "predict":
        yield from _predict_faults(exercise, where, sandbox)
    elif exercise.kind != "choice":
        found = verdict(exercise.solution)
        if not found.passed:
            yield f"{where}.solution", None, f"does not pass: {shortfall(found)}"
        if verdict(exercise.starter).passed:
            yield f"{where}.starter", None, "passes as it is; it must leave something to do"
        yield from _telling_hints(exercise, where)
    for number in range(len(exercise.mistakes)):
        yield from mistake_faults(exercise, number, where, sandbox, name, memory)


def mistake_faults(
    exercise: Exercise,
    number: int,
    where: str,
    sandbox: Sandbox,
    name: str = "",
    memory: Memory | None = None,
) -> Iterator[Wrong]:
    """Whether a mistake fails, and draws the feedback that is its own."""
    found = check(exercise, exercise.mistakes[number].files, sandbox, name, memory)
    path = f"{where}.mistakes[{number}].code"
    if found.passed:
        yield path, None, "passes; a mistake must fail"
    elif found.mistake is None:
        yield path, None, "is not recognised when it is made again: its runs differ"
    elif found.mistake != number:
        other = f"mistakes[{found.mistake}]"
        what = f"does just what {other} does, so it draws that one's feedback; "
        yield path, None, what + "add a check that tells them apart"


def shortfall(verdict: Verdict) -> str:
    """The first check that failed, in one line."""
    for result in verdict.checks:
        if not result.passed:
            parts = [result.check]
            if result.want or result.got:
                parts.append(f"wanted {_line(result.want)}, got {_line(result.got)}")
            if result.note:
                parts.append(_line(result.note))
            return "; ".join(parts)
    return _line(verdict.feedback)


def _predict_faults(exercise: Exercise, where: str, sandbox: MemoSandbox) -> Iterator[Wrong]:
    snippet = exercise.snippet
    if snippet is None:
        return
    first, second = sandbox.run(snippet), sandbox.fresh.run(snippet)
    if first.status not in FINE:
        yield f"{where}.code", first.stopped_at, stopped(first)
        return
    once, again = (lines_of(each, snippet.code) for each in (first, second))
    shown = [event for event in first.events if event.kind != "stderr"]
    if once != again:
        yield f"{where}.code", None, "gives something else each time; nobody can predict it"
    elif not any(event.text.strip() for event in shown):
        yield f"{where}.code", None, "gives nothing that could be predicted"


def _telling_hints(exercise: Exercise, where: str) -> Iterator[Wrong]:
    """Hints that hold the whole solution."""
    known = {_bare(line) for text in exercise.starter.values() for line in text.splitlines()}
    text = exercise.solution.get(MAIN, "")
    lines = [_bare(line) for line in text.splitlines() if line.strip()]
    own = [line for line in lines if line not in known or exercise.kind == "order"]
    for number, hint in enumerate(exercise.hints):
        bare = _bare(hint)
        told = "".join(lines) in bare or (len(own) > 1 and all(line in bare for line in own))
        if lines and told:
            yield f"{where}.hints[{number}]", None, "holds the solution; leave something to find"


def _bare(text: str) -> str:
    return "".join(text.split())


def _line(text: str) -> str:
    """A text as one line of reasonable length."""
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:157] + "..."
