"""A renderable as an SVG picture, the same for the same screen: kept in docs and by learners.

Written here and not by rich's export: that one fetches a font from a server, and trusts viewers
to keep blanks at the beginning of a text, which not all of them do.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from pyrecipes.render.theme import make_console

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from pyrecipes.render.theme import ThemeName

CELL, LINE, SIZE, MARGIN, BAR = 8.4, 19, 14, 18, 34
"""A character's width, a line's height, the font's size, the margin, the height of the title."""

BACKGROUND = {"dark": ("#181a1f", "#d8dbe2", "#2c3038"), "light": ("#ffffff", "#24292f", "#d5d9df")}
"""A theme's background, text and frame."""

FONTS = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def svg(
    *renderables: RenderableType,
    title: str = "pyrecipes",
    width: int = 80,
    theme: ThemeName = "dark",
) -> str:
    """The renderables one under another in a window of `width` columns."""
    console = make_console(
        io.StringIO(),
        theme=theme,
        width=width,
        env={"COLORTERM": "truecolor", "TERM": "xterm-256color", "FORCE_COLOR": "1"},
    )
    lines: list[list[Segment]] = []
    for renderable in renderables:
        lines += console.render_lines(renderable, pad=False)
    back, front, frame = BACKGROUND[theme]
    wide, high = round(width * CELL + 2 * MARGIN), len(lines) * LINE + BAR + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img" aria-label={quoteattr(title)}>',
        f'<rect x="0.5" y="0.5" width="{wide - 1}" height="{high - 1}" rx="8" fill="{back}" '
        f'stroke="{frame}"/>',
        f'<text x="{wide / 2:g}" y="22" text-anchor="middle" font-family="sans-serif" '
        f'font-size="12" fill="{front}" opacity="0.7">{escape(title)}</text>',
        f'<g font-family="{FONTS}" font-size="{SIZE}" fill="{front}" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        parts += _line(line, BAR + (number + 1) * LINE - 5, (back, front))
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _line(segments: Iterable[Segment], y: int, colours: tuple[str, str]) -> Iterator[str]:
    column = 0
    for text, style in _runs(segments):
        size = cell_len(text)
        if text.strip() or (style and style.reverse):
            yield _text(text, style, MARGIN + column * CELL, size * CELL, y, colours)
        column += size


def _runs(segments: Iterable[Segment]) -> Iterator[tuple[str, Style | None]]:
    """The pieces of a line that can be placed as one: between them, blanks; wide ones alone."""
    for segment in Segment.simplify(segments):
        run = ""
        for char in segment.text.rstrip("\n"):
            alone = char == " " or cell_len(char) != 1
            if run and (alone or run == " "):
                yield run, segment.style
                run = ""
            run += char
            if alone and char != " ":
                yield run, segment.style
                run = ""
        if run:
            yield run, segment.style


def _text(
    text: str, style: Style | None, x: float, width: float, y: int, colours: tuple[str, str]
) -> str:
    style = style or Style.null()
    back, front = colours
    colour = style.color.get_truecolor().hex if style.color else front
    before = ""
    if style.reverse:
        before = f'<rect x="{x:.1f}" y="{y - 14}" width="{width:.1f}" height="{LINE}" '
        before += f'fill="{colour}"/>'
        colour = back
    looks = "" if colour == front else f' fill="{colour}"'
    looks += ' font-weight="bold"' if style.bold else ""
    looks += ' font-style="italic"' if style.italic else ""
    looks += ' text-decoration="underline"' if style.underline else ""
    place = f'x="{x:.1f}" y="{y}" textLength="{width:.1f}"'
    return f"{before}<text {place}{looks}>{escape(text)}</text>"
