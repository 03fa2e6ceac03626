"""`pyrecipes cheatsheet`: a lesson's recipes as a page to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `cheatsheet`."""
    parser.add_argument("lesson", metavar="LESSON", help="such as re")
    parser.add_argument(
        "--format", choices=("terminal", "markdown", "svg"), default="terminal", help="of the page"
    )
    options.plain(parser)


def run(args: Namespace, context: Context) -> int:
    """Print the page."""
    import sys

    from pyrecipes.render.cheatsheet import as_markdown, as_svg, cheatsheet

    lesson = context.catalogue.lesson(args.lesson)
    if args.format == "markdown":
        sys.stdout.write(as_markdown(lesson))
    elif args.format == "svg":
        sys.stdout.write(as_svg(lesson))
    else:
        context.console(args).print(cheatsheet(lesson))
    return 0
