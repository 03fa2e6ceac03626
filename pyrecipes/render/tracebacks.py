"""A traceback for a learner: their own frames, the failing spot, and what it usually means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.meaning import meaning
from pyrecipes.render.errors import own_names, said
from pyrecipes.render.highlight import python_lines
from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.safe import count, prose, safe_lines, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Event, Frame
    from pyrecipes.render.theme import Look

MOST_FRAMES = 8
"""So many frames are shown; of a deeper one (a recursion) the first two and the last."""


def traceback(
    error: Event, look: Look | None = None, *, known: bool = False, explained: bool = False
) -> RenderableType:
    """An `error` event: each frame with its spot marked, the exception, and its meaning.

    `known` leaves the exception itself out, `explained` its meaning: it stands above already.
    """
    return Drawn(lambda at: _traceback(error, at, known, explained), look)


def spot(frame: Frame) -> tuple[int, int] | None:
    """The columns of the failing spot, where they are known and not the whole line."""
    start, end = frame.column, frame.end_column
    if start is None or end is None or end <= start or end > 200:
        return None
    return None if end - start >= len(frame.source.strip()) else (start, end)


def _traceback(error: Event, look: Look, known: bool, explained: bool) -> Iterator[RenderableType]:
    for frame in _few(error.frames):
        if isinstance(frame, str):
            yield Text(f"{look.signs.more} {frame}", style="quiet")
            continue
        where = f"{prose(frame.file, look)} line {frame.line}"
        if frame.function not in ("", "<module>"):
            where += f", in {prose(frame.function, look)}"
        yield Text(where, style="label")
        yield from _source(frame, look)
    text = "" if known else own_names(error.text)
    for at, line in enumerate(safe_lines(text, look, "error", 20)):
        if at == 0:
            line.stylize("error.name", 0, len(said(line.plain)[0]))
        head = "error: " if look.plain else f"{look.signs.error} "
        yield Row(Text("  " if at else head, style="error"), line)
    if not explained and (what := meaning(*said(error.text))):
        head = "meaning: " if look.plain else "  "
        yield Row(head, sentence(what, look))


def _source(frame: Frame, look: Look) -> Iterator[RenderableType]:
    if not frame.source.strip():
        return
    blank = len(frame.source) - len(frame.source.lstrip())
    for line in python_lines(frame.source.strip("\n"), look)[:1]:
        yield Row("    ", line[blank:])
    marked = spot(frame)
    wrapped = not look.plain and len(frame.source.strip()) > look.width - 4
    if marked is None or wrapped:
        return
    # The source may come without the blanks that its columns count.
    start, end = (max(column - blank, 0) for column in marked)
    if look.plain:
        yield Text(f"    at: {prose(frame.source[slice(*marked)], look)}")
    else:
        yield Text("    " + " " * start + look.signs.spot * (end - start), style="spot")


def _few(frames: Sequence[Frame]) -> Iterator[Frame | str]:
    if len(frames) <= MOST_FRAMES:
        yield from frames
        return
    tail = MOST_FRAMES - 3
    yield from frames[:2]
    yield count(len(frames) - 2 - tail, "more frame")
    yield from frames[-tail:]
