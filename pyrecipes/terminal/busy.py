"""A word that something is being done, for when it takes longer than a moment."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.render.theme import Screen

AFTER_S = 0.7


@contextmanager
def busy(screen: Screen, word: str) -> Iterator[None]:
    """Show the word and the key that works now, where the body takes longer than a moment; it is
    wiped away afterwards (for screen readers it is a line that stays)."""
    over = Event()
    shown = Event()
    if screen.plain:
        text = f"{word}. Ctrl-C ends it.\n"
    else:
        text = f"{word}{screen.look.signs.more}  Ctrl-C ends it"[: screen.width - 1]

    def watch() -> None:
        if not over.wait(AFTER_S):
            shown.set()
            screen.file.write(text if screen.plain else f"\r{text}")
            screen.file.flush()

    thread = Thread(target=watch, name="busy", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        if shown.is_set() and not screen.plain:
            screen.file.write(f"\r{' ' * len(text)}\r")
            screen.file.flush()
