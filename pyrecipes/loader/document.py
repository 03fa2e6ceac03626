"""YAML text -> a tree of nodes that know where they stand. Built from the parser's events, so that
nothing recurses in C, no tag makes an object, and an alias costs what it stands for."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, Any, Literal

from pyrecipes.errors import LessonError
from pyrecipes.model import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 100_000

REFUSED = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
NULLS = {"", "~", "null", "Null", "NULL"}


class Node:
    """A scalar, a list or a mapping of the document, with its place.

    `text` is a scalar's value (for a list or mapping: its source), `items` a list's nodes, `pairs`
    a mapping's keys and values. `style` is the scalar's (`|`, `>`, `'`, `"` or empty for plain).
    """

    def __init__(self, kind: Literal["scalar", "list", "mapping"], file: str, event: Any) -> None:
        self.kind = kind
        self.file = file
        self.line: int = event.start_mark.line + 1
        self.column: int = event.start_mark.column + 1
        self.end: Any = event.end_mark
        self.style: str = getattr(event, "style", None) or ""
        self.flow = bool(getattr(event, "flow_style", False))
        self.text: str = event.value if kind == "scalar" else ""
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []
        self.size = 1
        self.indent = 0

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, self.column)

    @property
    def empty(self) -> bool:
        """True for nothing at all and for YAML's null."""
        return self.kind == "scalar" and not self.style and self.text in NULLS

    def at(self, line: int, column: int = 1) -> Place:
        """The place of a line and column (from 1) of a scalar's text."""
        if self.style == "|":
            return Place(self.file, self.line + line, self.indent + column)
        if self.style == ">" or line > 1:
            return self.place
        return Place(self.file, self.line, self.column + column - 1 + bool(self.style))

    def get(self, key: str) -> Node | None:
        """A mapping's value under a key."""
        return next((value for name, value in self.pairs if name.text == key), None)


def parse(path: Path, name: str | None = None) -> Node:
    """Read a file into its root node; LessonError for what is no single, sane YAML document.

    `name` is what faults call the file.
    """
    file = name if name is not None else str(path)
    return parse_text(read(path, file), file)


def read(path: Path, file: str) -> str:
    """The text of a lesson file; LessonError if it is not there, too big, or not UTF-8."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise fault(file, 1, 1, "is not a file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fault(file, 1, 1, f"can't be read: {reason}") from None
    if len(data) > MAX_BYTES:
        size = status.st_size / 1e6
        raise fault(
            file, 1, 1, f"has {size:.1f} MB; a lesson file may have {MAX_BYTES // 10**6} MB"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise fault(file, before.count(b"\n") + 1, column, what) from None


def parse_text(text: str, file: str) -> Node:
    """Read YAML text into its root node; LessonError as `parse`."""
    import yaml

    if bad := re.search(REFUSED, text):
        line, column = (
            text.count("\n", 0, bad.start()) + 1,
            bad.start() - text.rfind("\n", 0, bad.start()),
        )
        what = f"character {ascii(bad[0])[1:-1]} can't stand in YAML; write it as an escape"
        raise fault(file, line, column, what)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = _Composer(file).compose(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in str(error.problem)
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise fault(file, line, column, _plain(error, text, line, column)) from None
    except (yaml.YAMLError, RecursionError, ValueError, UnicodeError) as error:
        raise fault(file, 1, 1, f"is not YAML: {' '.join(str(error).split())}") from None
    _indents(root, text.splitlines())
    _sources(root, text)
    return root


def fault(file: str, line: int, column: int, what: str) -> LessonError:
    """A LessonError of one fault of the file as such."""
    return error_of([Fault(Place(file, line, column), "", what)])


def error_of(faults: Iterable[Fault]) -> LessonError:
    """A LessonError of faults, in the order they stand in the file."""
    ordered = in_order(faults)
    return LessonError("\n".join(map(str, ordered)), ordered)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of their files, lines and columns."""
    return tuple(sorted(faults, key=lambda f: (f.place.file, f.place.line, f.place.column)))


class _Composer:
    """Puts the nodes of events together; the finished nodes of anchors are at hand for aliases."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.open: list[tuple[Node, list[Node], str | None]] = []
        self.anchors: dict[str, Node] = {}

    def compose(self, events: Iterable[Any]) -> Node:
        """The one document's root."""
        for event in events:
            node = self.node(event, type(event).__name__)
            if node is None:
                continue
            if node.size > MAX_NODES:
                what = f"stands for more than {MAX_NODES} values; use fewer aliases"
                raise self.fault(event, what)
            if self.open:
                self.open[-1][1].append(node)
            else:
                self.root = node
        if self.root is None or self.root.empty:
            what = "is empty; `pyrecipes lessons new` makes a lesson to start from"
            raise fault(self.file, 1, 1, what)
        return self.root

    def node(self, event: Any, kind: str) -> Node | None:
        """The node that an event finishes, if it does."""
        if kind == "AliasEvent":
            if event.anchor not in self.anchors:
                what = "stands for nothing before it, or for what it is itself part of"
                raise self.fault(event, f"*{event.anchor} {what}")
            return self.anchors[event.anchor]
        if kind in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent"}:
            return self.begin(event, kind)
        if kind in {"SequenceEndEvent", "MappingEndEvent"}:
            return self.end(event)
        if kind == "DocumentStartEvent" and self.root is not None:
            raise self.fault(event, "begins a second document; a lesson file has one")
        return None

    def begin(self, event: Any, kind: str) -> Node | None:
        """Open a list or mapping; a scalar is finished at once."""
        if event.tag and event.tag != "!":
            tag = ascii(event.tag)[1:-1].replace("tag:yaml.org,2002:", "!!")
            raise self.fault(event, f"the tag {tag} is not used in lessons; take it away")
        if kind == "ScalarEvent":
            return self.named(Node("scalar", self.file, event), event.anchor)
        if len(self.open) == MAX_DEPTH:
            raise self.fault(event, f"is nested more than {MAX_DEPTH} deep")
        node = Node("list" if kind == "SequenceStartEvent" else "mapping", self.file, event)
        self.open.append((node, [], event.anchor))
        return None

    def end(self, event: Any) -> Node:
        """Close the list or mapping that was opened last."""
        node, children, anchor = self.open.pop()
        node.end = event.end_mark
        node.size += sum(child.size for child in children)
        if node.kind == "list":
            node.items = children
        else:
            node.pairs = list(zip(children[::2], children[1::2], strict=True))
        return self.named(node, anchor)

    def named(self, node: Node, anchor: str | None) -> Node:
        """Keep a finished node under its anchor."""
        if anchor:
            self.anchors[anchor] = node
        return node

    def fault(self, event: Any, what: str) -> LessonError:
        """A fault at an event."""
        return fault(self.file, event.start_mark.line + 1, event.start_mark.column + 1, what)


def _walk(root: Node) -> Iterable[Node]:
    """Each node once, however often aliases name it."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            stack += node.items
            stack += [child for pair in node.pairs for child in pair]


def _indents(root: Node, lines: list[str]) -> None:
    """Find out by how much each literal block is indented."""
    for node in _walk(root):
        if node.style == "|":
            for text, written in zip(node.text.split("\n"), lines[node.line :], strict=False):
                if text.strip():
                    node.indent = len(written) - len(text)
                    break


def _sources(root: Node, text: str) -> None:
    """Keep the source of lists and mappings written in brackets on one line."""
    lines = text.splitlines()
    for node in _walk(root):
        if node.flow and node.line == node.end.line + 1 and node.line <= len(lines):
            node.text = lines[node.line - 1][node.column - 1 : node.end.column]


def _plain(error: Any, text: str, line: int, column: int) -> str:
    """What a YAML error means, in words that say what to do."""
    problem = str(error.problem or error.context or "is not YAML")
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "tab character" in problem or written[column - 1 : column] == "\t":
        return "a tab; YAML is indented by spaces"
    if "end of stream" in problem:
        return "opens here and is never closed"
    if "mapping values are not allowed" in problem:
        return 'a second ": " in one line; put the text in quotes, or on lines of its own after "|"'
    if "cannot start any token" in problem:
        return f"{written[column - 1 : column]!r} can't begin a text; put the text in quotes"
    if "expected <block end>" in problem or "did not find expected" in problem:
        return f"the line does not fit in with those before it ({problem}); look at its indentation"
    return f"is not YAML: {problem}"
