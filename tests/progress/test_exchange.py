"""Two machines' progress becomes one; what was forgotten can come back."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import permutations

import pytest

from pyrecipes.errors import PyrecipesError
from pyrecipes.model import Verdict
from pyrecipes.progress.exchange import export, merge, reset, undo
from pyrecipes.progress.store import Store

GOOD = Verdict("", True, ())
SLIP = Verdict("", False, (), "Too greedy.", 1.0, 0)


def summary(store: Store) -> object:
    query = store.connection.execute
    return [
        query(f"select * from {table} order by 1, 2").fetchall()
        for table in ("attempt", "review", "card", "passed", "slip", "day", "hint")
    ]


def machines(tmp_path, clock, count: int) -> list[dict[str, object]]:
    documents = []
    for number in range(count):
        with closing(Store.open(tmp_path / f"m{number}.db", clock)) as store:
            for name in ("re/phone", f"glob/{number}"):
                clock.forward(days=1, minutes=number)
                store.add(name, SLIP)
                store.add(name, GOOD, hints=number)
                clock.forward(days=9)
                store.review(name, 3)
            store.put_hints("re/phone", number)
            documents.append(json.loads(json.dumps(export(store))))
    return documents


def test_merging_is_the_same_in_any_order_and_twice(tmp_path, clock) -> None:
    documents = machines(tmp_path, clock, 3)
    results = []
    for index, order in enumerate(permutations(documents)):
        with closing(Store.open(tmp_path / f"merged{index}.db", clock)) as store:
            for document in (*order, *order):
                merge(store, document)
            results.append(summary(store))
            assert len(export(store)["reviews"]) == 12
    assert all(result == results[0] for result in results)


def test_an_import_says_what_was_new(tmp_path, clock) -> None:
    (document,) = machines(tmp_path, clock, 1)
    with closing(Store.open(tmp_path / "other.db", clock)) as store:
        assert merge(store, document) == (4, 4)
        assert merge(store, document) == (0, 0)
        assert store.passed("re") == {"phone"}


@pytest.mark.parametrize("scope", ["re/phone", "re", None])
def test_a_reset_can_be_taken_back(tmp_path, clock, store, scope) -> None:
    for name in ("re/phone", "re/mail", "glob/star"):
        store.add(name, SLIP)
        store.add(name, GOOD)
        store.put_hints(name, 1)
    clock.forward(days=30)
    store.review("re/phone", 3)
    before = summary(store)
    assert reset(store, scope) > 0
    assert "phone" not in store.passed("re")
    assert ("star" in store.passed("glob")) == (scope is not None)
    undo(store)
    assert summary(store) == before
    with pytest.raises(PyrecipesError, match="nothing to undo"):
        undo(store)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"format": "pyrecipes-progress", "version": 2},
        {"format": "pyrecipes-progress", "version": 1, "attempts": 3},
        {"format": "pyrecipes-progress", "version": 1, "attempts": [[1]], "reviews": []},
        *(
            {
                "format": "pyrecipes-progress",
                "version": 1,
                "attempts": [],
                "reviews": [["a", name, at, day, 3, foretold]],
                "hints": {},
                "places": {},
                "settings": {},
            }
            for name, at, day, foretold in (
                ("re/x", 2**70, "2026-01-01", None),
                ("re/x", -1, "2026-01-01", None),
                ("re/x", 1, "yesterday", None),
                ("re/x", 1, "2026-01-01", float("nan")),
                ("re/\x1b[2J", 1, "2026-01-01", None),
                ("re/\ud800", 1, "2026-01-01", None),
            )
        ),
        {
            "format": "pyrecipes-progress",
            "version": 1,
            "attempts": [],
            "reviews": [["a", "re/x", 1, "2026-01-01", 9, None]],
            "hints": {},
            "places": {},
            "settings": {},
        },
    ],
)
def test_what_is_no_export_changes_nothing(store, document) -> None:
    before = summary(store)
    with pytest.raises(PyrecipesError, match="export"):
        merge(store, document)
    assert summary(store) == before
