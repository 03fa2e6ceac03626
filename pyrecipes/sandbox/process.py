"""The `process` level: a process of its own with a clean environment, a scratch folder and limits.

It keeps a program from harming by mistake, not from harming on purpose: the program may read and
write whatever the user may.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import shutil
import socket
import sys
import tempfile
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Limits
from pyrecipes.sandbox import stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Level, LiveSession, Snippet, Status, Transcript

INSIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "inside")
START = (
    "import sys; p = type(sys)('_pyrecipes'); p.__path__ = [{inside!r}]; "
    "sys.modules['_pyrecipes'] = p; from _pyrecipes import boot; boot.main({fds})"
)
STACK_MB = 8


class ProcessSandbox:
    """Runs each snippet in a new interpreter."""

    isolation: Level = "process"

    def __init__(self) -> None:
        """Raises NoSandboxError on Windows, which has no pipes that can be waited for."""
        if os.name != "posix":
            raise NoSandboxError("no sandbox works on Windows itself; run pyrecipes inside WSL2")

    def run(self, snippet: Snippet, limits: Limits = Limits()) -> Transcript:  # noqa: B008
        """See `model.Sandbox`."""
        with self.start(stream.request(snippet), snippet, limits) as child:
            run = child.output(snippet.name)
            run.collect(*child.pipes, child.control.fileno(), child.ask, child.watch)
            code = child.end()
            run.drain(*child.pipes)
            return run.transcript(code, self.isolation)

    def start(self, request: dict[str, Any], snippet: Snippet, limits: Limits) -> Child:
        """The interpreter that runs a request."""
        return Child(request, snippet.stdin, limits)

    def expect(self, snippet: Snippet) -> None:
        """Each run starts an interpreter of its own: there is nothing to get ready."""

    def session(self, snippet: Snippet | None = None) -> LiveSession:
        """See `model.Sandbox`."""
        from pyrecipes.model import Snippet as Program
        from pyrecipes.sandbox.session import Session

        request = {**stream.request(snippet or Program("")), "live": True}
        child = self.start(request, snippet or Program(""), Limits())
        return Session(child, self.isolation, snippet)

    def close(self) -> None:
        """Nothing is left between runs."""

    def __enter__(self) -> ProcessSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Child:
    """One interpreter with its pipes and its scratch folder. End it with `end`, then `close`.

    `wrapper` gives the command, for a scratch folder, that the interpreter is to be started by.
    """

    def __init__(
        self,
        request: dict[str, Any],
        stdin: str,
        limits: Limits,
        wrapper: Callable[[str], list[str]] = lambda scratch: [],
    ) -> None:
        import subprocess

        self.limits = limits
        self.nonce: bytes = request["nonce"]
        self.code: int | None = None
        self.watch: Callable[[], Status | None] | None = None
        # the child makes it, so that nothing is left where this process ends before the child is
        name = f"pyrecipes-{os.urandom(8).hex()}"
        self.scratch = os.path.join(os.path.realpath(tempfile.gettempdir()), name)
        live = bool(request.get("live"))
        reads, writes = zip(stream.channel(live), os.pipe(), os.pipe(), strict=True)
        self.pipes: tuple[int, int, int] = reads
        self.control, theirs = socket.socketpair()
        facts = _facts(limits, live, "walls" in request)
        job = _file(marshal.dumps({**request, **facts, "scratch": self.scratch}, 4))
        given = _file(stdin.encode("utf-8", "surrogatepass"))
        fds = f"{theirs.fileno()}, {writes[0]}, {job}"
        self.began = perf_counter_ns()
        try:
            self.process = subprocess.Popen(
                [
                    *wrapper(self.scratch),
                    *(sys.executable, "-S", "-c", START.format(inside=INSIDE, fds=fds)),
                ],
                stdin=given,
                stdout=writes[1],
                stderr=writes[2],
                cwd=os.sep,  # not the learner's folder, whose modules Python would import
                env=_environment(self.scratch),
                pass_fds=(theirs.fileno(), writes[0], job),
                start_new_session=True,
            )
        finally:
            theirs.close()
            for fd in (*writes, job, given):
                os.close(fd)

    def output(self, main: str) -> stream.Run:
        """The run's output, to be collected."""
        return stream.Run(self.nonce, main, self.limits, self.began)

    @property
    def done(self) -> int:
        """Readable when it has ended."""
        return self.control.fileno()

    def ask(self) -> None:
        """Make the program tell where it is."""
        self._say(b"l")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._say(b"i")

    def _say(self, word: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended
            self.control.send(word)

    def end(self) -> int | None:
        """End all that runs; the exit code, negative for a signal."""
        if self.code is None:
            try:
                self.control.setblocking(False)
                answer = self.control.recv(16)
            except OSError:
                answer = b""
            if not answer:
                self.control.shutdown(socket.SHUT_WR)
                self.control.settimeout(2)
                try:
                    answer = self.control.recv(16)
                except OSError:
                    self.process.kill()
            self.code = int(answer) if answer else None
            self.process.wait()
        return self.code

    def close(self) -> None:
        """Remove what is left of the run."""
        self.end()
        self.control.close()
        for fd in self.pipes:
            os.close(fd)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _file(content: bytes) -> int:
    """A descriptor that reads some bytes, with no name in any folder."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return os.dup(file.fileno())


def _facts(limits: Limits, live: bool, watched: bool) -> dict[str, Any]:
    """What the interpreter inside needs to know of this one.

    Where memory is `watched` from outside, its own limit leaves room for the stacks of threads.
    """
    megabyte = 1 << 20
    memory = limits.memory_mb + (limits.processes * STACK_MB if watched else 0)
    cpu = max(1, int(limits.cpu_s + 0.999))
    return {
        "prefix": sys.prefix,
        "path": [entry for entry in sys.path if entry.endswith("-packages")],
        "rlimits": {
            "RLIMIT_CORE": (0, 0),
            **({} if live else {"RLIMIT_CPU": (cpu, cpu + 1)}),
            "RLIMIT_FSIZE": (limits.disk_mb * megabyte,) * 2,
            "RLIMIT_DATA": (memory * megabyte,) * 2,
            "RLIMIT_NOFILE": (1024, 1024),
        },
    }


def _environment(scratch: str) -> dict[str, str]:
    """All that the program's environment holds."""
    return {
        "HOME": os.path.join(scratch, "home"),
        "TMPDIR": os.path.join(scratch, "tmp"),
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), "/usr/local/bin:/usr/bin:/bin"]),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "USER": "learner",
    }
