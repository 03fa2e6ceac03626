"""Putting lines in order: by moving one after another, or by typing their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import FormattedTextControl, Window

from pyrecipes.render.safe import safe_line
from pyrecipes.terminal.keys import Key
from pyrecipes.terminal.lines import Ordering
from pyrecipes.terminal.menu import key_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from pyrecipes.terminal.front import Then
    from pyrecipes.terminal.toolkit import Toolkit

_KEYS = (
    Key("Enter", "check", ""),
    Key("3 1 2", "an order by numbers", ""),
    Key("Up/Down", "choose a line", ""),
    Key("u/d", "move it up, down", ""),
    Key("Space", "take it out, in", ""),
    Key("Ctrl-C", "back to the keys", ""),
    Key("Ctrl-D", "quit", ""),
)


def order(front: Toolkit, lines: Sequence[str], chosen: Sequence[int]) -> tuple[list[int], Then]:
    """Let lines be put in order; the positions, and what is to be done with them."""
    state = Ordering(lines, chosen)
    keys = KeyBindings()

    def text() -> StyleAndTextTuples:
        return _text(state, front)

    @keys.add("up")
    def _(_: KeyPressEvent) -> None:
        state.step(-1)

    @keys.add("down")
    def _(_: KeyPressEvent) -> None:
        state.step(1)

    @keys.add("u")
    @keys.add("K")
    @keys.add("s-up")
    def _(_: KeyPressEvent) -> None:
        state.move(-1)

    @keys.add("d")
    @keys.add("J")
    @keys.add("s-down")
    def _(_: KeyPressEvent) -> None:
        state.move(1)

    @keys.add("space")
    def _(_: KeyPressEvent) -> None:
        if state.typed:
            state.typed += " "
        else:
            state.toggle()

    @keys.add("backspace")
    def _(_: KeyPressEvent) -> None:
        state.typed = state.typed[:-1]

    for digit in "0123456789":
        keys.add(digit)(_typing(state, digit))
    keys.add(",")(_typing(state, " "))

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        if state.typed:
            state.take()
        else:
            event.app.exit(result="submit")

    @keys.add("c-s")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="submit")

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="leave")

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="quit")

    window = Window(FormattedTextControl(text), dont_extend_height=True, always_hide_cursor=True)
    then: Then = front.run(window, keys)
    return state.chosen, then


def _typing(state: Ordering, digit: str) -> Callable[[KeyPressEvent], None]:
    def typed(_: KeyPressEvent) -> None:
        state.typed += digit

    return typed


def _text(state: Ordering, front: Toolkit) -> StyleAndTextTuples:
    look = front.look_below()
    out: StyleAndTextTuples = []
    for row, position in enumerate([*state.chosen, *state.out]):
        if row == len(state.chosen):
            out.append(("class:quiet", f" {look.signs.rule * 3} left out\n"))
        mark = ">" if row == state.at else " "
        style = "class:at class:title" if row == state.at else ""
        line = safe_line(state.lines[position], look).plain
        out += [("class:number", f" {mark}{position + 1:>3}  "), (style, f"{line}\n")]
    if state.typed:
        out.append(("class:key", f" order: {state.typed}\n"))
    return [*out, *key_lines(_KEYS, look)]
