"""A terminal between two prompts: what is typed while something runs waits, and is not echoed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform != "win32":
    import termios


class Quiet:
    """Turns off the echo, and the waiting for whole lines, of a terminal. Ctrl-C stays a signal.

    Where `descriptor` is no terminal nothing is done.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._before: list[Any] | None = None
        if sys.platform != "win32":
            try:
                self._before = termios.tcgetattr(descriptor)
            except (OSError, termios.error):
                return
            self._set()

    def restore(self) -> None:
        """Put the terminal back as it was."""
        if self._before is not None and sys.platform != "win32":
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    @contextmanager
    def released(self) -> Iterator[None]:
        """The terminal as it was, for as long as another program runs."""
        self.restore()
        try:
            yield
        finally:
            self._set()

    def _set(self) -> None:
        if self._before is not None and sys.platform != "win32":
            quiet = termios.tcgetattr(self._descriptor)
            quiet[0] &= ~termios.ICRNL
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, quiet)
