"""One interpreter for a sitting, inside the outer walls, that each run is forked from.

For each run it enters a new pid namespace for its next child, forks C (`run.py`), and goes back.
What runs share is only what is here before the first: modules, and the hash seed.
"""

from __future__ import annotations

import gc
import marshal
import os
import select
import sys

from . import run, seccomp, walls, wire

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from typing import Any

CONTROL, HOST = 3, 4  # file descriptors, as in `stage.py`
OURS: tuple[str, ...] = ("boot", "children", "completion", "failure", "live", "marks", "plain")
OURS += ("probes", "program", "recorder", "stacks")
NEEDED = ("atexit", "faulthandler", "itertools")  # by each run


def serve() -> None:
    """Load what is asked for, then make runs until the host is gone; never returns."""
    walls.prctl(walls.PR_SET_DUMPABLE, 0)
    control = wire.socket(fileno=CONTROL)
    os.set_inheritable(CONTROL, False)
    os.set_inheritable(HOST, False)
    plan: dict[str, Any] = marshal.loads(control.recv(1 << 16))
    load(plan["preload"])
    calls = seccomp.rules(seccomp.machine())
    home = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    sys.path[:] = [entry for entry in sys.path if entry]
    walls.mount("/home", "/inside", flags=walls.MS_BIND)  # an empty folder over our own source
    sys.path_importer_cache.clear()
    gc.collect()
    gc.freeze()
    control.send(marshal.dumps({"ready": True}))
    _Zygote(control, home, calls).serve()


def load_ours() -> None:
    """Import our own modules, whose source is out of sight later, and what each run needs."""
    for name in (*(f"_pyrecipes.{own}" for own in OURS), *NEEDED):
        __import__(name)


def load(names: list[str]) -> None:
    """Import the modules that are named."""
    for name in names:
        try:
            __import__(name)
        except ImportError:
            pass  # the learner's own import will tell


class _Zygote:
    def __init__(self, control: wire.socket, home: int, calls: bytes) -> None:
        self.control = control
        self.home = home
        self.calls = calls

    def serve(self) -> None:
        watched = select.poll()
        watched.register(self.control.fileno(), select.POLLIN)
        watched.register(HOST, select.POLLIN)
        while True:
            ready = [fd for fd, _ in watched.poll(1000)]
            self._reap()
            if HOST in ready:
                os._exit(0)
            if self.control.fileno() in ready:
                data = self.control.recv(1 << 16)
                if not data:
                    os._exit(0)
                self._make(marshal.loads(data))

    def _make(self, limits: dict[str, int]) -> None:
        """Prepare one run, and hand its ends to the host."""
        control, ours = wire.pair()
        job, theirs = wire.pair()
        try:
            walls.unshare(walls.NEWPID)
            pid = os.fork()
            if pid == 0:
                os.close(CONTROL)
                os.close(HOST)
                os.close(self.home)
                control.close()
                job.close()
                run.start(ours, theirs, limits, self.calls)
            walls.setns(self.home, walls.NEWPID)
            handle = os.pidfd_open(pid)
        except OSError as error:
            self.control.send(marshal.dumps({"error": str(error)}))
            return
        finally:
            ours.close()
            theirs.close()
        fds = [handle, control.fileno(), job.fileno()]
        wire.send(self.control, marshal.dumps({"run": True}), fds)
        os.close(handle)
        control.close()
        job.close()

    def _reap(self) -> None:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
