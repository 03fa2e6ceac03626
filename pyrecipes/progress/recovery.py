"""A broken file of progress: kept aside as it is, and what can be read of it taken over."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from pyrecipes.progress import opening

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "attempt": "id", "review": "id", "card": "exercise", "passed": "exercise",
    "slip": "exercise, feedback", "day": "day", "place": "lesson", "hint": "exercise",
    "setting": "key", "trash": "id",
}  # fmt: skip
"""Each table with its key, in both directions of which it is read."""
ENDS = ("-wal", "-shm")


def recover(path: Path) -> tuple[sqlite3.Connection, list[str]]:
    """Keep the file aside, start a new one with what can be read; that, and what to tell of it.

    Two programs that find the file broken at once do this one after the other; the second finds
    nothing left to do.
    """
    lock = sqlite3.connect(path.with_name(path.name + ".recovery"), timeout=opening.BUSY_S)
    with closing(lock):
        lock.execute("begin exclusive")
        connection, notices = _recover(path)
    return connection, notices


def _recover(path: Path) -> tuple[sqlite3.Connection, list[str]]:
    if not opening.marker(path).exists() and (connection := _sound(path)) is not None:
        return connection, []
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    for end in ("", *ENDS):
        beside = path.with_name(path.name + end)
        if beside.exists():
            shutil.move(beside, aside.with_name(aside.name + end))
    connection = opening.open_file(path)
    copied = _copy(aside, connection)
    opening.marker(path).unlink(missing_ok=True)
    found = f"{copied} entries of it could be taken over" if copied else "nothing could be read"
    return connection, [f"{path}: the file was broken; it is kept as {aside.name}; {found}"]


def _sound(path: Path) -> sqlite3.Connection | None:
    try:
        return opening.open_file(path)
    except sqlite3.DatabaseError:
        return None


def _copy(aside: Path, new: sqlite3.Connection) -> int:
    """Read a copy, for reading would change the file: SQLite brings it up to its `-wal`."""
    scratch = aside.with_name(aside.name + ".copy")
    for end in ("", "-wal"):
        source = aside.with_name(aside.name + end)
        if source.exists():
            shutil.copyfile(source, scratch.with_name(scratch.name + end))
    copied = 0
    try:
        with closing(sqlite3.connect(scratch)) as old:
            old.text_factory = lambda raw: raw.decode("utf-8", "replace")
            new.execute("begin immediate")
            for table, key in TABLES.items():
                # from both ends, up to a page that can't be read
                copied += _copy_table(old, new, table, key)
                copied += _copy_table(
                    old, new, table, ", ".join(f"{k} desc" for k in key.split(", "))
                )
            new.execute("commit")
    finally:
        for end in ("", *ENDS, "-journal"):
            scratch.with_name(scratch.name + end).unlink(missing_ok=True)
    return copied


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, order: str) -> int:
    copied = 0
    with suppress(sqlite3.Error):
        cursor = old.execute(f"select * from {table} order by {order}")
        columns = ", ".join(column[0] for column in cursor.description)
        marks = ", ".join("?" for _ in cursor.description)
        for row in cursor:
            with suppress(sqlite3.Error):
                copied += new.execute(
                    f"insert or ignore into {table} ({columns}) values ({marks})", row
                ).rowcount
    return copied
