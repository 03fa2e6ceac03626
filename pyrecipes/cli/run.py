"""`pyrecipes run`: any script, sandboxed, with annotated output."""

from __future__ import annotations

from pathlib import Path

from pyrecipes.cli import parser as options
from pyrecipes.errors import PyrecipesError
from pyrecipes.model import Limits, Snippet

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from typing import Any

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Event, Transcript

MOST_STDIN = 10_000_000
VIEWS = ("regex", "tree", "timeline", "array", "command")


def add(parser: ArgumentParser) -> None:
    """The arguments of `run`."""
    parser.usage = "pyrecipes run FILE|- [options] [-- ARG ...]"
    parser.add_argument("file", metavar="FILE", help="a Python file, or - for standard input")
    parser.add_argument(
        "args", metavar="ARG", nargs="*", default=[], help="the script's own arguments"
    )
    parser.add_argument(
        "--with",
        dest="beside",
        metavar="PATH",
        action="append",
        default=[],
        help="a text file or a folder of them to lay beside the script; may be repeated",
    )
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
        files={name: text for path in args.beside for name, text in _beside(Path(path))},
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
        console.print(listing(snippet, transcript=transcript, explained=True))
        if remark := _remark(args, transcript):
            console.print(remark)
        if args.view:
            from pyrecipes.render.views import view

            picture = view(args.view, snippet, transcript, sandbox.run)
            console.print(picture or f"There is nothing here to draw for --view {args.view}.")
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


def _beside(path: Path) -> Iterator[tuple[str, str]]:
    """A file by its name, or those of a folder by their paths from the folder's parent on."""
    from pyrecipes.cli.context import read_input

    if not path.is_dir():
        yield path.name, read_input(str(path))
        return
    top = path.resolve()
    for found in sorted(top.rglob("*")):
        inner = found.relative_to(top.parent)
        if found.is_file() and "__pycache__" not in inner.parts:
            yield inner.as_posix(), read_input(str(found))


def _remark(args: Namespace, transcript: Transcript) -> str:
    """What the listing itself does not say of how the script ended."""
    if transcript.status == "timeout":
        return "Where it only needs longer, give it more time: --timeout SECONDS"
    if transcript.status == "memory":
        return "Where it really needs as much, allow more: --memory MB"
    error = transcript.error
    if error is None:
        code = transcript.exit_code
        return f"It ended with exit status {code}." if transcript.status == "error" else ""
    name = error.text.partition("No module named '")[2].partition("'")[0].partition(".")[0]
    if not name or args.file == "-":
        return ""
    near = Path(args.file).parent
    lies = next((path for path in (near / f"{name}.py", near / name) if path.exists()), None)
    if lies is None or str(lies) in args.beside:
        return ""
    return (
        f"{lies.name} lies beside the script, not in the sandbox: take it along with --with {lies}"
    )


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
        raw = sys.stdin.buffer.read(MOST_STDIN + 1)
    except OSError as error:
        raise PyrecipesError(f"standard input: {error.strerror}") from None
    if len(raw) > MOST_STDIN:
        raise PyrecipesError(f"standard input: more than {MOST_STDIN // 1_000_000} MB for a script")
    return raw.decode("utf-8", "surrogateescape")
