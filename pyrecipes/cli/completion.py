"""`pyrecipes completion`: a completion script for a shell, made from the parser itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")


def run(args: Namespace, context: Context) -> int:
    """Print the script, to be sourced by the shell. It knows the lessons that are there now."""
    import shtab

    from pyrecipes.cli import build_parser

    parser = build_parser()
    lessons = context.catalogue.lessons()
    names = [lesson.id for lesson in lessons]
    exercises = [f"{lesson.id}/{task.id}" for lesson in lessons for task in lesson.exercises]
    recipes = [f"{lesson.id}/{recipe.id}" for lesson in lessons for recipe in lesson.recipes]
    known = {"LESSON": names, "EXERCISE": exercises, "LESSON[/ID]": names + recipes + exercises}
    known["LESSON[/EXERCISE]"] = names + exercises
    for verb, command in subcommands(parser).items():
        if verb != "lessons":  # an author's are files, and names that are not there yet
            for action in command._get_positional_actions():
                action.choices = known.get(str(action.metavar), action.choices)
    print(shtab.complete(parser, args.shell))  # noqa: T201
    return 0


def subcommands(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    """A parser's subcommands, by their names."""
    from argparse import _SubParsersAction

    return {
        name: command
        for action in parser._actions
        if isinstance(action, _SubParsersAction)
        for name, command in action.choices.items()
    }
