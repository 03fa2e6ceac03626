"""Years of progress: 1,000,000 reviews of 20,000 cards. Prints what each question costs.

python benchmarks/progress.py [REVIEWS] [CARDS]
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pyrecipes.progress.exchange import export
from pyrecipes.progress.stats import stats
from pyrecipes.progress.store import DAY, Store, put_attempt, put_review

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime.now(UTC)
YEARS = 10


def fill(path: Path, reviews: int, cards: int) -> None:
    """A file as it would be after years: made through the store's own functions."""
    dice = random.Random(0)
    store = Store.open(path, lambda: NOW)
    start = int((NOW - timedelta(days=365 * YEARS)).timestamp() * 1_000_000)
    names = [f"lesson-{n % 200}/exercise-{n}" for n in range(cards)]
    with store.saving() as connection:
        for number in range(reviews):
            name = names[number % cards]
            at = start + 365 * YEARS * DAY * number // reviews
            day = datetime.fromtimestamp(at / 1e6, UTC).date().isoformat()
            recalled = 3 if dice.random() < 0.9 else 1
            put_review(connection, (f"r{number}", name, at, day, recalled, 0.9))
            if number % 3 == 0:
                slip = f"mistake {number % 3}" if recalled == 1 else ""
                put_attempt(connection, (f"a{number}", name, at, day, recalled > 1, slip, 0, 1.0))
        today = int(NOW.timestamp() * 1_000_000)
        state = (
            '{"card_id": 1, "state": 2, "step": null, "stability": 50.0, "difficulty": 5.0,'
            ' "due": "2026-01-01T00:00:00+00:00", "last_review": "2026-01-01T00:00:00+00:00"}'
        )
        for name in names:
            due = today + dice.randint(-3, 97) * DAY
            connection.execute(
                "insert into card values (?, ?, ?, ?)",
                (name, due, state, today - dice.randint(4, 100) * DAY),
            )
    store.close()


def timed(ask: Callable[[], object], times: int = 9) -> float:
    """The median, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken), 2)


def process(home: Path, *words: str) -> float:
    """What a whole process takes, in milliseconds."""
    command = [str(Path(sys.executable).with_name("pyrecipes")), *words]
    environ = {**os.environ, "PYRECIPES_HOME": str(home)}
    return timed(
        lambda: subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=True), 21
    )


def measure(reviews: int, cards: int) -> dict[str, float]:
    """Each figure, in milliseconds (and the file in megabytes)."""
    with tempfile.TemporaryDirectory() as folder:
        home, empty = Path(folder) / "years", Path(folder) / "new"
        path = home / "progress.db"
        fill(path, reviews, cards)
        Store.open(empty / "progress.db", lambda: NOW).close()
        store = Store.open(path, lambda: NOW)
        due, count = store.due(), store.due_count()
        figures: dict[str, float] = {
            "file_mb": round(path.stat().st_size / 1e6, 1),
            "cards_due": count,
            "due_ms": timed(store.due),
            "due_count_ms": timed(store.due_count),
            "next_due_ms": timed(store.next_due),
            "stats_ms": timed(lambda: stats(store, [])),
            "passed_ms": timed(lambda: store.passed("lesson-7")),
            "review_ms": timed(lambda: store.review(due[0], 3)),
            "export_ms": timed(lambda: export(store), 1),
            "open_ms": timed(lambda: Store.open(path, lambda: NOW).close()),
            "open_new_ms": timed(lambda: Store.open(empty / "progress.db", lambda: NOW).close()),
            "due_quiet_process_ms": process(home, "due", "--quiet"),
            "due_quiet_process_new_ms": process(empty, "due", "--quiet"),
        }
        store.close()
    return figures


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [1_000_000, 20_000]
    print(json.dumps(measure(*sizes), indent=2))
