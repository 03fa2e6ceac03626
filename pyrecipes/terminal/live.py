"""A live Python prompt over a sandboxed interpreter: several lines, completion, values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.filters import has_completions
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import (
    BufferControl,
    Float,
    FloatContainer,
    FormattedTextControl,
    HSplit,
    Window,
)
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor
from rich.text import Text

from pyrecipes.terminal.answers_to import answer_to, show, show_state
from pyrecipes.terminal.busy import busy
from pyrecipes.terminal.completing import PythonCompleter
from pyrecipes.terminal.editing import backspace_width, indent_after, tab_width
from pyrecipes.terminal.highlighting import PythonLexer
from pyrecipes.terminal.keys import Key
from pyrecipes.terminal.menu import key_lines
from pyrecipes.terminal.whole import whole

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout.containers import AnyContainer

    from pyrecipes.model import LiveSession
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.toolkit import Toolkit

_KEYS = (
    Key("Enter", "run", ""),
    Key("Tab", "complete", ""),
    Key("Up", "earlier input", ""),
    Key("Ctrl-C", "start anew", ""),
    Key("Ctrl-D", "leave", ""),
)


def prompt(front: Toolkit, session: LiveSession, screen: Screen, history: History) -> None:
    """Read inputs and show what they give, until Ctrl-D or the interpreter's end."""
    from pyrecipes.render.highlight import python_lines

    while session.alive:
        source = _read(front, session, history)
        if source is None:
            return
        if not source.strip():
            continue
        for number, line in enumerate(python_lines(source, screen.look)):
            screen.print(Text.assemble(("... " if number else ">>> ", "number"), line))
        if source.strip() in ("exit", "quit", "exit()", "quit()"):
            return
        history.append_string(source)
        try:
            with front.interruptible(), busy(screen, "Running"):
                transcript = answer_to(session, source)
        except KeyboardInterrupt:  # it was typed right after Enter; nothing has run
            screen.print(Text("KeyboardInterrupt", style="error"))
            continue
        show(transcript, screen)
        show_state(session, transcript, screen)


def _read(front: Toolkit, session: LiveSession, history: History) -> str | None:
    """One input; empty after Ctrl-C, None at the end."""
    buffer = Buffer(
        multiline=True,
        history=history,
        completer=ThreadedCompleter(PythonCompleter(session.complete)),
    )
    control = BufferControl(
        buffer,
        lexer=PythonLexer(),
        input_processors=[HighlightMatchingBracketProcessor(chars="[](){}")],
    )
    text = Window(
        control,
        wrap_lines=True,
        dont_extend_height=True,
        get_line_prefix=lambda line, wrapped: [
            ("class:key", "    " if wrapped else ">>> " if line == 0 else "... ")
        ],
    )

    def foot() -> StyleAndTextTuples:
        return [*key_lines([*front.vi_keys(), *_KEYS], front.look_below())]

    menu = Float(CompletionsMenu(max_height=6, scroll_offset=1), xcursor=True, ycursor=True)
    room = Window(height=lambda: 5 if buffer.complete_state else 0)
    body: AnyContainer = FloatContainer(
        HSplit([text, room, Window(FormattedTextControl(foot), dont_extend_height=True)]), [menu]
    )
    result = front.run(body, _bindings(buffer), focus=buffer)
    return None if result is None else str(result)


def _bindings(buffer: Buffer) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", filter=~has_completions)
    def _(event: KeyPressEvent) -> None:
        document = buffer.document
        if document.is_cursor_at_the_end and whole(document.text):
            event.app.exit(result=document.text.rstrip())
        else:
            buffer.insert_text("\n" + indent_after(document.text_before_cursor))

    @keys.add("enter", filter=has_completions)
    def _(_: KeyPressEvent) -> None:
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
        else:
            buffer.cancel_completion()

    @keys.add("c-c", eager=True)
    def _(event: KeyPressEvent) -> None:
        if buffer.text.strip():  # Up brings it back
            buffer.history.append_string(buffer.text)
        event.app.exit(result="")

    @keys.add("c-d", eager=True)
    def _(event: KeyPressEvent) -> None:
        if buffer.text:
            buffer.delete()
        else:
            event.app.exit(result=None)

    @keys.add("backspace")
    def _(_: KeyPressEvent) -> None:
        before = buffer.document.current_line_before_cursor
        blank = bool(before) and not before.strip(" ")
        buffer.delete_before_cursor(backspace_width(before) if blank else 1)

    @keys.add("tab")
    def _(_: KeyPressEvent) -> None:
        before = buffer.document.current_line_before_cursor
        if buffer.complete_state:
            buffer.complete_next()
        elif before.strip():
            buffer.start_completion(insert_common_part=True)
        else:
            buffer.insert_text(" " * tab_width(before))

    @keys.add("s-tab")
    def _(_: KeyPressEvent) -> None:
        buffer.complete_previous()

    return keys
