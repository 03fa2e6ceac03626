"""`pyrecipes list`: lessons, or one lesson's recipes and exercises, with progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Lesson


def add(parser: ArgumentParser) -> None:
    """The arguments of `list`."""
    parser.add_argument("lesson", metavar="LESSON", nargs="?", help="such as re")
    options.as_json(parser)
    options.plain(parser)


def run(args: Namespace, context: Context) -> int:
    """Print the list."""
    if args.lesson:
        lessons = [context.catalogue.lesson(args.lesson)]
    else:
        lessons = list(context.catalogue.lessons())
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json({"lessons": [_as_json(lesson, context) for lesson in lessons]})
    elif args.lesson:
        from pyrecipes.render.lesson_list import lesson_list

        context.console(args).print(lesson_list(lessons[0], context.store.passed(args.lesson)))
    else:
        from pyrecipes.cli.home import standings
        from pyrecipes.render.dashboard import lesson_rows

        context.console(args).print(lesson_rows(standings(context)))
    return 0


def _as_json(lesson: Lesson, context: Context) -> dict[str, Any]:
    passed = context.store.passed(lesson.id)
    return {
        "lesson": lesson.id,
        "title": lesson.title,
        "recipes": [{"id": recipe.id, "title": recipe.title} for recipe in lesson.recipes],
        "exercises": [
            {"id": exercise.id, "kind": exercise.kind, "passed": exercise.id in passed}
            for exercise in lesson.exercises
        ],
    }
