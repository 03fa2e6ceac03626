"""One run in walls that bwrap made for it alone: what is left to do is what bwrap does not do."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # `signal` takes long to import
import marshal
import os

from . import run, seccomp, walls, wire, zygote

CONTROL, JOB = 3, 4


def serve() -> None:
    """As process 1 of the run: make the last walls, then keep the program; never returns."""
    walls.prctl(walls.PR_SET_DUMPABLE, 0)
    os.closerange(JOB + 1, 1 << 16)  # what bwrap left open
    control = wire.socket(fileno=CONTROL)
    job = wire.socket(fileno=JOB)
    os.set_inheritable(CONTROL, False)
    os.set_inheritable(JOB, False)
    plan = marshal.loads(control.recv(1 << 16))
    zygote.load(plan["preload"])
    mine = os.pidfd_open(os.getpid())
    wire.send(control, b"p", [mine])
    os.close(mine)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.chdir(run.PLACES[0][1])
    rooms = [os.open(place, os.O_PATH | os.O_CLOEXEC) for _, place in run.PLACES]
    run.limit(plan["limits"])
    walls.drop_capabilities()
    run.begin(control, job, rooms, seccomp.rules(seccomp.machine()))
