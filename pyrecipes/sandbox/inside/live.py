"""A session: one interpreter that keeps its names, and runs input after input as a prompt would.

The host sends requests over the channel, which is a socket here, and gets records back, each with
the request's number under `id`.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # `signal` takes long to import
import marshal
import os
import sys
from typing import TYPE_CHECKING, Any

from . import completion, failure, marks, program

if TYPE_CHECKING:
    from .recorder import Recorder

FUTURE_FLAGS = 0x1FE0000  # the flags of all `from __future__` features


def serve(request: dict[str, Any], channel: int) -> int:
    """Run inputs until one ends the session or the host closes the channel; the exit code."""
    root = os.getcwd()
    recorder = program.begin(request, channel, root)
    session = _Session(request, recorder, root)
    signal.signal(signal.SIGINT, session.interrupted)
    recorder.record({"begin": True})
    requests = os.fdopen(os.dup(recorder.channel or 0), "rb")
    while session.exit_code is None:
        try:
            wish = marshal.load(requests)
        except (EOFError, OSError, ValueError, TypeError):
            break
        session.serve(wish)
    requests.close()
    return program.finish("__main__", root, session.exit_code or 0)


class _Session:
    def __init__(self, request: dict[str, Any], recorder: Recorder, root: str) -> None:
        self.request = request
        self.recorder = recorder
        self.root = root
        self.names = program.module(request["module"], recorder.main)
        self.hooks = recorder.hooks(prompt=True)
        self.flags = 0
        self.busy = False
        self.missed = False
        self.interrupts = 0
        self.number = 0
        self.exit_code: int | None = None

    def interrupted(self, *_: object) -> None:
        """Handle SIGINT: it ends the input that runs, or else the one that is about to."""
        self.interrupts += 1
        self.recorder.record({"interrupts": self.interrupts})
        if self.busy:
            raise KeyboardInterrupt
        self.missed = True

    def serve(self, wish: dict[str, Any]) -> None:
        answer: dict[str, Any] = {"id": wish["id"]}
        if "calm" in wish:
            self._calm(wish["calm"])
        elif "complete" in wish:
            answer["names"] = completion.complete(wish["complete"], self.names)
        elif "program" in wish:
            self._run(self.request["code"], self.recorder.main)
        else:
            self.number += 1
            self._run(wish["source"], f"<input {self.number}>")
        answer["exit"] = self.exit_code
        self.recorder.record(answer)

    def _calm(self, sent: int) -> None:
        """Wait for the interrupts that the host has sent, and forget them."""
        import time

        until = time.monotonic() + 1
        while self.interrupts < sent and time.monotonic() < until:
            time.sleep(0.002)
        self.missed = False

    def _run(self, source: str, name: str) -> None:
        """Run one input; what it raises is told as the error of that input."""
        recorder = self.recorder
        recorder.main = name
        recorder.marked.clear()
        error: BaseException | None = None
        try:
            try:
                self.busy = True
                if self.missed:
                    self.missed = False
                    raise KeyboardInterrupt
                exec(self._compiled(source, name), self.names)
            except BaseException as raised:
                # An interrupt can't come between these: Python looks for them at calls and jumps.
                self.busy = False
                error = raised
            self.busy = False
        except KeyboardInterrupt as late:
            self.busy = False
            error = error or late
        if error is not None:
            self._failed(error)
        program.flushed()

    def _compiled(self, source: str, name: str) -> Any:
        import linecache

        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        data = source.encode("utf-8", "surrogatepass")
        prompt = name != os.path.join(self.root, *self.request["name"].split("/"))
        assignments = self.request["assignments"]
        code = marks.compiled(data, name, self.hooks, assignments, prompt, self.flags)
        self.flags |= code.co_flags & FUTURE_FLAGS
        return code

    def _failed(self, error: BaseException) -> None:
        program.forget_own_frames(error)
        if isinstance(error, SystemExit):
            self.exit_code = program.exit_code(error, self.recorder)
            return
        recorder = self.recorder
        line = failure.line_in(error, recorder.main) or 1  # interrupted before it began
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
        recorder.record(failure.described(error, self.root), line)
