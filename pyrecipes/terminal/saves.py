"""Files that are saved in a folder, noticed in a thread within milliseconds."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEP_MS = 4
"""So often a change is looked for; what follows within a step belongs to the same save."""

DEBOUNCE_MS = 40
"""A file that is written on and on is taken at the latest after this."""


class Saves:
    """Watches a folder and what is in it. A context manager; used from one thread.

    `wait` blocks; `listen` lets something else that blocks be ended from the watching thread.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stop = threading.Event()
        self._changed = threading.Event()
        self._paths: set[str] = set()
        self._lock = threading.Lock()
        self._listener: Callable[[], object] | None = None
        self._thread = threading.Thread(target=self._watch, name="saves", daemon=True)

    def take(self) -> set[str]:
        """The paths that changed since the last time."""
        with self._lock:
            self._changed.clear()
            paths, self._paths = self._paths, set()
        return paths

    def wait(self) -> None:
        """Wait for a change."""
        self._changed.wait()

    def listen(self, listener: Callable[[], object] | None) -> None:
        """Have `listener` called, in the watching thread, at a change; at once where one waits."""
        with self._lock:
            self._listener = listener
            waits = self._changed.is_set()
        if listener is not None and waits:
            listener()

    def __enter__(self) -> Saves:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        from watchfiles import watch

        changes = watch(
            self.folder,
            watch_filter=None,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            stop_event=self._stop,
            rust_timeout=250,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        first = True
        for found in changes:
            # The first time nothing may have been seen because nobody was watching yet.
            if found or first:
                first = False
                self._note({path for _, path in found})

    def _note(self, paths: set[str]) -> None:
        with self._lock:
            self._paths |= paths
            self._changed.set()
            listener = self._listener
        if listener is not None:
            with suppress(RuntimeError):  # the prompt that listened has just ended
                listener()
