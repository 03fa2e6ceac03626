"""Small changes to a solution, each of which its checks should notice."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "match": "search",
    "fullmatch": "match",
    "upper": "lower",
    "lower": "upper",
    "startswith": "endswith",
    "endswith": "startswith",
}
EITHER_WAY = {"min", "max", "math.gcd", "math.lcm"}
"""Calls whose arguments may come in any order."""
SHOWN_ONLY = {"namedtuple", "collections.namedtuple", "NamedTuple", "TypeVar"}
"""Calls whose first argument is a name for people, which changes nothing but a repr."""
REMOVED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Delete, ast.Assert)


@value
class Mutant:
    """A solution's file with one small change. `change` words it: `line 3: a < b -> a <= b`."""

    change: str
    source: str


def mutants(source: str, program: bool = True) -> list[Mutant]:
    """All small changes to a source. Without `program` its `if __name__ ...` part is left alone.

    Docstrings and annotations are left alone as well; a change that gives the same source is none.
    """
    tree = ast.parse(source)
    found: dict[str, Mutant] = {}
    original = ast.unparse(tree)
    skipped = _skipped(tree, program)
    for number, node in enumerate(ast.walk(tree)):
        if node in skipped:
            continue
        for change in _changes(node):
            copied = copy.deepcopy(tree)
            target = next(other for at, other in enumerate(ast.walk(copied)) if at == number)
            before = _shown(target)
            worded = change(target)
            if not worded.startswith("line "):
                worded = f"line {getattr(node, 'lineno', 1)}: {before} -> {worded}"
            mutated = ast.unparse(ast.fix_missing_locations(copied))
            if mutated != original and mutated not in found:
                found[mutated] = Mutant(worded, mutated)
    return list(found.values())


def _shown(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0]


def _skipped(tree: ast.Module, program: bool) -> set[ast.AST]:
    """The nodes that no change is made to."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_doc(body[0], 0):
            roots.append(body[0])
        roots += [
            getattr(node, name)
            for name in ("annotation", "returns", "format_spec")
            if isinstance(getattr(node, name, None), ast.AST)
        ]
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SHOWN_ONLY:
            roots += node.args[:1]
        if not program and isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            roots.append(node)
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            roots.append(node.test)
    return {inner for root in roots for inner in ast.walk(root)}


def _changes(node: ast.AST) -> Iterator[Callable[[Any], str]]:
    """What can be changed in a node; each makes its change and returns the new text."""
    match node:
        case ast.Compare(ops=ops):
            yield from (_comparison(at, COMPARISONS[type(op)]) for at, op in enumerate(ops))
        case ast.BinOp() | ast.AugAssign() if type(node.op) in OPERATORS:
            yield _operator(OPERATORS[type(node.op)])
        case ast.BoolOp(op=sign):
            yield _operator(ast.Or if isinstance(sign, ast.And) else ast.And)
        case ast.Constant(value=held):
            yield from map(_constant, _constants(held))
        case ast.If() | ast.While() | ast.IfExp():
            yield _negated
        case ast.comprehension(ifs=ifs):
            yield from map(_no_condition, range(len(ifs)))
        case ast.Call(args=args, keywords=keywords):
            starred = any(isinstance(arg, ast.Starred) for arg in args[:2])
            if len(args) > 1 and not starred and ast.unparse(node.func) not in EITHER_WAY:
                yield _swapped
            yield from map(_no_keyword, range(len(keywords)))
        case ast.Name(id=name) if name in NAMES:
            yield _renamed("id", NAMES[name])
        case ast.Attribute(attr=name) if name in NAMES:
            yield _renamed("attr", NAMES[name])
    yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[Callable[[Any], str]]:
    match node:
        case ast.Return(value=held) if held is not None:
            if not (isinstance(held, ast.Constant) and held.value is None):
                yield _returns_none
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _unsigned
        case ast.Break() | ast.Continue():
            yield _turned
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if isinstance(body, list):
            for at, statement in enumerate(body):
                if isinstance(statement, REMOVED) and not _is_doc(statement, at):
                    yield _removed(name, at)


def _is_doc(statement: ast.stmt, at: int) -> bool:
    return at == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _constants(held: Any) -> list[Any]:
    if isinstance(held, bool):
        return [not held]
    if isinstance(held, (int, float)):
        return [held + 1, held - 1] if isinstance(held, int) and held > 1 else [held + 1]
    if isinstance(held, str):
        return [f"{held}X"]
    if isinstance(held, bytes):
        return [held + b"X"]
    return []


def _comparison(at: int, sign: type[ast.cmpop]) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        node.ops[at] = sign()
        return _shown(node)

    return change


def _operator(sign: type[ast.AST]) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        node.op = sign()
        return _shown(node)

    return change


def _constant(other: Any) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        node.value = other
        return _shown(node)

    return change


def _renamed(field: str, name: str) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        setattr(node, field, name)
        return _shown(node)

    return change


def _no_condition(at: int) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        gone = node.ifs.pop(at)
        return f"line {gone.lineno}: if {_shown(gone)} -> (no condition)"

    return change


def _no_keyword(at: int) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        del node.keywords[at]
        return _shown(node)

    return change


def _removed(field: str, at: int) -> Callable[[Any], str]:
    def change(node: Any) -> str:
        gone = getattr(node, field)[at]
        getattr(node, field)[at] = ast.Pass()
        return f"line {gone.lineno} removed: {_shown(gone)}"

    return change


def _negated(node: Any) -> str:
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return _shown(node)


def _swapped(node: Any) -> str:
    node.args[0], node.args[1] = node.args[1], node.args[0]
    return _shown(node)


def _returns_none(node: Any) -> str:
    node.value = ast.Constant(None)
    return _shown(node)


def _unsigned(node: Any) -> str:
    if isinstance(node.op, ast.USub):
        node.op = ast.UAdd()
    else:
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return _shown(node)


def _turned(node: Any) -> str:
    node.__class__ = ast.Continue if isinstance(node, ast.Break) else ast.Break
    return _shown(node)
