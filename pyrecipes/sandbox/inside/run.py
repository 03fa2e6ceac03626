"""One run's walls and its two processes.

C is process 1 of the run's own namespaces and outlives the program: when it ends, the kernel ends
whatever is left. D becomes the learner's program. Both are made ahead and wait: D for its job, C
for D's end or the host's word.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # `signal` takes long to import
import fcntl
import gc
import marshal
import os
import resource
import select
import sys

from . import boot, marks, program, recorder, walls, wire

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from typing import Any, NoReturn

ROOM = "/tmp"  # where the run's one file system is mounted; its own `tmp` covers it in the end
PLACES = (("work", "/scratch"), ("home", "/home"), ("shm", "/dev/shm"), ("tmp", "/tmp"))
UID = 1000
INODES_PER_MB = 64
STACK_MB = 8
SPARE_PROCESSES = 8  # beyond the limit, so that the host sees that it was met
MEGABYTE = 1 << 20
REPORT_FD = 201  # out of the way, beside the recorder's
SAMPLE = b"""\
def f(a, b=1):
    return [x for x in range(a)]
class A:
    pass
text = f"{f(3)}"
print(text)
text
"""
NUMPY = b"""\
import numpy as np
print(np.arange(6).reshape(2, 3) * 1.5, np.array([1, 2]).sum())
"""


def start(control: wire.socket, job: wire.socket, limits: dict[str, int], calls: bytes) -> NoReturn:
    """Become C, in a new pid namespace; never returns. `control`'s other end is the host's."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.setsid()
        room, held = _walls(limits)
    except BaseException as error:
        _fail(control, error)
    begin(control, job, [room], calls, held, hurried=bool(limits["hurried"]))


def begin(
    control: wire.socket,
    job: wire.socket,
    rooms: list[int],
    calls: bytes,
    held: int | None = None,
    *,
    hurried: bool = False,
) -> NoReturn:
    """Load the filter, make D, and be C. `rooms` are the run's file systems; C holds `held`."""
    try:
        walls.filter_calls(calls)
        child = os.fork()
    except BaseException as error:
        _fail(control, error)
    if child == 0:
        for fd in (*rooms, held):
            if fd is not None:
                os.close(fd)
        _become_program(job, control, hurried)
    job.close()
    wire.send(control, b"r", rooms)
    for fd in rooms:
        os.close(fd)
    keep(child, control)


def _fail(control: wire.socket, error: BaseException) -> NoReturn:
    text = f"{type(error).__name__}: {error}"
    control.send(b"e" + text.encode("utf-8", "replace")[:1000])
    os._exit(1)


def _walls(limits: dict[str, int]) -> tuple[int, int]:
    """All of a run's walls but the filter; its file system, and a namespace to hold on to."""
    walls.unshare(walls.NEWNS | walls.NEWNET | walls.NEWIPC)
    os.umask(0)
    flags = walls.MS_NOSUID | walls.MS_NODEV
    inodes = limits["disk_mb"] * INODES_PER_MB
    options = f"size={limits['disk_mb']}m,nr_inodes={inodes},mode=0755"
    walls.mount("tmpfs", ROOM, "tmpfs", flags, options)
    room = os.open(ROOM, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    for name, place in PLACES:
        source = f"{ROOM}/{name}"
        os.mkdir(source, 0o1777 if name in ("tmp", "shm") else 0o755)
        walls.mount(source, place, flags=walls.MS_BIND)
    walls.mount("proc", "/proc", "proc", flags | walls.MS_NOEXEC, "subset=pid")
    walls.loopback_up()
    os.chdir(PLACES[0][1])
    os.umask(0o022)
    held, root = (os.open(path, os.O_RDONLY | os.O_CLOEXEC) for path in ("/proc/self/ns/mnt", "/"))
    walls.unshare(walls.NEWUSER)
    walls.map_ids(0, 0, UID, UID)
    # `/proc/self/mountinfo` names the folders of the host that mounts come from, but lists only
    # the mounts of the process's namespace that its root can reach. So: a copy of the namespace
    # for the list, and the root from the one before. That one lives as long as C holds it.
    work = os.open(".", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    walls.unshare(walls.NEWNS)
    os.fchdir(root)
    os.chroot(".")
    os.fchdir(work)
    os.close(root)
    os.close(work)
    limit(limits)
    walls.drop_capabilities()
    return room, held


def limit(limits: dict[str, int]) -> None:
    """Set the limits that the kernel holds."""
    processes = limits["processes"] + SPARE_PROCESSES
    memory = limits["memory_mb"] + processes * STACK_MB
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits["cpu_s"] + 1),
        (resource.RLIMIT_FSIZE, (limits["disk_mb"] + 1) * MEGABYTE),
        (resource.RLIMIT_DATA, memory * MEGABYTE),
        (resource.RLIMIT_MEMLOCK, MEGABYTE),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_NPROC, processes + 2),
        (resource.RLIMIT_SIGPENDING, 1024),
    ):
        walls.limit(kind, value)


def _become_program(job: wire.socket, control: wire.socket, hurried: bool) -> NoReturn:
    """Wait for the job, then be the learner's program."""
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        walls.prctl(walls.PR_SET_DUMPABLE, 1)  # or its own /proc/self is shut to it
        program.ready()
        if not hurried and not select.select([job.fileno()], [], [], 0)[0]:
            rehearse()
        request, channel = receive(job)
        report = fcntl.fcntl(control.detach(), fcntl.F_DUPFD_CLOEXEC, REPORT_FD)
        code = boot.perform(request, channel)
        # The host goes on while the kernel takes this process apart. What a program could do with
        # this socket is to end itself, with an exit code of its choice: as `sys.exit` does.
        os.write(report, b"%d\n" % code)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    os._exit(code)


def rehearse() -> None:
    """Go once through what each program needs, so that the memory it takes is there already.

    A forked process gets each page that it touches one fault at a time; a spare has the time.
    """
    main = "/scratch/main.py"
    with open(main, "wb") as file:
        file.write(SAMPLE)
    os.unlink(main)
    path = sys.path[:]
    program.as_fresh({"name": "main.py", "args": [], "files": {}}, main)
    sys.path[:] = path
    recording = recorder.Recorder(bytes(8), main, "/scratch", None)
    recording.streams()
    names = {"__name__": "__main__"}
    source = SAMPLE + NUMPY if "numpy" in sys.modules else SAMPLE
    exec(marks.compiled(source, main, recording.hooks(), True), names)
    marshal.loads(marshal.dumps({"code": SAMPLE}))
    sys.stdin.buffer.read(1)
    sys.stdout.flush()  # to nowhere: the streams that a program will have are not here yet
    if "ctypes" in sys.modules:
        sys.modules["ctypes"].CDLL(None).fflush(None)
    names.clear()
    gc.collect()


def receive(job: wire.socket) -> tuple[dict[str, Any], int]:
    """The request and the channel; standard input, output and error are then in place."""
    data, fds = wire.receive(job, 1 << 16)
    if not data:
        os._exit(0)
    while chunk := job.recv(1 << 16):
        data += chunk
    job.close()
    for number in range(3):
        os.dup2(fds[number], number)
        os.close(fds[number])
    os.set_inheritable(fds[3], False)
    return marshal.loads(data), fds[3]


def keep(child: int, control: wire.socket) -> NoReturn:
    """As process 1: reap, pass the host's words on, report the program's end, and end all."""
    ended = os.pidfd_open(child)
    watched = select.poll()
    watched.register(control.fileno(), select.POLLIN)
    watched.register(ended, select.POLLIN)
    while True:
        ready = [fd for fd, _ in watched.poll(500)]
        if control.fileno() in ready:
            word = control.recv(1)
            if word not in (boot.ASK_LINE, boot.INTERRUPT):
                os._exit(0)
            number = signal.SIGRTMAX if word == boot.ASK_LINE else signal.SIGINT
            os.kill(child, number)
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == child:
                control.send(b"%d\n" % os.waitstatus_to_exitcode(status))
                os._exit(0)
