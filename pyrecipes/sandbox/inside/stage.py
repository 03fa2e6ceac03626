"""The outer walls, built once for each zygote by a short-lived interpreter outside of them.

The walls are made here, through ctypes, and not by bwrap: the same walls then come without a
binary for each machine, without its second user namespace or its options in `/proc`, and as root
the mounts are made by root itself, so that not even the zygote may take them down.

As root: mounts first, then a user id that nobody has, then the namespaces; so root's own name is
left before anything of a learner is near. Else: a user namespace first, which gives the right to
mount. Either way the zygote is user 0 of a user namespace that holds one id.

A fresh interpreter is then started inside: this one's memory knows the host's paths.
"""

from __future__ import annotations

import marshal
import os
import sys

from . import walls, wire

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from typing import Any

CONTROL, HOST = 3, 4  # file descriptors: the zygote's socket, and a pidfd of the host's process
BASE, NEW, OLD = "/tmp", "/new", "/old"
CLONE_PARENT, SIGCHLD = 0x8000, 17
SYS_CLONE = {"x86_64": 56, "aarch64": 220}
DEVICES = ("null", "zero", "full", "random", "urandom")
APART = (
    walls.NEWUSER
    | walls.NEWNS
    | walls.NEWPID
    | walls.NEWNET
    | walls.NEWIPC
    | walls.NEWUTS
    | walls.NEWCGROUP
)
ROOT_BYTES = "16m"


def main() -> None:
    """Read the plan from the control socket, build, and become the zygote's parent's child.

    Plan: `binds` (source, target), `copies` (source, target), `files` (path, content), `links`
    (path, what it points to), `folders`, `python` and `environment` inside, `uid` to take as root.
    """
    os.setsid()
    os.closerange(HOST + 1, 1 << 20)
    control = wire.socket(fileno=CONTROL)
    plan: dict[str, Any] = marshal.loads(control.recv(1 << 20))
    _bytecode(plan["inside"])
    try:
        pid = _build(plan)
        if pid == 0:
            _enter(plan)
    except Exception as error:
        text = getattr(error, "strerror", None) or str(error) or type(error).__name__
        control.send(marshal.dumps({"error": text}))
        os._exit(1)
    control.send(marshal.dumps({"pid": pid}))
    os._exit(0)


def _bytecode(folder: str) -> None:
    """Compile what the zygote will import while the folder can still be written to."""
    tag = sys.implementation.cache_tag
    for name in os.listdir(folder):
        stem, dot, kind = name.partition(".")
        cached = os.path.join(folder, "__pycache__", f"{stem}.{tag}.pyc")
        source = os.path.join(folder, name)
        if dot + kind != ".py":
            continue
        try:
            if os.path.getmtime(cached) >= os.path.getmtime(source):
                continue
        except OSError:
            pass
        import py_compile

        try:
            py_compile.compile(source, doraise=False, quiet=2)
        except OSError:
            return  # an installation that can't be written to: slower, not worse


def _build(plan: dict[str, Any]) -> int:
    """Make the namespaces and the new root; a pid, or 0 in the first process inside."""
    if os.geteuid() == 0:
        walls.unshare(walls.NEWNS)
        _mount_all(plan)
        uid, gid = plan["uid"], plan["uid"]
        walls.keep_capabilities_as(uid, gid)
        walls.prctl(walls.PR_SET_DUMPABLE, 1)
        walls.unshare(APART)
        walls.map_ids(uid, gid, 0, 0)
    else:
        uid, gid = os.geteuid(), os.getegid()
        walls.unshare(APART)
        walls.map_ids(uid, gid, 0, 0)
        _mount_all(plan)
    # A child of the host itself, so that it can wait for it; both exec or exit at once, so that
    # what Python does around a fork is not missed.
    return walls.syscall(SYS_CLONE[os.uname().machine], CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)


def _mount_all(plan: dict[str, Any]) -> None:
    """All that a run may see, under NEW; the host's root is then at OLD."""
    os.umask(0o022)
    walls.mount("none", "/", flags=walls.MS_REC | walls.MS_PRIVATE)
    options = f"size={ROOT_BYTES},nr_inodes=2k,mode=0755"
    walls.mount("tmpfs", BASE, "tmpfs", walls.MS_NOSUID | walls.MS_NODEV, options)
    os.mkdir(BASE + NEW)
    os.mkdir(BASE + OLD)
    walls.pivot(BASE, BASE + OLD)
    os.chdir("/")
    os.symlink("old/proc", "/proc")
    for folder in plan["folders"]:
        os.makedirs(NEW + folder, exist_ok=True)
    for path, target in plan["links"]:
        _parent(path)
        os.symlink(target, NEW + path)
    for source, target in plan["copies"]:
        _parent(target)
        with open(OLD + source, "rb") as old, open(NEW + target, "wb") as new:
            new.write(old.read())
        os.chmod(NEW + target, 0o755)
    for path, content in plan["files"]:
        _parent(path)
        with open(NEW + path, "w", encoding="utf-8") as file:
            file.write(content)
    for shown, target in plan["binds"]:
        source = OLD + shown if shown else NEW + "/home"  # which is empty
        _point(source, target)
        walls.bind(source, NEW + target)
    for device in DEVICES:
        _point(f"{OLD}/dev/{device}", f"/dev/{device}")
        flags = walls.MS_NOSUID | walls.MS_NOEXEC
        walls.bind(f"{OLD}/dev/{device}", f"{NEW}/dev/{device}", flags)


def _parent(path: str) -> None:
    os.makedirs(os.path.dirname(NEW + path), exist_ok=True)


def _point(source: str, target: str) -> None:
    """Something to mount on, of the source's kind."""
    if os.path.isdir(source):
        if not os.path.isdir(NEW + target):
            os.makedirs(NEW + target)
    elif not os.path.exists(NEW + target):
        _parent(target)
        with open(NEW + target, "x"):
            pass


def _enter(plan: dict[str, Any]) -> None:
    """As the first process of the new namespaces: leave the host's root, start the zygote."""
    try:
        walls.mount(NEW, NEW, flags=walls.MS_BIND | walls.MS_REC)
        flags = walls.MS_NOSUID | walls.MS_NODEV | walls.MS_NOEXEC
        walls.mount("proc", NEW + "/proc", "proc", flags)
        walls.restrict(NEW, walls.MS_RDONLY | walls.MS_NOSUID | walls.MS_NODEV)
        os.chdir(NEW)
        walls.pivot(".", ".")
        walls.detach(".")
        os.chdir("/inside")
        walls.host_name("sandbox")
        os.set_inheritable(CONTROL, True)
        os.set_inheritable(HOST, True)
        os.execve(plan["python"], ["python", "main.py"], plan["environment"])
    except OSError as error:
        text = f"inside: {error.strerror}"
        wire.socket(fileno=CONTROL).send(marshal.dumps({"error": text}))
    os._exit(1)
