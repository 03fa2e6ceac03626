"""How long one check takes, as a whole process: `python benchmarks/check.py [ROUNDS [OTHER]]`.

OTHER is the path of another tutor's command (pythonlings 0.4.4, in a virtual environment of
its own, with a workspace made by `pythonlings init`); with it both are measured in turns, and the
ratio is printed. Medians in ms, and in brackets their ratio to `python -c pass` of the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pyrecipes.loader.catalogue import Catalogue

OTHER = ("run", "functions1")


def one(command: list[str], environ: dict[str, str]) -> float:
    """The wall time of one run, in ms."""
    began = time.perf_counter()
    subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        environ["PYRECIPES_HOME"] = home
        answers = {}
        for name in ("namedtuple/deposit", "re/phone"):
            exercise = Catalogue().find(name)[1]
            answers[name] = Path(home) / f"{exercise.id}.py"
            answers[name].write_text(exercise.solution["main.py"], encoding="utf-8")
        check = [str(Path(sys.executable).with_name("pyrecipes")), "check"]
        ways = {
            "python -c pass": [sys.executable, "-c", "pass"],
            **{
                f"pyrecipes check {name}": [*check, name, "--file", str(path)]
                for name, path in answers.items()
            },
        }
        if len(sys.argv) > 2:
            ways["pythonlings run"] = [sys.argv[2], *OTHER]
        times: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(rounds + 1):
            for name, command in ways.items():
                took = one(command, environ)
                if turn:  # the first turn fills caches
                    times[name].append(took)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:40} {median:8.1f} ms  ({median / medians['python -c pass']:.2f})")
    if other := medians.get("pythonlings run"):
        ratio = medians["pyrecipes check namedtuple/deposit"] / other
        print(f"check beside pythonlings run: {ratio:.2f} (goal 0.5)")


if __name__ == "__main__":
    main()
