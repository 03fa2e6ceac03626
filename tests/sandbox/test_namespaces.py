"""The warm sandbox: what its walls let through, and what becomes of a run that meets a limit."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Limits, Snippet
from pyrecipes.sandbox.namespaces import PLAIN, NamespacesSandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def sandbox() -> Iterator[NamespacesSandbox]:
    try:
        made = NamespacesSandbox()
    except NoSandboxError as error:
        pytest.skip(str(error))
    with made:
        yield made


def test_a_program_runs_as_an_unknown_user_in_a_folder_of_its_own(
    sandbox: NamespacesSandbox,
) -> None:
    code = "import os, sys\nprint(os.getpid(), os.getuid(), os.getcwd(), sys.argv, os.listdir())"
    transcript = sandbox.run(Snippet(code, args=("a",)))
    assert transcript.status == "ok", transcript
    assert transcript.isolation == "namespaces"
    assert transcript.stdout == "2 1000 /scratch ['main.py', 'a'] ['main.py']\n"


def test_no_path_of_the_host_shows_in_proc(sandbox: NamespacesSandbox) -> None:
    code = """
import os
for name in ("mountinfo", "mounts", "mountstats"):
    print(repr(open("/proc/self/" + name).read()))
print(open("/proc/self/cmdline").read().split("\\0"))
print({os.path.dirname(l.split()[-1]) for l in open("/proc/self/maps") if "/" in l} & HOST)
print(os.readlink("/proc/self/exe").startswith("/python/bin/"))
""".replace("HOST", repr({str(Path(os.__file__).resolve().parent), "/inside"}))
    transcript = sandbox.run(Snippet(code))
    assert transcript.stdout.splitlines() == [
        *["''"] * 3,
        "['python', 'main.py', '']",
        "set()",
        "True",
    ], transcript


def test_nothing_of_a_run_is_met_by_the_next(sandbox: NamespacesSandbox) -> None:
    leave = """
import os, random, locale
for place in (".", "/tmp", "/dev/shm", "/home"):
    open(place + "/left", "w").close()
os.environ["LEFT"] = "1"
os.umask(0o777)
os.left = random.random()
print(os.left)
"""
    find = """
import os, random
print([p for p in (".", "/tmp", "/dev/shm", "/home") if "left" in os.listdir(p)],
      "LEFT" in os.environ, hasattr(os, "left"), oct(os.umask(0)))
print(random.random())
"""
    first = sandbox.run(Snippet(leave)).stdout
    found, second = sandbox.run(Snippet(find)).stdout.splitlines()
    assert found == "[] False False 0o22"
    assert first.strip() != second


@pytest.mark.parametrize(
    ("code", "limits", "status"),
    [
        ("while True: pass", Limits(wall_s=0.3), "timeout"),
        ("import time\ntime.sleep(9)", Limits(wall_s=0.3), "timeout"),
        ("x = [bytearray(10**7) for _ in range(100)]", Limits(memory_mb=64), "memory"),
        ("while True: print('x' * 1000)", Limits(output_bytes=10_000), "output"),
        (
            "import time\nwith open('f', 'wb') as f:\n try:\n  while f.write(bytes(65536)): pass\n"
            " except OSError: time.sleep(9)",
            Limits(disk_mb=2),
            "disk",
        ),
        (
            "import threading, time\nfor _ in range(40):\n"
            " threading.Thread(target=time.sleep, args=(9,)).start()",
            Limits(processes=16),
            "processes",
        ),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", Limits(), "killed"),
    ],
)
def test_each_limit_has_a_status(
    sandbox: NamespacesSandbox, code: str, limits: Limits, status: str
) -> None:
    transcript = sandbox.run(Snippet(code), limits)
    assert transcript.status == status, transcript
    assert transcript.wall_ms < 2500


@pytest.mark.parametrize("pause_ms", range(10))
def test_a_dead_zygote_is_replaced(sandbox: NamespacesSandbox, pause_ms: int) -> None:
    sandbox.run(Snippet("1"))
    time.sleep(pause_ms / 1000)  # the spare is at one or another point of its start
    os.kill(sandbox.zygotes[PLAIN].pid, signal.SIGKILL)
    time.sleep(pause_ms / 5000)
    assert sandbox.run(Snippet("print(1)")).stdout == "1\n"


def test_numpy_comes_with_the_snippet_that_imports_it(sandbox: NamespacesSandbox) -> None:
    pytest.importorskip("numpy")
    code = "import numpy as np\nprint(int((np.ones((50, 50)) @ np.ones((50, 50))).sum()))"
    assert sandbox.run(Snippet(code)).stdout == "125000\n"


def test_standard_input_longer_than_a_pipe(sandbox: NamespacesSandbox) -> None:
    snippet = Snippet("import sys\nprint(len(sys.stdin.read()))", stdin="x" * 300_000)
    assert sandbox.run(snippet).stdout == "300000\n"


def test_what_is_expected_has_its_zygote_and_a_run_made_ahead() -> None:
    snippet = Snippet("import sqlite3\nprint(sqlite3.connect(':memory:').total_changes)")
    with NamespacesSandbox() as sandbox:
        sandbox.expect(snippet)
        sandbox.expect(snippet)  # the same once more is no second one
        ((kind, zygote),) = ((k, z) for k, z in sandbox.zygotes.items() if k != PLAIN)
        assert len(zygote.asked) == 1
        assert sandbox.run(snippet).stdout == "0\n"
        assert list(sandbox.zygotes) == [PLAIN, kind]
