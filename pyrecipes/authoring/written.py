"""A lesson file as it is written: where each recipe's code lies in it, and its `#>` lines anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyrecipes.loader import document
from pyrecipes.loader.comments import split_lines, unmark
from pyrecipes.model import Fault
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pyrecipes.loader.comments import Marked
    from pyrecipes.loader.document import Node
    from pyrecipes.model import Place, Recorded

TODO = "TODO"


@value
class Code:
    """A recipe's code in its file. `marked` has its lines, `node` their places."""

    recipe: int
    marked: Marked
    node: Node

    def place(self, line: int) -> Place:
        """Where a line of the clean code stands in the file."""
        kept = self.marked.lines
        return self.node.at(kept[line - 1] if 0 < line <= len(kept) else 1)


class Written:
    """A lesson file's text and the codes of its recipes. Raises LessonError as the loader does."""

    def __init__(self, path: Path, name: str | None = None) -> None:
        file = name if name is not None else str(path)
        document.read(path, file)
        self.data = path.read_bytes()
        self.root = document.parse_text(self.data.decode("utf-8-sig"), file)
        recipes = self.root.get("recipes")
        self.codes = {
            number: Code(number, unmark(node.text), node)
            for number, recipe in enumerate(recipes.items if recipes else ())
            if (node := recipe.get("code")) is not None
        }

    def place(self, recipe: int, line: int) -> Place:
        """Where a line of a recipe's clean code stands."""
        return self.codes[recipe].place(line)

    def at(self, where: str) -> Place:
        """Where the value of a path such as `recipes[3].exercises[0].starter` stands, or as much
        of the path as there is."""
        node = self.root
        for step in re.findall(r"[^.\[\]]+", where):
            if step.isdigit() and int(step) < len(node.items):
                found: Node | None = node.items[int(step)]
            else:
                found = node.get(step)
            if found is None:
                break
            node = found
        return node.place

    def unfinished(self) -> Iterator[Fault]:
        """Each text that still begins with TODO."""
        open_ones = [(self.root, "")]
        while open_ones:
            node, where = open_ones.pop()
            text = node.text.strip()
            if text.startswith(TODO):
                first = " ".join(text.split("\n", 1)[0].split())
                yield Fault(node.place, where, f"is still to be written: {first[:80]}")
            open_ones += [(each, f"{where}[{n}]") for n, each in enumerate(node.items)]
            open_ones += [(each, f"{where}.{key.text}".lstrip(".")) for key, each in node.pairs]

    def with_recorded(self, recorded: Mapping[int, Mapping[int, Sequence[Recorded]]]) -> bytes:
        """The file's bytes with these recorded lines (recipe -> line -> lines) in place of those
        that the named recipes have. All else stays byte for byte.

        Only a code written as a literal block (`|`) can be changed; ValueError for another.
        """
        lines = self.data.splitlines(keepends=True)
        for number in sorted(recorded, reverse=True):
            code = self.codes[number]
            if code.node.style != "|":
                raise ValueError("code must be a literal block, `code: |`, to be recorded")
            start = code.node.line
            count = len(split_lines(code.node.text))
            lines[start : start + count] = _renewed(
                lines[start : start + count], code, recorded[number]
            )
        return b"".join(lines)


def _renewed(
    block: list[bytes], code: Code, recorded: Mapping[int, Sequence[Recorded]]
) -> list[bytes]:
    """The block's lines with other `#>` lines."""
    kept = code.marked.lines
    number_of = {written: clean for clean, written in enumerate(kept, 1)}
    text = split_lines(code.node.text)
    out: list[bytes] = []
    for written, line in enumerate(block, 1):
        clean = number_of.get(written)
        if clean is None and text[written - 1].lstrip().startswith("#>"):
            continue
        out.append(line)
        if clean is not None and recorded.get(clean):
            ending = line[len(line.rstrip(b"\r\n")) :] or b"\n"
            if not line.endswith((b"\n", b"\r")):
                out[-1] = line + ending
            own = text[written - 1]
            indent = " " * (code.node.indent + len(own) - len(own.lstrip()))
            out += [f"{indent}{mark(one)}".encode() + ending for one in recorded[clean]]
    return out


def mark(recorded: Recorded) -> str:
    """A recorded line as it is written in the code."""
    flags = ("*" if recorded.any_order else "") + ("~" if recorded.varies else "")
    return f"#>{flags} {recorded.text}".rstrip()
