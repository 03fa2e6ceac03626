"""Opening the file of progress, whatever state it is in."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from pyrecipes.errors import StoreError
from pyrecipes.progress.schema import CREATE, MIGRATIONS, VERSION

BUSY_S = 10.0
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "davfs"}
"""File systems on which the shared memory that WAL needs does not work between machines."""


def connect(path: Path) -> tuple[sqlite3.Connection, list[str]]:
    """A connection to the file, made or brought up to date where needed, and what to tell of it.

    A file that is no database, or a broken one, is kept aside as it is, and what can be read of
    it is taken over. Where nothing can be written, the connection is to a copy in memory.
    StoreError for a file from a newer version, or one that is held by another program.
    """
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if marker(path).exists():
                raise sqlite3.DatabaseError("found broken before")
            return open_file(path), []
        except sqlite3.OperationalError as error:
            if not _unwritable(error):
                raise
            return _in_memory(path, str(error))
        except OSError as error:
            return _in_memory(path, error.strerror or str(error))
        except sqlite3.DatabaseError:
            from pyrecipes.progress.recovery import recover

            return recover(path)
    except (OSError, sqlite3.Error) as error:
        raise failure(path, error, "progress can't be kept") from None


def failure(path: Path, error: Exception, what: str) -> StoreError:
    """The one line for an error of SQLite. A file that turns out broken is marked, so that it is
    recovered when it is opened next."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        with suppress(OSError):
            marker(path).touch()
        todo = "the file is broken: start again, and what can be read will be taken over"
    elif code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        todo = "another program holds the file: end it and try again"
    else:
        todo = "make room, or give the right to write there"
    return StoreError(f"{path}: {what} ({error}): {todo}")


def marker(path: Path) -> Path:
    """The file that says that the database beside it was found broken."""
    return path.with_name(path.name + ".is-broken")


def open_file(path: Path) -> sqlite3.Connection:
    """A connection to the file itself, up to date; sqlite3.Error where that can't be."""
    connection = sqlite3.connect(
        path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )
    try:
        mode = "delete" if _on_network(path) else "wal"
        # where WAL can't be had SQLite answers with another mode, or that it can't change it now
        with suppress(sqlite3.OperationalError):
            connection.execute(f"pragma journal_mode = {mode}")
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
        connection.execute("select 1 from card limit 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up(connection: sqlite3.Connection, path: Path | None, version: int) -> None:
    if version and path is not None:
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


def _unwritable(error: sqlite3.OperationalError) -> bool:
    code = error.sqlite_errorcode & 0xFF
    return code in {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }


def _in_memory(path: Path, why: str) -> tuple[sqlite3.Connection, list[str]]:
    """What the file holds, if it can be read, in memory; what is added is gone at the end."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    if path.is_file():
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as old:
            old.backup(connection)
    _bring_up(connection, None, 0)
    return connection, [
        f"{path}: {why}: what you do now is kept only until you quit; "
        "make room, give the right to write there, or set PYRECIPES_HOME to another folder"
    ]


def _on_network(path: Path) -> bool:
    """Whether the file lies on another machine, as far as Linux's list of mounts says."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    kinds = {}
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        kinds[folder.replace("\\040", " ")] = kind
    here = path.resolve()
    nearest = next((str(p) for p in here.parents if str(p) in kinds), "/")
    return kinds.get(nearest) in NETWORK
