"""`pyrecipes lessons preview`: a lesson file as a learner sees it, again at each save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.errors import LessonError, NotFoundError
from pyrecipes.render.listing import listing
from pyrecipes.render.markdown import markdown

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from rich.console import Console

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Lesson, Sandbox


def preview(path: Path, args: Namespace, context: Context) -> int:
    """Show the lesson; unless `--once`, again each time that the file is saved, until Ctrl-C.

    A snippet that has not changed is not run again. Raises NotFoundError where there is no file.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: there is no such file")
    console = context.console(args)
    sandbox = MemoSandbox(context.sandbox(args), Remembered())
    if args.once:
        return _show(path, console, sandbox)
    from watchfiles import watch

    _again(path, console, sandbox)
    try:
        for changes in watch(path.parent, debounce=200, step=50, recursive=False):
            if any(name.endswith(path.name) for _, name in changes):
                _again(path, console, sandbox)
    except KeyboardInterrupt:
        pass
    return 0


def _again(path: Path, console: Console, sandbox: Sandbox) -> None:
    if console.is_terminal:
        console.clear()
    _show(path, console, sandbox)
    console.print(
        f"{path}: shown again at each save; Ctrl-C ends", style="dim", markup=False, soft_wrap=True
    )


def _show(path: Path, console: Console, sandbox: Sandbox) -> int:
    try:
        lesson = loader.load(path)
    except LessonError as error:
        for line in str(error).splitlines():
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return 1
    _lesson(lesson, console, sandbox)
    return 0


def _lesson(lesson: Lesson, console: Console, sandbox: Sandbox) -> None:
    def heading(text: str, style: str = "bold") -> None:
        console.print(text, style=style, markup=False, highlight=False)

    heading(f"{lesson.id}: {lesson.title}")
    console.print(lesson.summary, markup=False, highlight=False)
    for recipe in lesson.recipes:
        console.print()
        heading(f"{lesson.id}/{recipe.id}  {recipe.title}")
        console.print()
        console.print(markdown(recipe.text))
        console.print(listing(recipe, transcript=sandbox.run(recipe.snippet)))
        for exercise in recipe.exercises:
            console.print()
            heading(f"{exercise.kind} {lesson.id}/{exercise.id}  {exercise.title}")
            console.print(markdown(exercise.prompt))
            if exercise.snippet is not None:
                console.print(markdown(f"```python\n{exercise.snippet.code}```"))
            for number, option in enumerate(exercise.options, 1):
                console.print(markdown(f"{number}. {option.text}"))
            for name, text in exercise.starter.items():
                heading(name, "dim")
                console.print(markdown(f"```python\n{text}```"))
