"""`pyrecipes edit`: open an answer in the learner's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.cli.exercises import add_exercise, find_exercise
from pyrecipes.errors import PyrecipesError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `edit`."""
    add_exercise(parser)


def run(args: Namespace, context: Context) -> int:
    """Open the answer, made from the starter where there is none, in VISUAL or EDITOR."""
    import shlex
    import subprocess

    name, _, exercise = find_exercise(context, args.exercise)
    path = context.answers.path(name, exercise)
    if not path.exists():
        context.answers.write(name, exercise, context.answers.read(name, exercise))
    context.store.set_last(name)
    command = context.environ.get("VISUAL") or context.environ.get("EDITOR")
    if not command:
        raise PyrecipesError(
            f"set VISUAL or EDITOR to your editor, or open the answer yourself: {path}"
        )
    try:
        status = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise PyrecipesError(f"{command}: {error}; set EDITOR to an editor that is there") from None
    if status:
        raise PyrecipesError(f"{command} ended with status {status}; the answer is {path}")
    context.note(f"check it with `pyrecipes check {name}`")
    return 0
