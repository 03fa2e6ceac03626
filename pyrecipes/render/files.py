"""The files that a snippet or an exercise finds in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.safe import safe_lines, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Files

MOST_LINES = 12
"""So many lines of one file are shown where it stands; the rest is counted."""

MOST_IN_ALL = 24
"""So many lines of all files together; of many files each shows less."""

LEAST_LINES = 4

MOST_EMPTY = 3
"""So many empty files get a line each; more are only named."""


def files(given: Files, *, whole: bool = False) -> Iterator[RenderableType]:
    """Each file with its text, and an empty line. What is long is folded, with a count of what is
    left out, but for where it is to be `whole`."""
    if not given:
        return
    empty = [name for name, text in given.items() if not text]
    most = None if whole else _most(given)
    for name, text in given.items():
        if text:
            yield Text(f"{name}:", style="label")
            yield Drawn(
                lambda look, text=text: [  # type: ignore[misc]
                    Row("    ", line) for line in safe_lines(text, look, most=most)
                ]
            )
        elif len(empty) <= MOST_EMPTY:
            yield Text(f"{name}: empty", style="label")
    if len(empty) > MOST_EMPTY:
        yield Text(f"Empty files: {', '.join(empty)}", style="quiet")
    yield Text()


def folded(given: Files) -> bool:
    """Whether `files` leaves a part of them out."""
    most = _most(given)
    return any(len(split_lines(text)) > most for text in given.values())


def _most(given: Files) -> int:
    """How many lines of each file are shown."""
    lengths = [len(split_lines(text)) for text in given.values() if text]
    if sum(min(length, MOST_LINES) for length in lengths) <= MOST_IN_ALL:
        return MOST_LINES
    return max(MOST_IN_ALL // len(lengths), LEAST_LINES)
