"""A sandbox that starts while the learner reads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Sandbox


class Warming:
    """Opens a sandbox in a thread; `sandbox()` waits for it. A context manager.

    The thread lives as long as the sandbox is in use, because what a sandbox starts is set to die
    with the thread that started it.
    """

    def __init__(self, open_sandbox: Callable[[], Sandbox]) -> None:
        self._open = open_sandbox
        self._ready = threading.Event()
        self._over = threading.Event()
        self._sandbox: Sandbox | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._live, name="sandbox", daemon=True)

    def sandbox(self) -> Sandbox:
        """The sandbox, once it is there. Raises what opening it raised."""
        self._ready.wait()
        if self._sandbox is None:
            raise self._error or RuntimeError("the sandbox was closed")
        return self._sandbox

    def __enter__(self) -> Warming:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _live(self) -> None:
        try:
            self._sandbox = self._open()
        except BaseException as error:  # raised where the sandbox is asked for
            self._error = error
        self._ready.set()
        self._over.wait()
        if self._sandbox is not None:
            self._sandbox.close()
