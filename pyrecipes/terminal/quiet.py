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
    """Turns off a terminal's echo, its waiting for whole lines and its signals: each key that is
    typed, Ctrl-C too, waits for the prompt that comes next. No terminal: nothing is done.
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

    @property
    def works(self) -> bool:
        """Whether there is a terminal."""
        return self._before is not None

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

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Ctrl-C raises KeyboardInterrupt, for as long as something runs."""
        self._set(signals=True)
        try:
            yield
        finally:
            self._set()

    def _set(self, *, signals: bool = False) -> None:
        if self._before is not None and sys.platform != "win32":
            quiet = termios.tcgetattr(self._descriptor)
            quiet[0] &= ~termios.ICRNL
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
            quiet[3] |= termios.ISIG if signals else 0
            quiet[6][termios.VMIN] = 1
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, quiet)
