"""Shell commands in notes: those that run a Python file that the notes give."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyrecipes.authoring.importing.notes import Block

PROGRAM = re.compile(r"(?:python[\d.]*|py)\s+(?:-[uBIE]\s+)*([\w./-]+\.py)(?:\s+(.*))?$")


@value
class Command:
    """A command at a line of the notes that runs a Python file, and the output shown under it."""

    line: int
    file: str
    args: tuple[str, ...]
    output: tuple[int, str]


def commands_of(block: Block) -> list[Command]:
    """The commands of a shell block that run a Python file."""
    lines = block.code.removesuffix("\n").split("\n")
    prompted = any(re.match(r"\s*[$%] ?\S", line) for line in lines)
    found: list[tuple[int, str, list[tuple[int, str]]]] = []
    for number, line in enumerate(lines, block.line):
        text = re.sub(r"^\s*[$%>]\s*", "", line) if prompted else line.strip()
        if not prompted or re.match(r"\s*[$%] ?\S", line):
            found.append((number, text, []))
        elif found:
            found[-1][2].append((number, line))
    return list(_run(found))


def _run(found: Sequence[tuple[int, str, list[tuple[int, str]]]]) -> Iterator[Command]:
    for number, text, output in found:
        if match := PROGRAM.match(text):
            try:
                args = shlex.split(match[2] or "", comments=True)
            except ValueError:
                args = (match[2] or "").split()
            shown = "\n".join(line for _, line in output).strip("\n")
            yield Command(number, match[1], tuple(args), (output[0][0] if output else 0, shown))
