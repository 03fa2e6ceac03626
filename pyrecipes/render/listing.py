"""The annotated listing: code, under each line what it gave, and the author's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.meaning import meaning
from pyrecipes.model import NONE, Recipe, Snippet
from pyrecipes.render.errors import own_names, said
from pyrecipes.render.highlight import python_lines
from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.notes import note_columns
from pyrecipes.render.outputs import chunks
from pyrecipes.render.safe import safe_line, safe_lines, sentence
from pyrecipes.render.stopped import stopped
from pyrecipes.value import replace, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from pyrecipes.model import Transcript
    from pyrecipes.render.outputs import Chunk
    from pyrecipes.render.theme import Look

FOLD = 12
"""So many lines of one piece of output are shown; of more, the first, the last two and a count."""

FOLD_PIECES = 24
"""So many pieces of output are shown under one line of code."""

LANE_WIDTH = 16

WORDS: Mapping[str, str] = {
    "value": "value",
    "stdout": "output",
    "stderr": "standard error",
    "error": "error",
}
"""What plain mode says instead of a sign."""

HELP = (
    ("value", "the value of the line, as at Python's own prompt"),
    ("stdout", "what it printed"),
    ("stderr", "what it wrote to standard error"),
    ("error", "the exception that it raised"),
    ("note", "the author's note on the line"),
)
"""Each sign of a listing and what it says, for the screen that explains the keys."""


def listing(
    source: Recipe | Snippet | str,
    notes: Mapping[int, str] | None = None,
    transcript: Transcript | None = None,
    look: Look | None = None,
    *,
    fold: int = FOLD,
    explained: bool = False,
) -> RenderableType:
    """Code with its line numbers and, under each line, its note and what it gave in a run.

    `notes` goes by line; a Recipe brings its own. Without a transcript there is only the code.
    Output of no line, and why a run was ended, come after the code. `explained` says what an
    exception usually means: in code of the learner's own, where no author says it.
    """
    if isinstance(source, Recipe):
        notes = source.notes if notes is None else notes
        source = source.snippet
    code = source if isinstance(source, str) else source.code
    shape = _Shape(fold, explained)
    return Drawn(lambda at: _listing(code, notes or NONE, transcript, at, shape), look)


def _listing(
    code: str,
    notes: Mapping[int, str],
    transcript: Transcript | None,
    look: Look,
    shape: _Shape,
) -> Iterator[RenderableType]:
    lines = python_lines(code, look)
    pieces = chunks(transcript.events) if transcript else []
    gutter = _Gutter(look, len(lines), pieces)
    by_line: dict[int | None, list[Chunk]] = {}
    for piece in pieces:
        at = piece.line if piece.line and piece.line <= len(lines) else None
        by_line.setdefault(at, []).append(piece)
    beside = {} if look.plain else note_columns(lines, notes, look.width - gutter.width - 2, look)
    for number, line in enumerate(lines, 1):
        given = by_line.get(number, [])
        if line.cell_len > look.width - gutter.width - 2:  # a spot of a wrapped line is elsewhere
            given = [replace(piece, frames=()) for piece in given]
        note = sentence(notes.get(number, ""), look, "note")
        if note and number in beside:
            line.append(" " * (beside[number] - line.cell_len))
            line.append_text(Text.assemble((f"{look.signs.note} ", "note"), note))
        yield Row(gutter.number(number), line)
        if note and number not in beside:
            yield Row(gutter.sign("note", own=True), note)
        yield from _given(given, gutter, look, shape)
    if None in by_line:
        yield Text()
        yield Text("from no line of the listing:", style="label")
        yield from _given(by_line[None], gutter, look, shape)
    if transcript is not None and (why := stopped(transcript)):
        yield Text()
        yield Row(gutter.sign("error", own=True), sentence(why, look, "error"))


@value
class _Shape:
    """How much of each piece is shown, and whether exceptions are explained."""

    fold: int
    explained: bool


class _Gutter:
    """What stands left of the code: line numbers, and for outputs their order, sign and lane."""

    def __init__(self, look: Look, lines: int, pieces: list[Chunk]) -> None:
        self.look = look
        orders = [piece.order for piece in pieces if piece.order]
        labels = sorted({piece.lane for piece in pieces if piece.lane})
        self.width = max(len(str(lines)), 2, len(str(max(orders, default=0))) + 2) + 1
        self.styles = {label: f"lane.{n % 6}" for n, label in enumerate(labels)}
        self.label = min(max(map(len, labels), default=0), LANE_WIDTH)

    def number(self, line: int) -> Text:
        """The head of a line of code."""
        if self.look.plain:
            return Text(f"{line}: ")
        return Text(f"{line:>{self.width}}  ", style="number")

    def sign(
        self, kind: str, order: int | None = None, lane: str = "", *, own: bool = False
    ) -> Text:
        """The head of an output's first line, or (with neither order nor lane) of the others.

        `own` is for what is no output of a lane: it begins where the code does.
        """
        if self.look.plain:
            place = f" {order}" if order else ""
            by = f" of {lane}" if lane else ""
            return Text(f"   {WORDS.get(kind, kind)}{place}{by}: ")
        before = f"{order} " if order else ""
        sign = getattr(self.look.signs, kind)
        head = Text.assemble((before.rjust(self.width - 1), "order"), (sign, kind), "  ")
        if self.label and not own:
            label = safe_line(lane, self.look, self.styles.get(lane, "")).copy()
            label.truncate(self.label, pad=True, overflow="ellipsis")
            head.append_text(label)
            head.append("  ")
        return head

    def rest(self, kind: str) -> Text:
        """What stands before the other lines of a piece, and before what is wrapped: the bar of
        what was printed goes on."""
        if self.look.plain:
            return Text("     ")
        if kind == "stdout":
            return self.sign(kind)
        return Text(" " * self.sign(kind).cell_len)


def _given(
    pieces: list[Chunk], gutter: _Gutter, look: Look, shape: _Shape
) -> Iterator[RenderableType]:
    """What one line gave, as rows under it."""
    hidden = len(pieces) - FOLD_PIECES
    for number, piece in enumerate(pieces):
        if hidden > 0 and FOLD_PIECES - 2 <= number < len(pieces) - 2:
            if number == FOLD_PIECES - 2:
                more = f"{look.signs.more} {hidden:,} more"
                yield Row(gutter.sign(piece.kind), Text(more, style="quiet"))
            continue
        yield from _piece(piece, gutter, look, shape)


def _piece(piece: Chunk, gutter: _Gutter, look: Look, shape: _Shape) -> Iterator[RenderableType]:
    head = gutter.sign(piece.kind, piece.order, piece.lane)
    rest = gutter.rest(piece.kind)
    spot = _spot(piece)
    if spot and not look.plain:
        start, end = spot
        carets = Text(" " * start + look.signs.spot * (end - start), style="spot")
        yield Row(" " * (gutter.width + 2), carets)
    style = "" if piece.kind == "stdout" else piece.kind
    text = own_names(piece.text) if piece.kind == "error" else piece.text
    for at, line in enumerate(safe_lines(text, look, style, shape.fold) or [Text()]):
        if piece.kind == "error" and at == 0:
            line.stylize("error.name", 0, max(line.plain.find(":"), 0) or len(line))
        if piece.kind == "stderr" and at and not look.plain:
            yield Row(gutter.sign(piece.kind), line, rest)
        else:
            yield Row(rest if at else head, line, rest)
    if piece.kind == "error" and shape.explained and (what := meaning(*said(text))):
        yield Row(gutter.sign("meaning") if look.plain else rest, sentence(what, look), rest)


def _spot(piece: Chunk) -> tuple[int, int] | None:
    """The columns of the failing spot, where it is a part of this very line."""
    frames = [frame for frame in piece.frames if frame.line == piece.line]
    if not frames or frames[-1].column is None or frames[-1].end_column is None:
        return None
    start, end = frames[-1].column, frames[-1].end_column
    whole = end - start >= len(frames[-1].source.strip()) > 0
    return None if whole or end <= start or end > 200 else (start, end)
