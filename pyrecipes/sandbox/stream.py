"""What comes out of a run, as bytes on three pipes, turned into a Transcript."""

from __future__ import annotations

import codecs
import os
import time

from pyrecipes.model import Event, Frame, Limits, Result, Transcript
from pyrecipes.sandbox.frames import (
    CHANNEL,
    STDERR,
    STDOUT,
    STREAMS,
    Parser,
    Piece,
    line_of_dump,
    ordered,
)
from pyrecipes.sandbox.pipes import opened

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pyrecipes.model import Level, Snippet, Status

SINGLE_EVENTS = 2000  # from here on, lines of output that follow each other share an event
WATCH_S = 0.03
CPU_EXCEEDED = -24  # SIGXCPU, on Linux and macOS


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
        # No text has the first byte: a text's end is never held back as a frame's beginning.
        "nonce": b"\xff" + os.urandom(7),
    }


def channel(live: bool) -> tuple[int, int]:
    """The host's and the program's end of a channel; a session's goes both ways."""
    if not live:
        return os.pipe()
    import socket

    ours, theirs = socket.socketpair()
    return ours.detach(), theirs.detach()


class Run:
    """One run's output while it comes. `main` is the name of the main file; the run began at
    `began` (of `perf_counter_ns`), or else begins now."""

    def __init__(self, nonce: bytes, main: str, limits: Limits, began: int | None = None) -> None:
        self.main = main
        self.limits = limits
        self.parsers = [Parser(stream, nonce) for stream in (CHANNEL, STDOUT, STDERR)]
        self.pieces: list[Piece] = []
        self.began = time.perf_counter_ns() if began is None else began
        self.started = self.began
        self.ended = self.began
        self.size = 0
        self.reason: Status | None = None
        self.limit: Status | None = None
        self.failed = False
        self.stopped_at: int | None = None
        self.results: list[Result] = []
        self.records: list[dict[str, Any]] = []
        self.on_record: Callable[[dict[str, Any]], None] | None = None

    def collect(
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

        `done` becomes readable when the program, and all that it started, has ended. `ask` makes
        the program tell where it is. `watch`, called every 30 ms, may name a limit that was met.
        `until` ends the reading as soon as it is true (for a session's input). The caller then
        ends all that still runs, and calls `drain`.
        """
        deadline = self.began + int(self.limits.wall_s * 1e9)
        source = opened((channel, stdout, stderr), done)
        while self.reason is None and not (until is not None and until()):
            left = (deadline - time.perf_counter_ns()) / 1e9
            if left <= 0:
                self._ask_line(source, ask)
                self.reason = self.reason or "timeout"
                break
            for stream, data in source.read(min(left, WATCH_S) if watch else left):
                if stream is None:
                    self.ended = time.perf_counter_ns()
                    return self.reason
                self.feed(stream, data)
            if watch is not None and self.reason is None:
                self.reason = watch()
        return self.reason

    def drain(self, channel: int, stdout: int, stderr: int) -> None:
        """Read what is left in the pipes when nothing of the run is alive any more."""
        if self.ended == self.began:
            self.ended = time.perf_counter_ns()
        self.take_left(channel, stdout, stderr)
        now = time.perf_counter_ns()
        for parser in self.parsers:
            self._take(parser.end(now))

    def take_left(self, channel: int, stdout: int, stderr: int) -> None:
        """Read all that is in the pipes now."""
        for stream, data in opened((channel, stdout, stderr), None).left():
            self.feed(stream, data)

    def wait(
        self,
        channel: int,
        stdout: int,
        stderr: int,
        done: int,
        seconds: float,
        until: Callable[[], bool],
    ) -> None:
        """Read on after a limit was met, for some seconds or until something holds."""
        source = opened((channel, stdout, stderr), done)
        deadline = time.perf_counter_ns() + int(seconds * 1e9)
        while not until() and (left := (deadline - time.perf_counter_ns()) / 1e9) > 0:
            for stream, data in source.read(left):
                if stream is None:
                    return
                self.feed(stream, data)

    def feed(self, stream: int, data: bytes) -> None:
        """Take bytes of a pipe in."""
        self._take(self.parsers[stream].feed(data, time.perf_counter_ns()))

    def _take(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if piece.record is not None:
                self._record(piece)
                continue
            if self.reason == "output":
                continue
            room = self.limits.output_bytes - self.size
            if len(piece.data) > room:
                self.reason = "output"
                self.stopped_at = piece.key[0] or None
                piece.data = piece.data[:room]
            self.size += len(piece.data)
            if piece.data:
                self.pieces.append(piece)

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
            if self.on_record is not None:
                self.on_record(record)

    def forget_interrupt(self) -> None:
        """Drop the exception by which the host itself ended the run."""
        for index, piece in enumerate(self.pieces):
            if piece.kind == "error" and str(piece.record["error"]) == "KeyboardInterrupt":
                del self.pieces[index]
                return

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
        """All of the run, once it is over. No exit code: it was ended from outside."""
        status: Status
        if self.reason is not None:
            status, exit_code = self.reason, None
        elif exit_code == CPU_EXCEEDED:
            status = "timeout"
        elif self.limit is not None:
            status = self.limit
        elif exit_code == 0:
            status = "ok"
        elif (exit_code is None or exit_code < 0) and not self.failed:
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
        events: list[Event] = []
        parts: list[str] = []
        first: Piece | None = None

        def finish() -> None:
            if first is not None:
                events.append(self._event(first, "".join(parts)))
                parts.clear()

        for piece in ordered(self.pieces):
            if piece.kind in decoders:
                text = decoders[piece.kind].decode(piece.data)
                if not text:
                    continue
                if (
                    first is not None
                    and (first.kind, first.key) == (piece.kind, piece.key)
                    and (
                        len(events) >= SINGLE_EVENTS
                        or not parts[-1].endswith("\n")
                        or text == "\n"  # the end of a `print`
                    )
                ):
                    parts.append(text)
                    continue
            else:
                text = piece.data.decode("utf-8", "backslashreplace")
            finish()
            first = piece
            parts.append(text)
        finish()
        for kind, decoder in decoders.items():
            if text := decoder.decode(b"", final=True):
                events.append(Event(None, kind, text, at_ms=self._ms(self.ended)))
        return events

    def _ms(self, at: int) -> float:
        return round(max(0, at - self.started) / 1e6, 3)

    def _event(self, piece: Piece, text: str) -> Event:
        line, process, thread = piece.key
        frames: tuple[Frame, ...] = ()
        if piece.kind == "error":
            frames = tuple(_frame(f) for f in _items(piece.record.get("frames")))
            text = str(piece.record["error"])
        return Event(line or None, piece.kind, text, process, thread, self._ms(piece.at), frames)


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
