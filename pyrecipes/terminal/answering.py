"""An exercise at a terminal: asked, written, checked, and rested on once it is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.errors import PyrecipesError
from pyrecipes.model import MAIN
from pyrecipes.terminal import keys as k
from pyrecipes.terminal import screens
from pyrecipes.terminal.front import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyrecipes.model import Files, Snippet, Verdict
    from pyrecipes.terminal.learn import Learn

_KEPT = "What you wrote is kept. Enter goes on with it, c checks it.\n"


class Answering:
    """One visit to an exercise."""

    def __init__(self, learn: Learn) -> None:
        self.learn = learn
        self.sitting = learn.sitting
        self.task = learn.sitting.exercise
        self.screen = learn.screen
        self.tried = False
        self.file = next(iter(self.task.starter), MAIN)  # the one that Enter opens

    def visit(self) -> None:
        """Show the exercise and do what the keys say, until another step is to be shown."""
        self.screen.print(screens.exercise(self.sitting, self.learn.path()))
        self.learn.ahead(self.sitting.name, self.task)
        while True:
            keys = self.learn.exercise_keys(self.task, tried=self.tried)
            key = self.learn.choose(keys)
            verdict = self.do(key)
            if verdict and verdict.passed:
                if self._rest(verdict):
                    return
                self.tried = True
            elif verdict is None and self.learn.move(key, keys):
                return

    def do(self, key: str) -> Verdict | None:
        """Do what a key for the answer says; the verdict where it was checked."""
        if self.task.kind == "choice" and key.isdecimal():
            return self.judge({MAIN: key})
        if key == k.ENTER:
            return self._answer(self.file)
        if key.isdecimal() and int(key) <= len(self.task.starter):
            return self._answer(list(self.task.starter)[int(key) - 1])
        if key == "o":
            return self._own_editor()
        if key == "c":
            return self.judge()
        if key == "h":
            self._hint()
        elif key == "=":
            self.show_solution()
        elif key == "x":
            self._reset()
        return None

    # --- writing ---

    def _answer(self, name: str) -> Verdict | None:
        if self.task.kind == "order":
            return self._order(name)
        self.file = name
        before = self.sitting.answer()
        while True:
            edited = self.learn.front.edit(self._draft(name))
            if edited.then == "submit":
                self._show_answer(name, edited.text)
                return self.judge()
            if edited.then == "editor":
                return self._own_editor()
            if edited.then == "quit":
                from pyrecipes.terminal.learn import Left

                raise Left
            if edited.then == "leave":
                self._left(name, edited.text, changed=self.sitting.answer() != before)
                return None
            self._hint()

    def _left(self, name: str, text: str, *, changed: bool) -> None:
        """What comes into the place of an editor that was left."""
        if screens.tall(text, self.screen):
            self.screen.print(screens.exercise(self.sitting, self.learn.path()))
        elif changed and not self.screen.plain:
            self._show_answer(name, text)
        if changed:
            self.learn.say(_KEPT)

    def _draft(self, name: str) -> Draft:
        path = self.sitting.path / name if len(self.task.starter) > 1 else self.sitting.path

        def load() -> str:
            return self.sitting.answer()[name]

        def save(text: str) -> None:
            self.sitting.write({**self.sitting.answer(), name: text})

        def aside(text: str) -> str:
            return self.sitting.put_aside(path, text)

        predict = self.task.kind == "predict"
        return Draft(
            title="What does it print?" if predict else self.task.title,
            text=load(),
            python=not predict,
            gaps=self.task.kind == "fill",
            path=screens.tidy(path, path.home()),
            load=load,
            save=save,
            aside=aside,
            own_editor=bool(editor_of(self.learn.environ)),
            complete=None if predict else self.learn.completions(self._snippet()),
        )

    def _snippet(self) -> Snippet:
        return self.sitting.step.recipe.snippet

    def _show_answer(self, name: str, text: str) -> None:
        """The answer goes into the scrollback, since the editor is wiped away."""
        from pyrecipes.render.safe import safe_lines

        if self.task.kind == "predict":
            self.screen.print(*safe_lines(text, self.screen.look), sep="\n")
            self.screen.print()
        else:
            if len(self.task.starter) > 1:
                self.screen.print(name, style="label")
            self.learn.show_code(text)

    def _order(self, name: str) -> Verdict | None:
        lines = self.task.starter[name].splitlines()
        before = self.sitting.order(lines, self.sitting.answer()[name])
        chosen, then = self.learn.front.order(lines, before)
        files = {name: "".join(f"{lines[at]}\n" for at in chosen)}
        if then != "submit":
            self.sitting.write(files)
            if then == "quit":
                from pyrecipes.terminal.learn import Left

                raise Left
            if chosen != before:
                self.learn.say(_KEPT)
            return None
        self._show_answer(name, files[name])
        return self.judge(files)

    def _own_editor(self) -> Verdict | None:
        import shlex
        import subprocess

        command = editor_of(self.learn.environ)
        self.sitting.write(self.sitting.answer())
        if not command:
            self.learn.say(
                f"Set VISUAL or EDITOR, or open it yourself: {self.sitting.path}", "warn"
            )
            return None
        try:
            with self.learn.front.released():
                words = [*shlex.split(command), str(self.sitting.path)]
                status = subprocess.run(words, check=False).returncode
        except (OSError, ValueError) as error:
            self.learn.say(f"{command}: {error}; set EDITOR to an editor that is there", "warn")
            return None
        if status:
            self.learn.say(f"{command} ended with status {status}; nothing was checked.", "warn")
            return None
        return self.judge()

    # --- judging ---

    def judge(self, files: Files | None = None) -> Verdict | None:
        """Check the answer (the one on the disk where none is given) and show the verdict."""
        from pyrecipes.render.verdict import verdict as render

        try:
            verdict = self.learn.interruptible(lambda: self.sitting.check(files), "Checking")
        except PyrecipesError as error:
            self.learn.say(str(error), "warn")
            return None
        self.tried = True
        if verdict is not None:
            self.screen.print(render(verdict, self.task, hints_seen=self.sitting.hints_seen))
            self.screen.print()
        return verdict

    def _rest(self, verdict: Verdict) -> bool:
        """The pause after a pass; True where another step is to be shown."""
        from pyrecipes.render.passed import passed

        answer = self.sitting.answer()
        self.screen.print(passed(self.task, answer, shorter=verdict.shorter))
        if self.task.solution:
            self.screen.print()
        while True:
            keys = self.learn.passed_keys(self.task)
            key = self.learn.choose(keys)
            if key == k.ENTER:
                self.learn.go_on()
                return True
            if key == "i":
                return False
            if self.learn.move(key, keys):
                return True

    # --- helping ---

    def _hint(self) -> None:
        seen = self.sitting.hints_seen
        hint = self.sitting.hint()
        if hint is None:
            self.learn.say("This exercise has no hints.")
            return
        self.screen.print(screens.hint(hint.number, hint.of, hint.text))
        if hint.number == seen:
            self.learn.say("That was the last one already.\n")

    def show_solution(self) -> None:
        """Print the solution, or the right choice, or what the code prints."""
        from pyrecipes.render.listing import listing
        from pyrecipes.render.passed import solution

        if self.task.kind == "choice":
            right = next(n for n, o in enumerate(self.task.options, 1) if o.right)
            self.learn.say(f"It is {right}.", "title")
        elif self.task.snippet is not None:
            snippet = self.task.snippet
            transcript = self.learn.interruptible(lambda: self.sitting.sandbox().run(snippet))
            self.screen.print(listing(snippet, transcript=transcript))
        self.screen.print(solution(self.task))
        self.screen.print()

    def _reset(self) -> None:
        kept = self.sitting.reset()
        self.learn.say(
            f"It starts afresh. What you wrote is kept as {kept.name}."
            if kept
            else "It starts afresh."
        )


def editor_of(environ: Mapping[str, str]) -> str:
    """The command of the learner's own editor; empty where none is set."""
    return environ.get("VISUAL") or environ.get("EDITOR") or ""
