"""The sitting of review at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.safe import count
from pyrecipes.terminal import keys as k
from pyrecipes.terminal.answering import Answering
from pyrecipes.terminal.front import Where
from pyrecipes.terminal.learn import Learn, Left

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pyrecipes.model import Exercise, Recipe
    from pyrecipes.progress.schedule import Rating
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.front import Front
    from pyrecipes.tutor.review import Card, Review
    from pyrecipes.tutor.sitting import Sitting

WORDS: Mapping[int, str] = {1: "again", 2: "hard", 3: "good", 4: "easy"}

_LATER = k.Key("s", "later", "leave it due and go to the next")
_GIVE_UP = k.Key("g", "give up", "show the solution and go on; it comes back soon")


class Reviewing(Learn):
    """One card: the exercise is asked anew, rated by what happens, and the rating can be changed.

    `rated` is the rating once there is one, None where the card is left for later.
    """

    def __init__(
        self,
        review: Review,
        card: Card,
        sitting: Sitting,
        screen: Screen,
        front: Callable[[], Front],
        environ: Mapping[str, str],
        *,
        ahead: Callable[[str, Recipe | Exercise], None],
    ) -> None:
        super().__init__(sitting, screen, front, environ, ahead=ahead)
        self.review = review
        self.card = card
        self.rated: Rating | None = None

    def run(self) -> int:
        """Ask the exercise until it is passed, given up or left for later."""
        try:
            Answering(self).visit()
        finally:
            self.close_sessions()
        return 0

    def choose(self, keys: Sequence[k.Key]) -> str:
        """Wait for a key."""
        self.tell_trouble()
        review = self.review
        text = f"review {review.number} of {len(review.due)}: {self.card.name}"
        return self.front.choose(keys, Where(text, len(review.done), len(review.due), "done"))

    def exercise_keys(self, task: Exercise, *, tried: bool) -> tuple[k.Key, ...]:
        """The keys at the exercise."""
        keys = super().exercise_keys(task, tried=tried)
        own = keys[: len(keys) - len(k.MOVES) - len(k.LAST)]
        return (*(key for key in own if key.key != "="), _GIVE_UP, _LATER, *k.LAST)

    def passed_keys(self, task: Exercise) -> tuple[k.Key, ...]:
        """The keys in the pause after a pass: the rating, to be taken as it is or changed."""
        word = WORDS[self.card.rating]
        return (
            k.Key(k.ENTER, word, f"go on; the review counts as: {word}"),
            *(k.Key(str(n), w, f"let it count as: {w}") for n, w in WORDS.items()),
            *k.LAST,
        )

    def go_on(self) -> None:
        """Take the rating as it is."""
        self.rated = self.card.rating

    def move(self, key: str, keys: Sequence[k.Key]) -> bool:
        """Do what a key says; True where the card is done with."""
        if key == "s":
            return True
        if key == "g":
            self.card.shown = True
            Answering(self).show_solution()
            self.rated = 1
            return True
        if key in ("1", "2", "3", "4") and any(one.key == key for one in keys):
            self.rated = int(key)  # type: ignore[assignment]
            return True
        return super().move(key, keys)


def run_review(
    review: Review,
    screen: Screen,
    front: Callable[[], Front],
    environ: Mapping[str, str],
    *,
    next_due: Callable[[], datetime | None],
    now: Callable[[], datetime],
    ahead: Callable[[str, Recipe | Exercise], None],
) -> int:
    """Go through what is due until it is done or the learner leaves; the exit status."""
    status = 0
    made: list[Front] = []

    def once() -> Front:
        if not made:
            made.append(front())
        return made[0]

    screen.print(Text(f"\n{count(len(review.due), 'exercise')} due.\n", style="title"))
    try:
        while not review.over:
            card, sitting = review.card()
            reviewing = Reviewing(review, card, sitting, screen, once, environ, ahead=ahead)
            reviewing.run()
            if reviewing.rated is None:
                review.later()
                continue
            due = review.rate(card, reviewing.rated)
            word = WORDS[reviewing.rated].capitalize()
            reviewing.say(f"{word}. It comes back {when(due, now())}.\n")
    except Left as left:
        status = left.status
    except KeyboardInterrupt:
        status = 130
    finally:
        for one in made:
            one.close()
    screen.print(Text(_summary(review)))
    due_next = next_due()
    if due_next is not None:
        screen.print(Text(f"The next is due {when(due_next, now())}.", style="quiet"))
    return status


def when(due: datetime, now: datetime) -> str:
    """A moment as people say it: in 10 minutes, in 3 days."""
    seconds = max((due - now).total_seconds(), 0)
    if seconds < 90:
        return "in a minute"
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 0.75 * size:
            return f"in {count(max(round(seconds / size), 1), word)}"
    return "in a minute"


def _summary(review: Review) -> str:
    done = len(review.done)
    if not done:
        return "Nothing was reviewed; it all stays due."
    known = sum(rating > 1 for _, rating in review.done)
    left = len(review.due) - done
    rest = f" {count(left, 'exercise')} still due." if left else ""
    return f"{count(done, 'exercise')} reviewed, {known} remembered.{rest}"
