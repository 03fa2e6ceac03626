"""`pyrecipes check`: check answers, and say why they pass or not."""

from __future__ import annotations

from pathlib import Path

from pyrecipes.cli import parser as options
from pyrecipes.cli.exercises import find_exercise
from pyrecipes.errors import NotFoundError, PyrecipesError
from pyrecipes.model import MAIN

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from typing import Any

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Exercise, Files, Lesson, Sandbox, Verdict


def add(parser: ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument(
        "exercises",
        metavar="EXERCISE",
        nargs="*",
        help="such as re/phone; without any, the exercise you were last on",
    )
    parser.add_argument(
        "--file", metavar="F", help="the answer: a file, a folder where it has several, - for stdin"
    )
    parser.add_argument("--all", action="store_true", help="all exercises that have an answer")
    options.as_json(parser)
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Check the answers; 0 where all pass."""
    sandboxes: dict[bool, Sandbox] = {}
    verdicts = []
    for name, lesson, exercise in _wanted(args, context):
        answer = _answer(args, context, name, exercise)
        from pyrecipes.checker import check

        trusted = not lesson.pack
        if trusted not in sandboxes:
            _load(args, context)
            sandboxes[trusted] = context.sandbox(args, trusted=trusted, warm=args.all)
        verdict = check(exercise, answer, sandboxes[trusted], name)
        context.store.add(name, verdict, context.store.hints(name))
        verdicts.append(verdict)
        if not args.json:
            _show(name, exercise, answer, verdict, args, context)
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json([as_json(verdict) for verdict in verdicts])
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as `check --json` prints it."""
    return {
        "exercise": verdict.exercise,
        "passed": verdict.passed,
        "feedback": verdict.feedback,
        "checks": [
            {"check": check.check, "passed": check.passed, "want": check.want, "got": check.got}
            for check in verdict.checks
        ],
        "wall_ms": round(verdict.wall_ms, 3),
    }


def _wanted(args: Namespace, context: Context) -> Iterator[tuple[str, Lesson, Exercise]]:
    if args.all:
        if args.exercises or args.file:
            raise PyrecipesError("--all goes alone: it takes every exercise that has an answer")
        names = [
            f"{lesson.id}/{exercise.id}"
            for lesson in context.catalogue.lessons()
            for exercise in lesson.exercises
            if context.answers.path(f"{lesson.id}/{exercise.id}", exercise).exists()
        ]
        if not names:
            raise NotFoundError("there is no answer yet; `pyrecipes edit EXERCISE` starts one")
        yield from (find_exercise(context, name) for name in names)
        return
    if args.file and len(args.exercises) > 1:
        raise PyrecipesError("--file is the answer to one exercise; name only one")
    yield from (find_exercise(context, name) for name in args.exercises or [None])


def _answer(args: Namespace, context: Context, name: str, exercise: Exercise) -> Files:
    from pyrecipes.cli.context import read_input

    if args.file is None:
        if not context.answers.path(name, exercise).exists():
            raise NotFoundError(
                f"{name} has no answer yet: write {context.answers.path(name, exercise)}, "
                f"or `pyrecipes edit {name}`"
            )
        return context.answers.read(name, exercise)
    names = list(exercise.starter) or [MAIN]
    folder = Path(args.file)
    if args.file != "-" and folder.is_dir():
        missing = [inner for inner in names if not (folder / inner).exists()]
        if missing:
            raise NotFoundError(
                f"{folder}: there is no {' and no '.join(missing)} in it; {name} is answered by "
                f"{', '.join(names)}, and `pyrecipes edit {name}` lays them out"
            )
        return {inner: read_input(str(folder / inner)) for inner in names}
    if len(names) > 1:
        raise PyrecipesError(
            f"{name} has several files ({', '.join(names)}): give --file the folder they are in"
        )
    return {names[0]: read_input(args.file)}


def _load(args: Namespace, context: Context) -> None:
    """Load what will be needed at the end: a sandbox that is starting needs that time anyway."""
    context.store  # noqa: B018
    if not args.json:
        import pyrecipes.render.passed
        import pyrecipes.render.verdict  # noqa: F401

        context.console(args)


def _show(
    name: str,
    exercise: Exercise,
    answer: Files,
    verdict: Verdict,
    args: Namespace,
    context: Context,
) -> None:
    from pyrecipes.render.passed import passed
    from pyrecipes.render.verdict import verdict as render

    console = context.console(args)
    console.print(render(verdict, exercise, hints_seen=context.store.hints(name)))
    if verdict.passed:
        console.print(passed(exercise, answer, shorter=verdict.shorter))
