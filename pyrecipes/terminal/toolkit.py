"""A front made of prompt_toolkit: keys, a line, an editor, never on the full screen."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import Application
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.vi_state import InputMode
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style

from pyrecipes.render.theme import styles
from pyrecipes.terminal.keys import ENTER, INTERRUPT, QUIT, Key
from pyrecipes.terminal.menu import menu
from pyrecipes.terminal.quiet import Quiet
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.history import History
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout.containers import AnyContainer
    from prompt_toolkit.output import Output

    from pyrecipes.model import LiveSession
    from pyrecipes.render.theme import Look, Screen
    from pyrecipes.terminal.front import Draft, Edited, Then, Wakes, Where


class Toolkit:
    """Keys and lines from a terminal. Close it at the end (or use it as a context manager)."""

    def __init__(
        self,
        look: Callable[[], Look],
        *,
        vi: bool = False,
        source: Input | None = None,
        output: Output | None = None,
        history: Path | None = None,
    ) -> None:
        self.look = look
        self.source = source or create_input()
        self._own = source is None
        self.output = output or create_output()
        # Asking the terminal where its cursor is brings nothing here, and an answer that comes
        # late, over a slow line, would be typed into the next prompt.
        if hasattr(self.output, "enable_cpr"):
            self.output.enable_cpr = False
        self._quiet = Quiet(self.source.fileno())
        self.mode = EditingMode.VI if vi else EditingMode.EMACS
        self.tried: dict[str, InMemoryHistory] = {}
        self.typed = _history(history)

    def choose(self, keys: Sequence[Key], where: Where, wakes: Wakes | None = None) -> str:
        """Wait for one of the keys, or to be woken."""
        bindings = KeyBindings()

        def leave_with(key: str) -> Callable[[KeyPressEvent], None]:
            return lambda event: event.app.exit(result=key)

        for key in keys:
            # An Enter that was typed while the program started comes as a line feed.
            for name in (key.key, key.also, "c-j" if key.key == ENTER else ""):
                if name:
                    bindings.add(name)(leave_with(key.key))
        bindings.add("c-c")(leave_with(INTERRUPT))
        bindings.add("c-d")(leave_with(QUIT))
        if any(key.key == "?" for key in keys):
            bindings.add("f1")(leave_with("?"))

        def text() -> StyleAndTextTuples:
            return [*menu(keys, where, self.look_below())]

        control = FormattedTextControl(text)
        window = Window(control, dont_extend_height=True, always_hide_cursor=True)
        if wakes is None:
            return str(self.run(window, bindings))

        def listen(application: Application[Any]) -> None:
            def end() -> None:
                if application.future is not None and not application.future.done():
                    application.exit(result="")

            loop = asyncio.get_running_loop()
            wakes.listen(lambda: loop.call_soon_threadsafe(end))

        try:
            return str(self.run(window, bindings, before=listen))
        finally:
            wakes.listen(None)

    def ask(self, label: str, words: Sequence[str] = ()) -> str:
        """One line of text; empty where the person thought better of it."""
        from pyrecipes.terminal.line import ask

        return ask(self, label, words)

    def edit(self, draft: Draft) -> Edited:
        """Let a text be edited."""
        from pyrecipes.terminal.editor import edit

        history = self.tried.setdefault(draft.path or draft.title, InMemoryHistory())
        edited = edit(self, draft, history)
        if edited.then == "submit":
            history.append_string(edited.text)
        return edited

    def order(self, lines: Sequence[str], chosen: Sequence[int]) -> tuple[list[int], Then]:
        """Let lines be put in order."""
        from pyrecipes.terminal.ordering import order

        return order(self, lines, chosen)

    def live(self, session: LiveSession, screen: Screen) -> None:
        """A live prompt in a sandboxed interpreter."""
        from pyrecipes.terminal.live import prompt

        prompt(self, session, screen, self.typed)

    def run(
        self,
        container: AnyContainer,
        bindings: KeyBindings,
        *,
        focus: Any = None,
        before: Callable[[Application[Any]], None] | None = None,
    ) -> Any:
        """Show a layout at the bottom of what is on the screen until a key ends it."""
        application = self._application
        look = self.look()
        application.style = Style.from_dict(styles(look.theme)) if look.colour else _NO_COLOUR
        application.layout = Layout(container, focused_element=focus)
        application.key_bindings = bindings
        pre_run = (lambda: before(application)) if before else None
        return application.run(pre_run=pre_run)

    @cached_property
    def _application(self) -> Application[Any]:
        """Made once: that takes 10 ms, most of them for the keys of vi."""
        application: Application[Any] = Application(
            color_depth=lambda: None if self.look().colour else ColorDepth.DEPTH_1_BIT,
            erase_when_done=True,
            include_default_pygments_style=False,
            editing_mode=self.mode,
            input=self.source,
            output=self.output,
        )
        application.ttimeoutlen = 0.05
        return application

    @property
    def columns(self) -> int:
        """The terminal's width as it is now."""
        return self.output.get_size().columns

    @property
    def rows(self) -> int:
        """The terminal's height as it is now."""
        return self.output.get_size().rows

    def vi_keys(self) -> list[Key]:
        """With the keys of vi: the mode that a text is in, and the key to the other."""
        if self.mode is not EditingMode.VI:
            return []
        if self._application.vi_state.input_mode is InputMode.NAVIGATION:
            return [Key("i", "insert", "")]
        return [Key("Esc", "vi's keys", "")]

    def released(self) -> AbstractContextManager[None]:
        """The terminal as other programs expect it, for as long as one runs."""
        return self._quiet.released()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Ctrl-C raises KeyboardInterrupt, for as long as something runs; also one that was typed
        just before."""
        with self._quiet.interruptible():
            keys = self.source.read_keys() if self._quiet.works else []
            if any(key.key == Keys.ControlC for key in keys):
                raise KeyboardInterrupt
            store_typeahead(self.source, keys)
            yield

    def close(self) -> None:
        """Give the terminal back as it was."""
        self._quiet.restore()
        if self._own:
            self.source.close()

    def __enter__(self) -> Toolkit:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def look_below(self) -> Look:
        """How things look in what is redrawn: its last column stays free."""
        return replace(self.look(), width=max(self.columns - 1, 20))


_NO_COLOUR = Style.from_dict(
    {
        "key": "bold",
        "title": "bold",
        "py.keyword": "bold",
        "matching-bracket": "reverse",
        "at": "reverse",
    }
)


def _history(path: Path | None) -> History:
    """What was typed at live prompts, kept in a file where one can be written."""
    if path is not None:
        try:
            path.touch()
        except OSError:
            return InMemoryHistory()
        return FileHistory(path)
    return InMemoryHistory()


def wants_vi(environ: Mapping[str, str]) -> bool:
    """Whether vi's keys are asked for, by PYRECIPES_KEYS=vi."""
    return environ.get("PYRECIPES_KEYS", "").lower() == "vi"
