"""The command line: one file per verb, each importing what it needs when it is called."""

from __future__ import annotations


def run(argv: list[str]) -> int:
    """Run the command that `argv` names and return its exit status."""
    return 2 if argv else 0
