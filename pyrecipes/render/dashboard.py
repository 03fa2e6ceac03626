"""Bare `pyrecipes`: the lessons with their bars, what is due, and one suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row, bar, columns
from pyrecipes.render.safe import count, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Standing
    from pyrecipes.render.theme import Look


def dashboard(
    rows: Sequence[Standing], suggestion: str = "", look: Look | None = None
) -> RenderableType:
    """Where the learner stands. `suggestion` is a command line, shown as what to do next."""
    return Drawn(lambda at: _dashboard(rows, suggestion, at), look)


def lesson_rows(rows: Sequence[Standing], look: Look | None = None) -> RenderableType:
    """One line for each lesson: its name, bar, figures, what is due, title."""
    return Drawn(lambda at: _rows(rows, at), look)


def _dashboard(rows: Sequence[Standing], suggestion: str, look: Look) -> Iterator[RenderableType]:
    done, total = sum(row.done for row in rows), sum(row.total for row in rows)
    yield Text.assemble(
        ("pyrecipes", "heading"), (f"  {done} of {total} exercises passed", "quiet")
    )
    yield Text()
    yield from _rows(rows, look)
    yield Text()
    due = sum(row.due for row in rows)
    if due:
        waits = "waits" if due == 1 else "wait"
        yield Text.assemble((count(due, "exercise"), "warn"), f" {waits} for review")
    if suggestion:
        yield Row("next: " if look.plain else "next  ", Text(prose(suggestion, look), style="key"))


def _rows(rows: Sequence[Standing], look: Look) -> Iterator[RenderableType]:
    if look.plain:
        for row in rows:
            waits = f", {row.due} due" if row.due else ""
            yield Text(prose(f"{row.lesson}: {row.title}. {row.done} of {row.total}{waits}", look))
        return
    width = 20 if look.width >= 100 else 12 if look.width >= 60 else 6
    cells: list[list[Text | str]] = []
    for row in rows:
        finished = row.total > 0 and row.done >= row.total
        sign = Text(look.signs.passed if finished else " ", style="pass")
        figures = Text(f"{row.done}/{row.total}", style="quiet")
        figures.pad_left(max(5 - len(figures), 0))
        due = Text(f"{row.due} due" if row.due else "", style="warn")
        head: list[Text | str] = [sign, Text(prose(row.lesson, look), style="title")]
        cells.append([*head, bar(row.done, row.total, look, width), figures, due])
    if not any(row.due for row in rows):
        cells = [row[:-1] for row in cells]
    titles = [Text(prose(row.title, look), style="quiet") for row in rows]
    if look.width >= 60:
        cells = [[*row, title] for row, title in zip(cells, titles, strict=True)]
    lines = columns(cells)
    for line in lines:
        line.truncate(look.width, overflow="crop" if look.ascii else "ellipsis")
        yield line
