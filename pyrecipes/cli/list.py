"""`pyrecipes list`: lessons, or one lesson's recipes and exercises, with progress."""

from __future__ import annotations

from pyrecipes.cli import parser as options

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from pyrecipes.cli.context import Context
    from pyrecipes.loader.catalogue import Entry


def add(parser: ArgumentParser) -> None:
    """The arguments of `list`."""
    parser.add_argument("lesson", metavar="LESSON", nargs="?", help="such as re")
    options.as_json(parser)
    options.plain(parser)


def run(args: Namespace, context: Context) -> int:
    """Print the list."""
    if args.json:
        from pyrecipes.cli.context import print_json

        if args.lesson:
            context.catalogue.lesson(args.lesson)
        entries = [e for e in context.catalogue.entries() if args.lesson in (None, e.id)]
        print_json({"lessons": [_as_json(entry, context) for entry in entries]})
    elif args.lesson:
        from pyrecipes.render.lesson_list import lesson_list

        lesson = context.catalogue.lesson(args.lesson)
        context.console(args).print(lesson_list(lesson, context.store.passed(lesson.id)))
    else:
        from pyrecipes.cli.home import standings
        from pyrecipes.render.dashboard import lesson_rows

        context.console(args).print(lesson_rows(standings(context)))
    return 0


def _as_json(entry: Entry, context: Context) -> dict[str, Any]:
    passed = context.store.passed(entry.id)
    return {
        "lesson": entry.id,
        "title": entry.title,
        "recipes": [{"id": id_, "title": title} for id_, title in entry.recipes],
        "exercises": [
            {"id": id_, "kind": kind, "passed": id_ in passed} for id_, kind, *_ in entry.exercises
        ],
    }
