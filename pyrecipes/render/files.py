"""The files that a snippet or an exercise finds in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.safe import safe_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Files

MOST_FILES = 6
MOST_CHARACTERS = 600
MOST_LINES = 12


def files(given: Files) -> Iterator[RenderableType]:
    """Each file with its text, and an empty line; only their names where there is too much."""
    if not given:
        return
    if sum(map(len, given.values())) > MOST_CHARACTERS or len(given) > MOST_FILES:
        yield Text(f"In its folder: {', '.join(given)}", style="quiet")
    else:
        for name, text in given.items():
            yield Text(f"{name}:" if text else f"{name}: empty", style="label")
            yield Drawn(
                lambda look, text=text: [  # type: ignore[misc]
                    Row("    ", line) for line in safe_lines(text, look, most=MOST_LINES)
                ]
            )
    yield Text()
