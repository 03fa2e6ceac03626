"""What comes out of a run, as bytes on three pipes, turned into a Transcript.

`inside/recorder.py` says how frames look. Bytes that are in no frame were written behind the
recorder's back (by C code or by another program); they belong to the last line that was marked.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import struct
import time
from typing import TYPE_CHECKING, Any

from pyrecipes.model import Event, Frame, Limits, Result, Transcript
from pyrecipes.sandbox.pipes import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import EventKind, Level, Snippet, Status

HEADER = struct.Struct("<8sHBiQBB")
TEXT, MARK, VALUE, RECORD, MORE = 1, 2, 3, 4, 128
CHANNEL, STDOUT, STDERR = 0, 1, 2
STREAMS: dict[int, EventKind] = {STDOUT: "stdout", STDERR: "stderr"}
SINGLE_EVENTS = 2000  # from here on, lines of output that follow each other share an event
GRACE_S = 0.3  # for what a program's children still write when it has ended
RECORD_LIMIT = 8_000_000

Key = tuple[int, str, str]


def request(snippet: Snippet) -> dict[str, Any]:
    """What `inside/program.py` needs to run a snippet: plain types only."""
    return {
        "code": snippet.code,
        "files": dict(snippet.files),
        "args": list(snippet.args),
        "name": snippet.name,
        "module": snippet.module,
        "assignments": snippet.assignments,
        "probes": [{"expression": p.expression, "given": p.given} for p in snippet.probes],
        "nonce": os.urandom(8),
    }


class Piece:
    """A part of one stream: some bytes with their line, process, thread and time."""

    __slots__ = ("at", "data", "key", "kind", "record")

    def __init__(self, at: int, kind: EventKind, key: Key, data: bytes, record: Any = None) -> None:
        self.at = at
        self.kind = kind
        self.key = key
        self.data = data
        self.record = record


class Parser:
    """Takes one pipe's bytes apart into pieces, in their order."""

    def __init__(self, stream: int, nonce: bytes) -> None:
        self.stream = stream
        self.nonce = nonce
        self.rest = b""
        self.raw = b""
        self.key: Key = (0, "MainProcess", "MainThread")
        self.at = 0
        self.parts: dict[Key, list[bytes]] = {}

    def feed(self, data: bytes, now: int) -> list[Piece]:
        """The pieces that are complete with these bytes, which came at a time."""
        data = self.rest + data
        pieces: list[Piece] = []
        start = 0
        while True:
            at = data.find(self.nonce, start)
            if at < 0:
                keep = self._held_back(data, start)
                self._raw(pieces, data[start : len(data) - keep], now)
                self.rest = data[len(data) - keep :]
                return pieces
            if len(data) - at < HEADER.size:
                self._raw(pieces, data[start:at], now)
                self.rest = data[at:]
                return pieces
            _, size, kind, line, sent, process, thread = HEADER.unpack_from(data, at)
            body = at + HEADER.size + process + thread
            if len(data) < body + size:
                self._raw(pieces, data[start:at], now)
                self.rest = data[at:]
                return pieces
            names = data[at + HEADER.size : body].decode("utf-8", "replace")
            self._raw(pieces, data[start:at], min(now, sent))
            self.at = max(self.at, min(sent, now))
            self._frame(
                pieces, kind, (line, names[:process], names[process:]), data[body : body + size]
            )
            start = body + size

    def end(self, now: int) -> list[Piece]:
        """What is left when the pipe is closed."""
        pieces: list[Piece] = []
        self._raw(pieces, self.rest, now)
        self.rest = b""
        return pieces

    def _held_back(self, data: bytes, start: int) -> int:
        """How many of the last bytes may be the start of a frame."""
        for size in range(min(len(self.nonce) - 1, len(data) - start), 0, -1):
            if data.endswith(self.nonce[:size]):
                return size
        return 0

    def _raw(self, pieces: list[Piece], data: bytes, now: int) -> None:
        if not data:
            return
        if self.stream == CHANNEL:
            self.raw += data[:RECORD_LIMIT]
            return
        self.at = max(self.at, now)
        pieces.append(Piece(self.at, STREAMS[self.stream], self.key, data))

    def _frame(self, pieces: list[Piece], kind: int, key: Key, data: bytes) -> None:
        if kind == MARK:
            self.key = key
        elif self.stream != CHANNEL:
            pieces.append(Piece(self.at, STREAMS[self.stream], key, data))
        else:
            parts = self.parts.setdefault(key, [])
            parts.append(data)
            if not kind & MORE:
                whole = b"".join(self.parts.pop(key))
                record = None if kind == VALUE else _loaded(whole)
                text = whole if kind == VALUE else b""
                pieces.append(Piece(self.at, "value", key, text, record))


def _loaded(data: bytes) -> Any:
    """A record, or an empty one: what comes from inside may be anything."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


class Run:
    """One run's output while it comes. `main` is the name of the main file."""

    def __init__(self, nonce: bytes, main: str, limits: Limits) -> None:
        self.main = main
        self.limits = limits
        self.parsers = [Parser(stream, nonce) for stream in (CHANNEL, STDOUT, STDERR)]
        self.pieces: list[Piece] = []
        self.began = time.perf_counter_ns()
        self.started = self.began
        self.ended = self.began
        self.size = 0
        self.reason: Status | None = None
        self.limit: Status | None = None
        self.failed = False
        self.stopped_at: int | None = None
        self.results: list[Result] = []
        self.records: list[dict[str, Any]] = []

    def collect(  # noqa: PLR0917
        self,
        channel: int,
        stdout: int,
        stderr: int,
        done: int,
        ask: Callable[[], None],
        watch: Callable[[], Status | None] | None = None,
        until: Callable[[], bool] | None = None,
    ) -> Status | None:
        """Read until the run is over; gives the limit that it met, if it met one.

        `done` becomes readable when the program has ended. `ask` makes the program tell where it
        is. `watch`, called every 30 ms, may name a limit that was met. `until` ends the reading
        as soon as it is true (for a session's input). The caller then ends all that still runs,
        and calls `drain`.
        """
        with opened((channel, stdout, stderr), done) as source:
            deadline = self.began + int(self.limits.wall_s * 1e9)
            over: int | None = None
            while self.reason is None and not (until is not None and until()):
                now = time.perf_counter_ns()
                if over is None and now >= deadline:
                    self._ask_line(source, ask)
                    self.reason = "timeout"
                    break
                if over is not None and (now >= over or source.closed()):
                    break
                left = (deadline if over is None else over) - now
                pause = max(0.0, left / 1e9)
                for stream, data in source.read(min(pause, 0.03) if watch else pause):
                    if stream is None:
                        over = time.perf_counter_ns() + int(GRACE_S * 1e9)
                        self.ended = time.perf_counter_ns()
                        source.quiet = True
                    else:
                        self.feed(stream, data)
                if over is not None and source.idle:
                    break
                if watch is not None and over is None and self.reason is None:
                    self.reason = watch()
        return self.reason

    def drain(self, channel: int, stdout: int, stderr: int) -> None:
        """Read what is left in the pipes when nothing of the run is alive any more."""
        if self.ended == self.began:
            self.ended = time.perf_counter_ns()
        with opened((channel, stdout, stderr), None) as source:
            for stream, data in source.left():
                self.feed(stream, data)
        now = time.perf_counter_ns()
        for parser in self.parsers:
            self._take(parser.end(now))

    def feed(self, stream: int, data: bytes) -> None:
        """Take bytes of a pipe in."""
        if self.reason != "output":
            self._take(self.parsers[stream].feed(data, time.perf_counter_ns()))

    def _take(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if piece.record is not None:
                self._record(piece)
                continue
            room = self.limits.output_bytes - self.size
            if len(piece.data) > room:
                self.reason = "output"
                self.stopped_at = piece.key[0] or None
                piece.data = piece.data[:room]
            self.size += len(piece.data)
            if piece.data:
                self.pieces.append(piece)
            if self.reason == "output":
                return

    def _record(self, piece: Piece) -> None:
        record = piece.record
        if "begin" in record:
            self.started = piece.at
        elif "error" in record:
            self.failed = True
            self.limit = _one_of(record.get("limit"), ("memory", "disk", "processes"))
            piece.kind = "error"
            self.pieces.append(piece)
        elif "data" in record:
            self.results.append(_result(record))
        else:
            self.records.append(record)

    def _ask_line(self, source: Any, ask: Callable[[], None]) -> None:
        """Ask the program for the line that it is at, and wait a moment for the answer."""
        ask()
        until = time.perf_counter_ns() + int(0.2e9)
        while (now := time.perf_counter_ns()) < until:
            for stream, data in source.read((until - now) / 1e9):
                if stream is None:
                    return
                self.feed(stream, data)
            self.stopped_at = line_of_dump(
                self.parsers[CHANNEL].raw.decode("utf-8", "replace"), self.main
            )
            if self.stopped_at is not None:
                return

    def transcript(self, exit_code: int | None, isolation: Level) -> Transcript:
        """All of the run, once it is over."""
        status: Status
        if self.reason is not None:
            status, exit_code = self.reason, None
        elif self.limit is not None:
            status = self.limit
        elif exit_code == 0:
            status = "ok"
        elif exit_code is not None and exit_code < 0 and not self.failed:
            status = "killed"
        else:
            status = "error"
        return Transcript(
            status=status,
            exit_code=exit_code,
            wall_ms=round((self.ended - self.began) / 1e6, 3),
            isolation=isolation,
            truncated=self.reason == "output",
            events=tuple(self.events()),
            stopped_at=self.stopped_at,
            limits=self.limits,
            results=tuple(self.results),
        )

    def events(self) -> list[Event]:
        """The pieces as events: in order of time, what belongs together as one."""
        decoders = {
            kind: codecs.getincrementaldecoder("utf-8")("backslashreplace")
            for kind in STREAMS.values()
        }
        out: list[list[Any]] = []
        for piece in sorted(self.pieces, key=lambda piece: piece.at):
            if piece.kind == "error":
                out.append([piece.kind, piece.key, piece, piece.at])
            elif piece.kind == "value":
                text = piece.data.decode("utf-8", "backslashreplace")
                out.append([piece.kind, piece.key, text, piece.at])
            else:
                text = decoders[piece.kind].decode(piece.data)
                last = out[-1] if out else None
                if (
                    last is not None
                    and last[0] == piece.kind
                    and last[1] == piece.key
                    and (len(out) >= SINGLE_EVENTS or not last[2].endswith("\n"))
                ):
                    last[2] += text
                elif text:
                    out.append([piece.kind, piece.key, text, piece.at])
        events = [self._event(*fields) for fields in out]
        for kind, decoder in decoders.items():
            if text := decoder.decode(b"", final=True):
                events.append(Event(None, kind, text, at_ms=self._ms(self.ended)))
        return events

    def _ms(self, at: int) -> float:
        return round(max(0, at - self.started) / 1e6, 3)

    def _event(self, kind: EventKind, key: Key, content: Any, at: int) -> Event:
        line, process, thread = key
        frames: tuple[Frame, ...] = ()
        if kind == "error":
            frames = tuple(_frame(f) for f in _items(content.record.get("frames")))
            content = str(content.record["error"])
        return Event(line or None, kind, content, process, thread, self._ms(at), frames)


_DUMPED = re.compile(r'^  File "(.*)", line (\d+) in ', re.MULTILINE)


def line_of_dump(dump: str, main: str) -> int | None:
    """The innermost line of the main file in faulthandler's dump of all threads.

    The main thread's comes first, if it is in that file at all.
    """
    stacks = re.split(r"^(?:Current thread|Thread) ", dump, flags=re.MULTILINE)[1:]
    current = re.search(r"^Current thread ", dump, re.MULTILINE)
    if current is not None:
        first = dump[current.end() :].split("\nThread ", maxsplit=1)[0]
        stacks = [first, *stacks]
    for stack in stacks:
        for file, line in _DUMPED.findall(stack):
            if file == main or file.endswith("/" + main):
                return int(line)
    return None


def _one_of(value: Any, allowed: tuple[Status, ...]) -> Status | None:
    return value if value in allowed else None


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _frame(fields: dict[str, Any]) -> Frame:
    return Frame(
        str(fields.get("file")),
        _number(fields.get("line")) or 0,
        str(fields.get("function")),
        str(fields.get("source")),
        _number(fields.get("column")),
        _number(fields.get("end")),
    )


def _result(record: dict[str, Any]) -> Result:
    raised = record.get("raised")
    bases = record.get("bases")
    return Result(
        data=record.get("data"),
        raised=(str(raised[0]), str(raised[1]))
        if isinstance(raised, list) and len(raised) == 2
        else None,
        bases=tuple(map(str, bases)) if isinstance(bases, list) else (),
        printed=str(record.get("printed") or ""),
        line=_number(record.get("line")),
    )
