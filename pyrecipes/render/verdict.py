"""A verdict: what passed, what did not, what was wanted and got, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.diff import want_and_got
from pyrecipes.render.errors import own_names
from pyrecipes.render.layout import Drawn, Indent, Row
from pyrecipes.render.markdown import markdown
from pyrecipes.render.safe import count, prose, safe_line, sentence, split_lines
from pyrecipes.render.stopped import stopped
from pyrecipes.render.tracebacks import traceback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import CheckResult, Exercise, Verdict
    from pyrecipes.render.theme import Look


def verdict(
    result: Verdict,
    exercise: Exercise | None = None,
    look: Look | None = None,
    *,
    hints_seen: int = 0,
) -> RenderableType:
    """What checking an answer gave. A failing one also says the feedback of the known mistake
    that it is, and (with the exercise) that a hint is there, and which of how many."""
    return Drawn(lambda at: _verdict(result, exercise, at, hints_seen), look)


def _verdict(
    result: Verdict, exercise: Exercise | None, look: Look, hints_seen: int
) -> Iterator[RenderableType]:
    passed = sum(check.passed for check in result.checks)
    total = len(result.checks)
    if result.passed:
        head = Text.assemble((_sign(True, look), "pass"), ("Passed", "pass"))
    else:
        head = Text.assemble((_sign(False, look), "fail"), ("Not yet", "fail"))
    head.append(f"  {prose(result.exercise, look)}", style="title")
    if total > 1:
        head.append(f"  {passed} of {count(total, 'check')} passed", style="quiet")
    yield Row("", head)
    told = result.feedback.strip() not in {check.note.strip() for check in result.checks}
    if not result.passed and result.feedback and told:
        yield Text()
        yield Indent([markdown(result.feedback, look)], 0 if look.plain else 2)
    open_checks = [check for check in result.checks if not check.passed or total > 1]
    apart = told and bool(result.feedback)
    seen: set[tuple[str, str]] = set()
    notes: set[str] = set()
    for check in open_checks:
        again = bool(check.note) and (check.got, check.note) in seen
        brief = check.passed or again or not check.tried
        if apart or not brief:
            yield Text()
        yield _head(check, look, again=again)
        if not brief:
            foretold = exercise is not None and exercise.kind == "predict" and check.want
            why = _foretold(check, look) if foretold else _why(check, look, check.note in notes)
            yield Indent(why, 0 if look.plain else 2)
            seen.add((check.got, check.note))
            notes.add(check.note)
        apart = not brief
    hints = len(exercise.hints) if exercise else 0
    if not result.passed and hints_seen < hints:
        yield Text()
        offer = f"hint {hints_seen + 1} of {hints} is there if you want it"
        yield Row("" if look.plain else "  ", Text(offer, style="quiet"))


def _sign(passed: bool, look: Look) -> str:
    if look.plain:
        return ""
    return f"{look.signs.passed if passed else look.signs.error} "


def _head(check: CheckResult, look: Look, *, again: bool) -> RenderableType:
    """A check's own line. What was said above, and why it was not made, stands there too."""
    brief = check.passed or again or not check.tried
    if look.plain:
        head = Text("passed: " if check.passed else "failed: " if check.tried else "not made: ")
    elif check.tried:
        head = Text(f"  {_sign(check.passed, look)}", "pass" if check.passed else "fail")
    else:
        head = Text(f"  {look.signs.empty} ", "quiet")
    name = safe_line(check.check.replace("\n", " "), look, "quiet" if brief else "")
    if check.line is not None and not brief:
        name.append(f"  line {check.line}", style="quiet")
    if again:
        name.append("  as above", style="quiet")
    elif not check.tried:
        name.append("  ").append_text(sentence(check.note, look, "quiet"))
    return Row(head, name)


def _foretold(check: CheckResult, look: Look) -> Iterator[RenderableType]:
    """The first line that was foretold wrongly, and not what is right: that is still to be found,
    or looked up as the solution."""
    at = (check.line or 1) - 1
    wanted, given = (split_lines(text.strip("\n").rstrip()) for text in (check.want, check.got))
    if at >= len(given):
        yield Row(
            "note: " if look.plain else "  ", Text("So far it is right, but more is printed.")
        )
        return
    right, said = wanted[at] if at < len(wanted) else None, given[at]
    yield Row(
        Text("you said: " if look.plain else "  you said  ", "label"),
        safe_line(said, look, "remove") if said else Text("nothing", "quiet"),
    )
    if right is None:
        tell = "Nothing more is printed there."
    elif said.split() == right.split():
        tell = "Only spaces differ there."
    elif said.casefold() == right.casefold():
        tell = "Only capital and small letters differ there."
    else:
        tell = "Something else is printed there."
    if at:
        tell += f" {count(at, 'line')} before it {'are' if at > 1 else 'is'} right."
    yield Row("note: " if look.plain else "  ", Text(tell))


def _why(check: CheckResult, look: Look, noted: bool) -> Iterator[RenderableType]:
    """What was wanted and got, and what is to be said of it; not again what was `noted`."""
    if not check.want and check.transcript is None:  # nothing was run: that line is the fault
        if check.got:
            got = sentence(own_names(check.got.strip()), look, "fail")
            yield Row("" if look.plain else "  ", got)
    elif check.want or check.got:
        yield from want_and_got(check.want, own_names(check.got), look, where=not check.note)
    if check.note and not noted:
        yield Row("note: " if look.plain else "  ", sentence(check.note, look))
    if check.transcript is None:
        return
    if not check.note and (why := stopped(check.transcript)):
        yield Row("" if look.plain else "  ", sentence(why, look, "error"))
    error = check.transcript.error
    if error is not None and check.transcript.status == "error":
        known = error.text.strip() == check.got.strip()
        told = traceback(error, look, known=known, explained=bool(check.note))
        yield Indent([told], 0 if look.plain else 2)
