"""Progress in a real SQLite file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta, timezone

import pytest

from pyrecipes.errors import StoreError
from pyrecipes.model import Verdict
from pyrecipes.progress import opening, schema
from pyrecipes.progress.store import Store, mixed

GOOD = Verdict("re/phone", True, ())
BAD = Verdict("re/phone", False, (), "That pattern takes too much.\n", 1.0, 0)


def test_a_pass_is_kept_and_makes_a_card(store, clock) -> None:
    store.add("re/phone", BAD)
    assert store.passed("re") == frozenset()
    store.add("re/phone", GOOD)
    assert store.passed("re") == {"phone"}
    assert store.passed("r") == frozenset()
    assert store.due() == []
    clock.forward(days=60)
    assert store.due() == ["re/phone"]
    assert store.due_count() == 1
    assert store.due_by_lesson() == {"re": 1}


def test_a_lesson_whose_name_begins_alike_is_another(store) -> None:
    store.add("re-more/phone", GOOD)
    store.add("re/mail", GOOD)
    assert store.passed("re") == {"mail"}
    assert store.passed("re-more") == {"phone"}


def test_what_was_kept_is_there_after_reopening(tmp_path, clock) -> None:
    with closing(Store.open(tmp_path / "deep" / "progress.db", clock)) as store:
        store.add("re/phone", GOOD)
        store.put_place("re", "groups")
        store.put_hints("re/phone", 2)
        store.set_setting("retention", "0.8")
    with closing(Store.open(tmp_path / "deep" / "progress.db", clock)) as store:
        assert store.passed("re") == {"phone"}
        assert store.place("re") == "groups"
        assert store.hints("re/phone") == 2
        assert store.retention == 0.8
        assert store.last() == "re/phone"
        assert store.notices == []


def test_answers_are_on_the_disk_when_acknowledged(store) -> None:
    mode = store.connection.execute("pragma journal_mode").fetchone()[0]
    synchronous = store.connection.execute("pragma synchronous").fetchone()[0]
    assert (mode, synchronous) == ("wal", 2)


def test_more_mistakes_make_the_first_interval_shorter(store, clock) -> None:
    store.add("re/easy", GOOD)
    for _ in range(2):
        store.add("re/hard", BAD)
    store.add("re/hard", GOOD)
    clock.forward(days=400)
    assert store.due() == ["re/hard", "re/easy"]


def test_a_review_moves_the_card_on(store, clock) -> None:
    store.add("re/phone", GOOD)
    first = store.next_due()
    clock.at = first
    second = store.review("re/phone", 3)
    assert second - first > first - clock().replace(year=2026, month=1, day=1)
    assert store.due() == []
    clock.forward(days=1)
    store.review("re/phone", 1)
    assert store.next_due() < second


def test_a_clock_that_jumps_back_does_no_harm(store, clock) -> None:
    store.add("re/phone", GOOD)
    clock.forward(days=-300)
    due = store.review("re/phone", 3)
    assert due > clock()


def test_days_are_those_of_the_learner(store, clock) -> None:
    clock.at = clock.at.replace(hour=23, minute=30).astimezone(timezone(timedelta(hours=2)))
    store.add("re/phone", GOOD)
    assert store.connection.execute("select day from attempt").fetchone() == ("2026-01-02",)


def test_lessons_are_mixed() -> None:
    assert mixed(["a/1", "a/2", "b/1", "a/3", "b/2"]) == ["a/1", "b/1", "a/2", "b/2", "a/3"]
    assert mixed([]) == []
    assert mixed(["a/1", "a/2"]) == ["a/1", "a/2"]


def test_two_sittings_at_once_lose_nothing(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"

    def sit(lesson: str) -> None:
        with closing(Store.open(path, clock)) as store:
            for number in range(20):
                store.add(f"{lesson}/{number}", GOOD)

    threads = [threading.Thread(target=sit, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(Store.open(path, clock)) as store:
        assert [len(store.passed(name)) for name in "abc"] == [20, 20, 20]


def test_a_broken_file_is_kept_aside_and_what_can_be_read_is_taken_over(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    with closing(Store.open(path, clock)) as store:
        for number in range(300):
            store.add(f"re/{number}", GOOD)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = b"\xff" * 4096
    data[24:100] = b"\xff" * 76
    path.write_bytes(data)
    broken = path.read_bytes()
    with closing(Store.open(path, clock)) as store:
        assert len(store.notices) == 1
        assert "broken-1.db" in store.notices[0]
        assert "\n" not in store.notices[0]
        store.add("re/new", GOOD)
    assert (tmp_path / "progress.broken-1.db").read_bytes() == broken


def test_a_file_that_is_no_database(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    path.write_text("null")
    with closing(Store.open(path, clock)) as store:
        assert "nothing could be read" in store.notices[0]
    assert (tmp_path / "progress.broken-1.db").read_text() == "null"


def test_a_newer_file_is_left_alone(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(StoreError, match="newer pyrecipes"):
        Store.open(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (99,)


def test_a_migration_keeps_a_backup_and_the_data(tmp_path, clock, monkeypatch) -> None:
    path = tmp_path / "progress.db"
    with closing(Store.open(path, clock)) as store:
        store.add("re/phone", GOOD)
    monkeypatch.setattr(opening, "VERSION", 2)
    monkeypatch.setitem(schema.MIGRATIONS, 1, "alter table hint add column more text")
    with closing(Store.open(path, clock)) as store:
        assert store.passed("re") == {"phone"}
        columns = store.connection.execute("pragma table_info(hint)").fetchall()
        assert [column[1] for column in columns] == ["exercise", "seen", "more"]
    with closing(sqlite3.connect(tmp_path / "progress.db.v1.backup")) as backup:
        assert backup.execute("select exercise from passed").fetchall() == [("re/phone",)]


def test_a_migration_that_fails_changes_nothing(tmp_path, clock, monkeypatch) -> None:
    path = tmp_path / "progress.db"
    Store.open(path, clock).close()
    monkeypatch.setattr(opening, "VERSION", 2)
    monkeypatch.setitem(schema.MIGRATIONS, 1, "alter table hint add column more text; nonsense")
    with pytest.raises(StoreError):
        Store.open(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)


def test_a_folder_in_its_place_is_one_clear_line(tmp_path, clock) -> None:
    (tmp_path / "progress.db").mkdir()
    with pytest.raises(StoreError, match=r"progress\.db: .*progress can't be kept"):
        Store.open(tmp_path / "progress.db", clock)


KILLED = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from pyrecipes.model import Verdict
from pyrecipes.progress.store import Store
store = Store.open(Path(sys.argv[1]), lambda: datetime.now(timezone.utc))
number = int(sys.argv[2])
while True:
    store.add(f"re/{number}", Verdict("", True, ()))
    print(number, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    acknowledged: list[int] = []
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path), str(len(acknowledged))],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        for _ in range(7):
            acknowledged.append(int(process.stdout.readline()))
        process.kill()
        rest, _ = process.communicate()
        acknowledged += [int(line) for line in rest.split("\n")[:-1]]
        with closing(Store.open(path, clock)) as store:
            assert store.notices == []
            assert store.passed("re") >= {str(number) for number in acknowledged}
            check = store.connection.execute("pragma integrity_check").fetchone()
            assert check == ("ok",)
