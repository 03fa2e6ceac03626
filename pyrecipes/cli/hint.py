"""`pyrecipes hint`: the next hint for an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options
from pyrecipes.cli.exercises import add_exercise, find_exercise

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `hint`."""
    add_exercise(parser)
    parser.add_argument("--all", action="store_true", help="all hints at once")
    options.plain(parser)


def run(args: Namespace, context: Context) -> int:
    """Print one hint more than the last time, and keep how many have been seen."""
    from pyrecipes.render.markdown import markdown

    name, _, exercise = find_exercise(context, args.exercise)
    total = len(exercise.hints)
    seen = context.store.hints(name)
    first = 0 if args.all else min(seen, total - 1)
    last = total if args.all else first + 1
    console = context.console(args)
    for number in range(first, last):
        console.print(f"Hint {number + 1} of {total}", style="bold")
        console.print(markdown(exercise.hints[number]))
    context.store.put_hints(name, max(seen, last))
    return 0
