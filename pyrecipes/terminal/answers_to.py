"""What an input at the live prompt gave, as Python's own prompt shows it; Ctrl-C ends it alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.safe import safe_lines

if TYPE_CHECKING:
    from pyrecipes.model import LiveSession, Transcript
    from pyrecipes.render.theme import Screen

FOLD = 60


def answer_to(session: LiveSession, source: str) -> Transcript:
    """Run one input, and it alone is what Ctrl-C ends.

    The run waits in a thread of its own, so that Ctrl-C reaches this one.
    """
    done: list[Transcript] = []
    thread = threading.Thread(target=lambda: done.append(session.run(source)), daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join()
        except KeyboardInterrupt:
            session.interrupt()
    return done[0]


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
