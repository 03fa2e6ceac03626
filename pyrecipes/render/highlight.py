"""Python's colours by one regular expression: quick to start, and right enough for broken code."""

from __future__ import annotations

import builtins
import keyword
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from pyrecipes.render.theme import Look

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<string>(?:\b(?:rb|br|fr|rf|tr|rt|[rbfut]))?(?:
        '{3}.*?(?:'{3}|\Z)|"{3}.*?(?:"{3}|\Z)|'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?))
  | (?P<number>\b(?:0[xob][0-9a-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?j?)\b)
  | (?P<decorator>^[ \t]*@[\w.]+)
  | (?P<define>\b(?:def|class)\b[ \t]+\w+)
  | (?P<attribute>\.[ \t]*[^\W\d]\w*)
  | (?P<word>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_KEYWORDS = frozenset(keyword.kwlist)
_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))


def styles_of(code: str) -> list[tuple[int, int, str]]:
    """Where in the code which style goes: `(start, end, style)`."""
    spans = []
    for match in _TOKEN.finditer(code):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "define":
            gap = start + len(match.group().split()[0])
            spans += [(start, gap, "py.keyword"), (gap, end, "py.name")]
        elif kind == "word":
            if match.group() in _KEYWORDS:
                spans.append((start, end, "py.keyword"))
            elif match.group() in _BUILTINS:
                spans.append((start, end, "py.builtin"))
        elif kind not in (None, "attribute"):
            spans.append((start, end, f"py.{kind}"))
    return spans


def python_lines(code: str, look: Look) -> list[Text]:
    """The lines of Python code, highlighted; what could harm the terminal is made visible."""
    from pyrecipes.render.safe import safe_line

    lines: list[Text] = []
    spans = styles_of(code)
    start = at = 0
    for line in code.split("\n"):
        end = start + len(line)
        text = safe_line(line, look)
        if text.plain == line:
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            for begin, stop, style in spans[at:]:
                if begin >= end:
                    break
                text.stylize(style, max(begin - start, 0), stop - start)
        lines.append(text)
        start = end + 1
    if lines and not lines[-1].plain:
        lines.pop()
    return lines
