"""`pyrecipes lessons import`: lessons from notes, notebooks and exercises."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import Namespace, _SubParsersAction
    from collections.abc import Callable
    from typing import Any

    from pyrecipes.cli.context import Context


def add(commands: _SubParsersAction[Any]) -> None:
    """The arguments of `lessons import`."""
    parser = commands.add_parser("import", help="lessons from notes, and what is wrong in these")
    parser.add_argument(
        "notes", metavar="NOTES", help="a .md or .ipynb file, or a folder of Exercism's"
    )
    parser.add_argument("-o", "--folder", metavar="DIR", help="where to; lessons/ unless said")
    parser.add_argument("--force", action="store_true", help="overwrite lessons that are there")
    options.level(parser)


def run(args: Namespace, context: Context, said: Callable[[str], None]) -> int:
    """Write the lessons, and report on each block of the notes. `said` is told how far it is."""
    from pyrecipes.authoring.finding import FOLDER
    from pyrecipes.authoring.importing import report
    from pyrecipes.authoring.importing.importer import import_notes

    here = Path(FOLDER) if Path(FOLDER).is_dir() else Path()
    folder = Path(args.folder) if args.folder else here
    sandbox = context.sandbox(args, trusted=False)
    notes = Path(args.notes)
    made = import_notes(notes, folder, sandbox, force=args.force, said=said)
    said("")
    for line in report.lines(made.drafts, made.paths, str(notes)):
        sys.stdout.write(f"{line}\n")
    return 0
