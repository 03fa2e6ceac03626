"""The `landlock` level: for machines where no namespaces can be had, such as most containers.

Each run is a new interpreter with Landlock, a call filter and limits around it; a keeper outside
of these ends whatever the program leaves running.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Snippet
from pyrecipes.sandbox import layout
from pyrecipes.sandbox.memory import Watch
from pyrecipes.sandbox.process import Child, ProcessSandbox

if TYPE_CHECKING:
    from pyrecipes.model import Level, Limits

SHARED = "/dev/shm"
SHARING = ("multiprocessing", "concurrent", "shared_memory")  # what needs the folder above
PROBE = """\
import os
def refused(do):
    try:
        do()
    except OSError:
        return True
    return False
print(refused(lambda: os.listdir('/')) and refused(lambda: open('/etc/passwd')))
"""


class LandlockSandbox(ProcessSandbox):
    """Runs each snippet in a new interpreter behind Landlock."""

    isolation: Level = "landlock"

    def __init__(self) -> None:
        """Raises NoSandboxError where it does not work, which is found out by trying."""
        if sys.platform != "linux":
            raise NoSandboxError("no sandbox of level 'landlock': it needs Linux")
        probe = self.run(Snippet(PROBE))
        if probe.stdout != "True\n":
            said = [e.text.strip().splitlines()[-1] for e in probe.events if e.text.strip()]
            why = said[-1] if said else f"a first run ended with status {probe.status}"
            raise NoSandboxError(f"no sandbox of level 'landlock': {why}")

    def start(self, request: dict[str, Any], snippet: Snippet, limits: Limits) -> Child:
        """See `ProcessSandbox`."""
        child = Child({**request, "walls": _plan(snippet, limits)}, snippet.stdin, limits)
        child.watch = Watch(lambda: child.process.pid, limits, folder=child.scratch)
        return child


def _plan(snippet: Snippet, limits: Limits) -> dict[str, Any]:
    """What `inside/landlock.py` allows."""
    seen = layout.seen(layout.packages_of(snippet))
    sources = (snippet.code, *snippet.files.values())
    shares = any(word in source for source in sources for word in SHARING)
    return {
        "read": seen,
        "list": [entry for entry in sys.path if entry.endswith("-packages")],
        "devices": [f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")],
        "shared": [SHARED] if shares else [],
        "processes": limits.processes,
        "uid": layout.unused_uid() if os.geteuid() == 0 and _open_to_all(seen) else 0,
    }


def _open_to_all(paths: list[str]) -> bool:
    """Whether a user that owns nothing gets to these paths."""
    folders = {os.path.dirname(os.path.realpath(path)) for path in paths if os.path.exists(path)}
    while folders:
        folder = folders.pop()
        if not os.stat(folder).st_mode & 0o001:
            return False
        if folder != "/":
            folders.add(os.path.dirname(folder))
    return True
