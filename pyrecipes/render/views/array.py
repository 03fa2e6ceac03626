"""Arrays before and after a call: shapes, axes, and the items where they are few."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rich.text import Text

from pyrecipes.render.layout import Drawn, Indent, Row, Stack
from pyrecipes.render.safe import count, safe_line
from pyrecipes.render.views.watching import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Snippet
    from pyrecipes.render.theme import Look
    from pyrecipes.render.views.watching import Run

MOST_CALLS = 8
MOST_ROWS = 8
MOST_COLUMNS = 10

_FIELDS = (("line", int), ("call", str), ("before", list), ("after", list))


def array(snippet: Snippet, run: Run) -> RenderableType | None:
    """The calls that take or give arrays, each with its arrays drawn; None where there are none."""
    calls = [
        call
        for call in told("array", snippet, run, _FIELDS)
        if all(_sound(item) for item in [*call["before"], *call["after"]])
    ]
    calls = [call for at, call in enumerate(calls) if not _inner(call, calls[at + 1 :])]
    return Drawn(lambda look: _calls(calls, look)) if calls else None


def _inner(call: dict[str, Any], later: Sequence[dict[str, Any]]) -> bool:
    """Whether a call only makes an array for another one, which shows it as its own `before`."""
    return not call["before"] and any(
        other["line"] == call["line"]
        and any(b["name"] == call["call"][:40] for b in other["before"])
        for other in later
    )


def _sound(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    shape, items = item.get("shape"), item.get("items")
    if not isinstance(shape, list) or not all(type(n) is int and 0 <= n < 10**12 for n in shape):
        return False
    if not isinstance(item.get("name"), str) or not isinstance(item.get("dtype"), str):
        return False
    if items is None:
        return True
    return (
        isinstance(items, list)
        and len(shape) <= 3
        and len(items) == math.prod(shape) <= 100
        and all(isinstance(value, str) for value in items)
    )


def shape_of(item: dict[str, Any]) -> str:
    """A shape as numpy writes it."""
    inner = ", ".join(str(size) for size in item["shape"])
    return f"({inner},)" if len(item["shape"]) == 1 else f"({inner})"


def _calls(calls: Sequence[dict[str, Any]], look: Look) -> Iterator[RenderableType]:
    for number, call in enumerate(calls[:MOST_CALLS]):
        if number:
            yield Text()
        head = Text(f"line {call['line']}{':' if look.plain else ' '} ", style="number")
        yield Row(head, safe_line(call["call"], look))
        if look.plain:
            for word, items in (("before", call["before"]), ("after", call["after"])):
                for item in items:
                    yield Row(f"  {word}: ", _spoken(item, look))
            continue
        before = [_block(item, look) for item in call["before"]]
        after = [_block(item, look) for item in call["after"]]
        yield from _beside(before, after, look)
    if len(calls) > MOST_CALLS:
        yield Text(f"{look.signs.more} {count(len(calls) - MOST_CALLS, 'more call')}", "quiet")


def _spoken(item: dict[str, Any], look: Look) -> Text:
    name = f"{item['name']}, " if item["name"] else ""
    text = f"{name}shape {shape_of(item)}, {item['dtype']}"
    if item["items"]:
        text += f", items {' '.join(item['items'])}"
    return safe_line(text, look)


def _beside(
    before: list[list[Text]], after: list[list[Text]], look: Look
) -> Iterator[RenderableType]:
    """Blocks from left to right with an arrow between, one under another where it is narrow."""
    arrow = [Text(look.signs.arrow, style="key")]
    blocks = [*before, arrow, *after] if before else after
    widths = [max(line.cell_len for line in block) for block in blocks]
    if sum(widths) + 4 * len(blocks) > look.width:
        for block in blocks:
            yield Indent([Stack(block)], 2)
        return
    for at in range(max(map(len, blocks))):
        line = Text("  ", no_wrap=True)
        for block, width in zip(blocks, widths, strict=True):
            part = block[at] if at < len(block) else Text()
            line.append_text(part)
            line.append(" " * (width - part.cell_len + 4))
        line.rstrip()
        yield line


def _block(item: dict[str, Any], look: Look) -> list[Text]:
    """One array: its name, shape and type, then its items in a grid with its axes."""
    head = Text()
    if item["name"]:
        head.append_text(safe_line(item["name"], look, "title"))
        head.append("  ")
    head.append(shape_of(item), style="value")
    head.append_text(safe_line(f" {item['dtype']}", look, "quiet"))
    head.no_wrap = True
    if item["items"] is None:
        return [head, Text("too many items to draw", style="quiet")]
    if not item["items"]:
        return [head, Text("no items", style="quiet")]
    return [head, *_grid(item["items"], item["shape"], look)]


def _grid(items: list[str], shape: list[int], look: Look) -> list[Text]:
    cells = [safe_line(item, look).plain for item in items]
    width = max(map(len, cells))
    if not shape:
        return [Text(f"  {cells[0]}")]
    size = shape[-1]
    rows = [cells[at : at + size] for at in range(0, len(cells), size)]
    right = look.signs.arrow
    down = "v" if look.ascii else "↓"
    lines: list[Text] = []
    axis = len(shape) - 1
    margin = 0 if axis == 0 else 9
    top = Text(" " * (margin + 1) + f"axis {axis} {right}", style="quiet")
    per_slice = shape[-2] if axis else 1
    for at, row in enumerate(rows):
        if axis == 2 and at % per_slice == 0:
            lines.append(Text(f"axis 0, at {at // per_slice}", style="label"))
        if at == 0 or (axis == 2 and at % per_slice == 0):
            lines.append(top.copy())
        if axis and at % per_slice >= MOST_ROWS:
            if at % per_slice == MOST_ROWS:
                lines.append(Text(" " * margin + look.signs.more, style="quiet"))
            continue
        first = axis > 0 and at % per_slice == 0
        head = f"axis {axis - 1} {down}" if first else ""
        shown = " ".join(f"{cell:>{width}}" for cell in row[:MOST_COLUMNS])
        more = f" {look.signs.more}" if len(row) > MOST_COLUMNS else ""
        lines.append(Text.assemble((f"{head:<{margin}}", "quiet"), f"[{shown}{more}]"))
    for line in lines:
        line.no_wrap = True
    return lines
