"""A lesson as plain text, from its first line to its last, for where nobody presses keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.files import files
from pyrecipes.render.listing import listing
from pyrecipes.render.markdown import markdown
from pyrecipes.render.safe import prose
from pyrecipes.terminal import screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Lesson, Recipe, Sandbox
    from pyrecipes.render.theme import Screen


def play(lesson: Lesson, sandbox: Callable[[], Sandbox], screen: Screen, start: str = "") -> None:
    """Print the lesson, or from its recipe (or exercise) `start` on only that one recipe."""
    look = screen.look
    screen.print(Text(f"{prose(lesson.title, look)} ({lesson.id})", style="title"))
    screen.print(Text(prose(lesson.summary, look)))
    for recipe in lesson.recipes:
        if start in ("", recipe.id, *(exercise.id for exercise in recipe.exercises)):
            _recipe(lesson, recipe, sandbox(), screen)
    screen.print()
    screen.print(
        Text(f"To learn it with your own hands: pyrecipes learn {lesson.id}, at a terminal")
    )


def _recipe(lesson: Lesson, recipe: Recipe, sandbox: Sandbox, screen: Screen) -> None:
    look = screen.look
    screen.print()
    screen.print(Text(f"{lesson.id}/{recipe.id}: {prose(recipe.title, look)}", style="heading"))
    screen.print()
    screen.print(markdown(recipe.text))
    screen.print()
    for part in files(recipe.snippet.files, whole=True):
        screen.print(part)
    screen.print(listing(recipe, transcript=sandbox.run(recipe.snippet)))
    for exercise in recipe.exercises:
        kind = screens.KINDS[exercise.kind]
        screen.print()
        screen.print(
            Text(f"Exercise {lesson.id}/{exercise.id} ({kind}): {prose(exercise.title, look)}")
        )
        screen.print()
        screen.print(markdown(exercise.prompt))
        if exercise.snippet is not None:
            screen.print(listing(exercise.snippet))
        if exercise.options:
            screen.print(screens.options(exercise))
