"""Writes what a program does as framed records, tied to line, process and thread.

What goes through `sys.stdout` and `sys.stderr` is written to file descriptors 1 and 2 as frames: a
header, then the bytes. A frame is one write of at most PIPE_BUF bytes, so frames of several
threads and processes never mix, and bytes that something else writes to the same descriptors lie
between frames in their true order. The host takes the headers out again (`sandbox/stream.py`).

frame: nonce (8 bytes), size (u16), kind (u8), line (i32, 0 for none), time (u64, ns), lengths of
the two names (u8 each), process name, thread name, `size` bytes
"""

from __future__ import annotations

import io
import os
import sys
from _json import encode_basestring_ascii as _quoted  # importing `json` takes far longer
from _struct import Struct
from _thread import get_ident
from time import perf_counter_ns as _clock
from typing import Any

from . import children

HEADER = Struct("<8sHBiQBB")
TEXT, MARK, VALUE, RECORD, MORE = 1, 2, 3, 4, 128
PIPE_BUF = 4096  # what Linux keeps in one piece; POSIX allows 512, nobody has that
SHORT = 2000  # bytes, which fit into one frame with any names
MARKS_PER_LINE = 2000  # a loop's marks cost time; the first ones tell enough
MAX_REPR = 100_000
CODE = sys._getframe().f_code  # this file's own, for processes that can't see the file


class Recorder:
    """One process's recorder. `main` is the absolute path of the main file."""

    def __init__(self, nonce: bytes, main: str, root: str, channel: int | None) -> None:
        self.nonce = nonce
        self.main = main
        self.prefix = os.fsencode(os.path.join(root, ""))
        self.channel = channel
        self.pinned = 0  # the line of what is told when the program has ended
        self.started = 0  # the line that started this process
        self.label = ""  # the name of a process that `multiprocessing` has none for
        self.forks = 0
        self.pid = os.getpid()
        self.named = ("", "", (b"", b""))
        self.marked: dict[int, int] = {}
        self.pipes = {fd: _identity(fd) for fd in (1, 2)}

    # --- where ---------------------------------------------------------------------------

    def line(self, depth: int = 1) -> int:
        """The main file's innermost line that runs in this thread, or the one that started it."""
        frame: Any = sys._getframe(depth)
        main = self.main
        while frame is not None:
            if frame.f_code.co_filename == main:
                return frame.f_lineno or 0
            frame = frame.f_back
        if self.pinned:
            return self.pinned
        return getattr(_thread_object(), "_pyrecipes_line", 0) or self.started

    def names(self) -> tuple[bytes, bytes]:
        """The names of this process and thread."""
        process = "MainProcess"
        module = sys.modules.get("multiprocessing.process")
        if module is not None:
            process = getattr(getattr(module, "_current_process", None), "_name", process)
        if self.label and process == "MainProcess":
            process = self.label
        threading = sys.modules.get("threading")
        thread = "MainThread"
        if threading is not None:
            thread = getattr(threading._active.get(get_ident()), "_name", thread)
        if self.named[:2] != (process, thread):
            self.named = (process, thread, (_short(process), _short(thread)))
        return self.named[2]

    # --- frames --------------------------------------------------------------------------

    def frames(self, kind: int, line: int, data: bytes) -> list[bytes]:
        """`data` in as many frames as it takes; all but the last have the MORE bit."""
        process, thread = self.names()
        room = PIPE_BUF - HEADER.size - len(process) - len(thread)
        now = _clock()
        out = []
        for start in range(0, len(data) or 1, room):
            part = data[start : start + room]
            more = MORE if start + room < len(data) else 0
            head = HEADER.pack(
                self.nonce, len(part), kind | more, line, now, len(process), len(thread)
            )
            out.append(head + process + thread + part)
        return out

    def put(self, fd: int, data: bytes, depth: int = 3) -> None:
        """Write the program's own output, framed where `fd` still is the pipe to the host."""
        if not data:
            return
        if _identity(fd) != self.pipes[fd]:
            _write(fd, data)
            return
        line = self.line(depth)
        if fd == 2:
            data = data.replace(self.prefix, b"")
        if len(data) < SHORT:
            process, thread = self.names()
            sizes = len(process), len(thread)
            head = HEADER.pack(self.nonce, len(data), TEXT, line, _clock(), *sizes)
            _write(fd, head + process + thread + data)
            return
        for frame in self.frames(TEXT, line, data):
            _write(fd, frame)

    def send(self, kind: int, line: int, data: bytes) -> bool:
        """Write to the channel; False where the program has closed it."""
        if self.channel is None:
            return False
        try:
            for frame in self.frames(kind, line, data):
                _write(self.channel, frame)
        except OSError:
            return False
        return True

    def answer(self, fields: dict[str, Any]) -> None:
        """Send what a probe gave."""
        self.record(fields)

    def record(self, fields: dict[str, Any], line: int = 0) -> bool:
        """Send a record of JSON types; False where the program has closed the channel."""
        return self.send(RECORD, line, encoded(fields).encode())

    def mark(self, line: int) -> None:
        """From here on, what is written without a frame comes from this line."""
        frames = self.frames(MARK, line, b"")
        for fd, pipe in self.pipes.items():
            try:
                if _identity(fd) == pipe:
                    _write(fd, frames[0])
            except OSError:
                pass

    # --- hooks ---------------------------------------------------------------------------

    def hooks(self, silent: bool = False, prompt: bool = False) -> dict[str, Any]:
        """What stands in the compiled code for each of the strings of `marks`.

        `silent`: values are not told. `prompt`: they are kept in `_`.
        """
        from . import marks

        return {
            marks.VALUE: _Silent() if silent else _ValueHook(self, prompt),
            marks.NAMED: _NamedHook(self),
            marks.MARK: _MarkHook(self),
        }

    def value(self, text: str, line: int) -> None:
        """Send a value's repr."""
        if len(text) > MAX_REPR:
            text = f"{text[:MAX_REPR]}... ({len(text)} characters)"
        self.send(VALUE, line, text.encode("utf-8", "surrogatepass"))

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """See threads, processes and programs being started, so that their output has a line."""
        if event in ("sys._getframe", "open", "object.__getattr__"):  # frequent
            return
        if event in _STARTS:
            self.mark(self.line(2))
        elif event in _THREAD_STARTS:
            owner = getattr(args[0], "__self__", None) if args else None
            if owner is not None and hasattr(owner, "__dict__"):
                owner.__dict__["_pyrecipes_line"] = self.line(2)
        elif event == "import" and not children.patched():
            children.patch_spawn(self)

    def forked(self) -> None:
        """In the child, just after a fork."""
        self.label = f"{self.label}Fork-{self.forks}"
        self.forks = 0

    def forking(self) -> None:
        """In the parent, just before a fork."""
        self.forks += 1

    def streams(self) -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
        """Standard output and error, recorded."""
        return (
            _stream(self, 1, "<stdout>", "strict"),
            _stream(self, 2, "<stderr>", "backslashreplace"),
        )

    def install(self) -> None:
        """Make this process's streams, forks and starts record."""
        out, err = self.streams()
        sys.stdout = sys.__stdout__ = out  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = err  # type: ignore[misc]
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self.forking, after_in_child=self.forked)
        if sys.version_info < (3, 12):  # which has no audit event for it
            self._see_thread_starts()
        sys.addaudithook(self.audit)

    def _see_thread_starts(self) -> None:
        import _thread

        plain = _thread.start_new_thread

        def start_new_thread(*args: Any, **kwargs: Any) -> int:
            self.audit("_thread.start_new_thread", args)
            return plain(*args, **kwargs)

        _thread.start_new_thread = _thread.start_new = start_new_thread
        if "threading" in sys.modules:
            sys.modules["threading"]._start_new_thread = start_new_thread  # type: ignore[attr-defined]


_STARTS = frozenset(
    ["subprocess.Popen", "os.system", "os.posix_spawn", "os.spawn"]
    + ["os.fork", "os.forkpty", "os.exec", "pty.spawn"]
)  # fmt: skip
_THREAD_STARTS = frozenset(("_thread.start_new_thread", "_thread.start_joinable_thread"))


class _ValueHook:
    def __init__(self, recorder: Recorder, prompt: bool) -> None:
        self.recorder = recorder
        self.prompt = prompt

    def __matmul__(self, value: object) -> None:
        if value is not None:
            line = sys._getframe(1).f_lineno
            self.recorder.value(repr(value), line)
            if self.prompt:
                vars(sys.modules["builtins"])["_"] = value


class _Silent:
    def __matmul__(self, value: object) -> None:
        pass


class _NamedHook:
    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def __matmul__(self, pair: tuple[str, object]) -> None:
        line = sys._getframe(1).f_lineno
        self.recorder.value(f"{pair[0]} = {pair[1]!r}", line)


class _MarkHook:
    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def __matmul__(self, line: int) -> None:
        seen = self.recorder.marked.get(line, 0)
        if seen < MARKS_PER_LINE:
            self.recorder.marked[line] = seen + 1
            self.recorder.mark(line)


class _Buffer(io.BufferedWriter):
    """The binary layer of a standard stream: what is written is sent at once, as a record."""

    recorder: Recorder
    descriptor: int

    def write(self, data: Any) -> int:
        if self.closed:
            raise ValueError("write to closed file")
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        content = bytes(data) if type(data) is not bytes else data
        self.recorder.put(self.descriptor, content)
        return len(content)


_Buffer.__name__ = _Buffer.__qualname__ = "BufferedWriter"
_Buffer.__module__ = "_io"


def _stream(recorder: Recorder, fd: int, name: str, errors: str) -> io.TextIOWrapper:
    raw = io.FileIO(fd, "w", closefd=False)
    raw.name = name
    buffer = _Buffer(raw)
    buffer.recorder = recorder
    buffer.descriptor = fd
    text = io.TextIOWrapper(
        buffer, "utf-8", errors, "\n", line_buffering=fd == 2, write_through=True
    )
    text.mode = "w"  # type: ignore[misc]
    return text


# --- small things -----------------------------------------------------------------------------


def _thread_object() -> Any:
    threading = sys.modules.get("threading")
    return None if threading is None else getattr(threading, "_active", {}).get(get_ident())


def _identity(fd: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(fd)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _short(name: object) -> bytes:
    return str(name).encode("utf-8", "backslashreplace")[:200]


def _write(fd: int, data: bytes) -> None:
    while data:
        try:
            written = os.write(fd, data)
            if written == len(data):
                return
            data = data[written:]
        except BlockingIOError:  # the program made the pipe non-blocking, and the host is behind
            import select

            select.select([], [fd], [])


def encoded(data: Any) -> str:
    """JSON of the types that records are made of."""
    if data is None:
        return "null"
    if data is True:
        return "true"
    if data is False:
        return "false"
    if isinstance(data, str):
        return _quoted(data)
    if isinstance(data, int):
        return int.__repr__(data)
    if isinstance(data, float):
        text = float.__repr__(data)
        return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text, text)
    if isinstance(data, dict):
        inner = ",".join(f"{_quoted(key)}:{encoded(value)}" for key, value in data.items())
        return f"{{{inner}}}"
    return f"[{','.join(encoded(item) for item in data)}]"
