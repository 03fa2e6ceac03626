"""Who holds the tasks of a verify: threads of this process, or processes of their own.

What runs in a sandbox is elsewhere anyway; but generating inputs and reading answers is this
program's own work, and two threads do that no faster than one. A process takes a moment to start,
so a few tasks are done by a thread.
"""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol

from pyrecipes.authoring.coverage import uncovered
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.authoring.tasks import hold
from pyrecipes.errors import NoSandboxError, PyrecipesError
from pyrecipes.loader.cache import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyrecipes.authoring.holding import Wrong
    from pyrecipes.authoring.tasks import Task
    from pyrecipes.model import Lesson, Sandbox

WORTH_A_PROCESS = 40
LANES = 2
"""So many tasks a process has in hand: while one only waits, as lessons on threads do, the other
has its processor."""


class Worker(Protocol):
    """Does one thing at a time."""

    def hold(self, task: Task) -> tuple[Wrong, ...]:
        """What is wrong with one recipe or exercise."""
        ...

    def uncovered(self, lesson: Lesson) -> tuple[str, ...]:
        """The names that a lesson leaves out."""
        ...

    def counts(self) -> tuple[int, int]:
        """How many runs there were, and how many were asked for."""
        ...

    def stop(self) -> None:
        """Give up what it is at, where it can."""
        ...

    def close(self) -> None:
        """End what it started."""
        ...


class Here:
    """A worker in this process."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._remembered = Remembered()
        self._sandbox = MemoSandbox(sandbox, self._remembered)

    def hold(self, task: Task) -> tuple[Wrong, ...]:
        """As Worker."""
        return hold(task, self._sandbox)

    def uncovered(self, lesson: Lesson) -> tuple[str, ...]:
        """As Worker."""
        return uncovered(lesson, self._sandbox)

    def counts(self) -> tuple[int, int]:
        """As Worker."""
        return self._remembered.runs, self._remembered.asked

    def stop(self) -> None:
        """As Worker: it can't."""

    def close(self) -> None:
        """As Worker."""
        self._sandbox.close()


class Apart:
    """A worker that is a process; it and this one send each other lines of JSON. Used by several
    threads, each of which waits for the answer to its own question."""

    def __init__(self, level: str) -> None:
        self._counts = (0, 0)
        self._known: set[str] = set()
        self._lock = Lock()
        self._asked = 0
        self._waiting: dict[int, SimpleQueue[dict[str, Any]]] = {}
        self._over: dict[str, Any] | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyrecipes.authoring.worker", level, str(LANES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._reader = Thread(target=self._read, name="replies", daemon=True)
        self._reader.start()

    def hold(self, task: Task) -> tuple[Wrong, ...]:
        """As Worker."""
        reply = self._ask(task.lesson, {"task": task.number})
        return tuple((where, line, what) for where, line, what in reply["wrong"])

    def uncovered(self, lesson: Lesson) -> tuple[str, ...]:
        """As Worker."""
        return tuple(self._ask(lesson, {})["uncovered"])

    def counts(self) -> tuple[int, int]:
        """As Worker."""
        return self._counts

    def stop(self) -> None:
        """As Worker."""
        self._process.terminate()

    def close(self) -> None:
        """As Worker."""
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        if self._process.stdout:
            self._process.stdout.close()

    def _ask(self, lesson: Lesson, request: dict[str, Any]) -> dict[str, Any]:
        answer: SimpleQueue[dict[str, Any]] = SimpleQueue()
        with self._lock:
            self._asked += 1
            if self._over is not None:
                answer.put(self._over)
            self._waiting[self._asked] = answer
            self._send(lesson, {**request, "number": self._asked})
        reply = answer.get()
        if "no_sandbox" in reply:
            raise NoSandboxError(reply["no_sandbox"])
        if "runs" not in reply:
            raise PyrecipesError("a worker of verify ended before its time; try again with -j 1")
        self._counts = max(self._counts, (reply["runs"], reply["asked"]))
        return reply

    def _send(self, lesson: Lesson, request: dict[str, Any]) -> None:
        request["file"] = lesson.place.file
        if lesson.place.file not in self._known:  # once: reading the file takes far longer
            self._known.add(lesson.place.file)
            request["lesson"] = b64encode(marshal.dumps(to_plain(lesson))).decode()
        if self._process.stdin is not None:
            with suppress(OSError):  # it has ended; the reader tells
                self._process.stdin.write(json.dumps(request) + "\n")
                self._process.stdin.flush()

    def _read(self) -> None:
        """Hand each reply to the thread that waits for it."""
        over: dict[str, Any] = {}
        for line in self._process.stdout or ():
            reply: dict[str, Any] = json.loads(line)
            if "number" in reply:
                with self._lock:
                    answer = self._waiting.pop(reply["number"])
                answer.put(reply)
            else:
                over = reply
        with self._lock:
            self._over = over
            for answer in self._waiting.values():
                answer.put(over)


class Workers:
    """Some workers; used as a context manager."""

    def __init__(
        self,
        tasks: Sequence[Task],
        open_sandbox: Callable[[], Sandbox],
        count: int,
        level: str | None,
    ) -> None:
        """`level` lets workers be processes, which open a sandbox of this level themselves."""
        count = max(1, min(count, len(tasks)))
        if level is None or count == 1 or len(tasks) < WORTH_A_PROCESS:
            self._all: list[Worker] = [Here(open_sandbox()) for _ in range(count)]
        else:
            self._all = [Apart(level) for _ in range(count)]
        lanes = LANES if isinstance(self._all[0], Apart) else 1
        self._tasks = tasks
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._all * lanes:
            self._free.put(worker)
        self._pool = ThreadPoolExecutor(count * lanes)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for worker in self._all:
                worker.stop()
        self._pool.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()

    def hold(self) -> Iterable[tuple[Task, tuple[Wrong, ...]]]:
        """Each task with what is wrong, in the tasks' order."""
        found = self._pool.map(lambda task: self._with(lambda one: one.hold(task)), self._tasks)
        return zip(self._tasks, found, strict=True)

    def uncovered(self, lesson: Lesson) -> tuple[str, ...]:
        """The names that a lesson leaves out."""
        return self._with(lambda one: one.uncovered(lesson))

    def counts(self) -> tuple[int, int]:
        """How many runs there were, and how many were asked for."""
        all_counts = [worker.counts() for worker in self._all]
        return sum(runs for runs, _ in all_counts), sum(asked for _, asked in all_counts)

    def _with(self, do: Callable[[Worker], tuple[Any, ...]]) -> tuple[Any, ...]:
        worker = self._free.get()
        try:
            return do(worker)
        finally:
            self._free.put(worker)
