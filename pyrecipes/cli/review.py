"""`pyrecipes review`: the exercises that are due."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options
from pyrecipes.errors import NotFoundError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Lesson


def add(parser: ArgumentParser) -> None:
    """The arguments of `review`."""
    parser.add_argument(
        "--most", type=int, default=20, metavar="N", help="so many at most in one go (20)"
    )
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Ask what is due; without a terminal only say what is."""
    from pyrecipes.cli.context import now

    names = context.store.due()
    screen = context.console(args)
    if not names:
        from pyrecipes.terminal.review import when

        following = context.store.next_due()
        screen.print(
            f"Nothing is due. The next is due {when(following, now())}."
            if following
            else "Nothing is due. A passed exercise comes back here after some days."
        )
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        for name in names:
            screen.print(name)
        return 0
    return _sit(args, context, names[: max(args.most, 1)])


def _sit(args: Namespace, context: Context, names: list[str]) -> int:
    from pyrecipes.cli.context import now
    from pyrecipes.cli.judge import Judge
    from pyrecipes.cli.learn import front_of
    from pyrecipes.progress.answers import Answers
    from pyrecipes.terminal.review import run_review
    from pyrecipes.terminal.warm import Warming
    from pyrecipes.tutor.review import Review

    def find(name: str) -> Lesson | None:
        try:
            lesson, item = context.catalogue.find(name)
        except NotFoundError:
            return None
        return lesson if item in lesson.exercises else None

    screen = context.console(args)
    packs = any((lesson := find(name)) and lesson.pack for name in names)
    with Warming(lambda: context.sandbox(args, trusted=not packs)) as warming:
        judge = Judge(warming)
        review = Review(
            names,
            find,
            context.store,
            Answers(context.home / "review"),
            warming.sandbox,
            check=judge.check,
        )
        return run_review(
            review,
            screen,
            lambda: front_of(args, context, screen),
            context.environ,
            next_due=context.store.next_due,
            now=now,
            ahead=judge.ahead,
        )
