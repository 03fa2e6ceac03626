"""Read several pipes at once."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 16


class Pipes:
    """The pipes of a run, numbered from 0, and a descriptor that tells of its end (None)."""

    def __init__(self, fds: tuple[int, ...], done: int | None) -> None:
        import select

        self.fds = dict(zip(fds, range(len(fds)), strict=True))
        self.done = done
        self.poll = select.poll()
        for fd in (*fds, *(() if done is None else (done,))):
            os.set_blocking(fd, False)
            self.poll.register(fd, select.POLLIN)

    def read(self, pause: float) -> Iterator[tuple[int | None, bytes]]:
        """What is there now, or within a pause; (None, b"") when the run has ended."""
        ready = [fd for fd, _ in self.poll.poll(pause * 1000)]
        for fd in sorted(ready):
            if fd == self.done:
                self.poll.unregister(fd)
                self.done = None
                yield None, b""
            elif fd in self.fds:
                yield from self._one(fd)

    def left(self) -> Iterator[tuple[int, bytes]]:
        """All that is in the pipes, without waiting."""
        for fd in list(self.fds):
            while fd in self.fds:
                found = list(self._one(fd))
                yield from found
                if not found:
                    break

    def _one(self, fd: int) -> Iterator[tuple[int, bytes]]:
        try:
            data = os.read(fd, CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            yield self.fds[fd], data
        else:
            self.poll.unregister(fd)
            del self.fds[fd]


def opened(fds: tuple[int, ...], done: int | None) -> Pipes:
    """The pipes, ready to read."""
    return Pipes(fds, done)
