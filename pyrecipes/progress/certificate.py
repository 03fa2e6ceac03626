"""A certificate for a finished lesson: the learner's own record, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pyrecipes.value import value

if TYPE_CHECKING:
    from pyrecipes.progress.store import Store


@value
class Certificate:
    """What it says. `day` is when the last exercise was passed first, in ISO form."""

    name: str
    lesson: str
    title: str
    day: str
    exercises: int
    answers: int
    hints: int

    @property
    def figures(self) -> str:
        """The figures in one line."""
        answers = "answer" if self.answers == 1 else "answers"
        hints = "no hints" if not self.hints else f"{self.hints} hint" + "s" * (self.hints > 1)
        return f"{self.exercises} exercises passed, with {self.answers} {answers} and {hints}"


RECORD = "The learner's own record, kept by pyrecipes on their own machine. Nobody examined it."


def certificate(
    store: Store, name: str, lesson: str, title: str, exercises: list[str]
) -> Certificate | None:
    """The certificate of a lesson with these exercises (full names), None if not all are passed."""
    marks = ", ".join("?" for _ in exercises)
    query = store.query
    passed, last = query(
        f"select count(*), max(at) from passed where exercise in ({marks})", exercises
    ).fetchone()
    if not exercises or passed < len(exercises):
        return None
    day, answers = query(
        "select max(case when at = ? then day end), count(*) from attempt"
        f" where exercise in ({marks})",
        (last, *exercises),
    ).fetchone()
    (hints,) = query(
        f"select coalesce(sum(seen), 0) from hint where exercise in ({marks})", exercises
    ).fetchone()
    return Certificate(name, lesson, title, day, len(exercises), answers, hints)


def as_text(record: Certificate) -> str:
    """The certificate as plain text."""
    return (
        f'{record.name}\nfinished the lesson "{record.title}" ({record.lesson}) on {record.day}:\n'
        f"{record.figures}.\n\n{RECORD}\n"
    )


def as_svg(record: Certificate) -> str:
    """The certificate as one SVG picture."""
    lines = (
        (70, 17, "#666", "pyrecipes"),
        (140, 34, "#111", record.name),
        (185, 17, "#444", "finished the lesson"),
        (232, 28, "#0b5", record.title),
        (275, 17, "#444", f"on {record.day}"),
        (315, 15, "#444", record.figures),
        (370, 12, "#777", RECORD),
    )
    texts = "\n".join(  # what XML can't hold is left out of a name
        f'<text x="400" y="{y}" font-size="{size}" fill="{colour}">{escape(_shown(text))}</text>'
        for y, size, colour, text in lines
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 410" width="800" height="410"'
        ' font-family="sans-serif" text-anchor="middle">\n'
        '<rect width="800" height="410" fill="#fff"/>\n'
        '<rect x="16" y="16" width="768" height="378" fill="none" stroke="#0b5"/>\n'
        f"{texts}\n</svg>\n"
    )


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
