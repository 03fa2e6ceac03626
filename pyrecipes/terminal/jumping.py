"""The numbered list of a lesson's steps, to jump to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, columns
from pyrecipes.render.safe import count, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.render.theme import Look
    from pyrecipes.tutor.sitting import Sitting
    from pyrecipes.tutor.steps import Step

JUMP_ROWS = 4
"""The rows that a list leaves free: for the question below it, and for counts of what is cut."""

TWO_COLUMNS = 76


def steps(sitting: Sitting, chosen: Sequence[Step] | None = None, *, rows: int) -> RenderableType:
    """The steps of a lesson (or some of them) with their numbers, to jump to. On a screen of so
    many rows they stand in two columns where one is too high, and at last around the present one:
    each can be named, seen or not."""

    def build(look: Look) -> Iterator[RenderableType]:
        found = list(sitting.steps if chosen is None else chosen)
        room = max(rows - JUMP_ROWS, 5)
        if look.plain:
            yield from (_said(step, sitting, look) for step in found)
        elif len(found) <= room:
            yield from _lines(found, sitting, look)
        elif len(found) <= 2 * room and look.width >= TWO_COLUMNS:
            half = (len(found) + 1) // 2
            width = (look.width - 2) // 2
            rest = _lines(found[half:], sitting, look, width)
            for at, line in enumerate(_lines(found[:half], sitting, look, width)):
                line.pad_right(width - line.cell_len)
                if at < len(rest):
                    line.append("  ").append_text(rest[at])
                yield line
        else:
            here = next((n for n, step in enumerate(found) if step is sitting.step), 0)
            first = max(min(here - room // 2, len(found) - room), 0)
            yield from _window(found, first, first + room, sitting, look)
        yield Text()

    return Drawn(build)


def _lines(
    found: Sequence[Step], sitting: Sitting, look: Look, width: int | None = None
) -> list[Text]:
    """A line for each step; of more than `width` the id goes first."""
    rows = []
    head = 7 + max(len(look.signs.arrow), len(look.signs.passed))
    for step in found:
        done = step.exercise and step.exercise.id in sitting.passed
        title = Text("  " if step.exercise else "")
        title.append(prose(step.title, look), style="" if step.exercise else "title")
        mark = Text(look.signs.passed if done else "", style="pass")
        if step is sitting.step:
            mark = Text(look.signs.arrow, style="key")
        name = Text(f"  {step.id}", style="quiet")
        if width is None or head + title.cell_len + name.cell_len <= width:
            title.append_text(name)
        elif head + title.cell_len > width:
            title.truncate(width - head - len(look.signs.more))
            title.append(look.signs.more)
        rows.append((Text(f"{step.number:>3}", style="number"), mark, title))
    return columns(rows)


def _said(step: Step, sitting: Sitting, look: Look) -> Text:
    """A step's line for screen readers: words instead of columns and signs."""
    done = step.exercise and step.exercise.id in sitting.passed
    kind = "exercise" if step.exercise else "recipe"
    words = [step.id, kind, *(["passed"] if done else [])]
    if step is sitting.step:
        words.append("you are here")
    return Text(f"{step.number}: {prose(step.title, look)} ({', '.join(words)})")


def _window(
    found: Sequence[Step], first: int, end: int, sitting: Sitting, look: Look
) -> Iterator[Text]:
    if first:
        yield Text(f"  {look.signs.more} {count(first, 'step')} before", style="quiet")
    yield from _lines(found[first:end], sitting, look)
    if end < len(found):
        yield Text(f"  {look.signs.more} {count(len(found) - end, 'step')} after", style="quiet")
