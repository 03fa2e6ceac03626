"""What an input at the live prompt gave, as Python's own prompt shows it; Ctrl-C ends it alone."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.model import Event
from pyrecipes.render.safe import safe_lines
from pyrecipes.value import replace

if TYPE_CHECKING:
    from pyrecipes.model import LiveSession, Transcript
    from pyrecipes.render.theme import Screen

FOLD = 60


def answer_to(session: LiveSession, source: str) -> Transcript:
    """Run one input, and it alone is what Ctrl-C ends.

    It runs in a thread of its own, so that this one can end it.
    """
    done: list[Transcript] = []

    def interrupt(*_: object) -> None:
        pressed.append(True)
        session.interrupt()

    pressed: list[bool] = []
    thread = threading.Thread(target=lambda: done.append(session.run(source)), daemon=True)
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, interrupt) if main else None
    try:
        thread.start()
        thread.join()
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
    given = done[0]
    if pressed and not given.events:  # it was ended before it began, and says nothing of it
        return replace(given, events=(Event(None, "error", "KeyboardInterrupt"),))
    return given


def show(transcript: Transcript, screen: Screen) -> None:
    """Print what an input gave."""
    from pyrecipes.render.stopped import stopped
    from pyrecipes.render.tracebacks import traceback

    text = ""
    style = "stdout"

    def flush() -> None:
        for line in safe_lines(text, screen.look, "" if style == "stdout" else style, FOLD):
            screen.print(line)

    for event in transcript.events:
        if event.kind in ("stdout", "stderr") and event.kind == style:
            text += event.text
            continue
        flush()
        text = ""
        if event.kind == "error":
            screen.print(traceback(event))
        elif event.kind == "value":
            for line in safe_lines(event.text, screen.look, "value", FOLD):
                screen.print(line)
        else:
            text, style = event.text, event.kind
    flush()
    if why := stopped(transcript):
        screen.print(Text(why, style="error"))


def show_state(session: LiveSession, transcript: Transcript, screen: Screen) -> None:
    """Print what an end that the input did not come to by itself leaves to go on with."""
    if not session.alive:
        screen.print(Text("The interpreter has ended, with all its names.", style="warn"))
    elif transcript.status == "timeout":
        left = "What was defined before is still there. Ctrl-C ends an input sooner."
        screen.print(Text(left, style="quiet"))
