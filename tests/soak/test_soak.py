"""The short form of `kill9.py`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pyrecipes import sandbox

from . import kill9


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("level", ["namespaces", "landlock", "process"])
def test_nothing_is_left_when_pyrecipes_is_killed(level: str) -> None:
    if why := sandbox.why_not(level):
        pytest.skip(why)
    assert kill9.soak(6, level, seed=len(level), within_s=10) == []


KILLED_AT_START = """\
import os, subprocess, sys
from pyrecipes.model import Snippet
from pyrecipes.sandbox import open_sandbox

sandbox = open_sandbox(sys.argv[1])
start = subprocess.Popen

def killed(*args, **settings):
    if sys.argv[2] == "after":
        start(*args, **settings)
    os.kill(os.getpid(), 9)

subprocess.Popen = killed
sandbox.run(Snippet("import time\\ntime.sleep(9)\\n"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("level", ["landlock", "process"])
def test_no_folder_is_left_when_the_kill_falls_on_the_start_of_a_run(
    level: str, when: str, tmp_path: Path
) -> None:
    if why := sandbox.why_not(level):
        pytest.skip(why)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_AT_START, level, when],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    until = time.monotonic() + 10
    while list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert list(tmp_path.iterdir()) == []
