"""A front of lines: keys are typed with Enter, nothing is redrawn. For screen readers, and for
terminals that can't move their cursor."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from pyrecipes.terminal.front import Edited
from pyrecipes.terminal.keys import ENTER, INTERRUPT, QUIT
from pyrecipes.terminal.lines import parse_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pyrecipes.model import LiveSession
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.front import Draft, Then, Wakes, Where
    from pyrecipes.terminal.keys import Key

END = "."


class Lines:
    """Keys and texts as lines. `read` shows a prompt and gives a line, as `input` does."""

    def __init__(self, read: Callable[[str], str], say: Callable[[str], None]) -> None:
        self.read = read
        self.say = say

    def choose(self, keys: Sequence[Key], where: Where, wakes: Wakes | None = None) -> str:
        """Wait for one of the keys; nothing else ends a wait for a line."""
        known = {key.key: key.key for key in keys} | {key.also: key.key for key in keys if key.also}
        offer = ", ".join(f"{key.shown} {key.label}".strip() for key in keys)
        passed = f" {where.done} of {where.total} {where.word}." if where.total else ""
        self.say(f"{where.text}{'' if where.text.endswith(('?', '!', '.')) else '.'}{passed}")
        self.say(f"Keys: {offer}.")
        while True:
            try:
                line = self.read("> ").strip()
            except EOFError:
                self.say("")
                return QUIT
            except KeyboardInterrupt:
                self.say("")  # the terminal has shown ^C on the prompt's line
                return INTERRUPT
            key = line or ENTER
            if key in known:
                return known[key]
            self.say(f"There is no key {line!r} here. {offer}.")

    def ask(self, label: str, words: Sequence[str] = ()) -> str:
        """One line of text."""
        try:
            return self.read(f"{label} ").strip()
        except (EOFError, KeyboardInterrupt):
            self.say("")
            return ""

    def edit(self, draft: Draft) -> Edited:
        """A text typed line by line, in the place of the one that is there."""
        if draft.path:
            self.say(f"The file is {draft.path}; you can also edit it in your own editor.")
        self.say(
            f"Type the whole text. A line with only {END} ends it; at once, it stays as it is."
        )
        lines: list[str] = []
        try:
            while (line := self.read("")) != END:
                lines.append(line)
        except KeyboardInterrupt:
            self.say("")
            return Edited(self._keep(draft, lines), "leave")
        except EOFError:
            self.say("")
            return Edited(self._keep(draft, lines), "quit")
        return Edited(self._keep(draft, lines), "submit")

    def _keep(self, draft: Draft, lines: list[str]) -> str:
        if not lines:
            return draft.load() if draft.load else draft.text
        text = "".join(f"{line}\n" for line in lines)
        if draft.save:
            draft.save(text)
        return text

    def order(self, lines: Sequence[str], chosen: Sequence[int]) -> tuple[list[int], Then]:
        """The numbers of the lines in their order."""
        while True:
            typed = self.ask("The numbers of the lines in their order, such as 3 1 2:")
            if not typed:
                return list(chosen), "leave"
            order = parse_order(typed, len(lines))
            if order is not None:
                return order, "submit"
            self.say(f"Each number once, from 1 to {len(lines)}; leave out what does not belong.")

    def live(self, session: LiveSession, screen: Screen) -> None:
        """A live prompt."""
        from pyrecipes.terminal.answers_to import answer_to, show, show_state
        from pyrecipes.terminal.busy import busy
        from pyrecipes.terminal.whole import whole

        source = ""
        while session.alive:
            try:
                line = self.read("... " if source else ">>> ")
            except EOFError:
                self.say("")
                return
            except KeyboardInterrupt:
                self.say("")
                source = ""
                continue
            source += ("\n" if source else "") + line
            if source.strip() in ("exit", "quit", "exit()", "quit()"):
                return
            if not source.strip():
                source = ""
            elif whole(source):
                with busy(screen, "Running"):
                    transcript = answer_to(session, source.rstrip())
                show(transcript, screen)
                show_state(session, transcript, screen)
                source = ""

    def released(self) -> AbstractContextManager[None]:
        """Nothing is to be done."""
        return nullcontext()

    def interruptible(self) -> AbstractContextManager[None]:
        """Ctrl-C is a signal at all times."""
        return nullcontext()

    def close(self) -> None:
        """Nothing is to be done."""
