"""The `namespaces` level: a zygote behind walls, and for each run walls of its own."""

from __future__ import annotations

import marshal
import os
import sys
from _thread import allocate_lock
from time import monotonic, perf_counter_ns

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Event, Limits, Transcript
from pyrecipes.sandbox import launch, layout, memory, stream, wire

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any

    from pyrecipes.model import Level, LiveSession, Snippet
    from pyrecipes.sandbox.kept import Pool

AHEAD = (
    (
        *("abc", "bisect", "collections", "collections.abc", "contextlib", "copy", "enum"),
        *("fnmatch", "functools", "glob", "heapq", "io", "itertools", "json", "keyword"),
        *("linecache", "math", "operator", "os", "queue", "random", "re", "reprlib", "string"),
        *("textwrap", "threading", "time", "traceback", "types", "typing", "warnings", "weakref"),
    ),
    (
        *("argparse", "array", "ast", "base64", "calendar", "cmath", "codecs", "csv"),
        *("dataclasses", "datetime", "difflib", "fractions", "gettext", "importlib.util"),
        *("inspect", "locale", "logging", "numbers", "pathlib", "pickle", "pprint", "shlex"),
        *("shutil", "signal", "statistics", "struct", "subprocess", "tempfile", "timeit"),
        *("tokenize", "urllib.parse"),
    ),
    (
        *("asyncio", "concurrent.futures", "concurrent.futures.process"),
        *("concurrent.futures.thread", "decimal", "getpass", "hashlib", "multiprocessing"),
        *("multiprocessing.connection", "multiprocessing.managers", "multiprocessing.pool"),
        *("multiprocessing.popen_fork", "multiprocessing.queues", "multiprocessing.synchronize"),
        *("platform", "secrets", "select", "selectors", "socket", "sqlite3", "unittest", "uuid"),
        *("zoneinfo",),
    ),
)
"""Modules to load ahead. A snippet that names one of a tier gets a zygote with that tier and those
before it: each run pays for all that its zygote has loaded, with the copying of its memory."""
IMPORTED = {"numpy": ("numpy", "numpy.random"), "pytest": ("pytest",)}
NAMES = tuple(frozenset(module.partition(".")[0] for module in tier) for tier in AHEAD)
MOST_ZYGOTES = 6
HURRY_S = 0.05
Kind = tuple[tuple[str, ...], int]
"""What a zygote is for: the packages that are there, and the last tier that is loaded."""
PLAIN: Kind = ((), 0)
LIVE = Limits(cpu_s=86_400.0)  # a session's: each input has its own time, watched from outside


class NamespacesSandbox:
    """See `model.Sandbox`. `warm` loads common modules ahead, for a sitting of many runs."""

    isolation: Level = "namespaces"

    def __init__(
        self, *, warm: bool = True, outer: str = "", ahead: launch.Zygote | None = None
    ) -> None:
        """Raises NoSandboxError where the walls can't be built.

        `outer` asks for one of the ways to build them, `zygote` or `bwrap`, as does the environment
        variable PYRECIPES_WALLS; otherwise the second is for where the first does not work.
        `ahead` is a zygote that was started already.
        """
        if sys.platform != "linux":
            raise NoSandboxError("no sandbox of level 'namespaces': only Linux has them")
        self.warm = warm
        self.ended: float | None = None
        self.lock = allocate_lock()
        self.zygotes: dict[Kind, launch.Zygote | Pool] = {}
        if ahead is not None:
            self.zygotes[PLAIN] = ahead
        self.pooled = False
        outer = outer or os.environ.get("PYRECIPES_WALLS", "")
        try:
            if outer == "bwrap":
                raise NoSandboxError("no sandbox of level 'namespaces': asked for bwrap's")
            self._zygote(PLAIN).wait()
        except NoSandboxError as error:
            self.zygotes.clear()
            if outer == "zygote":
                raise
            self._use_pool(error)

    def _use_pool(self, reason: NoSandboxError) -> None:
        """Let bwrap do what the zygote could not, if a first run shows that it can."""
        from pyrecipes.model import Snippet as Program

        self.pooled = True
        first = self.run(Program("print(1)"))
        if first.stdout != "1\n":
            self.close()
            said = first.events[-1].text if first.events else first.status
            raise NoSandboxError(f"{reason}; nor did bwrap build them: {said}")

    def _kind(self, snippet: Snippet) -> Kind:
        packages = layout.packages_of(snippet)
        if packages or not self.warm or self.pooled:
            return packages, 0
        text = "\n".join((snippet.code, *snippet.files.values()))
        last = len(AHEAD) - 1
        return packages, next(n for n in range(last, -1, -1) if n == 0 or _names(text, NAMES[n]))

    def _zygote(self, kind: Kind) -> launch.Zygote | Pool:
        found = self.zygotes.pop(kind, None)
        if found is None:
            packages, last = kind
            modules = tuple(m for name in packages for m in IMPORTED.get(name, ()))
            if self.pooled:
                from pyrecipes.sandbox.kept import Pool

                found = Pool(packages, modules)
            else:
                tiers = AHEAD[: last + 1] if self.warm else ()
                found = launch.Zygote(packages, (*(m for tier in tiers for m in tier), *modules))
        self.zygotes[kind] = found  # the last used comes last
        if len(self.zygotes) > MOST_ZYGOTES:
            self.zygotes.pop(next(iter(self.zygotes))).close()
        return found

    def run(self, snippet: Snippet, limits: Limits = Limits()) -> Transcript:  # noqa: B008
        """See `model.Sandbox`."""
        kind = self._kind(snippet)
        transcript = self._run(snippet, limits, kind)
        # A zygote that dies takes its runs along; a keeper may still tell of its program's end.
        if transcript.status == "killed" and transcript.exit_code in (None, -launch.SIGKILL):
            with self.lock:
                zygote = self.zygotes.get(kind)
                died = zygote is None or zygote.ends(0.5)  # none: it was found dead meanwhile
                if zygote is not None and died:
                    self.zygotes.pop(kind).close()
            if died:  # and took the run with it: once more, from a new one
                return self._run(snippet, limits, kind)
        return transcript

    def _run(self, snippet: Snippet, limits: Limits, kind: Kind) -> Transcript:
        try:
            with self.start(stream.request(snippet), snippet.stdin, limits, kind) as child:
                run = child.output(snippet.name)
                again = self.warm or self.ended is not None
                hurried = self.ended is not None and monotonic() - self.ended < HURRY_S
                if again and hurried:  # one right after the other: the next is made meanwhile
                    self.prepare(limits, kind, hurried=True)
                run.collect(*child.pipes, child.control.fileno(), child.ask, child.watch)
                code = child.end()
                run.drain(*child.pipes)
        except launch.ZygoteLost as error:
            return _lost(str(error), limits)
        self.ended = monotonic()
        if again and not hurried:  # with a pause after it, which the making must not slow down
            self.prepare(limits, kind)
        return run.transcript(code, self.isolation)

    def start(self, request: dict[str, Any], stdin: str, limits: Limits, kind: Kind) -> Child:
        """A program's processes, started; ZygoteLost where that failed twice."""
        for last in (False, True):
            with self.lock:
                try:
                    zygote = self._zygote(kind)
                    zygote.wait()
                    return Child(zygote.take(launch.needs(limits)), request, stdin, limits)
                except (launch.ZygoteLost, NoSandboxError) as error:
                    self.zygotes.pop(kind).close()
                    if last:
                        raise launch.ZygoteLost(str(error)) from None
        raise AssertionError

    def expect(self, snippet: Snippet) -> None:
        """See `model.Sandbox`: has a zygote of its kind started, and a run made ahead."""
        kind = self._kind(snippet)
        with self.lock:
            self._zygote(kind)
        self.prepare(Limits(), kind)

    def prepare(self, limits: Limits, kind: Kind, *, hurried: bool = False) -> None:
        """Have a run ready for the next snippet, which may come at once; does not wait for it."""
        with self.lock:
            zygote = self.zygotes.get(kind)
            wanted = launch.needs(limits)
            if (
                zygote is not None
                and not zygote.asked
                and all(n != wanted for n, _ in zygote.spares)
            ):
                try:
                    zygote.prepare(wanted, hurried=hurried)
                except launch.ZygoteLost:
                    self.zygotes.pop(kind).close()

    def session(self, snippet: Snippet | None = None) -> LiveSession:
        """See `model.Sandbox`. Raises NoSandboxError where the walls can't be built any more."""
        from pyrecipes.model import Snippet as Program
        from pyrecipes.sandbox.session import Session

        first = snippet or Program("")
        request = {**stream.request(first), "live": True}
        try:
            child = self.start(request, first.stdin, LIVE, self._kind(first))
        except launch.ZygoteLost as error:
            raise NoSandboxError(f"no sandbox for a session: {error}") from None
        return Session(child, self.isolation, snippet)

    def close(self) -> None:
        """See `model.Sandbox`."""
        with self.lock:
            for zygote in self.zygotes.values():
                zygote.close(wait=self.warm)
            self.zygotes.clear()

    def __enter__(self) -> NamespacesSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _names(text: str, words: frozenset[str]) -> bool:
    return any(word in text for word in words)


def _lost(reason: str, limits: Limits) -> Transcript:
    """What became of a run whose sandbox broke down."""
    text = f"the sandbox broke down ({reason}); run it again"
    return Transcript("killed", None, 0.0, "namespaces", False, (Event(None, "stderr", text),))


class Child:
    """A running program with its pipes. End it with `end`, then `close`."""

    def __init__(
        self, prepared: launch.Prepared, request: dict[str, Any], stdin: str, limits: Limits
    ) -> None:
        self.limits = limits
        self.nonce: bytes = request["nonce"]
        self.code: int | None = None
        self.pidfd = prepared.pidfd
        self.control = prepared.control
        self.rooms: list[int] = []
        self.ended = False
        live = bool(request.get("live"))
        reads, writes = zip(stream.channel(live), os.pipe(), os.pipe(), strict=True)
        self.pipes: tuple[int, int, int] = reads
        given, feed = os.pipe()
        self.feed = feed
        try:
            self.rooms = self._ready()
            job = prepared.job
            fds = [given, writes[1], writes[2], writes[0]]
            data = memoryview(marshal.dumps(request, 4))
            self.began = perf_counter_ns()
            sent = wire.send(job, data[: 1 << 16], fds)
            job.sendall(data[sent:])
        except OSError as error:
            self.close()
            raise launch.ZygoteLost(str(error)) from None
        except launch.ZygoteLost:
            self.close()
            raise
        finally:
            prepared.job.close()
            for fd in (*writes, given):
                os.close(fd)
        self._feed(stdin.encode("utf-8", "surrogatepass"))
        self.watch = memory.Watch(lambda: memory.pid_of(self.pidfd), limits, self.rooms)

    def _ready(self) -> list[int]:
        """Wait for the walls to be up."""
        self.control.settimeout(launch.PREPARE_S)
        data, fds = wire.receive(self.control, 2048)
        if data != b"r" or not fds:
            text = data[1:].decode("utf-8", "replace") or "it ended while it was prepared"
            raise launch.ZygoteLost(text)
        return list(fds)

    def _feed(self, data: bytes) -> None:
        """Give standard input: at once what a pipe holds, the rest from a thread."""
        os.set_blocking(self.feed, False)
        try:
            data = data[os.write(self.feed, data) :] if data else data
        except BlockingIOError:
            pass
        except OSError:
            data = b""
        if data:
            import threading

            threading.Thread(target=_write_all, args=(self.feed, data), daemon=True).start()
        else:
            os.close(self.feed)
        self.feed = -1

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
        try:
            self.control.send(word)
        except OSError:
            pass  # it has ended

    def end(self) -> int | None:
        """End all that runs; the exit code, negative for a signal."""
        if self.ended:
            return self.code
        self.ended = True
        import _signal  # type: ignore[import-not-found]

        try:
            self.control.setblocking(False)
            # The program may have told it before its keeper did: the first line counts.
            self.code = int(self.control.recv(16).partition(b"\n")[0])
        except (OSError, ValueError):
            pass  # it was not told: a limit, or an end from outside
        try:
            _signal.pidfd_send_signal(self.pidfd, launch.SIGKILL)
        except ProcessLookupError:
            pass
        return self.code

    def close(self) -> None:
        """Give back what the run held."""
        self.end()
        self.control.close()
        for fd in (self.pidfd, self.feed, *self.rooms, *self.pipes):
            if fd >= 0:
                os.close(fd)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _write_all(fd: int, data: bytes) -> None:
    os.set_blocking(fd, True)
    with open(fd, "wb", buffering=0) as file:
        view = memoryview(data)
        try:
            while view:
                view = view[file.write(view) or 0 :]
        except OSError:
            pass  # nobody reads it
