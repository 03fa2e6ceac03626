"""`pyrecipes stats`: what you have done, and what you remember."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrecipes.cli import parser as options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Stats


def add(parser: ArgumentParser) -> None:
    """The arguments of `stats`."""
    options.as_json(parser)
    options.plain(parser)


def run(args: Namespace, context: Context) -> int:
    """Print the figures."""
    from pyrecipes.cli.home import standings
    from pyrecipes.progress.stats import stats

    figures = stats(context.store, standings(context))
    if args.json:
        from pyrecipes.cli.context import print_json

        print_json(_as_json(figures))
    else:
        from pyrecipes.render.stats import stats as render

        context.console(args).print(render(figures))
    return 0


def _as_json(figures: Stats) -> dict[str, Any]:
    document = {name: getattr(figures, name) for name in type(figures).__annotations__}
    return {
        **document,
        "days": dict(figures.days),
        "lessons": [
            {"lesson": row.lesson, "done": row.done, "total": row.total, "due": row.due}
            for row in figures.lessons
        ],
        "slips": [
            {"exercise": slip.exercise, "feedback": slip.feedback, "count": slip.count}
            for slip in figures.slips
        ],
    }
