"""The sitting at a terminal: shows each step, waits for a key, does what the key says."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text

from pyrecipes.errors import NotFoundError
from pyrecipes.model import NONE
from pyrecipes.render.files import files, folded
from pyrecipes.render.layout import Stack
from pyrecipes.terminal import keys as k
from pyrecipes.terminal import screens
from pyrecipes.terminal.answering import Answering, editor_of
from pyrecipes.terminal.busy import busy
from pyrecipes.terminal.front import Draft, Where
from pyrecipes.terminal.jumping import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyrecipes.model import Exercise, LiveSession, Recipe, Snippet
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.front import Front
    from pyrecipes.tutor.sitting import Sitting

T = TypeVar("T")


class Left(Exception):  # noqa: N818 - no error: the learner goes
    """The learner ends the sitting; `status` is the program's."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(status)
        self.status = status


class Learn:
    """One sitting with one lesson. `front` is made when the first key is waited for; `ahead` is
    told what recipe or exercise is read, so that what its run or its first check needs can be done
    meanwhile."""

    def __init__(
        self,
        sitting: Sitting,
        screen: Screen,
        front: Callable[[], Front],
        environ: Mapping[str, str],
        *,
        following: Callable[[], str | None] = lambda: None,
        first_time: bool = False,
        ahead: Callable[[str, Recipe | Exercise], None] = lambda _, __: None,
    ) -> None:
        self.sitting = sitting
        self.screen = screen
        self.environ = environ
        self.following = following
        self.first_time = first_time
        self.ahead = ahead
        self._front = front
        self._told = ""
        self._sessions: list[LiveSession] = []
        self.goes_on_with: str | None = None
        """At the end: the lesson that the learner goes on with."""

    @cached_property
    def front(self) -> Front:
        """Where keys come from."""
        return self._front()

    def run(self) -> int:
        """Go through the lesson until the learner leaves; the program's exit status."""
        sitting = self.sitting
        try:
            self.screen.print(screens.opening(sitting, first_time=self.first_time))
            if self.first_time:
                self._welcome()
            while True:
                if sitting.ended:
                    self._end()
                    if self.goes_on_with:
                        return 0
                elif sitting.step.exercise:
                    Answering(self).visit()
                else:
                    self._recipe()
        except Left as left:
            status = left.status
        except KeyboardInterrupt:
            status = 130
        finally:
            self.close_sessions()
            if "front" in self.__dict__:
                self.front.close()
        self.screen.print(screens.goodbye(sitting, self.following()))
        return status

    def _welcome(self) -> None:
        keys = (k.Key(k.ENTER, "begin", "show the first recipe"), *k.LAST)
        while (key := self.choose(keys)) != k.ENTER:
            self.move(key, keys)

    def choose(self, keys: Sequence[k.Key]) -> str:
        """Wait for a key."""
        self.tell_trouble()
        return self.front.choose(keys, self.where())

    def tell_trouble(self) -> None:
        """Say, once for each cause, that progress is not kept."""
        trouble = self.sitting.trouble
        if trouble and trouble != self._told:
            self.say(trouble, "warn")
        self._told = trouble

    def where(self) -> Where:
        """What the line above the keys says."""
        sitting = self.sitting
        step = sitting.step
        place = f"{sitting.lesson.id} {step.number} of {len(sitting.steps)}: {step.title}"
        if sitting.ended:
            place = f"{sitting.lesson.id}: the end"
        return Where(place, len(sitting.passed), len(sitting.lesson.exercises))

    def exercise_keys(self, task: Exercise, *, tried: bool) -> tuple[k.Key, ...]:
        """The keys at an exercise."""
        own = bool(editor_of(self.environ)) and task.kind != "order"
        more = folded(self.sitting.files)
        answer = k.answer_keys(task, tried=tried, own_editor=own, files=more)
        return (*answer, *k.MOVES, *k.LAST)

    def passed_keys(self, task: Exercise) -> tuple[k.Key, ...]:
        """The keys in the pause after a pass."""
        return k.passed_keys(task)

    def go_on(self) -> None:
        """What Enter does after a pass."""
        self.sitting.next()

    def move(self, key: str, keys: Sequence[k.Key]) -> bool:
        """Do what a key for going about says; True where another step is to be shown."""
        sitting = self.sitting
        match key:
            case "n":
                sitting.next()
            case "b":
                if not sitting.back():
                    self.say("This is the first step.")
                    return False
            case "s":
                sitting.skip()
            case "j":
                self.screen.print(steps(sitting, rows=self.screen.height))
                return self._jump(self.front.ask("number or id:", [s.id for s in sitting.steps]))
            case "/":
                return self._search()
            case k.QUIT:
                raise Left
            case k.INTERRUPT:
                raise Left(130)
            case "?" | "f":
                parts = (
                    [screens.explained(keys)] if key == "?" else files(sitting.files, whole=True)
                )
                self.screen.print(Stack(parts))
                return False
            case _:
                return False
        return True

    def say(self, text: str, style: str = "quiet") -> None:
        """One line that says what happened."""
        self.screen.print(Text(text, style=style))

    def interruptible(self, doing: Callable[[], T], word: str = "Running") -> T | None:
        """Do something that Ctrl-C may end, and it alone; None where that happened."""
        try:
            with self.front.interruptible(), busy(self.screen, word):
                return doing()
        except KeyboardInterrupt:
            self.say("Interrupted.", "warn")
            return None

    def completions(self, snippet: Snippet) -> Callable[[str], list[str]]:
        """What completes names in an editor: a live interpreter that has run the snippet, made
        when it is first asked."""
        sessions: list[LiveSession] = []

        def complete(word: str) -> list[str]:
            if not sessions or not sessions[-1].alive:
                sessions.append(self.sitting.sandbox().session(snippet))
                self._sessions.append(sessions[-1])
            return sessions[-1].complete(word)

        return complete

    def close_sessions(self) -> None:
        """End the interpreters that completed names."""
        for session in self._sessions:
            session.close()

    def path(self) -> str:
        """Where the answer lies, as people write it."""
        return screens.tidy(self.sitting.path, Path.home())

    # --- a recipe ---

    def _recipe(self) -> None:
        self.screen.print(screens.recipe(self.sitting))
        self.ahead(self.sitting.name, self.sitting.step.recipe)
        ran = False
        while True:
            more, changed = folded(self.sitting.files), self.sitting.changed
            picture = self._has_picture(ran)
            keys = k.recipe_keys(ran=ran, picture=picture, files=more, changed=changed)
            key = self.choose(keys)
            if key == k.ENTER and ran:
                self.sitting.next()
                return
            if key in (k.ENTER, "r"):
                ran = self._play() or ran
            elif key == "a":
                ran = self._play(assignments=True) or ran
            elif key == "e":
                ran = self._edit() or ran
            elif key == "t":
                self._try()
            elif key == "v":
                self._picture()
            elif key == "x":
                ran = self._play(self.sitting.step.recipe.snippet.code) or ran
            elif self.move(key, keys):
                return

    def _play(self, code: str | None = None, *, assignments: bool = False) -> bool:
        from pyrecipes.render.listing import listing

        player = self.sitting.player
        run = self.interruptible(lambda: player.run(code, assignments=assignments))
        if run is None:
            return False
        notes = NONE if run.edited else player.recipe.notes
        self.screen.print(listing(run.snippet, notes, run.transcript, explained=run.edited))
        if run.changes is not None and (run.edited or run.changes):
            self.screen.print(screens.changes(run.changes))
        if player.recipe.docs and not run.edited:
            self.screen.print(Text(player.recipe.docs, style="address", overflow="fold"))
        self.screen.print()
        return True

    def _edit(self) -> bool:
        player = self.sitting.player
        before = player.code
        title = f"{self.sitting.name}: change it as you like"
        complete = self.completions(player.recipe.snippet)
        edited = self.front.edit(Draft(title, before, verb="run", complete=complete))
        if edited.then == "submit":
            return self._play(edited.text)
        player.code = edited.text
        if edited.text != before or screens.tall(edited.text, self.screen):
            self.show_code(edited.text)
        if edited.then == "quit":
            raise Left
        if edited.text != before:
            self.say("What you changed is kept: it is what runs now.\n")
        return False

    def show_code(self, code: str) -> None:
        """Print code into the scrollback, since the editor is wiped away."""
        from pyrecipes.render.listing import listing

        self.screen.print(listing(code))
        self.screen.print()

    def _try(self) -> None:
        player = self.sitting.player
        self.say("The snippet's names are here. Ctrl-D goes back to the lesson.")
        with player.sandbox.session(player.snippet) as session:
            self.front.live(session, self.screen)
        self.screen.print()

    def _has_picture(self, ran: bool) -> bool:
        from pyrecipes.render.views import choose

        recipe = self.sitting.step.recipe
        last = self.sitting.player.last if ran else None
        return recipe.view is not None or bool(last and choose(recipe, last.transcript))

    def _picture(self) -> None:
        from pyrecipes.render.views import view

        player = self.sitting.player
        run = player.last or self.interruptible(player.run)
        if run is None:
            return
        picture = self.interruptible(
            lambda: view(player.recipe.view, run.snippet, run.transcript, player.sandbox.run)
        )
        if picture is None:
            self.say("There is nothing to draw of this code.")
        else:
            self.screen.print(picture)
            self.screen.print()

    # --- going ---

    def _jump(self, to: str) -> bool:
        if not to:
            return False
        try:
            self.sitting.jump(to)
        except NotFoundError as error:
            self.say(str(error), "warn")
            return False
        return True

    def _search(self) -> bool:
        words = self.front.ask("search:")
        if not words:
            return False
        found = self.sitting.search(words)
        if not found:
            self.say(f"Nothing in {self.sitting.lesson.id} has all of: {words}", "warn")
            return False
        if len(found) == 1:
            return self._jump(found[0].id)
        self.screen.print(steps(self.sitting, found, rows=self.screen.height))
        return self._jump(self.front.ask("number or id:", [step.id for step in found]))

    def _end(self) -> None:
        sitting = self.sitting
        self.screen.print(screens.lesson_end(sitting))
        left = bool(sitting.left)
        following = self.following()
        while True:
            keys = k.end_keys(left=left, following=following)
            key = self.choose(keys)
            if key != k.ENTER:
                if self.move(key, keys):
                    return
            elif left:
                sitting.jump(sitting.left[0].id)
                return
            elif following:
                self.goes_on_with = following
                return
            else:
                raise Left
