"""Progress in SQLite: what was tried and passed, where the learner is, and the cards.

What happened (attempts, reviews) is kept as it was, each with an id of its own. Sums over it
are kept in the same transaction, so that a million reviews cost no more to ask than ten.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from pyrecipes.progress import opening
from pyrecipes.progress.schedule import RECALLED

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from pyrecipes.model import Verdict
    from pyrecipes.progress.schedule import Rating

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
DUE = "(due <= ? or at > ?)"


class Store:
    """The file of progress. `now` gives the time with its zone. Names are full: `re/phone`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        now: Callable[[], datetime],
        notices: list[str],
    ) -> None:
        self.connection = connection
        self.path = path
        self.now = now
        self.notices = notices

    @classmethod
    def open(cls, path: Path, now: Callable[[], datetime]) -> Store:
        """Open the file, made where it is not there. `notices` is what to tell of it.

        Where nothing can be written, progress is kept in memory, and a notice says so. StoreError
        where a newer version wrote the file, or another program holds it.
        """
        connection, notices = opening.connect(path)
        return cls(connection, path, now, notices)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def saving(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk at its end, or none."""
        from sqlite3 import Error

        try:
            self.connection.execute("begin immediate")
            yield self.connection
            self.connection.execute("commit")
        except Error as error:
            self._roll_back()
            raise opening.failure(self.path, error, "progress was not saved") from None
        except BaseException:
            self._roll_back()
            raise

    def query(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Ask the tables; StoreError where the file can't be read."""
        from sqlite3 import Error

        try:
            return self.connection.execute(sql, values)
        except Error as error:
            raise opening.failure(self.path, error, "progress can't be read") from None

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("rollback")

    # --- where the learner is ---------------------------------------------------------------

    def last(self) -> str | None:
        """The exercise that the learner was last on."""
        return self.setting("last")

    def set_last(self, exercise: str) -> None:
        """Keep the exercise that the learner is on."""
        self.set_setting("last", exercise)

    def place(self, lesson: str) -> str | None:
        """The id of the recipe or exercise where the learner left a lesson."""
        row = self.query("select item from place where lesson = ?", (lesson,))
        item: str | None = _first(row)
        return item

    def put_place(self, lesson: str, item: str) -> None:
        """Keep the place; it is what a resumed sitting starts from."""
        with self.saving() as connection:
            connection.execute("insert or replace into place values (?, ?)", (lesson, item))

    def setting(self, key: str) -> str | None:
        """A setting, such as `retention`."""
        row = self.query("select value from setting where key = ?", (key,))
        value: str | None = _first(row)
        return value

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        with self.saving() as connection:
            connection.execute("insert or replace into setting values (?, ?)", (key, value))

    def hints(self, exercise: str) -> int:
        """How many hints of an exercise have been seen."""
        row = self.query("select seen from hint where exercise = ?", (exercise,))
        return _first(row) or 0

    def put_hints(self, exercise: str, count: int) -> None:
        """Keep how many hints have been seen."""
        with self.saving() as connection:
            connection.execute("insert or replace into hint values (?, ?)", (exercise, count))

    # --- answers ------------------------------------------------------------------------------

    def passed(self, lesson: str) -> frozenset[str]:
        """The ids of a lesson's exercises that have been passed once."""
        rows = self.query(
            "select exercise from passed where exercise >= ? and exercise < ?",
            (f"{lesson}/", f"{lesson}0"),
        )
        return frozenset(name.partition("/")[2] for (name,) in rows)

    def add(self, exercise: str, verdict: Verdict, hints: int = 0) -> None:
        """Keep what checking an answer gave, and how many hints had been seen. The first pass
        makes the exercise a card. It is on the disk when this returns."""
        at = self.now()
        slip = "" if verdict.passed or verdict.mistake is None else verdict.feedback.strip()
        with self.saving() as connection:
            fresh = (
                verdict.passed
                and not connection.execute(
                    "select 1 from card where exercise = ?", (exercise,)
                ).fetchone()
            )
            failures = self._failures(exercise) if fresh else 0
            row = (
                _new_id(), exercise, _moment(at), at.date().isoformat(),
                int(verdict.passed), slip, hints, verdict.wall_ms,
            )  # fmt: skip
            put_attempt(connection, row)
            connection.execute("insert or replace into setting values ('last', ?)", (exercise,))
            if fresh:
                from pyrecipes.progress.schedule import rating

                worth = rating(passed=True, hints=hints, failures=failures)
                self._review(connection, exercise, worth, at)

    def _failures(self, exercise: str) -> int:
        row = self.query(
            "select count(*) from attempt where exercise = ? and not passed", (exercise,)
        )
        return _first(row) or 0

    # --- cards --------------------------------------------------------------------------------

    def due(self, most: int = 1_000_000) -> list[str]:
        """The exercises that are due, those with the shortest interval first, lessons mixed.

        What is due on a day is due from its midnight, on the learner's own wall. A card whose last
        review lies in the future was made by a clock that was wrong: it is due too.
        """
        rows = self.query(
            f"select exercise from card where {DUE} order by due - at, exercise limit ?",
            (*self._now(), most),
        )
        return mixed([name for (name,) in rows])

    def due_count(self) -> int:
        """How many exercises are due now."""
        return _first(self.query(f"select count(*) from card where {DUE}", self._now())) or 0

    def due_by_lesson(self) -> dict[str, int]:
        """How many exercises are due now, by lesson."""
        rows = self.query(
            "select substr(exercise, 1, instr(exercise, '/') - 1), count(*) from card"
            f" where {DUE} group by 1",
            self._now(),
        )
        return dict(rows.fetchall())

    def next_due(self) -> datetime | None:
        """When the next card that is not due yet will be: the midnight that begins that day."""
        row = self.query("select min(due) from card where due > ? and at <= ?", self._now())
        moment = _first(row)
        return None if moment is None else from_moment(moment).replace(tzinfo=self.now().tzinfo)

    def _now(self) -> tuple[int, int]:
        """The values of DUE: what the wall's clock shows, and tomorrow."""
        now = self.now()
        return _moment(now.replace(tzinfo=UTC)), _moment(now) + DAY

    def reviewed(self, exercise: str) -> int:
        """How many reviews of an exercise there have been."""
        rows = self.query("select count(*) from review where exercise = ?", (exercise,))
        count: int = _first(rows)
        return count

    def review(self, exercise: str, rating: Rating) -> datetime:
        """Keep a review, and give when the exercise is due again."""
        with self.saving() as connection:
            return self._review(connection, exercise, rating, self.now())

    def _review(
        self, connection: sqlite3.Connection, exercise: str, rating: Rating, at: datetime
    ) -> datetime:
        state = _first(connection.execute("select state from card where exercise = ?", (exercise,)))
        moment, day = _moment(at), at.date().isoformat()
        due, foretold = put_card(connection, exercise, state, rating, moment, day, self.retention)
        put_review(connection, (_new_id(), exercise, moment, day, rating, foretold))
        return due.replace(tzinfo=at.tzinfo)

    @property
    def retention(self) -> float:
        """The share of reviews that the learner wants to remember: the setting, kept within 0.7 to
        0.99; 0.9 where nothing that is a number is set."""
        try:
            return min(max(float(self.setting("retention") or 0.9), 0.7), 0.99)
        except ValueError:
            return 0.9


def put_attempt(connection: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    """Keep one attempt and add it to the sums; False where it is there already."""
    if not connection.execute(
        "insert or ignore into attempt values (?, ?, ?, ?, ?, ?, ?, ?)", row
    ).rowcount:
        return False
    _, exercise, at, day, passed, slip, *_ = row
    connection.execute(
        "insert into day (day, answers) values (?, 1)"
        " on conflict do update set answers = answers + 1",
        (day,),
    )
    if passed:
        connection.execute(
            "insert into passed values (?, ?) on conflict do update set at = min(at, excluded.at)",
            (exercise, at),
        )
    if slip:
        connection.execute(
            "insert into slip values (?, ?, 1) on conflict do update set count = count + 1",
            (exercise, slip),
        )
    return True


def put_review(connection: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    """Keep one review and add it to the sums; False where it is there already. A first review,
    which the schedule could foretell nothing of, counts as no test of the memory."""
    if not connection.execute(
        "insert or ignore into review values (?, ?, ?, ?, ?, ?)", row
    ).rowcount:
        return False
    _, _, _, day, rating, foretold = row
    tested = foretold is not None
    connection.execute(
        "insert into day (day, reviews, recalled, foretold, foretold_count) values (?, 1, ?, ?, ?)"
        " on conflict do update set reviews = reviews + 1, recalled = recalled + excluded.recalled,"
        " foretold = foretold + excluded.foretold,"
        " foretold_count = foretold_count + excluded.foretold_count",
        (day, int(tested and rating >= RECALLED), foretold or 0.0, int(tested)),
    )
    return True


def put_card(
    connection: sqlite3.Connection,
    exercise: str,
    state: str | None,
    rating: Rating,
    at: int,
    day: str,
    retention: float,
) -> tuple[datetime, float | None]:
    """Move a card on by one review, done at a moment that was `day` on the learner's wall; gives
    when it is due, and what the schedule foretold. The schedule counts in days, as people do: a
    review at nine is due at nine the next day, though yesterday's was at five past."""
    from pyrecipes.progress import schedule

    wall = datetime.fromisoformat(day).replace(tzinfo=UTC)
    new, due, foretold = schedule.review(state, rating, wall, retention, f"{exercise} {day}")
    connection.execute(
        "insert or replace into card (exercise, due, state, at) values (?, ?, ?, ?)",
        (exercise, _moment(due), new, at),
    )
    return due, foretold


def mixed(names: list[str]) -> list[str]:
    """The same names, no two of one lesson in a row where that can be, else in their order."""
    lessons: dict[str, deque[int]] = {}
    for index, name in enumerate(names):
        lessons.setdefault(name.partition("/")[0], deque()).append(index)
    heads = [(indices[0], lesson) for lesson, indices in lessons.items()]  # a heap: in order
    result: list[str] = []
    last = None
    while heads:
        index, lesson = heappop(heads)
        if lesson == last and heads:
            held = (index, lesson)
            index, lesson = heappop(heads)
            heappush(heads, held)
        result.append(names[index])
        last = lesson
        lessons[lesson].popleft()
        if lessons[lesson]:
            heappush(heads, (lessons[lesson][0], lesson))
    return result


def _new_id() -> str:
    """An id that no other machine gives."""
    return os.urandom(16).hex()  # as uuid4, which takes 8 ms to import


def _moment(at: datetime) -> int:
    """Microseconds since 1970, UTC."""
    return (at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def from_moment(moment: int) -> datetime:
    """The time of `moment` microseconds since 1970, UTC."""
    return EPOCH + timedelta(microseconds=moment)


def _first(cursor: sqlite3.Cursor) -> Any:
    row = cursor.fetchone()
    return None if row is None else row[0]
