"""`pyrecipes reset`: start an exercise afresh; the old answer is kept beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.cli.exercises import add_exercise, find_exercise

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `reset`."""
    add_exercise(parser)


def run(args: Namespace, context: Context) -> int:
    """Put the starter back."""
    name, _, exercise = find_exercise(context, args.exercise)
    kept = context.answers.reset(name, exercise)
    console = context.console()
    console.print(f"{name} is as it began: {context.answers.path(name, exercise)}", soft_wrap=True)
    if kept is not None:
        console.print(f"Your answer of before is kept: {kept}", soft_wrap=True)
    return 0
