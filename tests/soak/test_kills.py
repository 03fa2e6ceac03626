"""Programs that save are killed at random moments; nothing that was acknowledged is lost.

A short run is a test. `python -m tests.soak.test_kills 1000` makes a long one and prints its
figure.
"""

from __future__ import annotations

import ast
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

WORKER = """
import json, sys
from datetime import datetime, timezone
from pathlib import Path
from pyrecipes.model import Exercise, Place, Verdict
from pyrecipes.progress.answers import Answers
from pyrecipes.progress.exchange import merge
from pyrecipes.progress.store import Store

kind, home, run = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
store = Store.open(home / "progress.db", lambda: datetime.now(timezone.utc))
assert not store.notices, store.notices
answers = Answers(home / "answers")
same = Exercise("same", "write", "", "", Place("x"))
print("ready", flush=True)
for number in range(10_000):
    name = f"{kind}/{run}-{number}"
    if kind == "attempt":
        store.add(name, Verdict(name, False, (), "Too greedy.", 1.0, 0))
        store.add(name, Verdict(name, True, ()))
    elif kind == "review":
        store.review(f"{kind}/{number % 7}", 3)
    elif kind == "answer":
        text = f"number = {number}\\nwords = {'word ' * (number % 5000)!r}\\n"
        answers.write("answer/same", same, {"main.py": text})
    else:
        rows = [
            [f"{run}-{number}-{i}", f"import/{i}", 10**15 + i, "2026-01-01", 3, None]
            for i in range(50)
        ]
        merge(store, {
            "format": "pyrecipes-progress", "version": 1, "attempts": [], "reviews": rows,
            "hints": {}, "places": {}, "settings": {},
        })
    print(json.dumps([kind, run, number]), flush=True)
"""
KINDS = ("attempt", "review", "answer", "import")


def soak(home: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill so many processes, two at a time; what was acknowledged and found again, and lost."""
    dice = random.Random(seed)
    figures = {"kills": 0, "acknowledged": 0, "lost": 0, "unsound": 0}
    reviews: dict[str, int] = {}
    while figures["kills"] < kills:
        pair = [
            (kind, figures["kills"] + i, _start(kind, home, figures["kills"] + i))
            for i, kind in enumerate(dice.sample(KINDS, 2))
        ]
        for _, _, process in pair:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()
        time.sleep(dice.random() * 0.12)
        done = []
        for kind, run, process in pair:
            process.kill()
            output, _ = process.communicate()
            numbers = [json.loads(line)[2] for line in output.split("\n")[:-1]]
            figures["kills"] += 1
            figures["acknowledged"] += len(numbers)
            done.append((kind, run, numbers))
        lost, unsound = _check(home, done, reviews)
        figures["lost"] += lost
        figures["unsound"] += unsound
    return figures


def _start(kind: str, home: Path, run: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, kind, str(home), str(run)],
        stdout=subprocess.PIPE,
        text=True,
    )


def _check(
    home: Path, done: list[tuple[str, int, list[int]]], reviews: dict[str, int]
) -> tuple[int, int]:
    lost = 0
    with closing(sqlite3.connect(home / "progress.db")) as connection:
        sound = connection.execute("pragma integrity_check").fetchone() == ("ok",)
        for kind, run, numbers in done:
            if kind == "attempt":
                rows = connection.execute(
                    "select exercise from passed where exercise glob ?", (f"attempt/{run}-*",)
                )
                found = {name for (name,) in rows}
                lost += sum(f"attempt/{run}-{number}" not in found for number in numbers)
            elif kind == "import":
                (count,) = connection.execute(
                    "select count(*) from review where id glob ?", (f"{run}-*",)
                ).fetchone()
                lost += max(0, 50 * len(numbers) - count)
                sound &= count % 50 == 0  # an import is whole or not at all
            elif kind == "review":
                (count,) = connection.execute(
                    "select count(*) from review where exercise glob 'review/*'"
                ).fetchone()
                lost += max(0, reviews.get(kind, 0) + len(numbers) - count)
                reviews[kind] = count
        sums = "select (select count(*) from review), (select sum(reviews) from day)"
        total, summed = connection.execute(sums).fetchone()
        sound &= total == (summed or 0)
    answers = [numbers for kind, _, numbers in done if kind == "answer"]
    path = home / "answers" / "answer" / "same.py"
    if answers and answers[0]:
        lost += not path.exists()
    if path.exists():
        names = {t.targets[0].id: t.value for t in ast.parse(path.read_text()).body}  # type: ignore[attr-defined]
        number, words = (ast.literal_eval(names[key]) for key in ("number", "words"))
        sound &= words == "word " * (number % 5000)
        if answers and answers[0]:
            lost += number < answers[0][-1]
    return lost, int(not sound)


def test_nothing_acknowledged_is_lost_in_kills(tmp_path: Path) -> None:
    figures = soak(tmp_path, 16, 1)
    assert figures["acknowledged"] > 0
    assert (figures["lost"], figures["unsound"]) == (0, 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        result = soak(Path(folder), int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0)
        result["seconds"] = round(time.monotonic() - began)
        print(json.dumps(result))  # noqa: T201
