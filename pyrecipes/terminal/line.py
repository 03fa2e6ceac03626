"""One line of text at the bottom of the screen: a number to jump to, words to search for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import BufferControl, Window
from prompt_toolkit.layout.processors import BeforeInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from pyrecipes.terminal.toolkit import Toolkit


def ask(front: Toolkit, label: str, words: Sequence[str]) -> str:
    """The line that was typed; empty after Ctrl-C, Ctrl-D or Escape."""
    buffer = Buffer(multiline=False, completer=WordCompleter(list(words), sentence=True))
    bindings = KeyBindings()

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=buffer.text)

    @bindings.add("c-c")
    @bindings.add("c-d")
    @bindings.add("c-g")
    @bindings.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="")

    @bindings.add("tab")
    def _(event: KeyPressEvent) -> None:
        if buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.start_completion(insert_common_part=True)

    control = BufferControl(buffer, input_processors=[BeforeInput([("class:key", f" {label} ")])])
    window = Window(control, dont_extend_height=True, wrap_lines=True)
    result: Any = front.run(window, bindings, focus=buffer)
    return str(result).strip()
