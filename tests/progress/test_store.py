"""Progress in a real SQLite file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pyrecipes.errors import StoreError
from pyrecipes.model import Verdict
from pyrecipes.progress import opening, schema
from pyrecipes.progress.store import Store, mixed

GOOD = Verdict("re/phone", True, ())
BAD = Verdict("re/phone", False, (), "That pattern takes too much.\n", 1.0, 0)


def add_many(store: Store, verdict: Verdict) -> None:
    for number in range(300):
        store.add(f"re/{number}", verdict)


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


def test_a_review_made_by_a_clock_that_was_ahead_does_not_hide_the_card(store, clock) -> None:
    now = clock.at
    clock.forward(days=3650)
    store.add("re/phone", GOOD)
    clock.at = now
    assert store.due() == ["re/phone"]
    assert store.review("re/phone", 3) < now + timedelta(days=30)
    assert store.due() == []


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "UTC"])
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_what_is_due_on_a_day_is_due_from_its_midnight(store, clock, zone, month) -> None:
    """Through changes to and from summer time, at a quarter to midnight and after it."""
    local = ZoneInfo(zone)
    for day in range(24, 32) if month in (3, 10) else range(1, 9):
        name = f"re/{day}"
        clock.at = datetime(2026, month, day, 23, 45, tzinfo=local)
        due = store.review(name, 1)
        assert due.date() == clock.at.date() + timedelta(days=1)
        assert (due.hour, due.minute) == (0, 0)
        assert name not in store.due()
        clock.at = due
        assert name in store.due()


def test_a_daily_habit_is_not_pushed_to_the_next_day_by_minutes(store, clock) -> None:
    store.review("re/phone", 1)
    clock.forward(hours=23, minutes=55)
    assert store.due() == ["re/phone"]


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


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_file_of_each_older_version_is_brought_up(tmp_path, clock, version) -> None:
    path = tmp_path / "progress.db"
    dump = (Path(__file__).parent / "files" / f"version-{version}.sql").read_text()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
    clock.forward(days=30)
    with (
        closing(Store.open(path, clock)) as store,
        closing(Store.open(tmp_path / "x", clock)) as new,
    ):
        assert store.notices == []
        assert store.passed("re") == {"phone"}
        assert store.hints("re/phone") == 1
        assert store.place("re") == "groups"
        assert store.due() == ["glob/star", "re/phone"]
        store.review("re/phone", 3)
        assert store.due() == ["glob/star"]
        tables = "select name, sql from sqlite_master where type = 'table' order by name"
        columns = [
            [c[1] for c in one.query(f"pragma table_info({name})")]
            for one in (store, new)
            for name, _ in one.query(tables)
        ]
        assert columns[: len(columns) // 2] == columns[len(columns) // 2 :]
    with closing(sqlite3.connect(tmp_path / f"progress.db.v{version}.backup")) as backup:
        assert backup.execute("select count(*) from attempt").fetchone() == (3,)
        assert backup.execute("pragma user_version").fetchone() == (version,)


def test_a_migration_that_fails_changes_nothing(tmp_path, clock, monkeypatch) -> None:
    path = tmp_path / "progress.db"
    Store.open(path, clock).close()
    now = schema.VERSION
    monkeypatch.setattr(opening, "VERSION", now + 1)
    bad = "alter table hint add column more text; nonsense"
    monkeypatch.setitem(schema.MIGRATIONS, now, bad)
    with pytest.raises(StoreError):
        Store.open(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (now,)
        columns = connection.execute("pragma table_info(hint)").fetchall()
        assert [column[1] for column in columns] == ["exercise", "seen"]


def test_where_nothing_can_be_written_progress_is_kept_in_memory(tmp_path, clock) -> None:
    (tmp_path / "file").write_text("")
    with closing(Store.open(tmp_path / "file" / "home" / "progress.db", clock)) as store:
        (notice,) = store.notices
        assert "kept only until you quit" in notice
        store.add("re/phone", GOOD)
        assert store.passed("re") == {"phone"}


def test_a_file_that_can_only_be_read_is_read(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    with closing(Store.open(path, clock)) as store:
        store.add("re/phone", GOOD)
    connection, notices = opening._in_memory(path, "read-only file system")
    with closing(Store(connection, path, clock, notices)) as store:
        assert store.passed("re") == {"phone"}
        store.add("re/mail", GOOD)
    with closing(Store.open(path, clock)) as store:
        assert store.passed("re") == {"phone"}


def test_a_full_disk_is_one_clear_line_and_loses_nothing(store) -> None:
    store.add("re/phone", GOOD)
    pages = store.query("pragma page_count").fetchone()[0]
    store.query(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"progress\.db: .*full.*: make room"):
        add_many(store, GOOD)
    store.query("pragma max_page_count = 100000")
    assert store.query("pragma integrity_check").fetchone() == ("ok",)
    assert "phone" in store.passed("re")
    store.add("re/more", GOOD)


def test_a_page_that_breaks_later_is_recovered_at_the_next_start(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    with closing(Store.open(path, clock)) as store:
        for number in range(300):
            store.add(f"re/{number}", GOOD)
        size = store.query("pragma page_size").fetchone()[0]
        root = store.query("select rootpage from sqlite_master where name = 'attempt'").fetchone()
    with path.open("r+b") as file:
        file.seek((root[0] - 1) * size)
        file.write(b"\xff" * size)
    with closing(Store.open(path, clock)) as store, pytest.raises(StoreError, match="is broken"):
        add_many(store, BAD)
    with closing(Store.open(path, clock)) as store:
        assert len(store.notices) == 1
        assert len(store.passed("re")) == 300
        assert store.query("pragma integrity_check").fetchone() == ("ok",)
    with closing(Store.open(path, clock)) as store:
        assert store.notices == []


def test_what_only_the_log_holds_is_taken_over(tmp_path, clock) -> None:
    live, path = tmp_path / "live.db", tmp_path / "progress.db"
    with closing(Store.open(live, clock)) as store:
        store.query("pragma wal_checkpoint(truncate)")
        store.add("re/phone", GOOD)
        path.write_bytes(live.read_bytes())
        (tmp_path / "progress.db-wal").write_bytes((tmp_path / "live.db-wal").read_bytes())
    opening.marker(path).touch()
    with closing(Store.open(path, clock)) as store:
        assert store.passed("re") == {"phone"}


def test_programs_that_find_it_broken_at_once_recover_it_once(tmp_path, clock) -> None:
    path = tmp_path / "progress.db"
    path.write_text("null")

    def sit(number: int) -> None:
        with closing(Store.open(path, clock)) as store:
            store.add(f"re/{number}", GOOD)

    threads = [threading.Thread(target=sit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(Store.open(path, clock)) as store:
        assert len(store.passed("re")) == 4
    assert len(list(tmp_path.glob("progress.broken-*.db"))) == 1


def test_on_a_network_folder_there_is_no_shared_memory(tmp_path, clock, monkeypatch) -> None:
    path = tmp_path / "progress.db"
    Store.open(path, clock).close()
    monkeypatch.setattr(opening, "_on_network", lambda _: True)
    with closing(Store.open(path, clock)) as store:
        assert store.query("pragma journal_mode").fetchone() == ("delete",)
        store.add("re/phone", GOOD)
    assert [p.name for p in tmp_path.iterdir()] == ["progress.db"]


def test_a_folder_in_its_place_is_one_clear_line(tmp_path, clock) -> None:
    (tmp_path / "progress.db").mkdir()
    with closing(Store.open(tmp_path / "progress.db", clock)) as store:
        assert "kept only until you quit" in store.notices[0]
        assert "\n" not in store.notices[0]


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
