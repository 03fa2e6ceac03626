"""What notes are made of, whatever file they came in."""

from __future__ import annotations

from typing import Literal

from pyrecipes.value import value

Kind = Literal["python", "shell", "file", "output", "other"]
How = Literal["shown", "gives", "printed", "raises"]
Sort = Literal["runs", "differs", "fails", "placeholder", "advice", "note"]

CELL = 10_000_000
"""A notebook's lines are counted by cell: line 2 of cell 3 is `3 * CELL + 2`."""


def label(line: int) -> str:
    """A line of the notes, in words."""
    cell, inner = divmod(line, CELL)
    return f"cell {cell}, line {inner}" if cell else f"line {inner}"


def at(line: int) -> str:
    """A line of the notes, after the name of their file; 0 is no line at all."""
    if not line:
        return ""
    return f":{line}" if line < CELL else f", {label(line)}"


@value
class Claim:
    """What the notes say comes out, at their `line`.

    `at` is the line of the block's code (from 1) whose statement is meant, 0 for the whole block.
    shown: what it prints and gives; gives: its value alone; printed: standard output alone;
    raises: the exception, as `Type` or `Type: message`.
    """

    line: int
    text: str
    at: int
    how: How = "shown"


@value
class Block:
    """A block of code. `lines` has the line in the notes of each line of `code`; `shown` is the
    block as it stands there. `name` is the file that the block is said to be, `tag` the language
    that it is said to be in."""

    kind: Kind
    code: str
    line: int
    lines: tuple[int, ...]
    shown: str
    claims: tuple[Claim, ...] = ()
    name: str = ""
    tag: str = ""

    def at(self, line: int) -> int:
        """The line in the notes of a line of the code."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else self.line


@value
class Prose:
    """Markdown between blocks, as it is written."""

    line: int
    text: str


@value
class Section:
    """A heading, and what comes before the next one."""

    title: str
    level: int
    line: int
    parts: tuple[Block | Prose, ...] = ()


@value
class Topic:
    """What becomes one lesson."""

    title: str
    line: int
    sections: tuple[Section, ...]


@value
class Finding:
    """One line of the report: what is so at a line of the notes."""

    line: int
    sort: Sort
    text: str
