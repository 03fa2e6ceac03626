"""Literals as plain data, as `inside/plain.py` encodes them: without a run of their own."""

from __future__ import annotations

import ast
from typing import Any

from pyrecipes.checker.source import quiet

SMALL = 2**53


class NotLiteralError(ValueError):
    """The expression is not a literal: only running it says what it gives."""


def literal(expression: str) -> Any:
    """What a literal gives, as plain data. Raises NotLiteralError for all else."""
    try:
        with quiet():
            return encode(ast.literal_eval(expression.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise NotLiteralError(expression) from error


def encode(value: Any) -> Any:
    """A value made of built-in types alone as plain data."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if -SMALL < value < SMALL else {"t": "int", "hex": hex(value)}
        case float():
            return value if value - value == 0 else {"t": "float", "v": repr(value)}
        case complex():
            return {"t": "complex", "items": [encode(value.real), encode(value.imag)]}
        case bytes():
            return {"t": "bytes", "hex": value.hex()}
        case list():
            return [encode(item) for item in value]
        case tuple() | set():
            return {"t": type(value).__name__, "items": [encode(item) for item in value]}
        case dict():
            return {"t": "dict", "items": [[encode(k), encode(v)] for k, v in value.items()]}
        case _:
            raise NotLiteralError(type(value).__name__)
