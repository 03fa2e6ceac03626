"""How things look: the palettes, the signs that need no colour, and the console that shows them."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Literal

from rich.console import Console
from rich.theme import Theme

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

ThemeName = Literal["dark", "light"]

LEAST_WIDTH = 24
"""Narrower than this nothing can be laid out; the terminal may cut lines then."""

# Each colour has a contrast of at least 4.5 to 1 against the usual backgrounds of its theme.
_DARK = {
    "quiet": "#9aa0a9",
    "blue": "#8ab4f8",
    "green": "#93cf96",
    "gold": "#e3c078",
    "teal": "#7cd5c4",
    "amber": "#f0a96b",
    "red": "#ff8f85",
    "violet": "#c9aff5",
}
_LIGHT = {
    "quiet": "#5a616b",
    "blue": "#0b4fb8",
    "green": "#1a6a2c",
    "gold": "#7a4b00",
    "teal": "#00645a",
    "amber": "#994000",
    "red": "#b3261e",
    "violet": "#6a3fb5",
}
PALETTES: Mapping[ThemeName, Mapping[str, str]] = {"dark": _DARK, "light": _LIGHT}

_STYLES = {
    "py.keyword": "{blue}",
    "py.name": "bold",
    "py.builtin": "{violet}",
    "py.string": "{green}",
    "py.number": "{gold}",
    "py.comment": "italic {quiet}",
    "py.decorator": "{violet}",
    "quiet": "{quiet}",
    "number": "{quiet}",
    "value": "{teal}",
    "stdout": "",
    "stderr": "{amber}",
    "error": "{red}",
    "error.name": "bold {red}",
    "spot": "bold {red}",
    "note": "{violet}",
    "mark": "reverse {quiet}",
    "order": "{quiet}",
    "pass": "bold {green}",
    "fail": "bold {red}",
    "warn": "{amber}",
    "title": "bold",
    "heading": "bold {blue}",
    "label": "bold {quiet}",
    "code": "{teal}",
    "address": "underline {blue}",
    "key": "bold {gold}",
    "bar.done": "{green}",
    "bar.due": "{amber}",
    "bar.rest": "{quiet}",
    "add": "{green}",
    "remove": "{red}",
    "differs": "bold underline",
    "lane.0": "{blue}",
    "lane.1": "{gold}",
    "lane.2": "{violet}",
    "lane.3": "{teal}",
    "lane.4": "{amber}",
    "lane.5": "{green}",
}

LANES = 6
"""So many `lane.N` styles there are; a picture with more parts starts over."""


@value
class Signs:
    """The signs that say what a line is, with colour or without."""

    value: str = "="
    stdout: str = "│"
    stderr: str = "!"
    error: str = "✗"
    note: str = "←"
    passed: str = "✓"
    more: str = "…"
    arrow: str = "→"
    bullet: str = "•"
    spot: str = "^"
    rule: str = "─"
    full: str = "━"
    empty: str = "·"
    tree: tuple[str, str, str] = ("├── ", "└── ", "│   ")


ASCII_SIGNS = Signs(
    stdout="|",
    error="x",
    note="<",
    passed="+",
    more="...",
    arrow="->",
    bullet="*",
    rule="-",
    full="#",
    empty=".",
    tree=("|-- ", "`-- ", "|   "),
)


@value
class Look:
    """What a renderer needs to know of where it will be shown.

    `plain` asks for linear text: no boxes, no pictures made of signs, words for signs. `ascii`
    says that nothing else can be encoded. `colour` is False where only signs tell things apart.
    """

    width: int = 80
    ascii: bool = False
    plain: bool = False
    colour: bool = True
    theme: ThemeName = "dark"

    @property
    def signs(self) -> Signs:
        """The signs that can be shown."""
        return ASCII_SIGNS if self.ascii else Signs()


def styles(theme: ThemeName) -> dict[str, str]:
    """Each style's name and what it is in a theme, in rich's words."""
    return {name: style.format_map(PALETTES[theme]) for name, style in _STYLES.items()}


def guess_theme(env: Mapping[str, str]) -> ThemeName:
    """Light where the terminal says (COLORFGBG) that its background is, else dark."""
    return "light" if env.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15") else "dark"


def wants_ascii(env: Mapping[str, str]) -> bool:
    """Whether the environment names the C locale. Python then takes UTF-8 all the same, since few
    who have it mean it (PEP 540), unless it is named: then nothing else is known of the terminal.
    """
    if env.get("PYTHONUTF8") == "1" or "utf8" in sys._xoptions:
        return False
    kind = env.get("LC_CTYPE", "")
    if kind.upper() in ("C.UTF-8", "C.UTF8", "UTF-8") and sys.flags.utf8_mode:
        kind = ""  # Python has put it there (PEP 538)
    return (env.get("LC_ALL") or kind or env.get("LANG")) in ("C", "POSIX")


class Screen(Console):
    """A console that knows how things are to look on it; made by `make_console`."""

    plain = False
    theme_name: ThemeName = "dark"

    def on_broken_pipe(self) -> None:
        """Leave it to the command line: rich would end the program as if it had failed."""
        raise BrokenPipeError

    @property
    def look(self) -> Look:
        """What a renderer needs to know of this console, as it is now (its width may change)."""
        encoding = self.encoding.lower().replace("-", "").replace("_", "")
        return Look(
            width=max(self.width, LEAST_WIDTH),
            ascii=not encoding.startswith("utf"),
            plain=self.plain,
            colour=self.color_system is not None and not self.no_color,
            theme=self.theme_name,
        )


def make_console(
    file: IO[str] | None = None,
    *,
    plain: bool = False,
    theme: ThemeName | None = None,
    width: int | None = None,
    env: Mapping[str, str] | None = None,
) -> Screen:
    """A console that knows the theme's styles and takes no text for markup.

    It obeys NO_COLOR, FORCE_COLOR, TERM=dumb and COLUMNS of `env` (`os.environ`), shows what the
    file's encoding can't say as escapes instead of failing, and has no colour where `plain`.
    """
    env = os.environ if env is None else env
    theme = theme or guess_theme(env)
    if file is not None and hasattr(file, "reconfigure"):
        ascii_only = {"encoding": "ascii"} if wants_ascii(env) else {}
        file.reconfigure(errors="backslashreplace", **ascii_only)
    columns = env.get("COLUMNS", "")
    if width is None and columns.isdecimal() and int(columns) > 0:
        width = min(int(columns), 10_000)
    console = Screen(
        file=file,
        theme=Theme(styles(theme)),
        width=None if width is None else max(width, LEAST_WIDTH),
        markup=False,
        highlight=False,
        emoji=False,
        no_color=True if plain or env.get("NO_COLOR") else None,
        color_system=None if plain else "auto",
        safe_box=True,
        _environ={key: value for key, value in env.items() if key not in ("COLUMNS", "LINES")},
    )
    console.plain = plain
    console.theme_name = theme
    return console
