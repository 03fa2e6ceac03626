"""The process level: limits, nothing inherited, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Limits, Probe, Snippet
from pyrecipes.sandbox import open_sandbox, stream
from pyrecipes.sandbox.process import ProcessSandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import Sandbox


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with open_sandbox("process") as opened:
        yield opened


def test_a_level_that_is_asked_for_is_given_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoSandboxError, match="no sandbox level called 'moon'"):
        open_sandbox("moon")
    monkeypatch.setenv("PYRECIPES_SANDBOX", "moon")
    with pytest.raises(NoSandboxError, match="moon"):
        open_sandbox()
    monkeypatch.setenv("PYRECIPES_SANDBOX", "process")
    with open_sandbox(trusted=False) as opened:
        assert opened.isolation == "process"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\nwhile True:\n    x += 1", 3),
        ("import time\n\ntime.sleep(60)", 3),
        ("def f():\n    input()\nimport os\nos.read(os.pipe()[0], 1)", 4),
        ("class A:\n    def __repr__(self):\n        while True: pass\nA()", 3),
        ("import re\nre.match('(a*)*b', 'a' * 40)", 2),
    ],
)
def test_a_run_is_stopped_in_time_and_says_where(process: Sandbox, code: str, line: int) -> None:
    begin = time.monotonic()
    found = process.run(Snippet(code), Limits(wall_s=0.5))
    assert found.status == "timeout"
    assert found.exit_code is None
    assert found.stopped_at in (line, line - 1)
    assert time.monotonic() - begin < 2


def test_what_was_printed_before_a_limit_is_kept(process: Sandbox) -> None:
    found = process.run(Snippet("print('a')\nprint('b', end='')\nwhile True: pass"), Limits(0.4))
    assert (found.status, found.stdout) == ("timeout", "a\nb")


def test_output_is_bounded(process: Sandbox) -> None:
    code = "print('start')\nwhile True:\n    print('x' * 99)"
    found = process.run(Snippet(code), Limits(output_bytes=1000))
    assert found.status == "output"
    assert found.truncated
    assert len(found.stdout) == 1000
    assert found.stopped_at == 3


def test_a_raw_flood_is_bounded_too(process: Sandbox) -> None:
    code = "import os\nwhile True:\n    os.write(2, b'x' * 9999)"
    found = process.run(Snippet(code), Limits(output_bytes=100_000))
    assert (found.status, sum(len(e.text) for e in found.events)) == ("output", 100_000)


def test_memory_is_bounded(process: Sandbox) -> None:
    found = process.run(Snippet("x = bytearray(900_000_000)"), Limits(memory_mb=200))
    assert found.status == "memory"
    assert found.error is not None
    assert found.error.line == 1


def test_a_file_is_bounded(process: Sandbox) -> None:
    code = "with open('big', 'wb') as f:\n    f.write(bytes(5_000_000))"
    assert process.run(Snippet(code), Limits(disk_mb=1)).status == "disk"


def test_processor_time_is_bounded(process: Sandbox) -> None:
    found = process.run(Snippet("while True: pass"), Limits(wall_s=20, cpu_s=1))
    assert found.status == "timeout"
    assert found.wall_ms < 5000


def test_what_a_program_leaves_running_is_ended(process: Sandbox, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    code = f"""
import os, subprocess, sys, time
def note():
    with open({str(pids)!r}, 'a') as f:
        print(os.getpid(), file=f)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        note()
        time.sleep(60)
    os._exit(0)
p = subprocess.Popen(['sleep', '60'], start_new_session=True)
with open({str(pids)!r}, 'a') as f:
    print(p.pid, file=f)
time.sleep(.3)
print('end')
"""
    begin = time.monotonic()
    found = process.run(Snippet(code))
    assert (found.status, found.stdout) == ("ok", "end\n")
    assert time.monotonic() - begin < 4
    left = [int(pid) for pid in pids.read_text().split()]
    assert len(left) == 2
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]


def test_a_child_that_holds_the_output_open_does_not_hold_the_run(process: Sandbox) -> None:
    code = "import subprocess\np = subprocess.Popen(['sleep', '60'])\nprint('x')"
    begin = time.monotonic()
    assert process.run(Snippet(code)).stdout == "x\n"
    assert time.monotonic() - begin < 4


def test_nothing_of_the_host_is_inherited(
    process: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("A_TOKEN", "secret")
    with open(tmp_path / "open", "w") as file:
        os.set_inheritable(file.fileno(), True)
        code = (
            "import os\nprint('A_TOKEN' in os.environ, 'PYTHONPATH' in os.environ)\n"
            "print([n for n in os.listdir('/proc/self/fd') if int(n) > 2 and int(n) < 100])"
        )
        lines = process.run(Snippet(code)).stdout.splitlines()
    assert lines[0] == "False False"
    assert lines[1] in ("['3']", "[]")  # the folder that is being listed


def test_home_and_temporary_folders_are_the_runs_own_and_go(process: Sandbox) -> None:
    code = (
        "import os, tempfile, pathlib\nprint(os.getcwd())\nprint(pathlib.Path.home())\n"
        "print(tempfile.mkdtemp())\nopen('f', 'w').close()\n"
    )
    work, home, made = process.run(Snippet(code)).stdout.split()
    assert Path(work).parent == Path(home).parent == Path(made).parent.parent
    assert not Path(work).parent.exists()


def test_the_host_gone_everything_is_gone(tmp_path: Path) -> None:
    code = f"""
import os, time
with open({str(tmp_path / "pid")!r}, 'w') as f:
    print(os.getpid(), os.getppid(), file=f)
time.sleep(60)
"""
    host = subprocess.Popen(
        [sys.executable, "-c", "import sys\nfrom pyrecipes.model import Snippet, Limits\n"
         "from pyrecipes.sandbox import open_sandbox\n"
         "open_sandbox('process').run(Snippet(sys.argv[1]), Limits(wall_s=60))", code],
    )  # fmt: skip
    until = time.monotonic() + 10
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().endswith("\n"):
        assert time.monotonic() < until
        time.sleep(0.02)
    pids = (tmp_path / "pid").read_text().split()
    host.kill()
    host.wait()
    until = time.monotonic() + 2
    while [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_module_is_run_and_probed(sandbox: Sandbox) -> None:
    snippet = Snippet(
        "def f(x):\n    print('in f')\n    return [x, 1 / x]\nprint(__name__)",
        module="answer",
        probes=(Probe("f(1)"), Probe("f(0)"), Probe("y + 1", given="y = 2")),
    )
    found = sandbox.run(snippet)
    assert found.stdout == "answer\n"
    one, two, three = found.results
    assert (one.data, one.raised, one.printed) == ([1, 1.0], None, "in f\n")
    assert two.raised == ("ZeroDivisionError", "division by zero")
    assert two.line == 3
    assert three.data == 3


def test_a_program_that_fails_has_no_results(sandbox: Sandbox) -> None:
    found = sandbox.run(Snippet("1 / 0", module="answer", probes=(Probe("1"),)))
    assert (found.status, found.results) == ("error", ())


def test_assignments_are_told_when_asked_for(sandbox: Sandbox) -> None:
    code = "x = 1\na, (b, *c) = 1, (2, 3)\nx += 1\ny: int = 5\nfor i in range(2):\n    z = i\nx"
    found = sandbox.run(Snippet(code, assignments=True))
    assert [(e.line, e.text) for e in found.events] == [
        (1, "x = 1"), (2, "a = 1"), (2, "b = 2"), (2, "c = [3]"), (3, "x = 2"), (4, "y = 5"),
        (6, "z = 0"), (6, "z = 1"), (7, "2"),
    ]  # fmt: skip


def test_frames_tell_the_columns(sandbox: Sandbox) -> None:
    found = sandbox.run(Snippet("def f(é):\n    return é + 1 / 0\nprint(f(1))"))
    assert found.error is not None
    first, last = found.error.frames
    assert (first.file, first.line, first.column, first.end_column) == ("main.py", 3, 6, 10)
    assert (last.function, last.source) == ("f", "    return é + 1 / 0")
    assert last.source[last.column : last.end_column] == "1 / 0"


def test_a_syntax_error_tells_its_columns(sandbox: Sandbox) -> None:
    found = sandbox.run(Snippet("x = 1\ny = (é ==)\n"))
    assert (found.status, found.exit_code) == ("error", 1)
    assert found.error is not None
    (frame,) = found.error.frames
    assert (frame.line, frame.source, frame.column) == (2, "y = (é ==)", 9)


def test_names_of_processes_and_threads(sandbox: Sandbox) -> None:
    code = """
import multiprocessing as mp, os, threading
def f(x=0):
    print(x)
if __name__ == '__main__':
    with mp.get_context('fork').Pool(1) as pool:
        pool.map(f, [1])
    t = threading.Thread(target=f, name='Painter', args=(2,))
    t.start()
    t.join()
    for method in ('fork', 'spawn', 'forkserver'):
        p = mp.get_context(method).Process(target=f, args=(3,))
        p.start()
        p.join()
    if os.fork() == 0:
        f(4)
        os._exit(0)
    os.wait()
    f(5)
"""
    found = sandbox.run(Snippet(code))
    assert [(e.text, e.process, e.thread, e.line) for e in found.events if e.kind == "stdout"] == [
        ("1\n", "ForkPoolWorker-1", "MainThread", 4),
        ("2\n", "MainProcess", "Painter", 4),
        ("3\n", "ForkProcess-2", "MainThread", 4),
        ("3\n", "SpawnProcess-3", "MainThread", 4),
        ("3\n", "ForkServerProcess-4", "MainThread", 4),
        ("4\n", "Fork-3", "MainThread", 4),
        ("5\n", "MainProcess", "MainThread", 4),
    ]


def test_times_go_up_and_start_at_the_start(sandbox: Sandbox) -> None:
    found = sandbox.run(Snippet("import time\nprint(1)\ntime.sleep(.1)\nprint(2)"))
    first, second = found.events
    assert first.at_ms >= 0
    assert second.at_ms - first.at_ms > 90
    assert found.wall_ms > second.at_ms


def test_a_run_begins_before_its_program_does() -> None:
    child = ProcessSandbox().start(
        stream.request(Snippet("print(1)")), Snippet("print(1)"), Limits()
    )
    with child:
        time.sleep(0.2)  # the host is held up, and the program has long ended
        run = child.output("main.py")
        run.collect(*child.pipes, child.control.fileno(), child.ask, child.watch)
        run.drain(*child.pipes)
    assert run.started > run.began


def test_a_run_leaves_nothing_for_the_next(sandbox: Sandbox) -> None:
    code = (
        "import os, random, sys, json\nprint(os.path.exists('mark'), hasattr(json, 'mark'))\n"
        "print(random.random())\nopen('mark', 'w').close()\njson.mark = 1\nrandom.seed(1)"
    )
    one, two = (sandbox.run(Snippet(code)).stdout.splitlines() for _ in range(2))
    assert one[0] == two[0] == "False False"
    assert one[1] != two[1]
