"""Where an author's notes stand: beside their lines where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from pyrecipes.render.safe import prose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from pyrecipes.render.theme import Look

GAP = 3


def note_columns(
    lines: Sequence[Text], notes: Mapping[int, str], room: int, look: Look
) -> dict[int, int]:
    """The lines whose note fits to their right in `room` columns, and the column of its sign.

    They share a column where they can, so that notes read as one column of text.
    """
    sizes = {
        line: cell_len(f"{look.signs.note} {prose(note, look)}")
        for line, note in notes.items()
        if 0 < line <= len(lines)
    }
    least = {line: lines[line - 1].cell_len + GAP for line in sizes}
    fits = [line for line, size in sizes.items() if least[line] + size <= room]
    shared = max((least[line] for line in fits), default=0)
    return {line: shared if shared + sizes[line] <= room else least[line] for line in fits}
