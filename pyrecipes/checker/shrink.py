"""Smaller inputs for a `for` check: those that its strategies could have made as well.

Hypothesis shrinks one step after another, and each step would be a run. Here all small steps from
an input are made at once, so that one run tells which of them still shows the difference.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from pyrecipes.checker.strategies import StrategyError, constant, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

SEQUENCES = (list, tuple, str, bytes)


def smaller(value: Any) -> Iterator[Any]:
    """Simpler values of the same type, the simplest first."""
    if isinstance(value, bool):
        if value:
            yield False
    elif isinstance(value, int):
        yield from dict.fromkeys(n for n in (0, 1, abs(value), value // 2, value - 1) if n != value)
    elif isinstance(value, float):
        if value - value == 0:
            yield from (0.0, 1.0, float(int(value)), value / 2)
    elif isinstance(value, SEQUENCES):
        yield from _sequences(value)
    elif isinstance(value, (set, frozenset)):
        for items in _sequences(sorted(value, key=repr)):
            yield type(value)(items)
    elif isinstance(value, dict):
        for items in _shorter(list(value.items())):
            yield dict(items)
        for key, item in value.items():
            for other in smaller(item):
                yield {**value, key: other}


def _shorter(value: Any) -> Iterator[Any]:
    """With a part left out, the largest parts first."""
    width = len(value)
    while width:
        for at in range(0, len(value), width):
            yield value[:at] + value[at + width :]
        width //= 2


def _sequences(value: Any) -> Iterator[Any]:
    """With a part left out, with all or one of its items simpler, in order."""
    size = len(value)
    yield from _shorter(value)
    if isinstance(value, (str, bytes)):
        simples: tuple[Any, ...] = ("0", "a", " ") if isinstance(value, str) else (b"0", b"a", b" ")
        for simple in simples:
            yield simple * size
            for at in range(size):
                yield value[:at] + simple + value[at + 1 :]
        return
    kind = type(value)
    yield kind(sorted(value, key=repr))
    yield kind(next(smaller(item), item) for item in value)
    for at, item in enumerate(value):
        for other in smaller(item):
            yield value[:at] + kind([other]) + value[at + 1 :]
    for at in range(size):
        for other in value[:at]:
            yield value[:at] + kind([other]) + value[at + 1 :]


class Language:
    """The values that a strategy's text can make, as far as the text alone tells."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text.strip(), mode="eval").body

    def holds(self, value: Any, made: frozenset[str] = frozenset()) -> bool:
        """Whether the strategy makes the value. `made` are reprs of values that it did make."""
        try:
            return _holds(self.tree, value, made)
        except (StrategyError, TypeError, ValueError, re.error):
            return False


def parts(value: Any) -> Iterator[str]:
    """The repr of a value and of all that it holds."""
    yield repr(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from parts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts(key)
            yield from parts(item)


def _holds(node: ast.expr, value: Any, made: frozenset[str]) -> bool:
    if repr(value) in made:
        return True
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _holds(left, value, made) or _holds(right, value, made)
        case ast.Call(func=ast.Attribute(value=inner, attr="filter"), args=[test]):
            return _holds(inner, value, made) and bool(constant(test)(value))
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name), args=args
        ):
            named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            return _called(name, spread(args), named, value, made)
    return False


def _called(
    name: str,
    args: list[ast.expr],
    named: dict[str, ast.expr],
    value: Any,
    made: frozenset[str],
) -> bool:
    def option(key: str, place: int, default: Any = None) -> Any:
        node = args[place] if 0 <= place < len(args) else named.get(key)
        return default if node is None else constant(node)

    if name in {"integers", "floats"}:
        low, high = option("min_value", 0), option("max_value", 1)
        fits = isinstance(value, int if name == "integers" else float)
        return fits and (low is None or value >= low) and (high is None or value <= high)
    if name in {"booleans", "none", "just"}:
        return name == "booleans" and isinstance(value, bool)
    if name == "sampled_from":
        return any(repr(item) == repr(value) for item in constant(args[0]))
    if name == "one_of":
        return any(_holds(arg, value, made) for arg in args)
    if name == "tuples":
        return len(value) == len(args) and all(map(_holds, args, value, [made] * len(args)))
    if name == "from_regex":
        search = re.fullmatch if option("fullmatch", -1, False) else re.search
        return search(constant(args[0]), value) is not None
    least, most = option("min_size", 1, 0), option("max_size", 2)
    if name == "binary":
        least, most = option("min_size", 0, 0), option("max_size", 1)
    if name == "dictionaries":
        least, most = option("min_size", 99, 0), option("max_size", 99)
    if len(value) < least or (most is not None and len(value) > most):
        return False
    if name == "binary":
        return True
    if name == "text":
        return all(_letter(args[0] if args else named.get("alphabet"), c, made) for c in value)
    if name == "dictionaries":
        return all(
            _holds(args[0], key, made) and _holds(args[1], item, made)
            for key, item in value.items()
        )
    if name in {"lists", "sets", "frozensets"}:
        element = args[0] if args else named["elements"]
        if option("unique", 99, False) and len({repr(item) for item in value}) < len(value):
            return False
        return "unique_by" not in named and all(_holds(element, item, made) for item in value)
    return False


def _letter(alphabet: ast.expr | None, letter: str, made: frozenset[str]) -> bool:
    if alphabet is None:
        return True
    if isinstance(alphabet, ast.Call):
        return _holds(alphabet, letter, made)
    return letter in constant(alphabet)
