"""`pyrecipes certificate`: a certificate for a finished lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.errors import PyrecipesError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `certificate`."""
    parser.add_argument("lesson", metavar="LESSON", help="such as re")
    parser.add_argument("--name", help="the name on it; else that of your account")
    parser.add_argument("--format", choices=("text", "svg"), default="text", help="of the page")


def run(args: Namespace, context: Context) -> int:
    """Print it; 1 where the lesson is not finished."""
    import getpass
    import sys

    from pyrecipes.progress import certificate

    lesson = context.catalogue.lesson(args.lesson)
    exercises = [f"{lesson.id}/{exercise.id}" for exercise in lesson.exercises]
    try:
        name = args.name or getpass.getuser()
    except (OSError, KeyError):
        raise PyrecipesError("say the name that should be on it: --name NAME") from None
    record = certificate.certificate(context.store, name, lesson.id, lesson.title, exercises)
    if record is None:
        done = len(context.store.passed(lesson.id) & {e.id for e in lesson.exercises})
        context.note(f"{lesson.id} is not finished: {done} of {len(exercises)} exercises passed")
        return 1
    write = certificate.as_svg if args.format == "svg" else certificate.as_text
    sys.stdout.write(write(record))
    return 0
