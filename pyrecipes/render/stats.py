"""What is known of a learner: bars, a calendar of days, what is remembered, what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.dashboard import lesson_rows
from pyrecipes.render.layout import Drawn, Row, columns
from pyrecipes.render.safe import count, prose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from pyrecipes.model import Stats
    from pyrecipes.render.theme import Look

_SHADES = ("·", "░", "▒", "▓", "█")
_ASCII_SHADES = (".", "-", "+", "x", "#")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def stats(figures: Stats, look: Look | None = None) -> RenderableType:
    """All of a learner's figures."""
    return Drawn(lambda at: _stats(figures, at), look)


def _stats(figures: Stats, look: Look) -> Iterator[RenderableType]:
    yield lesson_rows(figures.lessons, look)
    yield Text()
    yield from columns(list(_facts(figures, look)))
    if figures.days:
        yield Text()
        yield from _spoken_days(figures) if look.plain else _calendar(figures, look)
    if figures.slips:
        yield Text()
        yield Text("what goes wrong most", style="label")
        for slip in figures.slips:
            times = "once" if slip.count == 1 else f"{slip.count} times"
            if look.plain:
                yield Text(prose(f"{slip.exercise}, {times}: {slip.feedback}", look))
            else:
                name = Text(f"  {prose(slip.exercise, look)}", style="title")
                yield Text.assemble(name, (f"  {times}", "quiet"))
                yield Row("    ", Text(prose(" ".join(slip.feedback.split()), look)))


def _facts(figures: Stats, look: Look) -> Iterator[tuple[Text | str, Text | str]]:
    def fact(name: str, value: str) -> tuple[Text | str, Text | str]:
        return Text(f"{name}:" if look.plain else name, style="label"), prose(value, look)

    yield fact("answers", f"{figures.answers:,}; {count(figures.passed, 'exercise')} passed")
    yield fact("reviews", f"{figures.reviews:,}")
    if figures.measured is not None:
        foretold = "" if figures.foretold is None else f", foretold {figures.foretold:.0%}"
        yield fact("remembered", f"{figures.measured:.0%}{foretold}")
    if figures.streak or figures.longest:
        days = count(figures.streak, "day")
        yield fact("in a row", f"{days}, at most {figures.longest:,}")
    if figures.due:
        yield fact("due now", count(figures.due, "exercise"))
    elif figures.next_due:
        moment = figures.next_due.replace("T", " ")[:16]
        yield fact("next due", moment)


def _calendar(figures: Stats, look: Look) -> Iterator[Text]:
    """Weeks as columns, days as rows, the darker the more was done."""
    from datetime import date, timedelta

    today = date.fromisoformat(figures.today)
    weeks = min((look.width - 6) // 2, 53)
    start = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    shades = _ASCII_SHADES if look.ascii else _SHADES
    most = max(figures.days.values(), default=1)
    yield _months(start, weeks)
    for weekday in range(7):
        name = ("Mon", "", "Wed", "", "Fri", "", "")[weekday]
        line = Text(f"{name:<4}", style="label")
        for week in range(weeks):
            day = start + timedelta(weeks=week, days=weekday)
            if day > today:
                break
            done = figures.days.get(day.isoformat(), 0)
            shade = 0 if done <= 0 else min(1 + done * 4 // (most + 1), 4)
            line.append(shades[shade], style="bar.done" if shade else "quiet")
            line.append(" ")
        line.rstrip()
        yield line
    key = Text.assemble(("    less ", "quiet"), no_wrap=True)
    for number, sign in enumerate(shades):
        key.append(f"{sign} ", style="bar.done" if number else "quiet")
    key.append("more", style="quiet")
    yield key


def _months(start: date, weeks: int) -> Text:
    from datetime import timedelta

    line = "    "
    before = 0
    for week in range(weeks):
        month = (start + timedelta(weeks=week)).month
        at = 4 + 2 * week
        if month != before and len(line) <= at and at + 3 <= 4 + 2 * weeks:
            line = line.ljust(at) + _MONTHS[month - 1] + " "
        before = month
    return Text(line.rstrip(), style="label")


def _spoken_days(figures: Stats) -> Iterator[Text]:
    yield Text("days, the latest first:", style="label")
    for day in sorted((day for day, done in figures.days.items() if done), reverse=True)[:14]:
        yield Text(f"{day}: {figures.days[day]}")
