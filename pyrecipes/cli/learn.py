"""`pyrecipes learn`: the interactive tutor."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Lesson, Sandbox
    from pyrecipes.render.theme import Screen
    from pyrecipes.terminal.front import Front
    from pyrecipes.terminal.warm import Warming


def add(parser: ArgumentParser) -> None:
    """The arguments of `learn`."""
    parser.add_argument(
        "name",
        metavar="LESSON[/ID]",
        nargs="?",
        help="a lesson, or where in it to begin: re, re/groups; without it, where you left",
    )
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """One sitting; without a terminal the lesson as plain text."""
    from pyrecipes.terminal.warm import Warming

    name = args.name or where(context)
    while True:
        lesson, item = context.catalogue.find(name)
        with Warming(lambda lesson=lesson: _sandbox(args, context, lesson)) as warming:  # type: ignore[misc]
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                from pyrecipes.terminal.play import play

                play(lesson, warming.sandbox, _screen(args), item.id if item else "")
                return 0
            status, following = _sit(args, context, lesson, item.id if item else None, warming)
        if following is None:
            return status
        name = following


def front_of(args: Namespace, context: Context, screen: Screen) -> Front:
    """Where keys come from: prompt_toolkit, or lines for `--plain` and terminals that are dumb."""
    dumb = context.environ.get("TERM", "") in ("dumb", "") and sys.platform != "win32"
    if args.plain or dumb:
        from pyrecipes.terminal.plain import Lines

        return Lines(input, screen.print)
    from pyrecipes.terminal import loop  # noqa: F401  # before prompt_toolkit
    from pyrecipes.terminal.toolkit import Toolkit, wants_vi

    gc.freeze()  # what was imported stays; what comes in the hours of a sitting goes in good time
    gc.set_threshold(1000)
    vi = wants_vi(context.environ)
    return Toolkit(lambda: screen.look, vi=vi, history=context.home / "history")


def _sit(
    args: Namespace, context: Context, lesson: Lesson, start: str | None, warming: Warming
) -> tuple[int, str | None]:
    """One lesson's sitting; the exit status, and the lesson to go on with."""
    from pyrecipes.cli.judge import Judge
    from pyrecipes.terminal.learn import Learn
    from pyrecipes.tutor.sitting import Sitting

    judge = Judge(warming)
    first_time = context.store.setting("begun") is None
    sitting = Sitting(
        lesson, context.store, context.answers, warming.sandbox, judge.check, start=start
    )
    screen = _screen(args)
    learn = Learn(
        sitting,
        screen,
        lambda: front_of(args, context, screen),
        context.environ,
        following=lambda: _following(context, lesson),
        first_time=first_time,
        ahead=judge.ahead,
    )
    context.store.set_setting("begun", "yes")
    status = learn.run()
    return status, learn.goes_on_with


def _screen(args: Namespace) -> Screen:
    from pyrecipes.render.theme import make_console

    return make_console(sys.stdout, plain=args.plain or not sys.stdout.isatty())


def _sandbox(args: Namespace, context: Context, lesson: Lesson) -> Sandbox:
    return context.sandbox(args, trusted=not lesson.pack)


def where(context: Context) -> str:
    """The lesson that the learner was last in, else the first one that is not finished."""
    last = context.store.last()
    lessons = context.catalogue.entries()
    if last and any(lesson.id == last.partition("/")[0] for lesson in lessons):
        return last.partition("/")[0]
    return next(iter(lessons)).id


def _following(context: Context, lesson: Lesson) -> str | None:
    """The first lesson after this one, in the catalogue's order, that is not finished."""
    lessons = context.catalogue.entries()
    at = next((n for n, other in enumerate(lessons) if other.id == lesson.id), -1)
    for other in (*lessons[at + 1 :], *lessons[: max(at, 0)]):
        if len(context.store.passed(other.id)) < len(other.exercises):
            return other.id
    return None
