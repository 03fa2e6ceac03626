"""How long `lessons verify` takes for each run of code: `python benchmarks/verify.py [OTHER]`.

All lessons of the repo, two workers, nothing remembered from before. OTHER is the path of another
tutor's command (pythonlings 0.4.4 with a workspace of its own): its `verify`, per exercise.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        environ["PYRECIPES_HOME"] = home
        command = [sys.executable, "-m", "pyrecipes", "lessons", "verify", "--all", "-j", "2"]
        subprocess.run(
            [*command, "lessons/glob.yaml"], env=environ, capture_output=True, check=False
        )
        bare = min(_seconds([sys.executable, "-c", "pass"]) for _ in range(20))
        print(f"python -c pass {bare * 1000:.1f} ms")
        began = time.perf_counter()
        run = subprocess.run(
            [*command, "lessons"], env=environ, capture_output=True, text=True, check=False
        )
        took = time.perf_counter() - began
        said = run.stdout.strip().splitlines()[-1]
        runs = int(re.search(r"(\d[\d,]*) runs", said)[1].replace(",", ""))  # type: ignore[index]
        print(said)
        print(f"{took:.1f} s as a process: {took * 1000 / runs:.1f} ms a run of code (goal 15)")
    if len(sys.argv) > 1:
        began = time.perf_counter()
        other = subprocess.run(
            [sys.argv[1], "verify"], capture_output=True, text=True, check=False, env=environ
        )
        took = time.perf_counter() - began
        counted = re.findall(r"(\d+)/(\d+)", other.stdout + other.stderr)
        exercises = int(counted[-1][1]) if counted else 292
        line = {"seconds": round(took, 1), "exercises": exercises}
        print(f"pythonlings verify: {json.dumps(line)}, {took * 1000 / exercises:.1f} ms each")


if __name__ == "__main__":
    main()
