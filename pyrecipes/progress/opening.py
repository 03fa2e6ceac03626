"""Opening the file of progress, whatever state it is in."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from pyrecipes.errors import StoreError
from pyrecipes.progress.schema import CREATE, MIGRATIONS, TABLES, VERSION

if TYPE_CHECKING:
    from pathlib import Path

BUSY_S = 10.0


def connect(path: Path) -> tuple[sqlite3.Connection, list[str]]:
    """A connection to the file, made or brought up to date where needed, and what to tell of it.

    A file that is no database, or a broken one, is kept aside as it is, and what can be read of
    it is taken over. StoreError for a file that can't be opened, or is from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(path), []
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            return _recover(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{path}: {error}; progress can't be kept: make room, or give the right to write there"
        ) from None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )
    try:
        # where WAL can't be had, on some network folders, SQLite answers with another mode
        with suppress(sqlite3.OperationalError):
            connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma cache_size = -16000")
        version = connection.execute("pragma user_version").fetchone()[0]
        if version > VERSION:
            raise StoreError(
                f"{path}: written by a newer pyrecipes (its version is {version}, this one knows "
                f"{VERSION}): update pyrecipes, or move the file away"
            )
        if version < VERSION:
            _bring_up(connection, path, version)
        connection.execute("select count(*) from card").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    if version:
        with closing(sqlite3.connect(path.with_name(f"{path.name}.v{version}.backup"))) as backup:
            connection.backup(backup)
    connection.execute("begin immediate")
    try:
        version = connection.execute("pragma user_version").fetchone()[0]
        while version < VERSION:
            script = MIGRATIONS[version] if version else CREATE
            for statement in script.split(";"):
                connection.execute(statement)
            version = version + 1 if version else VERSION
        connection.execute(f"pragma user_version = {VERSION}")
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _recover(path: Path) -> tuple[sqlite3.Connection, list[str]]:
    """Keep a broken file aside, start a new one, and copy what can still be read."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    shutil.move(path, aside)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            shutil.move(beside, aside.with_name(aside.name + end))
    connection = _connect(path)
    copied = _copy(aside, connection)
    found = f"{copied} entries of it could be taken over" if copied else "nothing could be read"
    return connection, [f"{path}: the file was broken; it is kept as {aside.name}; {found}"]


def _copy(aside: Path, connection: sqlite3.Connection) -> int:
    copied = 0
    scratch = aside.with_name(aside.name + ".copy")
    shutil.copyfile(aside, scratch)
    try:
        with closing(sqlite3.connect(scratch)) as old:
            for table in TABLES:
                copied += _copy_table(old, connection, table)
    except sqlite3.Error:
        return copied
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            scratch.with_name(scratch.name + end).unlink(missing_ok=True)
    return copied


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> int:
    copied = 0
    try:
        cursor = old.execute(f"select * from {table}")
        while (row := cursor.fetchone()) is not None:
            marks = ", ".join("?" for _ in row)
            with suppress(sqlite3.Error):
                copied += new.execute(
                    f"insert or ignore into {table} values ({marks})", row
                ).rowcount
    except sqlite3.Error:
        return copied
    return copied
