"""Names that nothing defines: misspelt, never assigned, not imported, or placeholders."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.packages import SHORT, USUAL, near_module
from pyrecipes.authoring.importing.parsing import bound, dotted, parse
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KNOWN = {*dir(builtins), "__file__", "__name__", "__doc__", "self", "__annotations__"}
KEYWORDS = {"args", "kwargs", "kwds"}


@value
class Unknown:
    """A name that nothing defines, at a line of the code (from 1)."""

    name: str
    line: int


@value
class Named:
    """Code whose names were looked at: its lines with what was put right, the imports that it
    needs, what is wrong as (line, text), and its placeholders."""

    lines: tuple[str, ...]
    tree: ast.Module
    imports: tuple[str, ...]
    wrong: tuple[tuple[int, str], ...]
    placeholders: tuple[Unknown, ...]


class Names:
    """What is known where a block stands: names of earlier blocks, and modules with their names.

    `modules` has what the topic's modules hold, `importable` which modules there are.
    """

    def __init__(
        self,
        earlier: set[str],
        modules: Mapping[str, Sequence[str]],
        importable: Mapping[str, bool],
        files: set[str],
    ) -> None:
        self.earlier = earlier
        self.modules = modules
        self.importable = importable
        self.files = files

    def look(self, lines: Sequence[str], tree: ast.Module, lost: frozenset[str]) -> Named:
        """Look at each name of a block's code; `lost` are those that were left out of it."""
        text = list(lines)
        wrong: list[tuple[int, str]] = []
        imports: list[str] = []
        placeholders: list[Unknown] = []
        for line, name, meant in self._misspelt_modules(tree):
            for number in {line, *_lines_of(tree, name)}:
                text[number - 1] = _renamed(text[number - 1], name, meant)
            why = f"there is no module `{name}`"
            wrong.append((line, f"does not run: {why}; did you mean `{meant}`?"))
        tree = parse(_text(text)).tree or tree
        own = bound(tree)
        known = own | self.earlier | KNOWN | lost
        for node, receiver in _unknown(tree, known):
            name, line = node.id, node.lineno
            if keyword := _keyword_called(tree, node):
                wrong.append((line, keyword))
            elif receiver and (given := _import_of(name)):
                imports.append(given)
            elif before := receiver and _thrown_away(tree, node):
                first = text[before - 1]
                indent = first[: len(first) - len(first.lstrip())]
                what = f"does not run: `{name}` is never assigned; meant is "
                wrong.append((line, f"{what}`{name} = {_short(first.strip())}` above"))
                text[before - 1] = f"{indent}{name} = {first.lstrip()}"
            elif meant := self._near(name, own):
                wrong.append(
                    (line, f"does not run: `{name}` is not defined; did you mean `{meant}`?")
                )
                for number in _lines_of(tree, name):
                    text[number - 1] = _renamed(text[number - 1], name, meant)
            elif module := self._home(name):
                imports.append(f"from {module} import {name}")
            else:
                placeholders.append(Unknown(name, line))
        tree = parse(_text(text)).tree or tree
        return Named(
            tuple(text), tree, tuple(dict.fromkeys(imports)), tuple(wrong), tuple(placeholders)
        )

    def _misspelt_modules(self, tree: ast.Module) -> Iterator[tuple[int, str, str]]:
        for line, module in imported(tree):
            top = module.partition(".")[0]
            if self.importable.get(top, True) or top in self.files:
                continue
            if meant := near_module(top):
                yield line, top, meant

    def _near(self, name: str, own: set[str]) -> str:
        """The defined name that an unknown one is another spelling of, or nothing."""
        known = [each for each in (*sorted(own), *sorted(self.earlier)) if each != name]
        for each in known:
            if each.casefold() == name.casefold():
                return each
        if len(name) < 4:
            return ""
        return next(iter(difflib.get_close_matches(name, known, 1, 0.8)), "")

    def _home(self, name: str) -> str:
        """The module that a name is usually imported from, among those the topic is about."""
        for module, names in self.modules.items():
            if name in names and len(name) > 2:
                return module
        return USUAL.get(name, "")


def imported(tree: ast.AST) -> list[tuple[int, str]]:
    """The line and dotted name of each module that code imports, relative ones left out."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module))
    return sorted(found)


def receivers(tree: ast.AST) -> set[str]:
    """The names that code takes attributes of."""
    return {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def _unknown(tree: ast.AST, known: set[str]) -> Iterator[tuple[ast.Name, bool]]:
    """The first use of each unknown name, and whether an attribute of it is asked for."""
    takes = receivers(tree)
    found: dict[str, ast.Name] = {}
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    for node in sorted(names, key=lambda each: (each.lineno, each.col_offset)):
        if isinstance(node.ctx, ast.Load) and node.id not in known:
            found.setdefault(node.id, node)
    for name, node in found.items():
        yield node, name in takes


def _import_of(name: str) -> str:
    """The import that makes a name which stands before a dot, or nothing."""
    if name in SHORT:
        return SHORT[name]
    return f"import {name}" if name in {*sys.stdlib_module_names, "numpy", "pandas"} else ""


def _thrown_away(tree: ast.Module, node: ast.Name) -> int:
    """The line of the statement just before a name's use, if it only calls something; else 0."""
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        if after.lineno <= node.lineno <= (after.end_lineno or after.lineno):
            plain = isinstance(before, ast.Expr) and isinstance(before.value, ast.Call)
            told = plain and dotted(before.value.func) != "print"  # type: ignore[attr-defined]
            return before.lineno if told else 0
    return 0


def _keyword_called(tree: ast.AST, name: ast.Name) -> str:
    """What is wrong with `f(args(...))`, where a keyword was meant."""
    if name.id not in KEYWORDS:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.func is name:
            text = ast.unparse(node)
            starred = next((each.value for each in node.keywords if each.arg is None), None)
            word = "args" if name.id == "args" else "kwds"
            meant = f"`{word}=(...)`"
            if starred is not None:
                meant += f", or `kwds={ast.unparse(starred)}` for keywords"
            return f"does not run: `{text}` calls `{name.id}`; the keyword is meant: {meant}"
    return ""


def _lines_of(tree: ast.AST, name: str) -> set[int]:
    return {
        each.lineno for each in ast.walk(tree) if isinstance(each, ast.Name) and each.id == name
    }


def _renamed(line: str, name: str, meant: str) -> str:
    return re.sub(rf"(?<![\w.]){re.escape(name)}\b", meant, line)


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
