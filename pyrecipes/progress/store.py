"""Progress in SQLite: what was tried and passed, where the learner is, and the cards.

What happened (attempts, reviews) is kept as it was, each with an id of its own. Sums over it
are kept in the same transaction, so that a million reviews cost no more to ask than ten.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pyrecipes.progress import opening
from pyrecipes.progress.schedule import RECALLED, Rating

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyrecipes.model import Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Store:
    """The file of progress. `now` gives the time with its zone. Names are full: `re/phone`."""

    def __init__(
        self, connection: sqlite3.Connection, now: Callable[[], datetime], notices: list[str]
    ) -> None:
        self.connection = connection
        self.now = now
        self.notices = notices

    @classmethod
    def open(cls, path: Path, now: Callable[[], datetime]) -> Store:
        """Open the file, made where it is not there. `notices` is what to tell of it.

        StoreError where it can't be opened, or a newer version wrote it.
        """
        connection, notices = opening.connect(path)
        return cls(connection, now, notices)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def saving(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk at its end, or none."""
        from sqlite3 import Error

        from pyrecipes.errors import StoreError

        try:
            self.connection.execute("begin immediate")
            yield self.connection
            self.connection.execute("commit")
        except Error as error:
            self._roll_back()
            raise StoreError(f"progress was not saved: {error}; make room and try again") from None
        except BaseException:
            self._roll_back()
            raise

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
        row = self.connection.execute("select item from place where lesson = ?", (lesson,))
        item: str | None = _first(row)
        return item

    def put_place(self, lesson: str, item: str) -> None:
        """Keep the place; it is what a resumed sitting starts from."""
        with self.saving() as connection:
            connection.execute("insert or replace into place values (?, ?)", (lesson, item))

    def setting(self, key: str) -> str | None:
        """A setting, such as `retention`."""
        row = self.connection.execute("select value from setting where key = ?", (key,))
        value: str | None = _first(row)
        return value

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        with self.saving() as connection:
            connection.execute("insert or replace into setting values (?, ?)", (key, value))

    def hints(self, exercise: str) -> int:
        """How many hints of an exercise have been seen."""
        row = self.connection.execute("select seen from hint where exercise = ?", (exercise,))
        return _first(row) or 0

    def put_hints(self, exercise: str, count: int) -> None:
        """Keep how many hints have been seen."""
        with self.saving() as connection:
            connection.execute("insert or replace into hint values (?, ?)", (exercise, count))

    # --- answers ------------------------------------------------------------------------------

    def passed(self, lesson: str) -> frozenset[str]:
        """The ids of a lesson's exercises that have been passed once."""
        rows = self.connection.execute(
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
                uuid4().hex, exercise, _moment(at), at.date().isoformat(),
                int(verdict.passed), slip, hints, verdict.wall_ms,
            )  # fmt: skip
            put_attempt(connection, row)
            connection.execute("insert or replace into setting values ('last', ?)", (exercise,))
            if fresh:
                from pyrecipes.progress.schedule import rating

                worth = rating(passed=True, hints=hints, failures=failures)
                self._review(connection, exercise, worth, at)

    def _failures(self, exercise: str) -> int:
        row = self.connection.execute(
            "select count(*) from attempt where exercise = ? and not passed", (exercise,)
        )
        return _first(row) or 0

    # --- cards --------------------------------------------------------------------------------

    def due(self, most: int = 1_000_000) -> list[str]:
        """The exercises that are due now, those with the shortest interval first, lessons mixed."""
        rows = self.connection.execute(
            "select exercise, due - json_extract(state, '$.at') as wait from card"
            " where due <= ? order by wait, exercise limit ?",
            (_moment(self.now()), most),
        ).fetchall()
        return mixed([name for name, _ in rows])

    def due_count(self) -> int:
        """How many exercises are due now."""
        row = self.connection.execute(
            "select count(*) from card where due <= ?", (_moment(self.now()),)
        )
        return _first(row) or 0

    def due_by_lesson(self) -> dict[str, int]:
        """How many exercises are due now, by lesson."""
        rows = self.connection.execute(
            "select substr(exercise, 1, instr(exercise, '/') - 1), count(*) from card"
            " where due <= ? group by 1",
            (_moment(self.now()),),
        )
        return dict(rows.fetchall())

    def next_due(self) -> datetime | None:
        """When the next card that is not due yet will be."""
        row = self.connection.execute(
            "select min(due) from card where due > ?", (_moment(self.now()),)
        )
        moment = _first(row)
        return None if moment is None else from_moment(moment)

    def review(self, exercise: str, rating: Rating) -> datetime:
        """Keep a review, and give when the exercise is due again."""
        with self.saving() as connection:
            return self._review(connection, exercise, rating, self.now())

    def _review(
        self, connection: sqlite3.Connection, exercise: str, rating: Rating, at: datetime
    ) -> datetime:
        state = _first(connection.execute("select state from card where exercise = ?", (exercise,)))
        due, foretold = put_card(connection, exercise, state, rating, at, self.retention)
        row = (uuid4().hex, exercise, _moment(at), at.date().isoformat(), rating, foretold)
        put_review(connection, row)
        return due

    @property
    def retention(self) -> float:
        """The share of reviews that the learner wants to remember; 0.9 where nothing is set."""
        return float(self.setting("retention") or 0.9)


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
    at: datetime,
    retention: float,
) -> tuple[datetime, float | None]:
    """Move a card on by one review; gives when it is due, and what the schedule foretold."""
    from pyrecipes.progress import schedule

    new, due, foretold = schedule.review(state, rating, at, retention)
    document = {**json.loads(new), "at": _moment(at)}
    connection.execute(
        "insert or replace into card values (?, ?, ?)",
        (exercise, _moment(due), json.dumps(document)),
    )
    return due, foretold


def mixed(names: list[str]) -> list[str]:
    """The same names, no two of one lesson in a row where that can be, else in their order."""
    left = list(names)
    result: list[str] = []
    while left:
        last = result[-1].partition("/")[0] if result else None
        index = next((i for i, n in enumerate(left[:50]) if n.partition("/")[0] != last), 0)
        result.append(left.pop(index))
    return result


def _moment(at: datetime) -> int:
    """Microseconds since 1970, UTC."""
    return (at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def from_moment(moment: int) -> datetime:
    """The time of `moment` microseconds since 1970, UTC."""
    return EPOCH + timedelta(microseconds=moment)


def _first(cursor: sqlite3.Cursor) -> Any:
    row = cursor.fetchone()
    return None if row is None else row[0]
