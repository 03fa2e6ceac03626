"""A sandbox that runs the same snippet once."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from pyrecipes.model import Limits

if TYPE_CHECKING:
    from pyrecipes.model import Level, LiveSession, Sandbox, Snippet, Transcript

FINE = ("ok", "error")
USUAL = Limits()


class Remembered:
    """Transcripts of snippets that ran to their end, for several sandboxes and threads. `runs`
    counts those that really ran, `asked` all that were asked for."""

    def __init__(self) -> None:
        self.runs = 0
        self.asked = 0
        self._kept: dict[tuple[Any, ...], Transcript] = {}
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> Transcript | None:
        """A run with this key, if there was one."""
        with self._lock:
            self.asked += 1
            return self._kept.get(key)

    def put(self, key: tuple[Any, ...], transcript: Transcript) -> None:
        """Keep a run, unless a limit ended it."""
        with self._lock:
            self.runs += 1
            if transcript.status in FINE:
                self._kept[key] = transcript


class MemoSandbox:
    """Runs snippets in another sandbox, each only once; `fresh` is that other sandbox."""

    def __init__(self, fresh: Sandbox, remembered: Remembered) -> None:
        self.fresh = fresh
        self._remembered = remembered

    @property
    def isolation(self) -> Level:
        """The level in force."""
        return self.fresh.isolation

    def run(self, snippet: Snippet, limits: Limits = USUAL) -> Transcript:
        """The transcript of this snippet; limits don't matter to one that ran to its end."""
        key = key_of(snippet)
        known = self._remembered.get(key)
        if known is not None:
            return known
        transcript = self.fresh.run(snippet, limits)
        self._remembered.put(key, transcript)
        return transcript

    def expect(self, snippet: Snippet) -> None:
        """As the other sandbox."""
        self.fresh.expect(snippet)

    def session(self, snippet: Snippet | None = None) -> LiveSession:
        """As the other sandbox."""
        return self.fresh.session(snippet)

    def close(self) -> None:
        """Close the other sandbox."""
        self.fresh.close()

    def __enter__(self) -> MemoSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def key_of(snippet: Snippet) -> tuple[Any, ...]:
    """All of a snippet that its run depends on, as something that has a hash."""
    fields = (getattr(snippet, name) for name in type(snippet).__annotations__ if name != "files")
    return (tuple(sorted(snippet.files.items())), *fields)
