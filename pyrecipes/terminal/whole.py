"""When an input at a live prompt is whole."""

from __future__ import annotations

import codeop
import warnings


def whole(source: str) -> bool:
    """Whether an input is to be run, as Python's own prompt decides: it needs no further line."""
    lines = source.split("\n")
    if len(lines) > 1 and lines[-1].strip() == "":
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return codeop.compile_command(source, symbol="single") is not None
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return not source.rstrip().endswith(":") or len(lines) == 1
