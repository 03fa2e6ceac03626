"""`pyrecipes doctor`: which sandbox is in force, what it keeps out, where data lies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.sandbox.levels import Report


def add(parser: ArgumentParser) -> None:
    """The arguments of `doctor`."""
    options.as_json(parser)
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Try every level and say what is so; 1 where what is asked for does not work."""
    from pyrecipes.sandbox import open_sandbox
    from pyrecipes.sandbox.levels import report

    levels = report()
    with open_sandbox(args.isolation) as sandbox:
        chosen = sandbox.isolation
    (force,) = [level for level in levels if level.level == chosen]
    facts = _facts(context)
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json({"isolation": chosen, "levels": [_as_json(each) for each in levels], **facts})
        return 0
    console = context.console(args)
    console.print(f"Sandbox in force: {chosen}", style="bold")
    _list(console, "It keeps out:", force.keeps_out)
    _list(console, "It does not keep out:", force.lets_through)
    _list(console, "What a lesson can't do there, though it is harmless:", force.missing)
    console.print()
    for each in levels:
        console.print(f"{each.level}: {'works' if each.works else each.why}")
        if each.stronger:
            console.print(f"  to get it: {each.stronger}")
    console.print()
    for name, said in facts.items():
        console.print(f"{name}: {said}", soft_wrap=True)
    return 0


def _facts(context: Context) -> dict[str, str]:
    from pyrecipes import __version__
    from pyrecipes.loader.catalogue import builtin_folder

    return {
        "pyrecipes": __version__,
        "python": sys.version.split()[0],
        "home": str(context.home),
        "progress": str(context.home / "progress.db"),
        "answers": str(context.home / "answers"),
        "packs": str(context.packs),
        "lessons": str(builtin_folder()),
    }


def _list(console: Any, title: str, items: tuple[str, ...]) -> None:
    if items:
        console.print()
        console.print(title)
        for item in items:
            console.print(f"  - {item}")


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "level": report.level,
        "works": report.works,
        "why": report.why,
        "keeps_out": list(report.keeps_out),
        "lets_through": list(report.lets_through),
        "missing": list(report.missing),
        "stronger": report.stronger,
    }
