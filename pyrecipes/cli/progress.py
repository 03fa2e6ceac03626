"""`pyrecipes progress`: take your progress along, forget some of it, or take that back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pyrecipes.errors import PyrecipesError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `progress`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    out = actions.add_parser("export", help="everything, as one JSON document")
    out.add_argument("file", metavar="FILE", nargs="?", default="-", help="a file; else printed")
    into = actions.add_parser("import", help="merge an export of another machine")
    into.add_argument("file", metavar="FILE", help="the exported file, or - for standard input")
    reset = actions.add_parser("reset", help="forget an exercise, a lesson or everything")
    reset.add_argument("scope", metavar="NAME|--all", nargs="?", help="such as re/phone or re")
    reset.add_argument("--all", action="store_true", help="everything")
    actions.add_parser("undo", help="bring back what the last reset forgot")


def run(args: Namespace, context: Context) -> int:
    """Do what `action` says, and say what was done."""
    from pyrecipes.progress import exchange

    if args.action == "export":
        text = json.dumps(exchange.export(context.store), indent=1) + "\n"
        if args.file == "-":
            sys.stdout.write(text)
        else:
            from pathlib import Path

            from pyrecipes.progress.answers import write_whole

            write_whole(Path(args.file), text)
        return 0
    if args.action == "import":
        document = _document(args.file)
        try:
            attempts, reviews = exchange.merge(context.store, document)
        except PyrecipesError as error:
            raise PyrecipesError(f"{args.file}: {error}") from None
        said = f"taken over: {attempts} answers and {reviews} reviews that were not here yet"
    elif args.action == "reset":
        if bool(args.scope) == args.all:
            raise PyrecipesError("name an exercise or a lesson to forget, or say --all")
        if args.scope:
            context.catalogue.find(args.scope)
        count = exchange.reset(context.store, args.scope)
        said = f"forgotten: {count} answers and reviews; `pyrecipes progress undo` takes it back"
    else:
        said = f"back again: {exchange.undo(context.store)} answers and reviews"
    print(said)  # noqa: T201
    return 0


def _document(file: str) -> object:
    from pyrecipes.cli.context import LARGEST, read_input

    text = read_input(file, 100 * LARGEST)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f":{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise PyrecipesError(f"{file}{at}: not JSON; `progress export` makes the file") from None
