from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pyrecipes.checker import check
from pyrecipes.model import MAIN, Verdict
from pyrecipes.progress.answers import Answers
from pyrecipes.progress.store import Store
from pyrecipes.tutor.review import Review, guise
from pyrecipes.value import replace

RIGHT = {MAIN: "def total(a, b):\n    return a + b\n"}
WRONG = {MAIN: "def total(a, b):\n    return a - b\n"}
DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cards(tmp_path, clock):
    store = Store.open(tmp_path / "cards.db", clock)
    for name in ("sit/total", "sit/guess", "gone/away"):
        store.add(name, Verdict(name, True, ()))
    clock.now += 60 * DAY
    yield store
    store.close()


@pytest.fixture
def review(lesson, cards, sandbox, tmp_path):
    return Review(
        cards.due(),
        lambda name: lesson if name.startswith("sit/") else None,
        cards,
        Answers(tmp_path / "review"),
        lambda: sandbox,
        check=lambda name, exercise, answer: check(exercise, answer, sandbox, name),
    )


def total(review):
    while review.due[review._at][0] != "sit/total":
        review.later()
    return review.card()


def test_what_is_due_is_asked_and_what_is_gone_is_passed_over(review) -> None:
    assert sorted(name for name, _ in review.due) == ["sit/guess", "sit/total"]
    review.later()
    assert not review.over
    review.later()
    assert review.over
    assert review.done == []


def test_it_starts_with_an_empty_answer_each_time(review) -> None:
    _, sitting = total(review)
    sitting.write(RIGHT)
    _, again = total(review)
    assert again.answer() == again.exercise.starter
    assert again.hints_seen == 0
    assert again.passed == set()


def test_passed_at_once_is_good(review, cards) -> None:
    card, sitting = total(review)
    assert not card.tried
    sitting.check(RIGHT)
    assert card.tried
    assert card.rating == 3
    due = review.rate(card, card.rating)
    assert due > cards.now() + 10 * DAY
    assert review.done == [("sit/total", 3)]
    assert "sit/total" not in cards.due()


def test_after_a_failure_or_a_hint_it_was_hard(review) -> None:
    card, sitting = total(review)
    sitting.check(WRONG)
    assert card.rating == 1
    sitting.check(RIGHT)
    assert card.rating == 2
    card, sitting = total(review)
    sitting.hint()
    sitting.check(RIGHT)
    assert card.rating == 2


def test_a_failure_after_the_pass_changes_nothing(review) -> None:
    card, sitting = total(review)
    sitting.check(RIGHT)
    sitting.check(WRONG)
    assert card.rating == 3


def test_the_solution_looked_at_is_not_remembered(review) -> None:
    card, sitting = total(review)
    card.shown = True
    sitting.check(RIGHT)
    assert card.rating == 1


def test_a_lessons_place_stays_where_it_was(review, cards) -> None:
    before = cards.place("sit"), cards.last()
    _, sitting = total(review)
    sitting.next()
    assert (cards.place("sit"), cards.last()) == before


def test_it_comes_in_its_other_guises_by_turns(lesson) -> None:
    recipe = next(r for r in lesson.recipes if r.exercises)
    exercise = recipe.exercises[0]
    variants = tuple(
        replace(exercise, id=id_, title=id_, of=exercise.id) for id_ in ("other", "third")
    )
    recipes = tuple(replace(r, variants=variants) if r is recipe else r for r in lesson.recipes)
    changed = replace(lesson, recipes=recipes)
    turns = [guise(changed, exercise.id, turn) for turn in range(5)]
    assert [id_ for _, id_ in turns] == [exercise.id, "other", "third", exercise.id, "other"]
    for asked, id_ in turns:
        assert id_ in {e.id for e in asked.exercises}
        assert len(asked.exercises) == len(lesson.exercises)


def test_a_variant_counts_for_its_exercise(review, cards, lesson) -> None:
    recipe = next(r for r in lesson.recipes if any(e.id == "total" for e in r.exercises))
    total_ = next(e for e in recipe.exercises if e.id == "total")
    variant = replace(total_, id="sum", of="total")
    recipes = tuple(replace(r, variants=(variant,)) if r is recipe else r for r in lesson.recipes)
    review.due = [("sit/total", replace(lesson, recipes=recipes))]
    card, sitting = review.card()
    assert sitting.exercise.id == "sum"
    sitting.write(RIGHT)
    assert sitting.check().passed
    review.rate(card, card.rating)
    assert cards.passed("sit") >= {"total"}
    assert "sum" not in cards.passed("sit")
    assert cards.reviewed("sit/total") == 2
    assert cards.reviewed("sit/sum") == 0
