"""The command line: one file per verb, each importing what it needs when it is called.

A verb's module has `add(parser)`, which gives an argument parser its arguments, and
`run(args, context) -> int`, which does the work and returns the exit status.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from pyrecipes import __version__
from pyrecipes.errors import PyrecipesError

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import Namespace

    from pyrecipes.cli.parser import Parser
    from pyrecipes.sandbox.launch import Zygote

VERBS = {
    "learn": "the interactive tutor",
    "check": "check an answer",
    "hint": "show the next hint for an exercise",
    "solution": "show an exercise's solution",
    "reset": "start an exercise afresh",
    "edit": "open an answer in your own editor",
    "watch": "check again at each save in your own editor",
    "review": "the exercises that are due",
    "due": "how many exercises are due",
    "list": "lessons, or one lesson's recipes and exercises",
    "show": "print a recipe with its annotated output",
    "cheatsheet": "a lesson's recipes as a page to keep",
    "run": "run any script in the sandbox, with annotated output",
    "repl": "a Python prompt inside the sandbox",
    "stats": "what you have done, and what you remember",
    "progress": "export, import, reset or undo your progress",
    "certificate": "a certificate for a finished lesson",
    "doctor": "which sandbox is in force, what it keeps out, where data lies",
    "packs": "add, list and remove packs of lessons",
    "lessons": "for lesson authors: verify, record, new, schema, import, list, preview",
    "completion": "print a completion script for your shell",
}

INTERRUPTED = 130

AHEAD: dict[str, tuple[int, tuple[str, ...]]] = {
    "run": (1, ()),
    "check": (2, ("collections", "functools", "re")),
}
"""The commands that start a sandbox before all else: for how many runs, with which modules."""


def run(argv: list[str]) -> int:
    """Run the command that `argv` names and return its exit status."""
    _open_streams()
    try:
        status = _dispatch(argv)
        sys.stdout.flush()
    except PyrecipesError as error:
        _complain(str(error))
        return error.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence(sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        gone = isinstance(error, FileNotFoundError) and not where  # what `os.getcwd` says
        _complain(
            "the folder you are in is gone; go to another one"
            if gone
            else f"{where}{error.strerror or error}"
        )
        _silence(sys.stdout.fileno())
        return 2
    except SystemExit as leaving:  # argparse, after --help or a fault in the arguments
        return leaving.code if isinstance(leaving.code, int) else 0
    return status


def build_parser(*, whole: bool = True) -> Parser:
    """The parser of the command line; where it is the `whole`, with every command's arguments."""
    from pyrecipes.cli.parser import Parser

    parser = Parser(
        prog="pyrecipes",
        description="Recipes of Python's standard library, learned. Alone: where you stand.",
    )
    parser.add_argument("--version", action="version", version=f"pyrecipes {__version__}")
    commands = parser.add_subparsers(
        dest="verb", metavar="COMMAND", title="commands", parser_class=Parser
    )
    for verb, summary in VERBS.items():
        child = commands.add_parser(verb, help=summary, description=_sentence(summary))
        if whole:
            add(verb, child)
    return parser


def add(verb: str, parser: Parser) -> None:
    """Give a parser the arguments of a command."""
    import_module(f"pyrecipes.cli.{verb}").add(parser)


def _dispatch(argv: list[str]) -> int:
    verb = argv[0] if argv else "home"
    ahead = _ahead(verb, argv[1:]) if verb in AHEAD else None

    try:
        args = _parsed(verb, argv)
    except BaseException:  # --help or a fault
        if ahead is not None:
            ahead.close()
        raise

    from pyrecipes.cli.context import Context

    with Context(os.environ, ahead) as context:
        status = import_module(f"pyrecipes.cli.{verb}").run(args, context)
        sys.stdout.flush()
        return int(status)


def _ahead(verb: str, words: list[str]) -> Zygote | None:
    """Start a sandbox's process first of all, even before the words are taken apart: the rest is
    loaded while it starts."""
    if any(word.startswith(("-h", "--h", "--isolation")) for word in words):
        return None
    from pyrecipes.sandbox.launch import ahead

    return ahead(os.environ.get("PYRECIPES_SANDBOX"), *AHEAD[verb])


def _parsed(verb: str, argv: list[str]) -> Namespace:
    if verb not in VERBS:  # nothing, --help, --version or a fault
        return build_parser(whole=False).parse_args(argv)
    from pyrecipes.cli.parser import Parser

    # its parser alone: making all of them takes longer than what many do
    parser = Parser(prog=f"pyrecipes {verb}", description=_sentence(VERBS[verb]))
    add(verb, parser)
    return parser.parse_args(argv[1:])


def _open_streams() -> None:
    """Let a standard stream that is closed go nowhere: else the next file would get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)


def _complain(text: str) -> None:
    from pyrecipes.cli.parser import tidy

    lines = text.splitlines() or [""]
    prefix = "" if len(lines) > 1 else "pyrecipes: "
    try:
        for line in lines:
            sys.stderr.write(f"{prefix}{tidy(line)}\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr.fileno())


def _silence(descriptor: int) -> None:
    """Let what is still buffered go nowhere, so that the interpreter ends without a word."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _sentence(summary: str) -> str:
    return summary[0].upper() + summary[1:] + "."
