"""A program as one would run it: the command line as typed, and what a shell would show."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.safe import prose, safe_lines, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Snippet, Transcript
    from pyrecipes.render.theme import Look

MOST_LINES = 40


def command(snippet: Snippet, transcript: Transcript) -> RenderableType:
    """The command and all that the program wrote, in its order, and how it ended."""
    return Drawn(lambda look: _command(snippet, transcript, look))


def _command(snippet: Snippet, transcript: Transcript, look: Look) -> Iterator[RenderableType]:
    words = shlex.join(["python", snippet.name, *snippet.args])
    yield Row(Text("$ ", style="key"), Text(prose(words, look), style="title"))
    for line in split_lines(snippet.stdin)[:10]:
        yield Row(Text("< ", style="quiet"), Text(prose(line, look)))
    shown = [e for e in transcript.events if e.kind != "value"]
    at = 0
    while at < len(shown):
        kind = shown[at].kind
        text = ""
        while at < len(shown) and shown[at].kind == kind:
            text += shown[at].text if kind != "error" else f"{shown[at].text}\n"
            at += 1
        style = "" if kind == "stdout" else kind
        sign = {"stdout": "  ", "stderr": "! ", "error": f"{look.signs.error} "}[kind]
        if look.plain:
            sign = {"stdout": "", "stderr": "standard error: ", "error": "error: "}[kind]
        for shown_line in safe_lines(text, look, style, MOST_LINES):
            yield Row(Text(sign, style=style), shown_line)
    if transcript.exit_code:
        yield Text(f"exit status {transcript.exit_code}", style="quiet")
