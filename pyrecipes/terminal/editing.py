"""What Enter, Tab and Backspace do in Python code: pure functions over text and cursor."""

from __future__ import annotations

import re

INDENT = 4
GAP = "____"

_LEAVES = re.compile(r"\s*(return|raise|pass|break|continue)\b")


def indent_after(before: str) -> str:
    """The blanks that a new line begins with, after the text of the line before the cursor."""
    line = before.rpartition("\n")[2]
    blank = line[: len(line) - len(line.lstrip(" "))]
    code = line.split("#")[0].rstrip()
    if code.endswith((":", "(", "[", "{")):
        return blank + " " * INDENT
    if _LEAVES.match(line) and len(blank) >= INDENT and not code.endswith((",", "\\")):
        return blank[:-INDENT]
    return blank


def backspace_width(before: str) -> int:
    """How many characters Backspace takes: to the last step of indentation within blanks."""
    line = before.rpartition("\n")[2]
    if not line or line.strip(" "):
        return 1
    return (len(line) - 1) % INDENT + 1


def tab_width(before: str) -> int:
    """How many blanks Tab inserts in the blanks that a line begins with."""
    return INDENT - len(before.rpartition("\n")[2]) % INDENT


def next_gap(text: str, cursor: int) -> int | None:
    """Where the next gap after the cursor is, from the start again where there is none."""
    at = text.find(GAP, cursor)
    if at < 0:
        at = text.find(GAP)
    return None if at < 0 else at


def gap_width(before: str, after: str, *, gaps: bool) -> int:
    """How long what waits to be filled at the cursor is: a gap, or the `...` that a line consists
    of; 0 where nothing is."""
    if gaps and after.startswith(GAP):
        return len(after) - len(after.lstrip("_"))
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return 3 if line.strip() == after.partition("\n")[0].rstrip() == "..." else 0


def word_before(before: str) -> str:
    """The name, dotted or not, that ends at the cursor."""
    match = re.search(r"[^\W\d][\w.]*$", before)
    return match.group() if match else ""
