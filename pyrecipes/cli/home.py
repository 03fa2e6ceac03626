"""Bare `pyrecipes`: where you stand, what is due, what comes next."""

from __future__ import annotations

from pyrecipes.model import Standing

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import Namespace

    from pyrecipes.cli.context import Context


def run(_: Namespace, context: Context) -> int:
    """Print the dashboard."""
    from pyrecipes.render.dashboard import dashboard

    rows = standings(context)
    context.console().print(dashboard(rows, _suggestion(rows, context)))
    return 0


def standings(context: Context) -> list[Standing]:
    """How far the learner is with each lesson, in the order of the catalogue."""
    due = context.store.due_by_lesson()
    rows = []
    for lesson in context.catalogue.entries():
        ids = {exercise[0] for exercise in lesson.exercises}
        done = len(ids & context.store.passed(lesson.id))
        rows.append(Standing(lesson.id, lesson.title, done, len(ids), due.get(lesson.id, 0)))
    return rows


def _suggestion(rows: list[Standing], context: Context) -> str:
    """The one command to go on with."""
    if any(row.due for row in rows):
        return "pyrecipes review"
    last = context.store.last()
    begun = [row for row in rows if 0 < row.done < row.total]
    if last and any(row.lesson == last.partition("/")[0] for row in begun):
        return f"pyrecipes learn {last.partition('/')[0]}"
    unfinished = begun or [row for row in rows if row.done < row.total]
    return f"pyrecipes learn {unfinished[0].lesson}" if unfinished else "pyrecipes stats"
