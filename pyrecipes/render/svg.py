"""A renderable as an SVG picture, the same for the same screen: kept in docs and by learners."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from pyrecipes.render.theme import make_console

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.terminal_theme import TerminalTheme

    from pyrecipes.render.theme import ThemeName


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
    console.record = True
    for renderable in renderables:
        console.print(renderable)
    plain = console.export_text(clear=False)
    name = hashlib.sha256(f"{width} {theme} {title}\n{plain}".encode()).hexdigest()[:12]
    return console.export_svg(title=title, theme=_theme(theme), unique_id=f"screen-{name}")


def _theme(theme: ThemeName) -> TerminalTheme:
    from rich.terminal_theme import TerminalTheme

    ansi = [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 128), (128, 0, 128)]
    ansi += [(0, 128, 128), (192, 192, 192)]
    if theme == "light":
        return TerminalTheme((255, 255, 255), (36, 41, 47), ansi)
    return TerminalTheme((24, 26, 31), (216, 219, 226), ansi)
