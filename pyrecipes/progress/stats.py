"""What is known of a learner, from sums that are kept as things happen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pyrecipes.model import Slip, Standing, Stats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyrecipes.progress.store import Store

MOST_SLIPS = 5


def stats(store: Store, lessons: Sequence[Standing]) -> Stats:
    """The figures of now. `lessons` says how far the learner is with each."""
    days = dict(store.query("select day, answers + reviews from day").fetchall())
    today = store.now().date()
    answers, reviews, recalled, foretold, tested = store.query(
        "select coalesce(sum(answers), 0), coalesce(sum(reviews), 0), coalesce(sum(recalled), 0),"
        " coalesce(sum(foretold), 0), coalesce(sum(foretold_count), 0) from day"
    ).fetchone()
    slips = store.query(
        "select exercise, feedback, count from slip order by count desc, exercise limit ?",
        (MOST_SLIPS,),
    )
    next_due = store.next_due()
    streak, longest = streaks(days, today)
    return Stats(
        lessons=tuple(lessons),
        today=today.isoformat(),
        days=days,
        streak=streak,
        longest=longest,
        answers=answers,
        passed=sum(row.done for row in lessons),
        reviews=reviews,
        measured=recalled / tested if tested else None,
        foretold=foretold / tested if tested else None,
        due=store.due_count(),
        next_due=None if next_due is None else next_due.isoformat(),
        slips=tuple(Slip(*row) for row in slips),
    )


def streaks(days: Mapping[str, int], today: date) -> tuple[int, int]:
    """The days in a row up to today (or yesterday: today isn't over), and the longest such row."""
    active = sorted(date.fromisoformat(day) for day, count in days.items() if count)
    longest = run = 0
    before = None
    for day in active:
        run = run + 1 if before is not None and day - before == timedelta(days=1) else 1
        longest = max(longest, run)
        before = day
    current = run if before is not None and today - before <= timedelta(days=1) else 0
    return current, longest
