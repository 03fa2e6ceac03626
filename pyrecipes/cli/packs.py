"""`pyrecipes packs`: lessons of others, added after a look at what they need."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.cli import parser as options
from pyrecipes.errors import PyrecipesError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from pyrecipes.cli.context import Context
    from pyrecipes.loader.packs import Pack


def add(parser: ArgumentParser) -> None:
    """The arguments of `packs`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = actions.add_parser("add", help="add a pack, after it was verified behind walls")
    new.add_argument("source", metavar="PATH|ZIP|DISTRIBUTION", help="where the pack is")
    new.add_argument("--yes", action="store_true", help="add it without asking")
    options.level(new)
    shown = actions.add_parser("list", help="the packs that were added")
    options.as_json(shown)
    gone = actions.add_parser("remove", help="forget a pack; progress in it stays")
    gone.add_argument("name", metavar="NAME", help="the pack's name")


def run(args: Namespace, context: Context) -> int:
    """Do what `action` says."""
    return {"add": _add, "list": _list, "remove": _remove}[args.action](args, context)


def _add(args: Namespace, context: Context) -> int:
    from pyrecipes.authoring import packs
    from pyrecipes.loader.packs import read_pack

    with packs.unpacked(args.source) as folder:
        taken = {id_ for id_, (path, _) in context.catalogue.paths().items()}
        mine = {p.stem for p in (context.packs / read_pack(folder).name).glob("*.yaml")}
        pack = packs.examined(folder, taken - mine)
        _introduce(pack, folder, context)
        if absent := packs.missing(pack):
            raise PyrecipesError(
                f"{pack.name} needs what is not installed here: pip install {' '.join(absent)}"
            )
        if not args.yes and not _asked():
            return 1
        if not _verified(folder, args, context):
            raise PyrecipesError(f"{pack.name} was not added: it does not hold what it says")
        packs.install(folder, pack, context.packs)
    print(f"{pack.name} is added: pyrecipes list")  # noqa: T201
    return 0


def _introduce(pack: Pack, folder: Path, context: Context) -> None:
    from pyrecipes.loader.catalogue import lesson_files
    from pyrecipes.render.safe import safe_line

    lessons = ", ".join(path.stem for path in lesson_files(folder))
    console = context.console()
    needs = ", ".join(pack.requires) or "nothing but Python"
    for line in (
        f"{pack.name} {pack.version}, by {pack.author}, licence {pack.licence}",
        f"lessons: {lessons}",
        f"needs: {needs}",
        "its code runs only behind walls (level landlock or better), unless you ask for less",
    ):
        console.print(safe_line(line, console.look), soft_wrap=True)


def _asked() -> bool:
    if not sys.stdin.isatty():
        raise PyrecipesError("say --yes to add it without being asked")
    try:
        return input("Add it? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _verified(folder: Path, args: Namespace, context: Context) -> bool:
    from pyrecipes.authoring.formats import fault_line
    from pyrecipes.authoring.verify import verify
    from pyrecipes.loader.catalogue import lesson_files

    report = verify(lesson_files(folder), lambda: context.sandbox(args, trusted=False))
    for fault in report.faults:
        sys.stderr.write(fault_line(fault).replace(f"{folder}/", "") + "\n")
    return report.passed


def _list(args: Namespace, context: Context) -> int:
    from pyrecipes.loader.packs import read_pack, sources

    found = [(read_pack(source.folder), source.folder) for source in sources(context.packs)]
    if args.json:
        from pyrecipes.cli.context import print_json

        names = ("name", "version", "author", "licence", "requires")
        print_json({"packs": [{n: getattr(pack, n) for n in names} for pack, _ in found]})
    elif not found:
        print("No packs yet: pyrecipes packs add PATH|ZIP|DISTRIBUTION")  # noqa: T201
    else:
        for pack, folder in found:
            _introduce(pack, folder, context)
    return 0


def _remove(args: Namespace, context: Context) -> int:
    from pyrecipes.authoring.packs import remove

    remove(args.name, context.packs)
    print(f"{args.name} is removed; your progress in it stays")  # noqa: T201
    return 0
