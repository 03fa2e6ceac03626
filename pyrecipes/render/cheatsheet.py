"""A lesson's recipes as a page to keep: for the terminal, as Markdown, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.highlight import python_lines
from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.notes import note_columns
from pyrecipes.render.safe import prose, safe_line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Lesson, Recipe
    from pyrecipes.render.theme import Look, ThemeName

SVG_WIDTH = 96


def cheatsheet(lesson: Lesson, look: Look | None = None) -> RenderableType:
    """The recipes' code with notes and recorded output, without the texts between."""
    return Drawn(lambda at: _sheet(lesson, at), look)


def as_markdown(lesson: Lesson) -> str:
    """The page as Markdown; what a line gave stands as a comment under it."""
    parts = [f"# {lesson.title}\n", f"{lesson.summary}\n"]
    for recipe in lesson.recipes:
        fence = "```"
        while fence in recipe.snippet.code:
            fence += "`"
        parts.append(f"## {recipe.title}\n")
        body = "\n".join(_markdown_lines(recipe))
        parts.append(f"{fence}python\n{body}\n{fence}\n")
        if recipe.docs:
            parts.append(f"<{recipe.docs}>\n")
    return "\n".join(parts)


def as_svg(lesson: Lesson, theme: ThemeName = "dark") -> str:
    """The page as an SVG picture."""
    from pyrecipes.render.svg import svg

    return svg(cheatsheet(lesson), title=lesson.title, width=SVG_WIDTH, theme=theme)


def _sheet(lesson: Lesson, look: Look) -> Iterator[RenderableType]:
    yield Text(prose(lesson.title, look), style="heading")
    yield Row("", Text(prose(lesson.summary, look), style="quiet"))
    for recipe in lesson.recipes:
        yield Text()
        yield Row("", Text(prose(recipe.title, look), style="title"))
        yield from _recipe(recipe, look)


def _recipe(recipe: Recipe, look: Look) -> Iterator[RenderableType]:
    value = "gives: " if look.plain else f"  {look.signs.value}  "
    lines = python_lines(recipe.snippet.code, look)
    beside = {} if look.plain else note_columns(lines, recipe.notes, look.width - 5, look)
    for number, line in enumerate(lines, 1):
        note = sentence(recipe.notes.get(number, ""), look, "note")
        if note and number in beside:
            line.append(" " * (beside[number] - line.cell_len))
            line.append_text(Text.assemble((f"{look.signs.note} ", "note"), note))
        yield Row("     ", line)
        if note and number not in beside:
            head = "note: " if look.plain else f"  {look.signs.note}  "
            yield Row(Text(head, style="note"), note)
        for recorded in recipe.recorded.get(number, ()):
            yield Row(Text(value, style="value"), safe_line(recorded.text, look, "value"))


def _markdown_lines(recipe: Recipe) -> Iterator[str]:
    for number, line in enumerate(recipe.snippet.code.rstrip("\n").split("\n"), 1):
        note = recipe.notes.get(number, "")
        yield f"{line}  # {note}" if note else line
        indent = line[: len(line) - len(line.lstrip())]
        for recorded in recipe.recorded.get(number, ()):
            yield f"{indent}#> {recorded.text}"
