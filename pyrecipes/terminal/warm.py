"""A sandbox that starts, and gets ready for what comes next, while the learner reads."""

from __future__ import annotations

import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Sandbox

PATIENCE_S = 0.5
"""So long the end waits for work that is being done ahead."""


class Warming:
    """Opens a sandbox in a thread; `sandbox()` waits for it. A context manager.

    The thread lives as long as the sandbox is in use, because what a sandbox starts is set to die
    with the thread that started it.
    """

    def __init__(self, open_sandbox: Callable[[], Sandbox]) -> None:
        self._open = open_sandbox
        self._ready = threading.Event()
        self._jobs: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._over = False
        self._sandbox: Sandbox | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._live, name="sandbox", daemon=True)

    def sandbox(self) -> Sandbox:
        """The sandbox, once it is there. Raises what opening it raised."""
        self._ready.wait()
        if self._sandbox is None:
            raise self._error or RuntimeError("the sandbox was closed")
        return self._sandbox

    def soon(self, job: Callable[[], object]) -> None:
        """Do something ahead, in the thread, once the sandbox is there; what it raises is lost."""
        self._jobs.put(job)

    def __enter__(self) -> Warming:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._jobs.put(None)
        self._thread.join(PATIENCE_S)
        if self._sandbox is not None:
            self._sandbox.close()

    def _live(self) -> None:
        try:
            self._sandbox = self._open()
        except BaseException as error:  # raised where the sandbox is asked for
            self._error = error
        self._ready.set()
        while (job := self._jobs.get()) is not None:
            if self._sandbox is not None and not self._over:
                with suppress(Exception):
                    job()
