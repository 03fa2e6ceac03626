"""Starts a zygote, and gets prepared runs from it."""

from __future__ import annotations

import marshal
import os
import sys

from pyrecipes.errors import NoSandboxError
from pyrecipes.sandbox import layout, wire

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any

    from pyrecipes.model import Limits

STAGE = (
    "import sys; p = type(sys)('_pyrecipes'); p.__path__ = [{inside!r}]; "
    "sys.modules['_pyrecipes'] = p; from _pyrecipes import stage; stage.main()"
)
START_S = 20.0
PREPARE_S = 10.0
SIGKILL = 9

NAMES = ("memory_mb", "processes", "disk_mb", "cpu_s")
Needs = tuple[int, int, int, int]
"""The values of NAMES."""


class ZygoteLost(Exception):  # noqa: N818
    """The zygote has ended, or answers no more."""


def ahead(asked: str | None, runs: int = 1, preload: tuple[str, ...] = ()) -> Zygote | None:
    """Start what takes longest of a sandbox, for `open_sandbox` to take over, where the level that
    is asked for (none: the strongest) is `namespaces`; with so many runs of the usual limits.
    Nothing is said here of what does not work.
    """
    if asked not in (None, "", "namespaces") or "PYRECIPES_WALLS" in os.environ:
        return None
    if sys.platform != "linux":
        return None
    made = Zygote((), preload)
    from pyrecipes.model import Limits

    try:
        for _ in range(runs):
            made.prepare(needs(Limits()))
    except ZygoteLost:
        pass  # `wait` will tell why
    return made


def needs(limits: Limits) -> Needs:
    """What of the limits is built into a prepared run's walls."""
    return limits.memory_mb, limits.processes, limits.disk_mb, int(limits.cpu_s + 0.999)


class Prepared:
    """A run that waits for its job: a pidfd of its first process, and two sockets."""

    def __init__(self, pidfd: int, control: int, job: int) -> None:
        self.pidfd = pidfd
        self.control = wire.socket(fileno=control)
        self.job = wire.socket(fileno=job)

    def discard(self) -> None:
        """End it unused."""
        self.control.close()
        self.job.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)


class Zygote:
    """The host's end of one zygote. `packages` are there inside, `preload` is imported ahead."""

    def __init__(self, packages: tuple[str, ...], preload: tuple[str, ...]) -> None:
        self.control, theirs = wire.packets()
        self.pid = 0
        self.ready = False
        self.asked: list[Needs] = []
        self.spares: list[tuple[Needs, Prepared]] = []
        plan = marshal.dumps(layout.plan(packages))
        self.stage = _stage(theirs)
        theirs.close()
        try:
            self.control.send(plan)  # to the stage
            self.control.send(marshal.dumps({"preload": list(preload)}))  # to what comes after it
        except OSError:
            pass  # it has ended already; `wait` will tell why

    def _receive(self, timeout: float) -> tuple[dict[str, Any], list[int]]:
        self.control.settimeout(timeout)
        try:
            data, fds = wire.receive(self.control, 1 << 16)
        except OSError as error:
            raise ZygoteLost(f"the sandbox does not answer: {error}") from None
        if not data:
            raise ZygoteLost("the sandbox ended without a word")
        answer = marshal.loads(data)
        return answer, fds

    def wait(self) -> None:
        """Wait until it is up; NoSandboxError with the reason where it can't be."""
        if self.ready:
            return
        try:
            answer, _ = self._receive(START_S)
            self.pid = answer.get("pid", 0)
            os.waitpid(self.stage, 0)
            self.stage = 0
            if "error" not in answer:
                answer, _ = self._receive(START_S)
        except (ZygoteLost, OSError) as error:
            self.close()
            raise NoSandboxError(f"no sandbox of level 'namespaces': {error}") from None
        if "error" in answer:
            self.close()
            raise NoSandboxError(f"no sandbox of level 'namespaces': {answer['error']}")
        self.ready = True

    def ends(self, within_s: float) -> bool:
        """Whether it has ended, or does so soon: the runs that hang on it end a little before."""
        import select

        if not self.pid:
            return False
        pidfd = os.pidfd_open(self.pid)
        poll = select.poll()
        poll.register(pidfd, select.POLLIN)
        try:
            return bool(poll.poll(within_s * 1000))
        finally:
            os.close(pidfd)

    def prepare(self, wanted: Needs, *, hurried: bool = False) -> None:
        """Ask for a spare run without waiting for it, even before this is known to be up.

        `hurried`: its job comes at once, so that it does nothing ahead.
        """
        try:
            limits = dict(zip(NAMES, wanted, strict=True))
            self.control.send(marshal.dumps({**limits, "hurried": hurried}))
        except OSError as error:
            raise ZygoteLost(str(error)) from None
        self.asked.append(wanted)

    def take(self, wanted: Needs) -> Prepared:
        """A prepared run with these limits; ZygoteLost where there is none to be had."""
        self._collect(0)
        for index, (made, spare) in enumerate(self.spares):
            if made == wanted:
                del self.spares[index]
                return spare
        if wanted not in self.asked:
            self.prepare(wanted, hurried=True)
        while True:
            made, run = self._next(PREPARE_S)
            if made == wanted:
                return run
            run.discard()

    def _next(self, timeout: float) -> tuple[Needs, Prepared]:
        answer, fds = self._receive(timeout)
        made = self.asked.pop(0)
        if "error" in answer or len(fds) != 3:
            raise ZygoteLost(str(answer.get("error")))
        return made, Prepared(*fds)

    def _collect(self, pause: float) -> None:
        """Take in the spares that have been made."""
        import select

        poll = select.poll()
        poll.register(self.control.fileno(), select.POLLIN)
        while self.asked and poll.poll(pause):
            self.spares.append(self._next(PREPARE_S))
        while len(self.spares) > 2:
            self.spares.pop(0)[1].discard()

    def close(self, *, wait: bool = True) -> None:
        """End it with all its runs; without waiting for it where this process ends right after."""
        for _, spare in self.spares:
            spare.discard()
        self.spares.clear()
        self.control.close()
        if self.stage:
            self._end(self.stage, wait=wait)
            self.stage = 0
        if self.pid:
            self._end(self.pid, wait=wait)
            self.pid = 0

    def _end(self, pid: int, *, wait: bool) -> None:
        try:
            os.kill(pid, SIGKILL)
            if wait:
                os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def _stage(control: wire.socket) -> int:
    """Start `inside/stage.py` with the two descriptors that it knows, and nothing else of ours."""
    code = STAGE.format(inside=layout.INSIDE)
    host = os.pidfd_open(os.getpid())
    fds = [control.fileno(), host]
    try:
        if len(os.listdir("/proc/self/task")) == 1:
            return _forked(code, fds)
        return spawn(layout.executable(), ["python", "-I", "-S", "-c", code], fds)
    finally:
        os.close(host)


def _forked(code: str, fds: list[int]) -> int:
    """Run code in a child of this process, which is there sooner than an interpreter that has to
    start; its pid. For a process of one thread."""
    pid = os.fork()
    if pid:
        return pid
    try:
        high, null = _out_of_the_way(fds)
        for number, fd in enumerate((null, null, null, *high)):
            os.dup2(fd, number)
        exec(code, {})
    finally:
        os._exit(1)


def _out_of_the_way(fds: list[int]) -> tuple[list[int], int]:
    """Copies of descriptors with high numbers, and one that goes nowhere."""
    import fcntl

    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd in fds]
    return high, os.open(os.devnull, os.O_RDWR)


def spawn(program: str, words: list[str], fds: list[int]) -> int:
    """Start a program with an empty environment, and these descriptors from 3 on; its pid."""
    import _signal as signal  # type: ignore[import-not-found]  # `signal` takes long to import

    high, null = _out_of_the_way(fds)
    try:
        return os.posix_spawn(
            program,
            words,
            {},
            file_actions=[
                *((os.POSIX_SPAWN_DUP2, null, number) for number in range(3)),
                *((os.POSIX_SPAWN_DUP2, fd, number) for number, fd in enumerate(high, 3)),
            ],
            setsigmask=[],
            setsigdef=[signal.SIGINT, signal.SIGPIPE, signal.SIGHUP, signal.SIGTERM],
        )
    finally:
        for fd in (null, *high):
            os.close(fd)
