"""A sitting of review: the exercises that are due, each asked anew, and what each was worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pyrecipes.progress.schedule import rating
from pyrecipes.tutor.sitting import Sitting
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pyrecipes.model import Lesson, Sandbox, Verdict
    from pyrecipes.progress.schedule import Rating
    from pyrecipes.tutor.ports import Answers, Check


class Cards(Protocol):
    """Where cards are kept; `add` keeps an attempt."""

    def review(self, exercise: str, rating: Rating) -> datetime:
        """Keep a review, and give when the exercise is due again."""
        ...

    def reviewed(self, exercise: str) -> int:
        """How many reviews of it there have been."""
        ...

    def add(self, exercise: str, verdict: Verdict, hints: int = 0) -> None:
        """Keep an attempt."""
        ...


class Card:
    """One exercise being reviewed. A `Store` for its sitting, which starts as if it were new."""

    def __init__(self, name: str, cards: Cards) -> None:
        self.name = name
        self.shown = False
        """Whether the solution was looked at."""
        self._cards = cards
        self._passed = False
        self._failures = 0
        self._hints = 0

    @property
    def rating(self) -> Rating:
        """What the review is worth by what happened: passed at once good, with a hint or after a
        failure hard, with all hints, the solution or not at all again."""
        if self.shown:
            return 1
        return rating(passed=self._passed, hints=self._hints, failures=self._failures)

    @property
    def tried(self) -> bool:
        """Whether anything was tried or looked at, so that the review counts."""
        return self._passed or self.shown or self._failures > 0

    def place(self, _: str) -> str | None:
        """Nowhere: a review has no place in its lesson."""
        return None

    def put_place(self, _: str, __: str) -> None:
        """The lesson's place stays where it is."""

    def set_last(self, _: str) -> None:
        """The exercise that the learner is on stays the one it was."""

    def passed(self, _: str) -> frozenset[str]:
        """None, as if it were new."""
        return frozenset()

    def add(self, _: str, verdict: Verdict, hints: int = 0) -> None:
        """Keep an attempt, and what it says of the review; a variant counts for its exercise."""
        self._cards.add(self.name, verdict, hints)
        if verdict.passed:
            self._passed = True
        elif not self._passed:
            self._failures += 1

    def hints(self, _: str) -> int:
        """How many hints have been seen in this review."""
        return self._hints

    def put_hints(self, _: str, count: int) -> None:
        """Keep how many hints have been seen in this review."""
        self._hints = count


class Review:
    """What is due, one card after the other. `find` gives the lesson of an exercise's full name,
    or None where it is gone; such cards are passed over."""

    def __init__(
        self,
        due: Sequence[str],
        find: Callable[[str], Lesson | None],
        cards: Cards,
        answers: Answers,
        sandbox: Callable[[], Sandbox],
        *,
        check: Check,
    ) -> None:
        found = [(name, find(name)) for name in due]
        self.due = [(name, lesson) for name, lesson in found if lesson is not None]
        self.done: list[tuple[str, Rating]] = []
        self._cards = cards
        self._answers = answers
        self._sandbox = sandbox
        self._check = check
        self._at = 0

    @property
    def over(self) -> bool:
        """Whether all that was due has been asked."""
        return self._at >= len(self.due)

    @property
    def number(self) -> int:
        """The how-manieth card it is, from 1."""
        return self._at + 1

    def card(self) -> tuple[Card, Sitting]:
        """The card that is next, and its exercise with an empty answer: as it was asked, or, each
        in its turn, in one of the other guises that the lesson has for it."""
        name, lesson = self.due[self._at]
        card = Card(name, self._cards)
        lesson, start = guise(lesson, name.partition("/")[2], self._cards.reviewed(name))
        sitting = Sitting(lesson, card, self._answers, self._sandbox, self._check, start=start)
        sitting.write(sitting.exercise.starter or {"main.py": ""})
        return card, sitting

    def rate(self, card: Card, rating: Rating) -> datetime:
        """Keep the review and go to the next card; when this one is due again."""
        due = self._cards.review(card.name, rating)
        self.done.append((card.name, rating))
        self._at += 1
        return due

    def later(self) -> None:
        """Leave the card due and go to the next."""
        self._at += 1


def guise(lesson: Lesson, id_: str, turn: int) -> tuple[Lesson, str]:
    """A lesson with one of an exercise's guises in its place, and that guise's id: the exercise
    itself and its variants by turns."""
    recipe = next(r for r in lesson.recipes if any(e.id == id_ for e in r.exercises))
    variants = [variant for variant in recipe.variants if variant.of == id_]
    place = turn % (1 + len(variants))
    if place == 0:
        return lesson, id_
    chosen = variants[place - 1]
    changed = tuple(chosen if e.id == id_ else e for e in recipe.exercises)
    recipes = tuple(replace(r, exercises=changed) if r is recipe else r for r in lesson.recipes)
    return replace(lesson, recipes=recipes), chosen.id
