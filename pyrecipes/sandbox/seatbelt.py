"""The `seatbelt` level: macOS's `sandbox-exec` around the interpreter of a run.

Written from Apple's and others' documentation of the profile language; nobody has run it yet.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Snippet
from pyrecipes.sandbox import layout
from pyrecipes.sandbox.process import Child, ProcessSandbox

if TYPE_CHECKING:
    from pyrecipes.model import Level, Limits

PROGRAM = "/usr/bin/sandbox-exec"
PROFILE = """\
(version 1)
(deny default)
(allow process-fork)
(allow process-exec (subpath "/bin") (subpath "/usr/bin") {seen})
(allow signal (target same-sandbox))
(allow sysctl-read)
(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))
(allow ipc-posix-sem)
(allow ipc-posix-shm)
(allow file-read-metadata)
(allow file-read* (literal "/") (subpath "/usr/lib") (subpath "/usr/share/zoneinfo")
  (subpath "/System/Library") (subpath "/private/var/db/timezone") (subpath "/bin")
  (subpath "/usr/bin") {seen})
(allow file-read* file-write-data (literal "/dev/null") (literal "/dev/zero"))
(allow file-read* (literal "/dev/random") (literal "/dev/urandom"))
(allow file-read* file-write* (subpath {scratch}))
"""
PROBE = """\
import os
try:
    os.listdir(os.sep + 'Users')
except OSError:
    print(True)
"""


class SeatbeltSandbox(ProcessSandbox):
    """Runs each snippet in a new interpreter that `sandbox-exec` started."""

    isolation: Level = "seatbelt"

    def __init__(self) -> None:
        """Raises NoSandboxError where it does not work, which is found out by trying."""
        if not os.access(PROGRAM, os.X_OK):
            raise NoSandboxError(f"no sandbox of level 'seatbelt': {PROGRAM} of macOS is missing")
        probe = self.run(Snippet(PROBE))
        if probe.stdout != "True\n":
            raise NoSandboxError("no sandbox of level 'seatbelt': a first run was not held back")

    def start(self, request: dict[str, Any], snippet: Snippet, limits: Limits) -> Child:
        """See `ProcessSandbox`."""
        prefix = [sys.prefix, sys.base_prefix, layout.INSIDE]

        def wrapper(scratch: str) -> list[str]:
            seen = " ".join(f"(subpath {_quoted(path)})" for path in prefix)
            return [PROGRAM, "-p", PROFILE.format(seen=seen, scratch=_quoted(scratch))]

        return Child(request, snippet.stdin, limits, wrapper)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
