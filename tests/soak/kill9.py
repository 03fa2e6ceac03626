"""Kill pyrecipes at random moments, and look for anything that it leaves: `python -m
tests.soak.kill9 [KILLS] [LEVEL]`."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUBREAPER = 36
WITHIN_S = 1.0
PROGRAM = """\
import sys
from pyrecipes.model import Snippet
from pyrecipes.sandbox import open_sandbox
codes = [
    "print(1)",
    "import os, time\\nif os.fork() == 0:\\n    os.setsid()\\n    time.sleep(60)",
    "open('f', 'w').write('x')",
    "import time, signal\\nsignal.signal(15, signal.SIG_IGN)\\ntime.sleep(60)",
    "import subprocess\\nsubprocess.run(['sleep', '60'])",
    "while True: pass",
]
with open_sandbox(sys.argv[1]) as sandbox:
    print("up", flush=True)
    while True:
        for code in codes:
            sandbox.run(Snippet(code + "\\n"))
            print("ran", flush=True)
"""


def children() -> list[int]:
    """This process's own, and all that was orphaned below it."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return [int(pid) for pid in text.split()]


def left_after(seconds: float, folder: str, known: set[int]) -> list[str]:
    """What is still there when the time is up, but for the processes known from before."""
    until = time.monotonic() + seconds
    while True:
        fresh = [pid for pid in children() if pid not in known]
        for pid in fresh:  # those that were orphaned are ours to wait for
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        found = [_named(pid) for pid in children() if pid not in known]
        found += [path.name for path in Path(folder).iterdir() if path.name.startswith("pyrecipes")]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.01)


def _named(pid: int) -> str:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        line = "?"
    return f"{pid} {line[:80]}"


def soak(kills: int, level: str, seed: int = 0, within_s: float = WITHIN_S) -> list[str]:
    """What was left so long after which kill; empty when all is well."""
    libc = ctypes.CDLL(None)
    libc.prctl(SUBREAPER, 1, 0, 0, 0)  # what is orphaned becomes ours, and so is seen
    rng = random.Random(seed)
    known = set(children())
    faults = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "TMPDIR": folder}
            for number in range(kills):
                host = subprocess.Popen(
                    [sys.executable, "-c", PROGRAM, level],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                time.sleep(rng.uniform(0, 1.2))
                host.kill()
                host.wait()
                if found := left_after(within_s, folder, known):
                    faults.append(f"kill {number}: {found}")
    finally:
        libc.prctl(SUBREAPER, 0, 0, 0, 0)
    return faults


if __name__ == "__main__":
    KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    LEVEL = sys.argv[2] if len(sys.argv) > 2 else "namespaces"
    FAULTS = soak(KILLS, LEVEL, seed=time.time_ns())
    print(f"{KILLS} kills at level {LEVEL}: {len(FAULTS)} left something")  # noqa: T201
    for fault in FAULTS:
        print(fault)  # noqa: T201
    sys.exit(bool(FAULTS))
