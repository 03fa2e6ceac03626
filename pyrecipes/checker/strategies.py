"""Strategies of Hypothesis from a lesson's text, without running the text.

A lesson may be a stranger's and Hypothesis runs on the host, so the text is read as a tree in which
only strategies, literals and a few harmless functions are known.
"""

from __future__ import annotations

import ast
import datetime
import operator
import string
from typing import Any

STRATEGIES = frozenset(
    [
        "binary",
        "booleans",
        "characters",
        "complex_numbers",
        "dates",
        "datetimes",
        "decimals",
        "dictionaries",
        "fixed_dictionaries",
        "floats",
        "fractions",
        "from_regex",
        "frozensets",
        "integers",
        "just",
        "lists",
        "none",
        "one_of",
        "permutations",
        "sampled_from",
        "sets",
        "text",
        "timedeltas",
        "times",
        "tuples",
    ]
)
FUNCTIONS = (bool, bytes, dict, float, frozenset, int, len, list, set, sorted, str, tuple, abs, sum)
NAMES: dict[str, Any] = {
    **{function.__name__: function for function in FUNCTIONS},
    **{n: getattr(datetime, n) for n in ("date", "datetime", "time", "timedelta")},
}
METHODS = {"map", "filter"}
OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.BitOr: operator.or_,
}
LARGEST = 1_000


class StrategyError(ValueError):
    """A text that is no strategy, or uses what is not allowed in one; says what."""


def strategy(text: str) -> Any:
    """The strategy that a text describes. Raises StrategyError."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise StrategyError(f"{text!r} is no expression: {error}") from error
    from hypothesis.errors import HypothesisException
    from hypothesis.strategies import SearchStrategy

    try:
        made = _build(tree)
        if isinstance(made, SearchStrategy):
            made.validate()
            return made
    except (TypeError, ValueError, RecursionError, HypothesisException) as error:
        raise StrategyError(f"{text!r} is no strategy: {error}") from error
    raise StrategyError(f"{text!r} is no strategy")


def constant(node: ast.expr) -> Any:
    """A strategy's argument (a literal, or one of the known functions). Raises StrategyError."""
    return _build(node)


def _build(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=items):
            return [_build(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_build(item) for item in items)
        case ast.Set(elts=items):
            return {_build(item) for item in items}
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {_build(key): _build(item) for key, item in pairs if key is not None}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_build(operand)
        case ast.BinOp(left=ast.Constant(value=int(base)), op=ast.Pow(), right=power):
            return _power(base, _build(power))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            return _operate(OPERATORS[type(sign)], _build(left), _build(right))
        case ast.Call(func=function, args=args, keywords=keywords):
            return _call(function, args, keywords)
        case ast.Name(id=name) if name in NAMES:
            return NAMES[name]
        case ast.Attribute(value=ast.Name(id="string"), attr=name) if name in string.__all__:
            found = getattr(string, name)
            if isinstance(found, str):
                return found
        case ast.Attribute(value=ast.Name(id="str"), attr=name) if not name.startswith("_"):
            if name not in {"format", "format_map", "ljust", "rjust", "center", "zfill"}:
                return getattr(str, name)
        case ast.Attribute(value=ast.Constant(value=str(joint)), attr="join"):
            return joint.join
    raise StrategyError(f"`{ast.unparse(node)}` is not allowed in a strategy")


def spread(args: list[ast.expr]) -> list[ast.expr]:
    """A call's arguments, with `*[strategy, ...] * 4` written out."""
    out: list[ast.expr] = []
    for arg in args:
        match arg:
            case ast.Starred(value=ast.List(elts=items)):
                out += items
            case ast.Starred(
                value=ast.BinOp(
                    left=ast.List(elts=items), op=ast.Mult(), right=ast.Constant(value=int(times))
                )
            ) if times <= 20:
                out += items * times
            case _:
                out.append(arg)
    return out


def _power(base: int, power: Any) -> Any:
    if not isinstance(power, int) or not 0 <= power <= 256 or not 0 <= base <= 256:
        raise StrategyError(f"{base}**{power} is not allowed in a strategy")
    return base**power


def _operate(operation: Any, left: Any, right: Any) -> Any:
    if operation is operator.mul and not all(type(side) in (int, float) for side in (left, right)):
        raise StrategyError("only numbers can be multiplied in a strategy")
    return operation(left, right)


def _letters(name: str, given: list[Any], named: dict[str, Any]) -> dict[str, Any]:
    """What text is made of, where nothing says so: all of Unicode but the surrogates.

    Hypothesis's own default is the same, worked out from a codec in seconds.
    """
    if name == "characters":
        return {} if given or named else {"exclude_categories": ["Cs"]}
    if (name == "text" and not given) or (name == "from_regex" and isinstance(given[0], str)):
        from hypothesis.strategies import characters

        return {"alphabet": characters(exclude_categories=["Cs"])}
    return {}


def _call(function: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> Any:
    given = [_build(arg) for arg in spread(args)]
    named = {keyword.arg: _build(keyword.value) for keyword in keywords if keyword.arg}
    if len(named) != len(keywords):
        raise StrategyError("`**` is not allowed in a strategy")
    for name in ("min_size", "max_size"):
        if isinstance(named.get(name), int) and named[name] > LARGEST:
            raise StrategyError(f"{name} is larger than {LARGEST}")
    match function:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="st" | "strategies"), attr=name):
            if name in STRATEGIES:
                import hypothesis.strategies

                named = {**_letters(name, given, named), **named}
                return getattr(hypothesis.strategies, name)(*given, **named)
            if NAMES.get(name) in (datetime.date, datetime.datetime, datetime.time):
                return NAMES[name](*given, **named)
            if name == "timedelta":
                return datetime.timedelta(*given, **named)
        case ast.Attribute(value=inner, attr=name) if name in METHODS:
            from hypothesis.strategies import SearchStrategy

            owner = _build(inner)
            if isinstance(owner, SearchStrategy) and not named:
                return getattr(owner, name)(*given)
    raise StrategyError(f"`{ast.unparse(function)}` is not allowed in a strategy")
