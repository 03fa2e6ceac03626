"""When an exercise is to come back: FSRS, by the `fsrs` package, with time handed in.

https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler
"""

from __future__ import annotations

from datetime import UTC, datetime

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Literal

    import fsrs

    Rating = Literal[1, 2, 3, 4]
    """FSRS's own: 1 again, 2 hard, 3 good, 4 easy."""

RECALLED = 2
"""From this rating on, a review counts as remembered."""


def rating(*, passed: bool, hints: int, failures: int, quick: bool = False) -> Rating:
    """What a review is worth by what happened: passed at once is good (easy where `quick`), with
    a hint or after a failure hard, with all hints or not at all again."""
    if not passed or hints >= 3:
        return 1
    if hints or failures:
        return 2
    return 4 if quick else 3


def review(
    state: str | None,
    rating: Rating,
    at: datetime,
    retention: float = 0.9,
    seed: str | None = None,
) -> tuple[str, datetime, float | None]:
    """A card after a review: its new state (JSON), when it is due, and how likely it was, by the
    schedule, to be remembered (None for a new card). A clock that went back counts as no time.

    With a `seed` the interval is spread a little, as FSRS does, so that what was learned on one
    day does not come back on one day; the same seed spreads it the same way.
    """
    import json

    import fsrs

    scheduler = fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=seed is not None,
    )
    at = now = at.astimezone(UTC)
    card = fsrs.Card.from_dict(json.loads(state)) if state else fsrs.Card(card_id=1, due=at)
    if card.last_review is not None:
        now = max(at, card.last_review)
    foretold = scheduler.get_card_retrievability(card, now) if state else None
    card = _reviewed(scheduler, card, fsrs.Rating(rating), now, seed)
    return json.dumps(card.to_dict()), at + (card.due - now), foretold


def _reviewed(
    scheduler: fsrs.Scheduler, card: fsrs.Card, rating: fsrs.Rating, at: datetime, seed: str | None
) -> fsrs.Card:
    import random

    if seed is None:
        return scheduler.review_card(card, rating, at)[0]
    before = random.getstate()  # the package draws from the one generator that all share
    random.seed(seed)
    try:
        return scheduler.review_card(card, rating, at)[0]
    finally:
        random.setstate(before)
