"""Walls for one process and all that it starts, where no namespaces can be had.

Landlock says which files may be read, run and written. It does not know of sockets with a path,
of datagrams, nor of changing a file's mode, owner and times: the call filter denies these. It sees
no processes either: what is left running is found and ended from outside.
"""

from __future__ import annotations

import os
import resource
import struct
from typing import Any

from . import seccomp, walls

CREATE, ADD, RESTRICT = 444, 445, 446  # system calls, the same on all machines
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
MAKING = (1 << 13) - (1 << 4)  # removing and making of all kinds
NOT_MADE = 1 << 6 | 1 << 11  # character and block devices
SHARED = READ_FILE | WRITE_FILE | TRUNCATE | 1 << 5 | 1 << 8  # in a folder that can't be listed
NEEDED = 3  # with the versions before, a file that may be read may be cut short
SIGNALS_FROM = 6  # the version that keeps signals and abstract sockets inside
BASE, WITH_TCP = (1 << 13) - 1, 4


def version() -> int:
    """The kernel's version of Landlock; 0 where it is missing or switched off."""
    return max(0, walls.syscall(CREATE, None, 0, 1))


def enter(plan: dict[str, Any]) -> None:
    """Put this process behind walls, for good.

    Plan: paths to `read` (and run), folders to `list`, `devices`, `shared` folders that can be used
    but not listed, `processes`, and a `uid` to become where this is root. The folder around the
    current one may be written to.
    """
    found = version()
    scratch = os.path.dirname(os.getcwd())
    if plan["uid"]:
        for path in (scratch, *(entry.path for entry in os.scandir(scratch))):
            os.chown(path, plan["uid"], plan["uid"])
        os.setgroups([])
        os.setresgid(*[plan["uid"]] * 3)
        os.setresuid(*[plan["uid"]] * 3)
        walls.limit(resource.RLIMIT_NPROC, plan["processes"] + 8)
        walls.prctl(walls.PR_SET_DUMPABLE, 1)
    walls.drop_capabilities()
    _restrict({**plan, "write": [scratch]}, found)
    walls.filter_calls(
        seccomp.rules(
            seccomp.machine(),
            network=False,
            unix=False,
            signals=found >= SIGNALS_FROM,
            modes=bool(plan["uid"]),
        )
    )


def _restrict(plan: dict[str, Any], found: int) -> None:
    handled = BASE | REFER | TRUNCATE | (IOCTL_DEV if found >= 5 else 0)
    tcp = 3 if found >= WITH_TCP else 0
    scoped = 3 if found >= SIGNALS_FROM else 0
    attributes = struct.pack("=QQQ", handled, tcp, scoped)
    size = 8 if found < WITH_TCP else 16 if found < SIGNALS_FROM else 24
    ruleset = walls.syscall(CREATE, attributes, size, 0)
    if ruleset < 0:
        raise OSError("Landlock takes no rules")
    reading = READ_FILE | READ_DIR | EXECUTE
    writing = reading | WRITE_FILE | TRUNCATE | REFER | (MAKING & ~NOT_MADE)
    device = READ_FILE | WRITE_FILE
    for name, rights in (
        ("read", reading),
        ("list", READ_DIR),
        ("write", writing),
        ("devices", device),
        ("shared", SHARED),
    ):
        for path in plan[name]:
            _allow(ruleset, path, rights & handled)
    if walls.syscall(RESTRICT, ruleset, 0) != 0:
        raise OSError("Landlock can't be entered")
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    if not os.path.isdir(path):
        rights &= FILE_RIGHTS
    walls.syscall(ADD, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)
