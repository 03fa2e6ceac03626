"""`pyrecipes run`: any script, sandboxed, with annotated output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.cli import parser as options
from pyrecipes.errors import PyrecipesError
from pyrecipes.model import Limits, Snippet

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Event, Transcript

VIEWS = ("regex", "tree", "timeline", "array", "command")


def add(parser: ArgumentParser) -> None:
    """The arguments of `run`."""
    parser.usage = "pyrecipes run FILE|- [options] [-- ARG ...]"
    parser.add_argument("file", metavar="FILE", help="a Python file, or - for standard input")
    parser.add_argument("args", metavar="ARG", nargs="*", help="the script's own arguments")
    parser.add_argument("--timeout", type=_positive(float), metavar="S", help="seconds it may take")
    parser.add_argument("--memory", type=_positive(int), metavar="MB", help="megabytes it may use")
    parser.add_argument("--view", choices=VIEWS, help="a picture beside the listing")
    parser.add_argument(
        "--assignments", action="store_true", help="show the value of each assignment too"
    )
    options.as_json(parser)
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Run the script; 0 where it ended well, 1 where it did not."""
    from pyrecipes.cli.context import print_json, read_input

    code = read_input(args.file)
    snippet = Snippet(
        code,
        args=tuple(args.args),
        stdin="" if args.file == "-" else _piped(),
        name="main.py" if args.file == "-" else Path(args.file).name,
        assignments=args.assignments,
        requires=("numpy",) if "numpy" in code else (),
    )
    limits = Limits(
        wall_s=args.timeout or Limits().wall_s,
        cpu_s=max(Limits().cpu_s, 2 * (args.timeout or 0)),
        memory_mb=args.memory or Limits().memory_mb,
    )
    sandbox = context.sandbox(args, warm=False)
    transcript = sandbox.run(snippet, limits)
    if args.json:
        print_json(as_json(transcript))
    else:
        from pyrecipes.render.listing import listing

        console = context.console(args)
        console.print(listing(snippet, transcript=transcript))
        if args.view:
            from pyrecipes.render.views import view

            picture = view(args.view, snippet, transcript, sandbox.run)
            console.print(picture or f"There is nothing here to draw as a {args.view} picture.")
    return 0 if transcript.status == "ok" else 1


def as_json(transcript: Transcript) -> dict[str, Any]:
    """A transcript as `run --json` prints it."""
    return {
        "status": transcript.status,
        "exit_code": transcript.exit_code,
        "wall_ms": round(transcript.wall_ms, 3),
        "isolation": transcript.isolation,
        "truncated": transcript.truncated,
        "events": [_event(event) for event in transcript.events],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "line": event.line,
        "kind": event.kind,
        "text": event.text,
        "process": event.process,
        "thread": event.thread,
        "at_ms": round(event.at_ms, 3),
    }


def _positive(kind: Any) -> Any:
    def number(text: str) -> Any:
        number = kind(text)
        if not 0 < number < 1_000_000:
            raise ValueError
        return number

    number.__name__ = "positive number"
    return number


def _piped() -> str:
    """Standard input for the script, where it is a pipe or a file."""
    import sys

    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        return ""
    try:
        return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise PyrecipesError(f"standard input: {error.strerror}") from None
