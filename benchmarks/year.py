"""A year of daily use, with a clock that is handed in: what is due on each day, drawn.

python benchmarks/year.py [NEW EXERCISES A DAY]
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pyrecipes.model import Verdict
from pyrecipes.progress.stats import stats
from pyrecipes.progress.store import Store

EXERCISES = 200
HOLIDAY = range(200, 214)


def year(path: Path, new_a_day: int = 2, seed: int = 0) -> tuple[list[int], str]:
    """How many were due on each day, and a line of figures. The learner remembers as the
    schedule foretells, learns `new_a_day` until all are passed, and is away for two weeks."""
    dice = random.Random(seed)
    at = datetime(2026, 1, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    store = Store.open(path, lambda: at)
    store.query("pragma synchronous = off")  # nothing here is to be kept
    counts, learned = [], 0
    for day in range(365):
        at = (at + timedelta(days=1)).replace(hour=9, minute=dice.randrange(60))
        due = store.due()
        counts.append(len(due))
        if day in HOLIDAY:
            continue
        for name in due:
            at += timedelta(seconds=40)
            store.review(name, 3 if dice.random() < 0.9 else 1)
        for _ in range(min(new_a_day, EXERCISES - learned)):
            name = f"lesson-{learned // 20}/{learned}"
            store.add(name, Verdict(name, True, ()), hints=dice.choice((0, 0, 1)))
            learned += 1
    figures = stats(store, [])
    store.close()
    return counts, (
        f"{figures.reviews} reviews of {learned} exercises; remembered "
        f"{figures.measured:.1%}, foretold {figures.foretold:.1%}; due on a day: "
        f"{sum(counts) / len(counts):.1f} on average, {max(counts)} at most"
    )


def draw(counts: list[int]) -> str:
    """One row for each week: the mean of its days as a bar, and the most."""
    rows = []
    for week in range(0, len(counts), 7):
        days = counts[week : week + 7]
        mean = sum(days) / len(days)
        rows.append(
            f"week {week // 7 + 1:2}  {mean:5.1f} (most {max(days):3})  {'#' * round(mean)}"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        counted, line = year(Path(folder) / "progress.db", *map(int, sys.argv[1:]))
    print(draw(counted))
    print(line)
