"""One sitting with one lesson: where it is, what comes next, and what an input does to it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyrecipes.errors import NotFoundError, StoreError
from pyrecipes.tutor.playing import Player
from pyrecipes.tutor.steps import Step, search, steps_of
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pyrecipes.model import Exercise, Files, Lesson, Sandbox, Verdict
    from pyrecipes.tutor.ports import Answers, Check, Store


@value
class Hint:
    """One hint, and the how-manieth it is of how many."""

    number: int
    of: int
    text: str


class Sitting:
    """A lesson being learned. Each move is kept at once, so any kind of end can be resumed from.

    `sandbox` is called when something is to be run for the first time, since it may still be
    starting while the learner reads.
    """

    def __init__(
        self,
        lesson: Lesson,
        store: Store,
        answers: Answers,
        sandbox: Callable[[], Sandbox],
        check: Check,
        *,
        start: str | None = None,
    ) -> None:
        self.lesson = lesson
        self.store = store
        self.answers = answers
        self.sandbox = sandbox
        self.steps = steps_of(lesson)
        self.passed = set(store.passed(lesson.id)) & {e.id for e in lesson.exercises}
        self.passed_now: list[str] = []
        self.failed_now = 0
        self.ended = False
        self.resumed = False
        self.trouble = ""
        """Why progress could not be kept, where that happened last; the sitting goes on."""
        self._check = check
        self._players: dict[str, Player] = {}
        self._at = 0
        if start is not None:
            self.jump(start)
        else:
            self._resume()

    # --- where it is ---

    @property
    def step(self) -> Step:
        """The step that the learner is on; the last one after the lesson's end."""
        return self.steps[self._at]

    @property
    def exercise(self) -> Exercise:
        """The exercise that the learner is on; NotFoundError on a recipe."""
        if self.step.exercise is None:
            raise NotFoundError(f"{self.name} is a recipe, not an exercise")
        return self.step.exercise

    @property
    def name(self) -> str:
        """The full name of the step: `re/phone`."""
        return f"{self.lesson.id}/{self.step.id}"

    @property
    def files(self) -> Files:
        """The files that lie beside the step's snippet or the exercise's answer."""
        step = self.step
        return step.exercise.files if step.exercise else step.recipe.snippet.files

    @property
    def complete(self) -> bool:
        """Whether all exercises of the lesson have been passed."""
        return len(self.passed) == len(self.lesson.exercises)

    @property
    def left(self) -> list[Step]:
        """The exercises that have not been passed yet."""
        return [s for s in self.steps if s.exercise and s.exercise.id not in self.passed]

    # --- going ---

    def next(self) -> None:
        """Go on; after the last step the lesson has ended."""
        if self._at + 1 < len(self.steps):
            self._go(self._at + 1)
        else:
            self._end()

    def back(self) -> bool:
        """Go back; False where there is nothing before."""
        if self.ended:
            self._go(self._at)
            return True
        if self._at == 0:
            return False
        self._go(self._at - 1)
        return True

    def skip(self) -> None:
        """Go to the next recipe, past the exercises of this one."""
        for at in range(self._at + 1, len(self.steps)):
            if self.steps[at].exercise is None:
                self._go(at)
                return
        self._end()

    def jump(self, to: str) -> None:
        """Go to a step by its number or id; NotFoundError where there is none."""
        to = to.strip().removeprefix(f"{self.lesson.id}/")
        for at, step in enumerate(self.steps):
            if to in (step.id, str(step.number)):
                self._go(at)
                return
        raise NotFoundError(
            f"there is no {to!r} in {self.lesson.id}: give an id, or a number up to "
            f"{len(self.steps)}"
        )

    def search(self, words: str) -> list[Step]:
        """The steps in which all of the words occur."""
        return search(self.steps, words)

    def _resume(self) -> None:
        left_at = self.store.place(self.lesson.id)
        for at, step in enumerate(self.steps):
            if step.id == left_at and at > 0:
                self.resumed = True
                self._go(at)
                return
        self._go(0)

    def _go(self, at: int) -> None:
        self._at = at
        self.ended = False
        with self._keeping():
            self.store.put_place(self.lesson.id, self.step.id)
            if self.step.exercise:
                self.store.set_last(self.name)

    def _end(self) -> None:
        self.ended = True
        self._at = len(self.steps) - 1
        first = self.left[0] if self.left else self.steps[0]
        with self._keeping():
            self.store.put_place(self.lesson.id, first.id)

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self.trouble = str(error)

    # --- a recipe ---

    @property
    def player(self) -> Player:
        """What plays with the snippet of the step's recipe; it remembers through the sitting."""
        recipe = self.step.recipe
        if recipe.id not in self._players:
            self._players[recipe.id] = Player(recipe, self.sandbox())
        return self._players[recipe.id]

    @property
    def code(self) -> str:
        """The code of the step's recipe, as the learner left it in this sitting."""
        recipe = self.step.recipe
        player = self._players.get(recipe.id)
        return player.code if player else recipe.snippet.code

    @property
    def changed(self) -> bool:
        """Whether that is not the recipe's own."""
        return self.code != self.step.recipe.snippet.code

    # --- an exercise ---

    @property
    def path(self) -> Path:
        """Where the answer to the exercise lies."""
        return self.answers.path(self.name, self.exercise)

    def answer(self) -> Files:
        """The answer as it lies on the disk."""
        return self.answers.read(self.name, self.exercise)

    def write(self, files: Files) -> None:
        """Keep an answer, checked or not."""
        self.answers.write(self.name, self.exercise, files)

    def put_aside(self, path: Path, text: str) -> str:
        """Keep a text that was found in an answer's file beside that file; the name it got."""
        number = 1
        while (beside := path.with_name(f"{path.stem}.other-{number}{path.suffix}")).exists():
            number += 1
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        return beside.name

    @staticmethod
    def order(lines: Sequence[str], answer: str) -> list[int]:
        """The positions of an answer's lines among the lines that were to be put in order."""
        free = list(range(len(lines)))
        found = []
        for line in answer.splitlines():
            at = next((n for n in free if lines[n] == line), None)
            if at is not None:
                free.remove(at)
                found.append(at)
        return found

    def check(self, files: Files | None = None) -> Verdict:
        """Check an answer (the one on the disk where none is given), and keep what came of it."""
        if files is not None:
            self.write(files)
        verdict = self._check(self.name, self.exercise, self.answer())
        with self._keeping():
            self.store.add(self.name, verdict, self.hints_seen)
        if verdict.passed:
            self.passed.add(self.exercise.id)
            if self.exercise.id not in self.passed_now:
                self.passed_now.append(self.exercise.id)
        else:
            self.failed_now += 1
        return verdict

    @property
    def hints_seen(self) -> int:
        """How many hints of the exercise have been seen."""
        return min(self.store.hints(self.name), len(self.exercise.hints))

    def hint(self) -> Hint | None:
        """The next hint; after the last one the last one again; None where there are none."""
        hints = self.exercise.hints
        if not hints:
            return None
        number = min(self.hints_seen + 1, len(hints))
        with self._keeping():
            self.store.put_hints(self.name, number)
        return Hint(number, len(hints), hints[number - 1])

    def reset(self) -> Path | None:
        """Put the starter back; where the old answer is kept."""
        return self.answers.reset(self.name, self.exercise)
