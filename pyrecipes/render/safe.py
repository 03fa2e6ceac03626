"""Text from outside, made showable: what would move the cursor, hide or reorder is made visible."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from pyrecipes.render.theme import Look

MAX_COLUMNS = 2_000
"""So many characters of one line are shown; the rest is counted."""

MAX_MARKS = 4
"""So many combining marks may follow one character before they are shown apart from it."""

_PLAIN = re.compile(r"[ -~]*\Z")
_ODD_CATEGORIES = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _visible(char: str, look: Look) -> str:
    """How a character that must not reach the terminal is shown."""
    code = ord(char)
    if look.ascii or look.plain:
        return _escape(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else _escape(char)


def count(number: int, what: str) -> str:
    """`1,204 more lines`: a number with its thousands, and the noun with or without its s."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def safe_line(line: str, look: Look, style: str = "") -> Text:
    """One line of text from outside as Text: tabs become spaces, odd characters marks.

    Never longer than MAX_COLUMNS and a few; what is left out is counted.
    """
    rest = len(line) - MAX_COLUMNS
    line = line[:MAX_COLUMNS]
    if _PLAIN.match(line):
        text = Text(line, style=style)
    else:
        text = Text(style=style)
        column = marks = 0
        for char in line:
            if char == "\t":
                blank = 8 - column % 8
                text.append(" " * blank)
                column += blank
                continue
            category = unicodedata.category(char)
            marks = marks + 1 if category in ("Mn", "Me") else 0
            odd = category in _ODD_CATEGORIES or marks > MAX_MARKS
            if odd or (look.ascii and ord(char) > 0x7E):
                shown = _visible(char, look)
                text.append(shown, style="mark" if odd else "")
            else:
                shown = char
                text.append(shown)
            column += cell_len(shown)
    if rest > 0:
        more = count(rest, "more character")
        text.append(f" {look.signs.more} {more}", style="quiet")
    return text


def split_lines(output: str) -> list[str]:
    """The lines of an output as a terminal would break them: at `\\n` and `\\r\\n` only."""
    lines = output.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def safe_lines(output: str, look: Look, style: str = "", most: int | None = None) -> list[Text]:
    """The lines of an output as `safe_line` gives them, at most `most`: the first of them, one
    that counts what is left out, and the last two."""
    lines = split_lines(output)
    if most is None or len(lines) <= most:
        return [safe_line(line, look, style) for line in lines]
    head, tail = max(most - 3, 1), 2
    hidden = len(lines) - head - tail
    return [
        *(safe_line(line, look, style) for line in lines[:head]),
        Text(f"{look.signs.more} {count(hidden, 'more line')}", style="quiet"),
        *(safe_line(line, look, style) for line in lines[-tail:]),
    ]


_TYPOGRAPHY = str.maketrans(
    {"—": "--", "–": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"}
    | {"→": "->", "←": "<-", "⇒": "=>", "≤": "<=", "≥": ">=", "≠": "!=", "×": "x", "\u00a0": " "}
)


def prose(text: str, look: Look) -> str:
    """A line of an author's words: as it is, but for what can't be shown or would do harm."""
    if look.ascii:
        text = text.translate(_TYPOGRAPHY)
    if _PLAIN.match(text):
        return text
    return safe_line(text, look).plain


def sentence(text: str, look: Look, style: str = "") -> Text:
    """An author's line as Text; what stands in backticks is shown as code."""
    parts = prose(text, look).split("`")
    if len(parts) < 3 or not look.colour:
        return Text("`".join(parts), style=style)
    shown = Text(style=style)
    for number, part in enumerate(parts):
        code = number % 2 == 1 and number < len(parts) - 1
        shown.append(part if code or number % 2 == 0 else f"`{part}", "code" if code else "")
    return shown
