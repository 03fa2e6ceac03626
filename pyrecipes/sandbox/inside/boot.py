"""The first code of a process of the `process` level: a keeper, and the program as its child.

The keeper outlives the program, ends whatever the program left running, and tells the host how it
ended. It also ends all when the host goes: its end of the control socket closes then.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # `signal` takes long to import
import marshal
import os
import sys

TYPE_CHECKING = False  # and so does `typing`
if TYPE_CHECKING:
    from typing import Any

ASK_LINE, INTERRUPT = b"l", b"i"


def main(control: int, channel: int, job: int) -> None:
    """Run the job that is read from a file descriptor; never returns. `control` is a socket."""
    with open(job, "rb") as file:
        request: dict[str, Any] = marshal.load(file)
    for name in ("prefix", "exec_prefix"):
        setattr(sys, name, request["prefix"])
    sys.path.extend(entry for entry in request["path"] if entry not in sys.path)
    _builtins_of_site()
    _make_scratch(request["scratch"])
    if os.name != "posix":
        os._exit(perform(request, channel))
    _adopt_orphans()
    child = os.fork()
    if child == 0:
        os.close(control)
        os.setsid()
        _limit(request["rlimits"])
        if request.get("walls"):
            from . import landlock

            landlock.enter(request["walls"])
        from . import program

        program.ready()
        os._exit(perform(request, channel))
    os.close(channel)
    for fd in (0, 1, 2):
        os.close(fd)
    _keep(child, control, request["scratch"])


def perform(request: dict[str, Any], channel: int) -> int:
    """Be the program that a request asks for, or the interpreter of a session; the exit code."""
    if request.get("live"):
        from . import live

        return live.serve(request, channel)
    from . import program

    return program.execute(request, channel)


def _builtins_of_site() -> None:
    """`exit`, `help` and their like, without the folders and files that `site` looks through."""
    import site

    site.setquit()
    site.setcopyright()
    site.sethelper()


def _limit(rlimits: dict[str, tuple[int, int]]) -> None:
    import resource

    for name, (soft, hard) in rlimits.items():
        number = getattr(resource, name, None)
        if number is None:
            continue
        most = resource.getrlimit(number)[1]
        wanted = (soft, hard)
        if most != resource.RLIM_INFINITY:
            wanted = (min(soft, most), min(hard, most))
        try:
            resource.setrlimit(number, wanted)
        except (OSError, ValueError):
            pass  # macOS knows limits that it does not take


def _adopt_orphans() -> None:
    """Become the parent of all that the program leaves behind (Linux)."""
    if sys.platform != "linux":
        return
    import _ctypes  # `ctypes` takes far longer to import

    library = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
    _ctypes.call_function(_ctypes.dlsym(library, "prctl"), (36, 1, 0, 0, 0))  # a subreaper


def _keep(child: int, control: int, scratch: str) -> None:
    """Wait for the program, serve the host's wishes, leave nothing running, report; then exit."""
    import select

    status = None
    watched = select.poll()
    watched.register(control, select.POLLIN)
    ended = os.pidfd_open(child) if hasattr(os, "pidfd_open") else None
    if ended is not None:
        watched.register(ended, select.POLLIN)
    while status is None:
        ready = [fd for fd, _ in watched.poll(None if ended is not None else 10)]
        if control in ready:
            wish = os.read(control, 1)
            if wish == ASK_LINE:
                os.kill(child, getattr(signal, "SIGRTMAX", signal.SIGUSR2))
            elif wish == INTERRUPT:
                os.kill(child, signal.SIGINT)
            else:
                os.kill(child, signal.SIGKILL)
                status = os.waitpid(child, 0)[1]
        elif ended in ready or ended is None:
            pid, found = os.waitpid(child, os.WNOHANG)
            status = found if pid else None
    _end_the_rest(child)
    _remove_scratch(scratch)
    try:
        os.write(control, b"%d" % os.waitstatus_to_exitcode(status))
    except OSError:
        pass  # the host is gone
    os._exit(0)


def _make_scratch(scratch: str) -> None:
    """Make the program's folders, and go to the one that it starts in."""
    os.mkdir(scratch, 0o700)
    for name in ("work", "home", "tmp"):
        os.mkdir(os.path.join(scratch, name))
    os.chdir(os.path.join(scratch, "work"))


def _remove_scratch(scratch: str) -> None:
    """By hand: the host may be gone, and `shutil` takes long to import."""
    for folder, folders, files in os.walk(scratch, topdown=False):
        for remove, names in ((os.unlink, files), (_remove_folder, folders)):
            for name in names:
                try:
                    remove(os.path.join(folder, name))
                except OSError:
                    pass  # the host tries too
    try:
        os.rmdir(scratch)
    except OSError:
        pass


def _remove_folder(path: str) -> None:
    if os.path.islink(path):
        os.unlink(path)
    else:
        os.rmdir(path)


def _end_the_rest(group: int) -> None:
    """Kill the program's session and all that was handed down to this process."""
    try:
        os.killpg(group, signal.SIGKILL)
    except OSError:
        pass
    while True:
        for pid in _children():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        return []
