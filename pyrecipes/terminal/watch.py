"""Answers checked at each save in the learner's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.errors import PyrecipesError
from pyrecipes.render.files import folded
from pyrecipes.terminal import keys as k
from pyrecipes.terminal import screens
from pyrecipes.terminal.answering import Answering, editor_of
from pyrecipes.terminal.learn import Learn, Left
from pyrecipes.terminal.plain import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pyrecipes.model import Exercise, Files, Recipe
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.front import Front
    from pyrecipes.terminal.saves import Saves
    from pyrecipes.tutor.sitting import Sitting

_KEYS = (
    k.Key("n", "next", "go on to the next exercise that is not passed"),
    k.Key("h", "hint", "show the next hint"),
    k.Key("=", "solution", "show the solution"),
    k.Key("c", "check", "check once more"),
    k.Key("o", "own editor", "open the answer file in $VISUAL or $EDITOR"),
    k.Key("j", "jump", "go to any exercise of the lesson, from a numbered list"),
)


class Watch(Learn):
    """Watches the answers to one lesson's exercises. Without a front no keys are read."""

    def __init__(
        self,
        sitting: Sitting,
        saves: Saves,
        screen: Screen,
        front: Callable[[], Front] | None,
        environ: Mapping[str, str],
        *,
        ahead: Callable[[str, Recipe | Exercise], None],
    ) -> None:
        super().__init__(
            sitting, screen, front or (lambda: Lines(input, screen.print)), environ, ahead=ahead
        )
        self.saves = saves
        self.silent = front is None
        self.checked: dict[str, Files] = {}

    def run(self) -> int:
        """Watch until the learner leaves; the exit status."""
        status = 0
        try:
            self._to_exercise()
            self._show()
            while True:
                key = "" if self.silent else self.choose(self._keys())
                if self.silent:
                    self.saves.wait()
                self._do(key)
        except Left as left:
            status = left.status
        except KeyboardInterrupt:
            status = 130
        finally:
            self.close_sessions()
            if "front" in self.__dict__:
                self.front.close()
        self.screen.print(screens.goodbye(self.sitting, None, verb="watch"))
        return status

    def choose(self, keys: Sequence[k.Key]) -> str:
        """Wait for a key or for a save; empty for a save."""
        self.tell_trouble()
        return self.front.choose(keys, self.where(), self.saves)

    def _do(self, key: str) -> None:
        if not key:
            self._saved()
        elif key == "n":
            self._next()
        elif key in ("h", "=", "c", "o"):
            if key in ("c", "o"):
                self.checked.pop(self.sitting.name, None)
            Answering(self).do("" if key == "c" else key)
            if key == "c":
                self._check()
            self.checked[self.sitting.name] = self.sitting.answer()
        elif self.move(key, self._keys()):
            self._to_exercise()
            self._show()

    def _keys(self) -> tuple[k.Key, ...]:
        keys = (key for key in _KEYS if key.key != "o" or editor_of(self.environ))
        return (*keys, *((k.FILES,) if folded(self.sitting.files) else ()), *k.LAST)

    # --- saves ---

    def _saved(self) -> None:
        for path in sorted(self.saves.take()):
            name = self._exercise_at(path)
            if name and name != self.sitting.step.id:
                self.sitting.jump(name)
        self._check()

    def _exercise_at(self, path: str) -> str | None:
        """The exercise whose answer lies there."""
        for exercise in self.sitting.lesson.exercises:
            name = f"{self.sitting.lesson.id}/{exercise.id}"
            at = str(self.sitting.answers.path(name, exercise))
            if path == at or path.startswith(f"{at}/"):
                return exercise.id
        return None

    def _check(self) -> None:
        name = self.sitting.name
        try:
            answer = dict(self.sitting.answer())
            if answer == self.checked.get(name):
                return
            self.checked[name] = answer
            Answering(self).judge()
        except PyrecipesError as error:
            self.say(str(error), "warn")

    # --- going ---

    def _show(self) -> None:
        """Show the exercise, with its answer file there to be opened."""
        sitting = self.sitting
        path: Path = sitting.path
        if not path.exists():
            sitting.write(sitting.answer())
        self.screen.print(screens.exercise(sitting, str(path)))
        self.screen.print(Text("Checked at each save.", style="quiet"))
        self.screen.print()
        self.checked[sitting.name] = dict(sitting.answer())
        self.ahead(sitting.name, sitting.exercise)

    def _next(self) -> None:
        here = self.sitting.step.number
        left = self.sitting.left
        later = [step for step in left if step.number > here] or left
        if not later:
            self.say("All exercises of this lesson are passed.", "pass")
            return
        self.sitting.jump(later[0].id)
        self._show()

    def _to_exercise(self) -> None:
        """From a recipe to the next exercise; one that is chosen by a key needs no editor."""
        sitting = self.sitting
        while sitting.step.exercise is None or sitting.step.exercise.kind == "choice":
            if sitting.step.number == len(sitting.steps):
                sitting.jump(sitting.lesson.exercises[0].id)
                return
            sitting.next()
