"""Source code -> its syntax tree, or what is wrong with it. Never runs it, never raises."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING, Any

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LEVELS = 150
MAX_CODE = 200_000
ADVICE = r" \(detected|[.;] (?:Perhaps you|Did you mean|Maybe you|use an)"
"""Where Python's words for a fault go on to what it thinks is meant."""
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@value
class Parsed:
    """A tree, or the line (from 1) of the fault and Python's words for it."""

    tree: ast.Module | None
    line: int = 0
    what: str = ""


def parse(code: str) -> Parsed:
    """Read Python; also what only the compiler refuses, such as `return` outside a function."""
    if len(code) > MAX_CODE:
        return Parsed(None, 1, f"more than {MAX_CODE} characters in one block")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
            compile(code, "<notes>", "exec", dont_inherit=True)
    except SyntaxError as error:
        what = re.split(ADVICE, error.msg)[0]
        return Parsed(None, max(1, error.lineno or 1), what)
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return Parsed(None, 1, str(error) or "nested too deep")
    return Parsed(None, 1, "nested too deep") if _deeper(tree, MOST_LEVELS) else Parsed(tree)


def _deeper(tree: ast.AST, most: int) -> bool:
    """Whether a tree has more levels: what walks it down and back would run out of stack."""
    level: list[ast.AST] = [tree]
    while level and most >= 0:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        most -= 1
    return bool(level)


def bound(tree: ast.AST) -> set[str]:
    """All names that something in a tree binds, in whatever scope."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
    return names


def needs(tree: ast.AST) -> set[str]:
    """The names that code asks for before it binds them itself."""
    own: set[str] = set()
    wanted: set[str] = set()
    for name, stores in _uses(tree):
        if stores:
            own.add(name)
        elif name not in own:
            wanted.add(name)
    return wanted


def _uses(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """Each name in the order that it is used in, and whether it is bound there."""
    if isinstance(node, ast.Name):
        yield node.id, not isinstance(node.ctx, ast.Load)
        return
    if isinstance(node, SCOPES):
        inner = bound(node)
        for child in ast.iter_child_nodes(node):
            yield from ((name, False) for name, _ in _uses(child) if name not in inner)
        if not isinstance(node, ast.Lambda):
            yield node.name, True
        return
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, False
    if isinstance(node, ast.Import | ast.ImportFrom | ast.ExceptHandler):
        yield from ((name, True) for name in _binds(node))
    for field in _ordered(node):
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST):
                yield from _uses(child)


def _binds(node: ast.Import | ast.ImportFrom | ast.ExceptHandler) -> set[str]:
    if isinstance(node, ast.ExceptHandler):
        return {node.name} if node.name else set()
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _ordered(node: ast.AST) -> list[Any]:
    """A node's fields in the order that they are evaluated in."""
    fields = [name for name in node._fields if name not in {"iter", "value", "generators"}]
    first = [name for name in ("generators", "iter", "value") if name in node._fields]
    return [getattr(node, name, None) for name in (*first, *fields)]


def touched(tree: ast.AST) -> set[str]:
    """Names whose objects may change: of method calls, and of stores into attributes and items."""
    names = set()
    for node in ast.walk(tree):
        target: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            target = node.func.value
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            target = node.value
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name):
            names.add(target.id)
    return names


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an expression that is only names and dots, else nothing."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def meanings(tree: ast.AST) -> dict[str, str]:
    """Name -> the dotted name that an import in the tree binds it to."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Each call, in the order of the source."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return iter(sorted(found, key=lambda node: (node.lineno, node.col_offset)))
