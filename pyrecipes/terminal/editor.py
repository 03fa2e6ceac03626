"""The editor in the prompt. What is typed is on the disk within a moment, and nothing is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, emacs_mode, has_selection
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import (
    BufferControl,
    Dimension,
    Float,
    FloatContainer,
    FormattedTextControl,
    HSplit,
    Window,
)
from prompt_toolkit.layout.margins import NumberedMargin
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor

from pyrecipes.terminal.completing import PythonCompleter
from pyrecipes.terminal.editing import (
    backspace_width,
    gap_width,
    indent_after,
    next_gap,
    tab_width,
)
from pyrecipes.terminal.front import Draft, Edited
from pyrecipes.terminal.highlighting import PythonLexer
from pyrecipes.terminal.keeping import Keeper
from pyrecipes.terminal.keys import Key
from pyrecipes.terminal.menu import cut, cut_path, key_lines
from pyrecipes.terminal.pasting import paste

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyPressEvent

    from pyrecipes.terminal.toolkit import Toolkit

LOOK_S = 0.25
"""So often the file is looked at, and what was typed is saved."""

MENU = 6
"""So many completions are in view at once."""

PAGE = 10
"""So many lines the page keys go."""


def edit(front: Toolkit, draft: Draft, history: History) -> Edited:
    """Let a text be edited until it is submitted or left."""
    buffer = Buffer(
        document=Document(draft.text, _start(draft)),
        multiline=True,
        completer=ThreadedCompleter(PythonCompleter(draft.complete)) if draft.python else None,
        history=history,
    )
    keeper = Keeper(draft)

    def text_changed(_: object) -> None:
        keeper.notice = ""

    buffer.on_text_insert += text_changed

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            taken = keeper.look(buffer.text)
            if taken is not None:
                cursor = min(buffer.cursor_position, len(taken))
                buffer.save_to_undo_stack()
                buffer.document = Document(taken, cursor)
            if taken is not None or keeper.notice:
                application[0].invalidate()

    application: list[Application[Any]] = []

    def before(started: Application[Any]) -> None:
        application.append(started)
        if draft.load:
            started.create_background_task(look())

    body = _layout(front, draft, buffer, keeper)
    bindings = _bindings(draft, buffer)
    then = front.run(body, bindings, focus=buffer, before=before)
    keeper.keep(buffer.text)
    return Edited(buffer.text, then)


def _start(draft: Draft) -> int:
    """Where the cursor begins: at the first gap, at a lone `...`, else at the end."""
    if draft.gaps and (gap := next_gap(draft.text, 0)) is not None:
        return gap
    lone = draft.text.rfind("    ...\n")
    return lone + 4 if lone >= 0 else len(draft.text.rstrip("\n"))


def _layout(front: Toolkit, draft: Draft, buffer: Buffer, keeper: Keeper) -> FloatContainer:
    def height() -> Dimension:
        most = max(front.rows - 6, 3)
        rows = max(buffer.document.line_count + 1, 7)
        if buffer.complete_state:  # so that the menu does not hide the keys
            rows = max(rows, buffer.document.cursor_position_row + MENU + 2)
        return Dimension(min=2, preferred=min(rows, most), max=most)

    def head() -> StyleAndTextTuples:
        look = front.look_below()
        title = cut(f" {draft.title}", look.width, look.signs.more)
        path = cut_path(draft.path, look.width - len(title) - 2, look.signs.more)
        return [("class:title", title), ("class:quiet", f"  {path}" if path else "")]

    def foot() -> StyleAndTextTuples:
        look = front.look_below()
        notice = [("class:warn", f" {keeper.notice}\n")] if keeper.notice else []
        return [*notice, *key_lines([*front.vi_keys(), *_keys(draft, keeper)], look)]

    control = BufferControl(
        buffer,
        lexer=PythonLexer() if draft.python else None,
        input_processors=[HighlightMatchingBracketProcessor(chars="[](){}")],
    )
    text = Window(
        control,
        height=height,
        wrap_lines=True,
        dont_extend_height=True,
        left_margins=[NumberedMargin()] if draft.python else [],
    )
    menu = Float(CompletionsMenu(max_height=MENU, scroll_offset=1), xcursor=True, ycursor=True)
    return FloatContainer(
        HSplit(
            [
                Window(FormattedTextControl(head), height=1),
                text,
                Window(FormattedTextControl(foot), dont_extend_height=True, wrap_lines=True),
            ]
        ),
        [menu],
    )


def _keys(draft: Draft, keeper: Keeper) -> list[Key]:
    keys = [Key("Ctrl-S", draft.verb, "")]
    if draft.gaps:
        keys.append(Key("Tab", "next gap", ""))
    if draft.load:
        keys.append(Key("Ctrl-T", "hint", ""))
    if draft.own_editor:
        keys.append(Key("Ctrl-O", "own editor", ""))
    keys += [Key("Ctrl-Z", "undo", ""), Key("Ctrl-C", "back to the keys", "")]
    return [*keys, Key("Ctrl-D", "quit", "")]


def _bindings(draft: Draft, buffer: Buffer) -> KeyBindings:
    keys = KeyBindings()
    _ends(keys, draft)
    _typing(keys, draft, buffer)
    _going(keys, buffer)
    return keys


def _ends(keys: KeyBindings, draft: Draft) -> None:
    """The keys that end the editor."""

    def ends(then: str, *names: str, **options: Any) -> None:
        keys.add(*names, eager=True, **options)(lambda event: event.app.exit(result=then))

    ends("submit", "c-s")
    ends("submit", "escape", "enter", filter=emacs_mode)
    ends("leave", "c-c")
    ends("quit", "c-d")
    if draft.load:
        ends("hint", "c-t")
    if draft.own_editor:
        ends("editor", "c-o")


def _typing(keys: KeyBindings, draft: Draft, buffer: Buffer) -> None:
    """The keys that change the text."""
    in_blanks = Condition(
        lambda: draft.python and not buffer.document.current_line_before_cursor.strip(" ")
    )

    def gap() -> int:
        document = buffer.document
        before, after = document.text_before_cursor, document.text_after_cursor
        return gap_width(before, after, gaps=draft.gaps) if draft.python else 0

    def new_line(_: KeyPressEvent) -> None:
        state = buffer.complete_state
        if state and state.current_completion:
            buffer.complete_state = None
            return
        if state:
            buffer.cancel_completion()
        blank = indent_after(buffer.document.text_before_cursor) if draft.python else ""
        buffer.insert_text("\n" + blank)

    def backspace(_: KeyPressEvent) -> None:
        buffer.delete_before_cursor(backspace_width(buffer.document.text_before_cursor))

    def tab(_: KeyPressEvent) -> None:
        document = buffer.document
        if buffer.complete_state:
            buffer.complete_next()
        elif draft.gaps and (at := next_gap(document.text, document.cursor_position + 1)):
            buffer.cursor_position = at
        elif draft.python and document.current_line_before_cursor.strip():
            buffer.start_completion(insert_common_part=True)
        else:
            buffer.insert_text(" " * tab_width(document.text_before_cursor))

    def fill(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            buffer.delete(gap())
            buffer.insert_text(event.data)

    def pasted(event: KeyPressEvent) -> None:
        buffer.save_to_undo_stack()
        document = buffer.document
        buffer.document = Document(
            *paste(document.text, document.cursor_position, event.data, gap())
        )

    keys.add("enter")(new_line)
    keys.add("<bracketed-paste>", filter=Condition(lambda: draft.python))(pasted)
    keys.add("backspace", filter=in_blanks & ~has_selection)(backspace)
    keys.add("tab")(tab)
    keys.add("<any>", filter=Condition(lambda: gap() > 0))(fill)
    keys.add("c-z")(lambda _: buffer.undo())


def _going(keys: KeyBindings, buffer: Buffer) -> None:
    """The keys that go about in the text, in the menu of completions and in earlier answers."""

    def up(_: KeyPressEvent) -> None:
        if buffer.complete_state:
            buffer.complete_previous()
        else:
            buffer.cursor_up()

    def down(_: KeyPressEvent) -> None:
        if buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.cursor_down()

    def back_tab(_: KeyPressEvent) -> None:
        if buffer.complete_state:
            buffer.complete_previous()
        else:
            _dedent(buffer)

    def first(_: KeyPressEvent) -> None:
        buffer.cursor_position = 0

    def last(_: KeyPressEvent) -> None:
        buffer.cursor_position = len(buffer.text)

    keys.add("up")(up)
    keys.add("down")(down)
    keys.add("pageup")(lambda _: buffer.cursor_up(PAGE))
    keys.add("pagedown")(lambda _: buffer.cursor_down(PAGE))
    keys.add("escape", "<", filter=emacs_mode)(first)  # else they go about in the history
    keys.add("escape", ">", filter=emacs_mode)(last)
    keys.add("s-tab")(back_tab)
    keys.add("escape", "p", filter=emacs_mode)(lambda _: buffer.history_backward())
    keys.add("escape", "n", filter=emacs_mode)(lambda _: buffer.history_forward())


def _dedent(buffer: Buffer) -> None:
    line = buffer.document.current_line
    width = min(len(line) - len(line.lstrip(" ")), 4)
    column = buffer.document.cursor_position_col
    if width:
        buffer.cursor_position -= column
        buffer.delete(width)
        buffer.cursor_position += max(column - width, 0)
