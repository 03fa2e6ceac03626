"""`pyrecipes due`: how many exercises wait, for a shell prompt or a mail."""

from __future__ import annotations

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context


def add(parser: ArgumentParser) -> None:
    """The arguments of `due`."""
    parser.add_argument("--quiet", action="store_true", help="only the number")


def run(args: Namespace, context: Context) -> int:
    """Print how many are due; nothing is made where nothing was kept yet."""
    waiting = context.store.due_count() if (context.home / "progress.db").exists() else 0
    if args.quiet:
        print(waiting)  # noqa: T201
    elif waiting:
        exercises = "exercise is" if waiting == 1 else "exercises are"
        print(f"{waiting} {exercises} due: pyrecipes review")  # noqa: T201
    else:
        print("Nothing is due.")  # noqa: T201
    return 0
