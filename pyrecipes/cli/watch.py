"""`pyrecipes watch`: check again at each save in the learner's own editor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `watch`."""
    parser.add_argument(
        "name",
        metavar="LESSON[/EXERCISE]",
        nargs="?",
        help="the lesson to watch; without it, the one you were last in",
    )
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Watch until q or Ctrl-C."""
    from pyrecipes.cli.judge import Judge
    from pyrecipes.cli.learn import front_of, where
    from pyrecipes.terminal.saves import Saves
    from pyrecipes.terminal.warm import Warming
    from pyrecipes.terminal.watch import Watch
    from pyrecipes.tutor.sitting import Sitting

    lesson, item = context.catalogue.find(args.name or where(context))
    screen = context.console(args)
    keys = sys.stdin.isatty() and sys.stdout.isatty() and not args.plain
    with (
        Saves(context.answers.folder / lesson.id) as saves,
        Warming(lambda: context.sandbox(args, trusted=not lesson.pack)) as warming,
    ):
        judge = Judge(warming)
        sitting = Sitting(
            lesson,
            context.store,
            context.answers,
            warming.sandbox,
            judge.check,
            start=item.id if item else None,
        )
        front = (lambda: front_of(args, context, screen)) if keys else None
        watching = Watch(sitting, saves, screen, front, context.environ, ahead=judge.ahead)
        return watching.run()
