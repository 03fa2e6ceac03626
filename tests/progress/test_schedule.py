"""The schedule is FSRS's own."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from pyrecipes.progress.schedule import rating, review

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("ratings", [(3, 3, 3, 3, 3, 3), (3, 1, 3, 2, 4, 1, 1, 3), (1, 4), (2, 2)])
def test_intervals_are_those_of_the_reference(ratings) -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=1, due=START)
    state = None
    at = START
    for worth in ratings:
        card, _ = scheduler.review_card(card, fsrs.Rating(worth), at)
        state, due, _ = review(state, worth, at)
        assert due == card.due
        assert json.loads(state)["stability"] == card.stability
        at = due


def test_intervals_of_good_grow() -> None:
    """With FSRS-6's default parameters and a retention of 0.9, each time on the day it is due."""
    state, at, days = None, START, []
    for _ in range(6):
        state, due, _ = review(state, 3, at)
        days.append((due - at).days)
        at = due
    assert days == sorted(days)
    assert days[0] == 2
    assert days[-1] > 100


def test_more_retention_means_shorter_intervals() -> None:
    state, _, _ = review(None, 3, START)
    at = START + timedelta(days=10)
    lax = review(state, 3, at, 0.7)[1]
    strict = review(state, 3, at, 0.97)[1]
    assert strict < lax


def test_what_was_foretold_falls_with_time() -> None:
    state, _, foretold = review(None, 3, START)
    assert foretold is None
    early = review(state, 3, START + timedelta(days=1))[2]
    late = review(state, 3, START + timedelta(days=90))[2]
    assert early is not None
    assert late is not None
    assert 1 > early > late > 0


@pytest.mark.parametrize(
    ("what", "worth"),
    [
        ({"passed": True, "hints": 0, "failures": 0}, 3),
        ({"passed": True, "hints": 0, "failures": 0, "quick": True}, 4),
        ({"passed": True, "hints": 1, "failures": 0}, 2),
        ({"passed": True, "hints": 0, "failures": 2}, 2),
        ({"passed": True, "hints": 3, "failures": 0}, 1),
        ({"passed": False, "hints": 0, "failures": 1}, 1),
    ],
)
def test_the_rating_follows_from_what_happened(what, worth) -> None:
    assert rating(**what) == worth


def test_the_sequence_that_the_reference_publishes() -> None:
    """What FSRS-6 is tested by; and the same without its steps within a day, as here."""
    ratings = (3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3)
    scheduler, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1, due=START)
    published = []
    for worth in ratings:
        at = card.due
        card, _ = scheduler.review_card(card, fsrs.Rating(worth), at)
        published.append((card.due - at).days)
    assert published == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    state, at, days = None, START, []
    for worth in ratings:
        state, due, _ = review(state, worth, at)
        days.append((due - at).days)
        at = due
    assert days == [2, 11, 46, 163, 497, 1346, 9, 1, 2, 4, 7, 13, 22]


def test_the_same_seed_spreads_an_interval_the_same_way() -> None:
    state, at, _ = review(None, 4, START)
    before = random.getstate()
    spread = {review(state, 3, at, seed=str(n))[1] for n in range(50)}
    assert random.getstate() == before
    assert len(spread) > 3
    assert review(state, 3, at, seed="a") == review(state, 3, at, seed="a")
    plain = review(state, 3, at)[1]
    assert all(abs(due - plain) <= (plain - at) * 0.2 for due in spread)
