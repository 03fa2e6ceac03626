"""`pyrecipes list LESSON`: its recipes and their exercises, with what is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row, bar, columns
from pyrecipes.render.safe import prose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Lesson
    from pyrecipes.render.theme import Look

KINDS = {
    "write": "write",
    "fix": "fix",
    "fill": "fill in",
    "predict": "predict",
    "choice": "choose",
    "order": "put in order",
}


def lesson_list(
    lesson: Lesson, passed: Collection[str], look: Look | None = None, *, here: str = ""
) -> RenderableType:
    """The lesson's recipes with their exercises. `passed` has exercise ids; `here` is the id of
    the recipe or exercise that the learner is at."""
    return Drawn(lambda at: _list(lesson, passed, here, at), look)


def _list(
    lesson: Lesson, passed: Collection[str], here: str, look: Look
) -> Iterator[RenderableType]:
    total = len(lesson.exercises)
    done = sum(exercise.id in passed for exercise in lesson.exercises)
    head = Text.assemble((lesson.id, "heading"), "  ", (prose(lesson.title, look), "title"))
    if look.plain:
        yield Text(f"{head.plain}: {done} of {total} exercises passed")
    else:
        yield head
        yield Text.assemble(bar(done, total, look, 24), (f"  {done}/{total}", "quiet"))
    if lesson.summary:
        yield Row("", Text(prose(lesson.summary, look), style="quiet"))
    ids = [recipe.id for recipe in lesson.recipes] + [e.id for e in lesson.exercises]
    width = max(map(len, ids), default=0)
    for recipe in lesson.recipes:
        yield Text()
        if look.plain:
            yield Text(f"recipe {recipe.id}: {prose(recipe.title, look)}")
        else:
            name = Text(f"{recipe.id:<{width + 4}}  ", style="title")
            title = Text(prose(recipe.title, look), "title")
            yield Row(Text.assemble(_here(recipe.id == here), name), title)
        for exercise in recipe.exercises:
            right = exercise.id in passed
            kind = KINDS[exercise.kind]
            gap = ", " if look.plain else "  "
            title = Text.assemble(prose(exercise.title, look), (f"{gap}{kind}", "quiet"))
            if look.plain:
                state = "passed" if right else "open"
                if exercise.id == here:
                    state += ", you are here"
                yield Row("  ", Text(f"exercise {exercise.id}: {title.plain}, {state}"))
                continue
            sign = look.signs.passed if right else look.signs.bullet
            mark = Text(f"  {sign} ", style="pass" if right else "quiet")
            name = Text(f"{exercise.id:<{width}}  ")
            yield Row(Text.assemble(_here(exercise.id == here), mark, name), title)


def _here(here: bool) -> Text:
    return Text("> " if here else "  ", style="key")


def recipes_learned(lesson: Lesson, look: Look | None = None) -> RenderableType:
    """What a lesson taught, as a list to look up again: each recipe's full name and title."""

    def build(at: Look) -> Iterator[RenderableType]:
        rows = [
            (Text(f"  {lesson.id}/{recipe.id}", style="key"), Text(prose(recipe.title, at)))
            for recipe in lesson.recipes
        ]
        yield from columns(rows)

    return Drawn(build, look)
