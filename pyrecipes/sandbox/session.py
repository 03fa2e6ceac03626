"""The host's side of a session: one interpreter that runs input after input."""

from __future__ import annotations

import marshal
import os
import select
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

from pyrecipes.model import Limits, Transcript
from pyrecipes.sandbox import frames, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Level, Snippet, Status

START_S = 10.0
SETTLE_S = 1.0  # for an interrupt to end a runaway input, before the session is ended
COMPLETE_S = 0.5


class Living(Protocol):
    """A running interpreter, as a level starts it. `pipes[0]`, the channel, is a socket here."""

    nonce: bytes
    pipes: tuple[int, int, int]

    @property
    def watch(self) -> Callable[[], Status | None] | None: ...

    @property
    def done(self) -> int: ...

    def ask(self) -> None: ...

    def interrupt(self) -> None: ...

    def end(self) -> int | None: ...

    def close(self) -> None: ...


class Session:
    """See `model.LiveSession`. `first` is what the session's snippet did."""

    def __init__(self, child: Living, isolation: Level, snippet: Snippet | None) -> None:
        self.child = child
        self.isolation = isolation
        self.parsers: list[frames.Parser] | None = None
        self.lock = threading.Lock()
        self.running = False
        self.number = 0
        self.inputs = 0
        self.sent = 0  # interrupts
        self.seen = 0
        self.calm = True
        self.ended = False
        self.first: Transcript | None = None
        # It must be there before the first Ctrl-C can be.
        self._answer(self._output("", Limits(wall_s=START_S)), {"calm": 0})
        if snippet is not None:
            self.first = self._input({"program": True}, snippet.name, Limits())

    @property
    def alive(self) -> bool:
        """See `model.LiveSession`."""
        return not self.ended

    def run(self, source: str, limits: Limits = Limits()) -> Transcript:  # noqa: B008
        """See `model.LiveSession`. An ended session gives an empty transcript, `killed`."""
        self.inputs += 1
        return self._input({"source": source}, f"<input {self.inputs}>", limits)

    def complete(self, text: str) -> list[str]:
        """See `model.LiveSession`."""
        if self.ended or self.running:
            return []
        run = self._output("", Limits(wall_s=COMPLETE_S))
        answer = self._answer(run, {"complete": text}, ask=lambda: None)
        names = answer.get("names") if answer is not None else None
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def interrupt(self) -> None:
        """See `model.LiveSession`."""
        with self.lock:
            if self.running and self.sent == self.seen:
                self.sent += 1
                self.calm = False
                self.child.interrupt()

    def close(self) -> None:
        """End the interpreter and all that it started."""
        self.ended = True
        self.child.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _input(self, wish: dict[str, Any], name: str, limits: Limits) -> Transcript:
        run = self._output(name, limits)
        if self.ended:
            run.ended = run.began
            return run.transcript(None, self.isolation)
        if not self.calm:
            self._answer(self._output("", Limits(wall_s=SETTLE_S * 2)), {"calm": self.sent})
            self.seen = self.sent
            self.calm = True
        run = self._output(name, limits)
        with self.lock:
            self.running = True
        answer = self._answer(run, wish, watch=self.child.watch)
        if answer is None and run.reason is not None:
            answer = self._settle(run)
        with self.lock:
            self.running = False
        return self._over(run, answer)

    def _over(self, run: stream.Run, answer: dict[str, Any] | None) -> Transcript:
        code: int | None = None
        if answer is None or answer.get("exit") is not None:
            self.ended = True
            code = self.child.end()
            run.drain(*self.child.pipes)
            if answer is not None:
                code = answer["exit"] if isinstance(answer["exit"], int) else code
        else:
            run.take_left(*self.child.pipes)
            run.ended = time.perf_counter_ns()
            code = 1 if run.failed else 0
        return run.transcript(code, self.isolation)

    def _settle(self, run: stream.Run) -> dict[str, Any] | None:
        """Interrupt an input that has met a limit; None where that did not end it."""
        until = time.perf_counter_ns() + int(SETTLE_S * 1e9)
        while (left := until - time.perf_counter_ns()) > 0:
            self.interrupt()
            run.wait(*self.child.pipes, self.child.done, min(left / 1e9, 0.1), self._answered(run))
            if answer := self._found(run):
                run.forget_interrupt()
                return answer
        return None

    def _output(self, name: str, limits: Limits) -> stream.Run:
        """What an input writes; bytes that came between inputs stay with the next one."""
        run = stream.Run(self.child.nonce, name, limits)
        if self.parsers is not None:
            run.parsers = self.parsers
            run.parsers[frames.CHANNEL].raw = b""
        self.parsers = run.parsers
        run.on_record = self._record
        return run

    def _record(self, record: dict[str, Any]) -> None:
        count = record.get("interrupts")
        if isinstance(count, int):
            with self.lock:
                self.seen = min(count, self.sent)

    def _answer(
        self,
        run: stream.Run,
        wish: dict[str, Any],
        watch: Callable[[], Status | None] | None = None,
        ask: Callable[[], None] | None = None,
    ) -> dict[str, Any] | None:
        """Send a request and read until it is answered; None where it was not, in its time."""
        self.number += 1
        if not self._send(marshal.dumps({**wish, "id": self.number}, 4)):
            return None
        child = self.child
        run.collect(*child.pipes, child.done, ask or child.ask, watch, self._answered(run))
        return self._found(run)

    def _answered(self, run: stream.Run) -> Callable[[], bool]:
        return lambda: self._found(run) is not None

    def _found(self, run: stream.Run) -> dict[str, Any] | None:
        return next((record for record in run.records if record.get("id") == self.number), None)

    def _send(self, data: bytes) -> bool:
        channel = self.child.pipes[frames.CHANNEL]
        poll = select.poll()
        poll.register(channel, select.POLLOUT)
        until = time.monotonic() + SETTLE_S
        while data:
            poll.poll(100)
            try:
                data = data[os.write(channel, data) :]
            except BlockingIOError:
                if time.monotonic() > until:
                    return False
            except OSError:
                return False
        return True
