"""An argument parser whose faults are one line."""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False  # of `typing`, which takes longer to import than all else here
if TYPE_CHECKING:
    from typing import Any, NoReturn

LONGEST = 600
"""So many characters a line of complaint may have; of a longer one the two ends are shown."""


# argparse looks for translations, of which Python has none; the search would import `locale`.
argparse._ = lambda text: text  # type: ignore[attr-defined]


class Help(argparse.HelpFormatter):
    """argparse's, with room for our longest command, and the same in all versions of Python."""

    def __init__(self, **options: Any) -> None:
        options["max_help_position"] = 28
        options["width"] = _width() - 2  # argparse itself would import shutil to ask for it
        super().__init__(**options)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        default = self._get_default_metavar_for_optional(action)
        return f"{', '.join(action.option_strings)} {self._format_args(action, default)}"


class Parser(argparse.ArgumentParser):
    """argparse's, without abbreviations and without colour; a fault is one line and status 2."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", Help)
        super().__init__(**options)
        self.color = False  # Python 3.14's colours would make help texts differ between versions

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, in one line, and end with status 2."""
        self.exit(2, f"{self.prog}: {tidy(_helpful(message))} (try: {self.prog} --help)\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the program; what was to be printed is flushed first, so that a fault is seen."""
        if status == 0:
            sys.stdout.flush()
        super().exit(status, message)

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse swallows OSError here: a full disk or a closed pipe would go unseen
        if message:
            (file or sys.stderr).write(message)


def tidy(line: str) -> str:
    """A line that holds what a user typed, fit for a terminal: no control characters, no novel."""
    if len(line) > LONGEST:
        line = f"{line[: LONGEST // 2]} ... {line[-LONGEST // 2 :]}"
    return line if line.isprintable() else "".join(map(_printable, line))


def _printable(char: str) -> str:
    return char if char.isprintable() else repr(char)[1:-1]


def _width() -> int:
    """The terminal's width, as `shutil.get_terminal_size` tells it; at most 100."""
    try:
        columns = int(os.environ.get("COLUMNS", "0"))
        return min(columns or os.get_terminal_size(1).columns or 80, 100)
    except (ValueError, OSError):
        return 80


def _helpful(message: str) -> str:
    before, said, rest = message.partition("invalid choice: ")
    if not said:
        return message
    from difflib import get_close_matches

    word, _, choices = rest.partition(" (choose from ")
    word = word.strip("'\"")
    known = [choice.strip("'\"") for choice in choices.rstrip(")").split(", ")]
    close = get_close_matches(word, known, 1)
    if "COMMAND" in before:
        return f"there is no command `{word}`" + (f"; did you mean `{close[0]}`?" if close else "")
    return message


def level(parser: argparse.ArgumentParser) -> None:
    """Add `--isolation LEVEL`."""
    parser.add_argument(
        "--isolation",
        metavar="LEVEL",
        choices=("namespaces", "landlock", "seatbelt", "process"),
        help="ask for this level of sandbox: namespaces, landlock, seatbelt or process",
    )


def as_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def plain(parser: argparse.ArgumentParser) -> None:
    """Add `--plain`."""
    parser.add_argument(
        "--plain", action="store_true", help="linear text without boxes, for screen readers"
    )
