"""`pyrecipes repl`: a Python prompt inside the sandbox."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options
from pyrecipes.model import Exercise

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import LiveSession, Snippet
    from pyrecipes.render.theme import Screen


def add(parser: ArgumentParser) -> None:
    """The arguments of `repl`."""
    parser.add_argument(
        "name",
        metavar="LESSON[/ID]",
        nargs="?",
        help="start with the names of this recipe's snippet: re/groups",
    )
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Read inputs and show what they give; without a terminal, those on standard input."""
    snippet, pack = _snippet(args, context)
    sandbox = context.sandbox(args, trusted=not pack)
    screen = context.console(args)
    with sandbox.session(snippet) as session:
        if not sys.stdin.isatty():
            return _piped(session, screen)
        from pyrecipes.cli.learn import front_of

        screen.print(
            f"Python {sys.version.split()[0]} in a sandbox ({sandbox.isolation}). Ctrl-D leaves."
        )
        if snippet is not None:
            from pyrecipes.render.listing import listing

            screen.print(listing(snippet))
        front = front_of(args, context, screen)
        try:
            front.live(session, screen)
        finally:
            front.close()
    return 0


def _snippet(args: Namespace, context: Context) -> tuple[Snippet | None, str]:
    """The snippet to start with, and the pack that it is from."""
    if args.name is None:
        return None, ""
    lesson, item = context.catalogue.find(args.name)
    if isinstance(item, Exercise):
        recipe = next(recipe for recipe in lesson.recipes if item in recipe.exercises)
        return recipe.snippet, lesson.pack
    return (item or lesson.recipes[0]).snippet, lesson.pack


def _piped(session: LiveSession, screen: Screen) -> int:
    """Each input of standard input, as they were typed at a prompt."""
    from pyrecipes.terminal.answers_to import answer_to, show
    from pyrecipes.terminal.whole import whole

    source = ""
    for line in [*sys.stdin.read().splitlines(), ""]:
        source += ("\n" if source else "") + line
        if not source.strip():
            source = ""
        elif whole(source):
            show(answer_to(session, source.rstrip()), screen)
            source = ""
    return 0
