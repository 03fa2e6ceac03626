"""`pyrecipes solution`: an exercise's solution, with its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options
from pyrecipes.cli.exercises import add_exercise, find_exercise

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `solution`."""
    add_exercise(parser)
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Print the solution; that of a `predict` comes from a real run."""
    name, lesson, exercise = find_exercise(context, args.exercise)
    console = context.console(args)
    if exercise.snippet is not None:
        from pyrecipes.render.listing import listing
        from pyrecipes.render.markdown import markdown

        sandbox = context.sandbox(args, trusted=not lesson.pack, warm=False)
        console.print(listing(exercise.snippet, transcript=sandbox.run(exercise.snippet)))
        console.print(markdown(exercise.explain))
    else:
        from pyrecipes.render.passed import solution

        console.print(solution(exercise))
    context.store.put_hints(name, max(context.store.hints(name), len(exercise.hints)))
    return 0
