"""What was wanted and what was got, beside each other, with the first difference marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Beside, Row, Stack
from pyrecipes.render.safe import count, safe_line, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.render.theme import Look

MOST_LINES = 14
MOST_COLUMNS = 320
_VISIBLE = {"\t": "→", " ": "·", "\u00a0": "⍽"}


def want_and_got(
    want: str, got: str, look: Look, *, where: bool = True
) -> Iterator[RenderableType]:
    """Both texts: on a line each where they are short, else line by line, and `where` they part."""
    wanted, gotten = split_lines(want), split_lines(got)
    if len(wanted) <= 1 and len(gotten) <= 1:
        yield from _two(want, got, look)
    else:
        yield from _many(wanted, gotten, look, where)
    if want != got and want.rstrip("\n") == got.rstrip("\n"):
        longer, which = (want, "wanted") if len(want) > len(got) else (got, "got")
        ends = count(len(longer) - len(longer.rstrip("\n")), "line end")
        yield Row("  ", Text(f"They differ only at the end: what was {which} has {ends} there."))


def first_difference(want: str, got: str) -> int:
    """The position of the first character that differs."""
    for at, (one, other) in enumerate(zip(want, got, strict=False)):
        if one != other:
            return at
    return min(len(want), len(got))


def _marked(text: str, other: str, look: Look, style: str) -> Text:
    """A line whose part from the first difference on is marked, blanks in it made visible."""
    at = first_difference(text, other)
    end = _common_end(text[at:], other[at:])
    middle = text[at : len(text) - end]
    before, after = text[:at], text[len(text) - end :]
    if middle != middle.strip() or any(char in middle for char in _VISIBLE if char != " "):
        if look.ascii or look.plain:
            return safe_line(repr(text), look, style)
        middle = "".join(_VISIBLE.get(char, char) for char in middle)
    line = safe_line(before, look, style)
    line.append_text(safe_line(middle, look, f"{style} differs"))
    line.append_text(safe_line(after, look, style))
    return line


def _common_end(one: str, other: str) -> int:
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return end


def _two(want: str, got: str, look: Look) -> Iterator[RenderableType]:
    want, got = _clipped(want.rstrip("\n"), got.rstrip("\n"), look)
    yield Row(
        Text("wanted: " if look.plain else "  wanted  ", "label"), _marked(want, got, look, "add")
    )
    line = _marked(got, want, look, "remove") if got else Text("nothing", style="quiet")
    yield Row(Text("got: " if look.plain else "  got     ", "label"), line)
    same_start = want[: first_difference(want, got)]
    if not look.plain and want != got and same_start and _fits(want, got, look):
        blank = " " * (10 + safe_line(same_start, look).cell_len)
        words = f"{look.signs.spot} the first difference"
        if len(blank) + len(words) > look.width:
            words = look.signs.spot
        yield Text(blank + words, style="quiet")


def _clipped(want: str, got: str, look: Look) -> list[str]:
    """Both texts around their first difference, where they are too long to be read."""
    at = first_difference(want, got)
    start = at - MOST_COLUMNS // 4 if at > MOST_COLUMNS // 2 else 0
    return [
        (f"{look.signs.more} " if start and text[start:] else "")
        + text[start : start + MOST_COLUMNS]
        + (f" {look.signs.more}" if len(text) > start + MOST_COLUMNS else "")
        for text in (want, got)
    ]


def _fits(want: str, got: str, look: Look) -> bool:
    return max(safe_line(text, look).cell_len for text in (want, got)) + 10 <= look.width


def _many(want: list[str], got: list[str], look: Look, where: bool) -> Iterator[RenderableType]:
    first = next(
        (n for n, pair in enumerate(zip(want, got, strict=False)) if pair[0] != pair[1]),
        min(len(want), len(got)),
    )
    total = max(len(want), len(got))
    start = max(min(first - 3, total - MOST_LINES), 0)
    shown = range(start, min(start + MOST_LINES, total))
    if start:
        yield Text(f"  {look.signs.more} {count(start, 'line')} alike", style="quiet")
    left = _side("wanted", want, got, first, shown, look)
    right = _side("got", got, want, first, shown, look)
    half = (look.width - 3) // 2
    if not look.plain and all(line.cell_len <= half for line in [*left, *right]):
        yield Beside(Stack(left), Stack(right))
    else:
        yield Stack([*left, *right])
    if where and first < total:
        yield Row("  ", Text(f"The first difference is in line {first + 1}.", style="quiet"))


def _side(
    title: str, mine: list[str], other: list[str], first: int, shown: range, look: Look
) -> list[Text]:
    """The lines of one of the two texts, with a sign at the first that differs."""
    style = "add" if title == "wanted" else "remove"
    lines = [Text(f"{title}:" if look.plain else f"  {title}", style="label")]
    for at in shown:
        sign = (f"   {'>' if at == first else ' '} ", "spot")
        if at >= len(mine):
            lines.append(Text.assemble(sign, ("(no more lines)", "quiet")))
            break
        theirs = other[at] if at < len(other) else None
        if theirs is None or mine[at] == theirs:
            line = safe_line(mine[at], look, style if theirs is None else "")
        else:
            line = _marked(mine[at], theirs, look, style)
        lines.append(Text.assemble(sign, line))
    if shown.stop < len(mine):
        more = count(len(mine) - shown.stop, "more line")
        lines.append(Text(f"     {look.signs.more} {more}", style="quiet"))
    return lines
