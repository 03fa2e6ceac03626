"""Taking progress along: one JSON document out, merged in on another machine; reset and undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyrecipes.errors import PyrecipesError
from pyrecipes.progress.store import put_attempt, put_card, put_review

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pyrecipes.progress.store import Store

FORMAT = "pyrecipes-progress"
ATTEMPT = (str, str, int, str, int, str, int, (int, float))
LAST = 16_725_225_600_000_000  # the year 2500, in microseconds since 1970
REVIEW = (str, str, int, str, int, (int, float, type(None)))


def export(store: Store) -> dict[str, Any]:
    """All that happened, as one document of JSON types."""
    rows = store.query
    return {
        "format": FORMAT,
        "version": 1,
        "attempts": [list(row) for row in rows("select * from attempt order by at, id")],
        "reviews": [list(row) for row in rows("select * from review order by at, id")],
        "hints": dict(rows("select exercise, seen from hint order by exercise").fetchall()),
        "places": dict(rows("select lesson, item from place order by lesson").fetchall()),
        "settings": dict(rows("select key, value from setting order by key").fetchall()),
    }


def merge(store: Store, document: Any) -> tuple[int, int]:
    """Take over what another machine's document has and this one lacks; how many attempts and
    reviews that were. Doing it twice, or in another order, comes to the same. What is set here
    stays. PyrecipesError for a document that is none."""
    _check(document)
    with store.saving() as connection:
        attempts = sum(put_attempt(connection, tuple(row)) for row in document["attempts"])
        fresh = [row for row in document["reviews"] if put_review(connection, tuple(row))]
        for exercise in sorted({row[1] for row in fresh}):
            _replay(connection, exercise, store.retention)
        for exercise, seen in document["hints"].items():
            connection.execute(
                "insert into hint values (?, ?)"
                " on conflict do update set seen = max(seen, excluded.seen)",
                (exercise, seen),
            )
        for table in ("place", "setting"):
            for key, value in document[f"{table}s"].items():
                connection.execute(f"insert or ignore into {table} values (?, ?)", (key, value))
    return attempts, len(fresh)


def reset(store: Store, scope: str | None) -> int:
    """Forget all about an exercise (`re/phone`), a lesson (`re`), or everything (None); how many
    attempts and reviews that were. It is kept for one `undo`."""
    with store.saving() as connection:
        gone: dict[str, Any] = {"format": FORMAT, "version": 1, "settings": {}}
        for key, table, column in (
            ("attempts", "attempt", "exercise"),
            ("reviews", "review", "exercise"),
            ("hints", "hint", "exercise"),
            ("places", "place", "lesson"),
        ):
            where, values = _where(scope, column)
            rows = connection.execute(f"select * from {table}{where}", values).fetchall()
            gone[key] = dict(rows) if table in ("hint", "place") else rows
            connection.execute(f"delete from {table}{where}", values)
        for table in ("card", "passed", "slip"):
            where, values = _where(scope, "exercise")
            connection.execute(f"delete from {table}{where}", values)
        _sum_days(connection)
        connection.execute("delete from trash")
        connection.execute("insert into trash (at, document) values (0, ?)", (json.dumps(gone),))
    return len(gone["attempts"]) + len(gone["reviews"])


def undo(store: Store) -> int:
    """Bring back what the last reset forgot; PyrecipesError where there was none."""
    row = store.query("select document from trash").fetchone()
    if row is None:
        raise PyrecipesError("there is nothing to undo: no reset since the last undo")
    attempts, reviews = merge(store, json.loads(row[0]))
    with store.saving() as connection:
        connection.execute("delete from trash")
    return attempts + reviews


def _where(scope: str | None, column: str) -> tuple[str, tuple[str, ...]]:
    if scope is None:
        return "", ()
    if "/" in scope:
        return f" where {column} = ?", (scope,)
    if column == "lesson":
        return " where lesson = ?", (scope,)
    return f" where {column} >= ? and {column} < ?", (f"{scope}/", f"{scope}0")


def _replay(connection: sqlite3.Connection, exercise: str, retention: float) -> None:
    """Make a card anew from all its reviews, in the order of their time."""
    state = None
    rows = connection.execute(
        "select at, day, rating from review where exercise = ? order by at, id", (exercise,)
    ).fetchall()
    for at, day, rating in rows:
        put_card(connection, exercise, state, rating, at, day, retention)
        state = connection.execute(
            "select state from card where exercise = ?", (exercise,)
        ).fetchone()[0]


def _sum_days(connection: sqlite3.Connection) -> None:
    connection.execute("delete from day")
    connection.execute(
        "insert into day (day, answers) select day, count(*) from attempt group by day"
    )
    connection.execute(
        "insert into day (day, reviews, recalled, foretold, foretold_count)"
        " select day, count(*), sum(foretold is not null and rating >= 2),"
        " coalesce(sum(foretold), 0), count(foretold) from review where true group by day"
        " on conflict do update set reviews = excluded.reviews, recalled = excluded.recalled,"
        " foretold = excluded.foretold, foretold_count = excluded.foretold_count"
    )


def _check(document: Any) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise PyrecipesError("this is no export of pyrecipes: `progress export` makes one")
    if document.get("version") != 1:
        raise PyrecipesError("this export is from a newer pyrecipes: update this one first")
    for key, shape in (("attempts", ATTEMPT), ("reviews", REVIEW)):
        _check_rows(document, key, shape)
    for key in ("hints", "places", "settings"):
        kind = int if key == "hints" else str
        pairs = document.get(key)
        if not isinstance(pairs, dict) or not all(
            isinstance(v, kind) and _sound(k) and _sound(v) for k, v in pairs.items()
        ):
            raise PyrecipesError(f"this export is damaged: its {key} are not as they should be")


def _check_rows(document: dict[str, Any], key: str, shape: Iterable[Any]) -> None:
    rows = document.get(key)
    shape = tuple(shape)
    good = isinstance(rows, list) and all(
        isinstance(row, (list, tuple))
        and len(row) == len(shape)
        and all(isinstance(cell, kind) for cell, kind in zip(row, shape, strict=True))
        and all(_sound(cell) for cell in row)
        and 0 <= row[2] < LAST
        and _is_day(row[3])
        for row in rows
    )
    if not good:
        raise PyrecipesError(f"this export is damaged: its {key} are not as they should be")
    if key == "reviews" and not all(1 <= row[4] <= 4 for row in rows or ()):
        raise PyrecipesError("this export is damaged: a rating is not 1 to 4")


def _sound(cell: Any) -> bool:
    """A cell that SQLite can keep and a terminal can show."""
    if isinstance(cell, str):
        return len(cell) < 100_000 and all(c.isprintable() or c in "\n\t" for c in cell)
    if cell is None:
        return True
    return bool(0 <= cell < LAST)  # so it is not nan either


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text and "1970" <= text < "9000"
    except ValueError:
        return False
