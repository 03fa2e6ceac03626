"""First paint, edit to verdict and memory at rest, in a real pseudo-terminal.

`python benchmarks/sitting.py [ROUNDS [PYTHONLINGS PYLINGS FOLDER]]`: PYTHONLINGS and PYLINGS are
other tutors' commands (pythonlings 0.4.4 with its workspace in the home folder, pylings 1.2.1 with
textual<6, its workspace FOLDER made by `pylings init` and opened once). Both are measured
in turns; medians are printed, and their ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from pyrecipes.loader.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (40, 120)


def opened(command: list[str], environ: dict[str, str], folder: Path) -> pexpect.spawn:
    """A program in a pseudo-terminal."""
    return pexpect.spawn(
        command[0],
        command[1:],
        env={**environ, "TERM": "xterm-256color"},
        cwd=str(folder),
        dimensions=SIZE,
        timeout=30,
    )


def first_paint(command: list[str], text: str, environ: dict[str, str], folder: Path) -> float:
    """From the start until a text is on the screen, in ms."""
    began = time.perf_counter()
    program = opened(command, environ, folder)
    program.expect_exact(text)
    took = (time.perf_counter() - began) * 1000
    program.close(force=True)
    return took


def edits(program: pexpect.spawn, path: Path, texts: Callable[[int], tuple[str, str]]) -> float:
    """From saving a file until the screen says so, in ms; the median of some edits."""
    times = []
    for turn in range(8):
        source, sign = texts(turn)
        time.sleep(1)
        began = time.perf_counter()
        path.write_text(source, encoding="utf-8")
        program.expect_exact(sign)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def memory_mb(pid: int) -> float:
    """The resident memory of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    others = sys.argv[2:5]
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    ours = [sys.executable, "-m", "pyrecipes"]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environ["PYRECIPES_HOME"] = name
        ways = {"pyrecipes learn re": ([*ours, "learn", "re"], "one idea", home)}
        if others:
            ways["pythonlings watch"] = ([others[0], "watch"], "Overall", Path.home())
        paints: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(rounds + 1):
            for way, (command, text, folder) in ways.items():
                for kept in home.glob("progress.db*"):  # each time as the first time
                    kept.unlink()
                took = first_paint(command, text, environ, folder)
                if turn:  # the first turn fills caches
                    paints[way].append(took)
        medians = {way: statistics.median(times) for way, times in paints.items()}
        for way, (command, text, folder) in ways.items():
            program = opened(command, environ, folder)
            program.expect_exact(text)
            time.sleep(3)
            resting = memory_mb(program.pid)
            program.close(force=True)
            print(f"first paint, {way:24} {medians[way]:8.0f} ms; at rest {resting:.1f} MB")
        if others:
            mine, theirs = medians.values()
            print(f"first paint beside pythonlings: {mine / theirs:.2f} (goal 0.3)")

        exercise = Catalogue().find("namedtuple/deposit")[1]
        path = home / "answers" / "namedtuple" / "deposit.py"
        path.parent.mkdir(parents=True)
        path.write_text(exercise.starter["main.py"], encoding="utf-8")
        program = opened([*ours, "watch", "namedtuple"], environ, home)
        time.sleep(3)
        resting = memory_mb(program.pid)
        right, wrong = exercise.solution["main.py"], exercise.mistakes[0].files["main.py"]
        own = edits(
            program, path, lambda turn: (wrong, "Not yet") if turn % 2 else (right, "Passed")
        )
        print(
            f"edit to verdict, pyrecipes watch    {own:8.0f} ms; "
            f"at rest {resting:.1f} MB, after the edits {memory_mb(program.pid):.1f} MB"
        )
        program.close(force=True)
        if others:
            folder = Path(others[2])
            path = folder / "exercises" / "00_intro" / "intro1.py"
            source = path.read_text(encoding="utf-8")
            program = opened([others[1]], environ, folder)
            time.sleep(8)
            resting = memory_mb(program.pid)
            other = edits(
                program, path, lambda turn: (f"{source}\nprint('mark{turn}')\n", f"mark{turn}")
            )
            path.write_text(source, encoding="utf-8")
            print(
                f"edit to verdict, pylings            {other:8.0f} ms; "
                f"at rest {resting:.1f} MB, after the edits {memory_mb(program.pid):.1f} MB"
            )
            program.close(force=True)
            print(f"edit to verdict beside pylings: {own / other:.2f} (goal 0.4)")


if __name__ == "__main__":
    main()
