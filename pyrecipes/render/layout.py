"""The few shapes that screens are made of, so that all of them align the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text

from pyrecipes.render.theme import Look, Screen
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


class Drawn:
    """A screen's part, drawn when it is shown: then it is known where, how wide and how plain.

    `build` gives the renderables for a Look. With `look` that one holds, else the console's own;
    its width is always that of the place.
    """

    def __init__(
        self, build: Callable[[Look], Iterable[RenderableType]], look: Look | None = None
    ) -> None:
        self.build = build
        self.look = look

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        look = self.look
        if look is None:
            look = console.look if isinstance(console, Screen) else Look()
        yield from self.build(replace(look, width=options.max_width))


class Row:
    """A text that hangs beside its head: what is wrapped goes on under where the text began."""

    def __init__(self, head: Text | str, body: Text, rest: Text | str | None = None) -> None:
        self.head = Text(head) if isinstance(head, str) else head
        self.body = body
        blank = " " * self.head.cell_len if rest is None else rest
        self.rest = Text(blank) if isinstance(blank, str) else blank

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - self.head.cell_len, 8)
        lines = self.body.wrap(console, width) if self.body.cell_len > width else [self.body]
        for number, line in enumerate(lines):
            whole = Text.assemble(self.rest if number else self.head, line, no_wrap=True)
            whole.rstrip()
            yield whole


class Stack:
    """Renderables one under another. (As rich's Group, without what importing it brings.)"""

    def __init__(self, parts: Iterable[RenderableType]) -> None:
        self.parts = list(parts)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.parts


class Indent:
    """Renderables moved to the right. (rich's Padding also fills lines up to their end.)"""

    def __init__(self, parts: Iterable[RenderableType], columns: int) -> None:
        self.stack = Stack(parts)
        self.blank = Segment(" " * columns)
        self.columns = columns

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update_width(max(options.max_width - self.columns, 8))
        for line in console.render_lines(self.stack, inner, pad=False):
            if any(segment.text.strip() for segment in line):
                yield self.blank
                yield from line
            yield Segment.line()


class Beside:
    """Two renderables side by side, each with half of the width."""

    def __init__(self, left: RenderableType, right: RenderableType, gap: int = 3) -> None:
        self.left, self.right, self.gap = left, right, gap

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        half = (options.max_width - self.gap) // 2
        inner = options.update_width(half)
        left = console.render_lines(self.left, inner, pad=False)
        right = console.render_lines(self.right, inner, pad=False)
        for at in range(max(len(left), len(right))):
            line = left[at] if at < len(left) else []
            other = right[at] if at < len(right) else []
            yield from line
            if any(segment.text.strip() for segment in other):
                yield Segment(" " * (half + self.gap - Segment.get_line_length(line)))
                yield from other
            yield Segment.line()


def columns(rows: Sequence[Sequence[Text | str]], gap: int = 2) -> list[Text]:
    """Rows of cells as lines in which the cells align; the last cell is as long as it is."""
    cells = [[Text(c) if isinstance(c, str) else c for c in row] for row in rows]
    widths: list[int] = []
    for row in cells:
        for at, cell in enumerate(row[:-1]):
            if at == len(widths):
                widths.append(0)
            widths[at] = max(widths[at], cell.cell_len)
    lines = []
    for row in cells:
        line = Text(no_wrap=True, overflow="ellipsis")
        for at, cell in enumerate(row):
            line.append_text(cell)
            if at < len(row) - 1:
                line.append(" " * (widths[at] - cell.cell_len + gap))
        line.rstrip()
        lines.append(line)
    return lines


def bar(done: int, total: int, look: Look, width: int = 16) -> Text:
    """A bar of what is done; something done is never shown as nothing, nor all but one as all."""
    full = 0 if total <= 0 else done * width // total
    if done > 0 and full == 0:
        full = 1
    signs = look.signs
    return Text.assemble(
        (signs.full * full, "bar.done"), (signs.empty * (width - full), "bar.rest")
    )
