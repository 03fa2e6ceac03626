"""`pyrecipes completion`: a completion script for a shell, made from the parser itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")


def run(args: Namespace, _: Context) -> int:
    """Print the script, to be sourced by the shell."""
    import shtab

    from pyrecipes.cli import build_parser

    print(shtab.complete(build_parser(), args.shell))  # noqa: T201
    return 0
