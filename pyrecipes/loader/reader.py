"""Nodes -> plain values by the tables of `schema`, noting every fault on the way."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

from pyrecipes.loader.schema import TABLES, Key
from pyrecipes.model import MAIN, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyrecipes.loader.document import Node

ID = re.compile(r"[a-z][a-z0-9-]*")
DOTTED = re.compile(r"\.?[^\W\d]\w*(\.[^\W\d]\w*)*")
MAX_FAULTS = 100
MAX_PATH = 200


class Table:
    """A mapping's values by key, those that could be read, with the nodes they came from."""

    def __init__(self, node: Node, where: str) -> None:
        self.node = node
        self.where = where
        self.values: dict[str, Any] = {}
        self.nodes: dict[str, Node] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """A key's value, or the default where it is not there or is wrong."""
        return self.values.get(key, default)

    def place(self, key: str) -> Place:
        """Where a key's value stands, or the table where there is none."""
        return self.nodes.get(key, self.node).place

    def path(self, key: str) -> str:
        """The path of a key, as faults call it."""
        return f"{self.where}.{key}" if self.where else key


class Reader:
    """Reads tables; `faults` has what was wrong so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._types: dict[str, Callable[[Key, Node, str], Any]] = {
            "text": self._text,
            "prose": self._text,
            "id": self._id,
            "texts": self._texts,
            "files": self._files,
            "answer": self._answer,
            "python": self._python,
            "expression": self._expression,
            "name": self._name,
            "strategies": self._strategies,
            "flag": self._flag,
            "integer": self._number,
            "number": self._number,
            "choice": self._choice,
            "table": self._table,
            "tables": self._tables,
        }

    def note(self, place: Place, where: str, what: str) -> None:
        """Keep a fault (past the hundredth of a file, only the fact that there are more)."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(place, where, what))
        elif len(self.faults) == MAX_FAULTS:
            self.faults.append(Fault(place, "", "and more faults; mend those above first"))

    def table(self, name: str, node: Node, where: str = "") -> Table | None:
        """Read a mapping as the table of that name; None when it is none."""
        keys = {key.name: key for key in TABLES[name]}
        if node.kind != "mapping":
            self._wrong(node, where, f"a mapping with the keys {', '.join(keys)}")
            return None
        table = Table(node, where)
        for written, value in self._pairs(node, where, keys):
            key = keys[written.text]
            table.nodes[key.name] = value
            read = self._types[key.kind](key, value, table.path(key.name))
            if read is not None:
                table.values[key.name] = read
        for key in keys.values():
            if key.required and key.name not in table.nodes:
                self.note(node.place, where, f"the key `{key.name}` is missing. {key.says}")
        return table

    def python(self, node: Node, source: str, where: str, lines: tuple[int, ...] = ()) -> bool:
        """Note a fault unless the source is Python. `lines` are its lines in the node's text."""
        error = syntax_error(source, "exec")
        if error is None:
            return True
        line, column, what = error
        place = node.at(lines[line - 1] if 0 < line <= len(lines) else line, column)
        self.note(place, where, f"is not Python: {what}")
        return False

    def _pairs(
        self, node: Node, where: str, keys: dict[str, Key] | None = None
    ) -> Iterable[tuple[Node, Node]]:
        """A mapping's pairs whose keys are text, known and new."""
        seen: set[str] = set()
        for name, value in node.pairs:
            key = name.text
            if name.kind != "scalar":
                self.note(name.place, where, f"a key is a text, not a {name.kind}")
            elif keys is not None and key not in keys:
                hint = did_you_mean(key, keys)
                self.note(name.place, where, f"there is no key {short(key)}{hint}")
            elif key in seen:
                self.note(name.place, where, f"the key {short(key)} is there twice")
            else:
                seen.add(key)
                yield name, value

    def _wrong(self, node: Node, where: str, wanted: str) -> None:
        found = {"list": "a list", "mapping": "a mapping"}.get(node.kind) or short(node.text)
        if node.empty:
            found = "nothing"
        self.note(node.place, where, f"must be {wanted}, not {found}")

    def _text(self, key: Key, node: Node, where: str) -> str | None:
        if node.kind != "scalar" or node.empty:
            self._wrong(node, where, "a text")
            return None
        if not node.text.strip() and key.required:
            self.note(node.place, where, "is empty")
            return None
        return node.text

    def _id(self, key: Key, node: Node, where: str) -> str | None:
        text = self._text(key, node, where)
        if text is None or ID.fullmatch(text):
            return text
        what = f"{short(text)} is no id; an id is like `split-text`: small letters, digits, hyphens"
        self.note(node.place, where, what)
        return None

    def _texts(self, key: Key, node: Node, where: str) -> tuple[str, ...] | None:
        if node.kind != "list":
            self._wrong(node, where, "a list of texts")
            return None
        texts = [self._text(key, item, f"{where}[{n}]") for n, item in enumerate(node.items)]
        return tuple(text for text in texts if text is not None)

    def _files(self, _: Key, node: Node, where: str) -> dict[str, str] | None:
        if node.kind != "mapping":
            self._wrong(node, where, "a mapping from paths to what the files hold")
            return None
        files: dict[str, str] = {}
        for name, content in self._pairs(node, where):
            path = name.text
            if wrong := bad_path(path):
                self.note(name.place, where, f"the path {short(path)} {wrong}")
            elif clash := next((p for p in files if _clash(p, path)), None):
                self.note(
                    name.place, where, f"{short(path)} and {short(clash)} can't both be files"
                )
            elif content.kind != "scalar" or (content.empty and content.text):
                self._wrong(content, f"{where}[{short(path)}]", "a text")
            else:
                files[path] = content.text
        return files

    def _answer(self, key: Key, node: Node, where: str) -> dict[str, str] | None:
        if node.kind == "mapping":
            return self._files(key, node, where)
        text = self._text(key, node, where)
        return None if text is None else {MAIN: text}

    def _python(self, key: Key, node: Node, where: str) -> str | None:
        """Checked by who reads the table where it has marks to be taken out first."""
        text = self._text(key, node, where)
        if text is None or key.name == "code" or self.python(node, text, where):
            return text
        return None

    def _expression(self, key: Key, node: Node, where: str) -> str | None:
        if node.kind != "scalar" and node.flow and node.text:
            text: str | None = node.text
        else:
            text = self._text(key, node, where)
        if text is None:
            return None
        if error := syntax_error(text.strip(), "eval"):
            line, column, what = error
            if error[0] == 1 and syntax_error(text, "exec") is None:
                what = "this is a statement; put it into `given`"
            place = node.at(line, column) if node.kind == "scalar" else node.place
            self.note(place, where, f"is not a Python expression: {what}")
            return None
        return text.strip()

    def _name(self, key: Key, node: Node, where: str) -> str | None:
        text = self._text(key, node, where)
        if text is None or DOTTED.fullmatch(text):
            return text
        self.note(node.place, where, f"{short(text)} is no name, such as `re.compile`")
        return None

    def _strategies(self, key: Key, node: Node, where: str) -> dict[str, str] | None:
        if node.kind != "mapping" or not node.pairs:
            self._wrong(node, where, "a mapping from names to strategies, {n: integers()}")
            return None
        found = {}
        for name, strategy in self._pairs(node, where):
            if not name.text.isidentifier():
                self.note(name.place, where, f"{short(name.text)} is no Python name")
            source = self._expression(key, strategy, f"{where}.{name.text}")
            if source is not None:
                found[name.text] = source
        return found

    def _flag(self, _: Key, node: Node, where: str) -> bool | None:
        if node.kind == "scalar" and not node.style and node.text in {"true", "false"}:
            return node.text == "true"
        self._wrong(node, where, "true or false")
        return None

    def _number(self, key: Key, node: Node, where: str) -> float | int | None:
        whole = key.kind == "integer"
        if node.kind == "scalar" and not node.style and len(node.text) < 40:
            try:
                number = int(node.text) if whole else float(node.text)
            except ValueError:
                pass
            else:
                if 0 <= number < float("inf"):
                    return number
        self._wrong(node, where, "a whole number from 0" if whole else "a number from 0")
        return None

    def _choice(self, key: Key, node: Node, where: str) -> str | None:
        if node.kind == "scalar" and node.text in key.choices:
            return node.text
        hint = did_you_mean(node.text, key.choices) if node.kind == "scalar" else ""
        self._wrong(node, where, f"one of {', '.join(key.choices)}")
        if hint:
            last = self.faults[-1]
            self.faults[-1] = Fault(last.place, last.where, last.what + hint)
        return None

    def _table(self, key: Key, node: Node, where: str) -> Table | None:
        return self.table(key.table, node, where)

    def _tables(self, key: Key, node: Node, where: str) -> list[Table | None] | None:
        if node.kind != "list" or (not node.items and (key.required or key.needed)):
            self._wrong(node, where, "a list of mappings")
            return None
        return [self.table(key.table, item, f"{where}[{n}]") for n, item in enumerate(node.items)]


def syntax_error(source: str, mode: str) -> tuple[int, int, str] | None:
    """The line, column (from 1) and words of what is wrong with Python source, if it is."""
    import ast

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<lesson>", mode, ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        return error.lineno or 1, max(error.offset or 1, 1), error.msg.split(" (detected")[0]
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return 1, 1, str(error) or "it is nested too deep"
    return None


def bad_path(path: str) -> str:
    """What is wrong with a path as one inside the scratch folder; empty when nothing is."""
    parts = path.split("/")
    if not path.isprintable() or "\\" in path or len(path.encode("utf-8", "replace")) > MAX_PATH:
        return "must be short, printable and without backslashes"
    if path.startswith("/") or re.match("[A-Za-z]:", path):
        return "must be relative to the scratch folder"
    if ".." in parts:
        return "leaves the scratch folder"
    if any(part in {"", "."} or part != part.strip() for part in parts):
        return "has a part that names no file"
    return ""


def _clash(one: str, other: str) -> bool:
    """True when one of two paths would have to be a folder of the other."""
    return other.startswith(one + "/") or one.startswith(other + "/")


def short(text: str) -> str:
    """A text as one short printable word in quotes."""
    shown = ascii(text) if not text.isprintable() else repr(text)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean ...?` where a known word is near, else the known words."""
    import difflib

    words = list(known)
    near = difflib.get_close_matches(word[:60], words, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are {', '.join(words)}" if len(words) <= 20 else ""
