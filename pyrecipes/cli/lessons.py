"""`pyrecipes lessons`: for those who write lessons."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.cli import importing
from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from pyrecipes.authoring.verify import Step
    from pyrecipes.cli.context import Context

PATHS = "lesson files, or folders of them; without any, the folder lessons/"


def add(parser: ArgumentParser) -> None:
    """The arguments of `lessons` and its subcommands."""
    commands = parser.add_subparsers(dest="task", metavar="COMMAND", required=True)
    verify = commands.add_parser("verify", help="hold lessons to what they say")
    verify.add_argument("paths", metavar="PATH", nargs="*", help=PATHS)
    verify.add_argument("-j", "--jobs", type=int, default=0, metavar="N", help="workers")
    verify.add_argument("--all", action="store_true", help="also what passed and has not changed")
    verify.add_argument(
        "--mutants", action="store_true", help="only: which small changes to solutions still pass"
    )
    verify.add_argument(
        "--format", choices=("text", "github"), default="text", help="how faults are written"
    )
    options.as_json(verify)
    options.level(verify)
    record = commands.add_parser("record", help="write what snippets really give into the files")
    record.add_argument("paths", metavar="PATH", nargs="*", help=PATHS)
    options.level(record)
    new = commands.add_parser("new", help="a lesson to start from")
    new.add_argument("lesson", metavar="LESSON", help="the lesson's id, such as re")
    new.add_argument("-o", "--folder", metavar="DIR", help="where to; lessons/ unless said")
    importing.add(commands)
    commands.add_parser("schema", help="a JSON Schema of lesson files, for editors")
    shown = commands.add_parser("list", help="lesson files and what is in them")
    shown.add_argument("paths", metavar="PATH", nargs="*", help=PATHS)
    options.as_json(shown)
    preview = commands.add_parser("preview", help="a lesson as a learner sees it, at each save")
    preview.add_argument("file", metavar="FILE", help="a lesson file")
    preview.add_argument("--once", action="store_true", help="show it and end")
    options.plain(preview)
    options.level(preview)


def run(args: Namespace, context: Context) -> int:
    """Do what the subcommand says."""
    return TASKS[args.task](args, context)


def _verify(args: Namespace, context: Context) -> int:
    from pyrecipes.authoring import formats
    from pyrecipes.authoring.finding import find
    from pyrecipes.authoring.passed import Passed
    from pyrecipes.authoring.verify import verify

    paths = find(args.paths, Path.cwd())
    if args.mutants:
        return _mutants(paths, args, context)
    progress = _Progress()

    def heard(step: Step) -> None:
        progress.clear()
        if not args.json:
            for fault in step.faults:
                _say(formats.fault_line(fault, args.format))
        progress.show(step.done, step.total, step.name)

    report = verify(
        paths,
        lambda: context.sandbox(args),
        args.jobs if args.jobs > 0 else _cores(),
        heard,
        Passed(context.home / "cache" / "verified.json", forget=args.all),
        level=args.isolation or context.environ.get("PYRECIPES_SANDBOX", ""),
    )
    progress.clear()
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json(formats.as_data(report))
    else:
        for line in formats.summary(report):
            _say(line)
    return 0 if report.passed else 1


def _mutants(paths: list[Path], args: Namespace, context: Context) -> int:
    from pyrecipes.authoring import mutants
    from pyrecipes.cli.context import print_json
    from pyrecipes.loader import load

    progress, scores, faults = _Progress(), {}, []
    with context.sandbox(args) as sandbox:
        for done, path in enumerate(paths):
            progress.show(done, len(paths), str(path))
            lesson = load(path)
            report = mutants.mutants(lesson, sandbox)
            scores[lesson.id] = mutants.score(report)
            found = mutants.lines(lesson.id, report)
            faults += [line.strip() for line in found[1:]]
            progress.clear()
            if not args.json:
                for line in found:
                    _say(line)
    passed = all(share >= mutants.GOAL for share in scores.values())
    if args.json:
        print_json({"passed": passed, "scores": scores, "faults": faults})
    return 0 if passed else 1


def _record(args: Namespace, context: Context) -> int:
    from pyrecipes.authoring.finding import find
    from pyrecipes.authoring.formats import fault_line
    from pyrecipes.authoring.record import record
    from pyrecipes.errors import LessonError

    status = 0
    sandbox = context.sandbox(args)
    progress = _Progress()
    for path in find(args.paths, Path.cwd()):
        try:
            change = record(path, sandbox, lambda name: progress.show(0, 0, name))
        except LessonError as error:
            progress.clear()
            for line in str(error).splitlines():
                _say(line)
            status = 1
            continue
        progress.clear()
        for fault in change.faults:
            _say(fault_line(fault))
            status = 1
        names = ", ".join(change.changed)
        _say(f"{path}: recorded {names}" if names else f"{path}: nothing to change")
    return status


def _new(args: Namespace, _: Context) -> int:
    from pyrecipes.authoring.scaffold import new

    path = new(args.lesson, Path(args.folder) if args.folder else None, Path())
    _say(f"{path} is made. Next: fill it in, then `pyrecipes lessons record {path}`")
    return 0


def _import(args: Namespace, context: Context) -> int:
    progress = _Progress()

    def said(name: str) -> None:
        progress.clear()
        if name:
            progress.show(0, 0, name)

    try:
        return importing.run(args, context, said)
    finally:
        progress.clear()


def _schema(_: Namespace, __: Context) -> int:
    from pyrecipes.authoring.json_schema import json_schema
    from pyrecipes.cli.context import print_json

    print_json(json_schema())
    return 0


def _list(args: Namespace, _: Context) -> int:
    from pyrecipes import loader
    from pyrecipes.authoring.finding import find
    from pyrecipes.errors import LessonError

    rows: list[dict[str, Any]] = []
    status = 0
    for path in find(args.paths, Path.cwd()):
        try:
            lesson = loader.load(path)
        except LessonError as error:
            status = 1
            rows.append({"file": str(path), "faults": str(error).splitlines()})
            continue
        exercises = lesson.exercises
        rows.append(
            {
                "file": str(path),
                "lesson": lesson.id,
                "title": lesson.title,
                "recipes": len(lesson.recipes),
                "exercises": len(exercises),
                "mistakes": sum(len(exercise.mistakes) for exercise in exercises),
            }
        )
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json({"files": rows})
        return status
    for row in rows:
        if "faults" in row:
            _say("\n".join(row["faults"]))
        else:
            counts = ", ".join(f"{row[key]} {key}" for key in ("recipes", "exercises", "mistakes"))
            _say(f"{row['file']}: {row['title']} ({counts})")
    return status


def _preview(args: Namespace, context: Context) -> int:
    from pyrecipes.cli.lessons_preview import preview

    return preview(Path(args.file), args, context)


TASKS: dict[str, Callable[[Namespace, Context], int]] = {
    "verify": _verify,
    "record": _record,
    "new": _new,
    "import": _import,
    "schema": _schema,
    "list": _list,
    "preview": _preview,
}


class _Progress:
    """One line on standard error that says how far things are, when that is a terminal."""

    def __init__(self) -> None:
        self._shown = False
        self._on = sys.stderr.isatty()

    def show(self, done: int, total: int, name: str) -> None:
        """Replace the line."""
        if self._on:
            count = f"{done}/{total} " if total else ""
            sys.stderr.write(f"\r\x1b[K{count}{name[:60]}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _cores() -> int:
    """How many workers: one for each core that is ours."""
    import os

    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
