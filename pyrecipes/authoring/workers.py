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
    """A worker that is a process; it and this one send each other lines of JSON."""

    def __init__(self, level: str) -> None:
        self._counts = (0, 0)
        self._known: set[str] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyrecipes.authoring.worker", level],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

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
        if self._process.stdout:
            self._process.stdout.close()

    def _ask(self, lesson: Lesson, request: dict[str, Any]) -> dict[str, Any]:
        request["file"] = lesson.place.file
        if lesson.place.file not in self._known:  # once: reading the file takes far longer
            self._known.add(lesson.place.file)
            request["lesson"] = b64encode(marshal.dumps(to_plain(lesson))).decode()
        if self._process.stdin is None or self._process.stdout is None:
            raise PyrecipesError("a worker of verify has no pipes")
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise PyrecipesError("a worker of verify ended before its time; try again with -j 1")
        reply: dict[str, Any] = json.loads(line)
        if "no_sandbox" in reply:
            raise NoSandboxError(reply["no_sandbox"])
        self._counts = (reply["runs"], reply["asked"])
        return reply


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
        self._tasks = tasks
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._all:
            self._free.put(worker)
        self._pool = ThreadPoolExecutor(count)

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
