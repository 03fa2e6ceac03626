"""Ask a program's names what expressions give, once it has run."""

from __future__ import annotations

import builtins
import io
import sys
from typing import TYPE_CHECKING, Any

from .plain import describe, encode

if TYPE_CHECKING:
    from collections.abc import Callable

# An answer may patch the builtins once it runs: these names are then still the real ones.
globals().update(vars(builtins))

MAX_PRINTED = 1_000_000


def answer(
    probes: list[dict[str, str]],
    names: dict[str, Any],
    send: Callable[[dict[str, Any]], None],
    main: str,
) -> None:
    """Evaluate each probe's expression over a copy of `names`, and send what it gave.

    One record is sent for each probe, in their order, as soon as it is known: `data` (plain),
    `raised` (type and message) or None, `bases` (names of the exception's type and its bases),
    `printed` (standard output) and `line` (of the file `main`, where the exception was raised).
    Each starts from the names that the program left; what one probe's `given` binds, the next
    does not see.
    """
    for probe in probes:
        send(_ask(probe["expression"], probe.get("given", ""), dict(names), main))


def _ask(expression: str, given: str, names: dict[str, Any], main: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "data": None,
        "raised": None,
        "bases": [],
        "printed": "",
        "line": None,
    }
    usual, capture = sys.stdout, io.StringIO()
    sys.stdout = capture
    try:
        if given:
            exec(compile(given, "<given>", "exec", dont_inherit=True), names)
        value = eval(compile(expression, "<check>", "eval", dont_inherit=True), names)
        record["data"] = encode(value)
    except BaseException as error:
        record["raised"] = list(describe(error))
        record["bases"] = [kind.__name__ for kind in type(error).__mro__[:-1]]
        record["line"] = _line(error, main)
    finally:
        sys.stdout = usual
    record["printed"] = capture.getvalue()[:MAX_PRINTED]
    return record


def _line(error: BaseException, main: str) -> int | None:
    """The innermost line of the learner's file on the way to an exception."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == main:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
