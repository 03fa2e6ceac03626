"""Figures, streaks and the certificate."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from pyrecipes.model import Standing, Verdict
from pyrecipes.progress.certificate import as_svg, as_text, certificate
from pyrecipes.progress.stats import stats, streaks

GOOD = Verdict("", True, ())
SLIP = Verdict("", False, (), "Too greedy.", 1.0, 0)


def test_figures_add_up(store, clock) -> None:
    store.add("re/phone", SLIP)
    store.add("re/phone", SLIP)
    store.add("re/phone", GOOD)
    clock.forward(days=1)
    store.add("re/mail", GOOD)
    clock.forward(days=20)
    store.review("re/phone", 3)
    store.review("re/mail", 1)
    figures = stats(store, [Standing("re", "Regular expressions", 2, 5)])
    assert figures.answers == 4
    assert figures.passed == 2
    assert figures.reviews == 4
    assert figures.measured == 0.5
    assert figures.foretold is not None
    assert 0 < figures.foretold < 1
    assert [(s.exercise, s.count) for s in figures.slips] == [("re/phone", 2)]
    assert figures.days == {"2026-01-01": 4, "2026-01-02": 2, "2026-01-22": 2}
    assert (figures.streak, figures.longest) == (1, 2)


def test_nothing_yet(store) -> None:
    figures = stats(store, [])
    assert (figures.answers, figures.measured, figures.next_due) == (0, None, None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], (0, 0)),
        (["2026-03-10"], (1, 1)),
        (["2026-03-09"], (1, 1)),
        (["2026-03-08"], (0, 1)),
        (["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-09", "2026-03-10"], (2, 3)),
    ],
)
def test_streaks(days, expected) -> None:
    assert streaks(dict.fromkeys(days, 1), date(2026, 3, 10)) == expected


def test_a_certificate_comes_with_the_last_exercise(store, clock) -> None:
    names = ["re/phone", "re/mail"]
    store.add("re/phone", GOOD)
    assert certificate(store, "Ada", "re", "Regular expressions", names) is None
    clock.forward(days=3)
    store.add("re/mail", GOOD)
    record = certificate(store, "Ada <&>", "re", "Regular expressions", names)
    assert record is not None
    assert record.day == "2026-01-04"
    assert "2 exercises passed, with 2 answers and no hints" in as_text(record)
    assert "own record" in as_text(record)
    picture = ElementTree.fromstring(as_svg(record))
    assert "Ada <&>" in [text.text for text in picture]
