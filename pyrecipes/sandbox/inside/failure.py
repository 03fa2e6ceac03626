"""Describes the exception that ended a program: its text and the program's own frames."""

from __future__ import annotations

import os
import sys
from typing import Any

MOST_FRAMES = 100
INPUT = "<input "  # how the names of a session's inputs begin
MOST_TEXT = 20_000
_DISK = (27, 28, 122)  # EFBIG, ENOSPC, EDQUOT


def described(error: BaseException, root: str) -> dict[str, Any]:
    """The record of an exception: text, frames (outermost first), the limit that it came from.

    The program's own files are those under the folder `root`, and a session's inputs.
    """
    return {
        "error": text_of(error)[:MOST_TEXT],
        "frames": frames_of(error, root.rstrip(os.sep)),
        "limit": _limit(error),
    }


def line_in(error: BaseException, main: str) -> int:
    """The line of the main file where an exception came out of, innermost; 0 for none."""
    if isinstance(error, SyntaxError) and error.filename == main:
        return error.lineno or 0
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == main:
            line = trace.tb_lineno or line
        trace = trace.tb_next
    return line


def text_of(error: BaseException, indent: str = "") -> str:
    """`Type: message` with notes, suggestions, and the parts of a group below it."""
    text = _as_python_prints(error)
    if indent:
        text = "\n".join(indent + line for line in text.split("\n"))
    if isinstance(error, BaseExceptionGroup):
        parts = [text_of(part, indent + "  ") for part in error.exceptions[:15]]
        text = "\n".join([text, *parts])
    return text


def _plain(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    try:
        message = str(error.msg) if isinstance(error, SyntaxError) else str(error)
    except Exception:
        message = "<exception str() failed>"
    text = f"{name}: {message}" if message else name
    notes = getattr(error, "__notes__", None)
    if isinstance(notes, (list, tuple)):
        text = "\n".join([text, *(str(note) for note in notes)])
    return text


def _as_python_prints(error: BaseException) -> str:
    """The exception's own lines of what Python prints: only Python knows its suggestions."""
    if type(error) not in (NameError, UnboundLocalError, AttributeError, ImportError):
        return _plain(error)
    if type(error) is ImportError and sys.version_info < (3, 12):
        return _plain(error)
    import io

    links = error.__cause__, error.__context__, error.__suppress_context__
    stream, sys.stderr = sys.stderr, io.StringIO()
    try:
        error.__cause__ = error.__context__ = None
        sys.__excepthook__(type(error), error, error.__traceback__)
        printed = sys.stderr.getvalue()
    finally:
        sys.stderr = stream
        error.__cause__, error.__context__, error.__suppress_context__ = links
    lines = printed.rstrip("\n").split("\n")
    own = [at for at, line in enumerate(lines) if not at or (line and line[0] not in " T")]
    first = next((at for at in own if ": " in lines[at] or at), 0)
    return "\n".join(lines[first:]) if first else _plain(error)


def frames_of(error: BaseException, root: str) -> list[dict[str, Any]]:
    """The frames whose code lies under `root`, with the columns that were running."""
    frames: list[dict[str, Any]] = []
    prefix = root + os.sep
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith((prefix, INPUT)):
            frames.append(_frame(code, trace.tb_lineno or 0, trace.tb_lasti, root))
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and str(error.filename).startswith((prefix, INPUT)):
        frames.append(_syntax_frame(error, root))
    if len(frames) > MOST_FRAMES:
        half = MOST_FRAMES // 2
        frames = frames[:half] + frames[-half:]
    return frames


def _frame(code: Any, line: int, instruction: int, root: str) -> dict[str, Any]:
    source = _source(code.co_filename, line)
    column = end = None
    for at, positions in enumerate(code.co_positions()):
        if at == instruction // 2:
            start_line, end_line, first, last = positions
            if start_line == line and first is not None and last is not None:
                column = _characters(source, first)
                end = _characters(source, last) if end_line == line else len(source.rstrip())
            break
    return {
        "file": _relative(code.co_filename, root),
        "line": line,
        "function": code.co_name,
        "source": source,
        "column": column,
        "end": end,
    }


def _syntax_frame(error: SyntaxError, root: str) -> dict[str, Any]:
    source = (error.text or "").rstrip("\n")
    column = error.offset - 1 if error.offset else None
    end = None
    if column is not None and error.end_lineno == error.lineno and error.end_offset:
        end = max(error.end_offset - 1, column + 1)
    return {
        "file": _relative(str(error.filename), root),
        "line": error.lineno or 0,
        "function": "<module>",
        "source": source,
        "column": column,
        "end": end,
    }


def _relative(path: str, root: str) -> str:
    return path if path.startswith(INPUT) else os.path.relpath(path, root).replace(os.sep, "/")


def _source(path: str, line: int) -> str:
    if path.startswith(INPUT):
        import linecache

        return linecache.getline(path, line).rstrip("\r\n")
    try:
        with open(path, "rb") as file:
            for number, text in enumerate(file, 1):
                if number == line:
                    return text.decode("utf-8", "replace").rstrip("\r\n")
    except OSError:
        pass
    return ""


def _characters(source: str, offset: int) -> int:
    """A column in characters, from one in UTF-8 bytes."""
    return len(source.encode("utf-8", "replace")[:offset].decode("utf-8", "ignore"))


def _limit(error: BaseException) -> str | None:
    """The limit that an exception came from, if it came from one."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError) and error.errno in _DISK:
        return "disk"
    if isinstance(error, BlockingIOError) and _in_call(error, "fork"):
        return "processes"
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return "processes"
    return None


def _in_call(error: BaseException, word: str) -> bool:
    """Whether the innermost frame's line has a word in it."""
    trace = error.__traceback__
    source = ""
    while trace is not None:
        source = _source(trace.tb_frame.f_code.co_filename, trace.tb_lineno or 0)
        trace = trace.tb_next
    return word in source
