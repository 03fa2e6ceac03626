"""Where pasted code goes: in the place of what waits to be written, at the depth of its place."""

from __future__ import annotations

import re
from textwrap import dedent

from pyrecipes.terminal.editing import INDENT

_HEAD = re.compile(r"^( *)(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
_TABS = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
_OPENS = (":", "(", "[", "{", "\\", ",")


def paste(text: str, cursor: int, pasted: str, gap: int) -> tuple[str, int]:
    """The text and the cursor after a paste, where `gap` characters wait to be filled.

    Several lines on a line's own begin where that line does. A whole function takes the place of
    the one of its name that is still to be written.
    """
    pasted = pasted.replace("\r\n", "\n").replace("\r", "\n")
    pasted = _TABS.sub(lambda blank: blank.group().expandtabs(INDENT), pasted)
    before, after = text[:cursor], text[cursor + gap :]
    line = before.rpartition("\n")[2]
    if "\n" in pasted.strip() and not line.strip(" "):
        block = _level(pasted)
        if after[:1] in ("", "\n"):
            block = block.rstrip()
        begin = _stub(before, block) if gap else None
        if begin is not None:
            before = before[:begin]
            line = " " * (len(text[begin:]) - len(text[begin:].lstrip(" ")))
        else:
            before = before[: len(before) - len(line)]
        pasted = "\n".join(f"{line}{row}" if row.strip() else "" for row in block.split("\n"))
    elif gap:
        pasted = pasted.strip("\n")
    return before + pasted + after, len(before + pasted)


def _level(block: str) -> str:
    """The block with its least indented line at the margin, though its first line came without
    the blanks before it, as where a selection began at a word."""
    block = block.lstrip("\n")
    first, _, rest = block.partition("\n")
    deep = min((len(r) - len(r.lstrip(" ")) for r in rest.split("\n") if r.strip()), default=0)
    if first.startswith(" ") or not deep:
        return dedent(block)
    rest = "\n".join(row[deep:] for row in rest.split("\n"))
    inner = " " * INDENT if first.split("#")[0].rstrip().endswith(_OPENS) else ""
    return "\n".join([first, *(f"{inner}{r}" if r.strip() else "" for r in rest.split("\n"))])


def _stub(before: str, block: str) -> int | None:
    """Where the function that the cursor is in begins, if the block defines it too."""
    depth = len(before) - len(before.rstrip(" "))
    around = [head for head in _HEAD.finditer(before) if len(head[1]) < depth]
    names = {head[2] for head in _HEAD.finditer(block) if not head[1]}
    return around[-1].start() if around and around[-1][2] in names else None
