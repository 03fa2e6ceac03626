"""How a sitting talks with the person: a protocol, so that the loop needs no terminal library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pyrecipes.model import LiveSession
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.keys import Key


Then = Literal["submit", "leave", "quit", "editor", "hint"]
"""What is to be done with what was written."""


@value
class Where:
    """What the line above the keys says: the place, and how much is done (in a `word`)."""

    text: str
    done: int = 0
    total: int = 0
    word: str = "passed"


@value
class Draft:
    """A text to be edited, and the file where it is kept.

    `load` reads the file and `save` writes it, at once and whole; both None where the text has no
    file. `aside` keeps a text beside the file and returns the name it got. `gaps` puts the cursor
    on each `____` in turn. `complete` gives whole words or attributes that could end a text.
    `own_editor` is whether the person has set one.
    """

    title: str
    text: str
    python: bool = True
    gaps: bool = False
    path: str = ""
    load: Callable[[], str] | None = None
    save: Callable[[str], None] | None = None
    aside: Callable[[str], str] | None = None
    complete: Callable[[str], list[str]] | None = None
    verb: str = "check"
    own_editor: bool = False


@value
class Edited:
    """What came out of an editor: the text, and what is to be done with it."""

    text: str
    then: Then


class Wakes(Protocol):
    """Something else than a key that may happen, in another thread."""

    def listen(self, listener: Callable[[], object] | None) -> None:
        """Have `listener` called when it happens, at once where it has; None to end that."""
        ...


class Front(Protocol):
    """Where keys and lines come from."""

    def choose(self, keys: Sequence[Key], where: Where, wakes: Wakes | None = None) -> str:
        """Wait for one of the keys; `keys.INTERRUPT` for Ctrl-C, `keys.QUIT` for Ctrl-D, and
        empty where something else, by `wakes`, ended the waiting."""
        ...

    def ask(self, label: str, words: Sequence[str] = ()) -> str:
        """One line of text; empty where the person thought better of it."""
        ...

    def edit(self, draft: Draft) -> Edited:
        """Let a text be edited."""
        ...

    def order(self, lines: Sequence[str], chosen: Sequence[int]) -> tuple[list[int], Then]:
        """Let lines be put in order: the positions chosen, and what is to be done with
        them: `submit`, `leave` or `quit`."""
        ...

    def live(self, session: LiveSession, screen: Screen) -> None:
        """A live prompt in a sandboxed interpreter, until the person leaves it."""
        ...

    def released(self) -> AbstractContextManager[None]:
        """The terminal as other programs expect it, for as long as one runs."""
        ...

    def interruptible(self) -> AbstractContextManager[None]:
        """Ctrl-C raises KeyboardInterrupt for as long as something runs; else it is a key."""
        ...

    def close(self) -> None:
        """Give the terminal back as it was."""
        ...
