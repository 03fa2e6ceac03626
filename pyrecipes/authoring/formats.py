"""A report of verify as text, as annotations for GitHub, and as plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrecipes.authoring.recorded import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.authoring.verify import Report
    from pyrecipes.model import Fault

NAMES = 12
FORMATS = ("text", "github")


def fault_line(fault: Fault, form: str = "text") -> str:
    """A fault as one line: `file:line:column: where: what`, or GitHub's command for it."""
    if form == "github":
        place = fault.place
        what = f"{fault.where}: {fault.what}" if fault.where else fault.what
        file = _escaped(place.file, ":,")
        line = f"line={place.line},col={place.column}"
        return f"::error file={file},{line}::{_escaped(visible(what))}"
    return visible(str(fault))


def summary(report: Report) -> Iterator[str]:
    """What was held, how it went, and what no recipe uses."""
    for lesson, names in report.uncovered.items():
        shown = ", ".join(names[:NAMES])
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        yield f"{lesson}: no recipe uses {shown}{more}"
    held = f"{_count(report.lessons, 'lesson')}, {_count(report.snippets, 'snippet')}, "
    held += f"{_count(report.exercises, 'exercise')}, {_count(report.mistakes, 'known mistake')}"
    if report.unchanged:
        held += f" ({len(report.unchanged)} unchanged since they passed)"
    end = "all hold" if report.passed else _count(len(report.faults), "fault")
    runs = f"; {_count(report.runs, 'run')} in {report.wall_s:.1f} s" if report.runs else ""
    yield f"{held}: {end}{runs}"


def as_data(report: Report) -> dict[str, Any]:
    """The report as `lessons verify --json` gives it."""
    return {
        "passed": report.passed,
        "lessons": report.lessons,
        "snippets": report.snippets,
        "exercises": report.exercises,
        "mistakes": report.mistakes,
        "faults": [
            {
                "file": fault.place.file,
                "line": fault.place.line,
                "column": fault.place.column,
                "where": fault.where,
                "what": fault.what,
            }
            for fault in report.faults
        ],
        "uncovered": {lesson: list(names) for lesson, names in report.uncovered.items()},
        "unchanged": list(report.unchanged),
        "runs": report.runs,
        "wall_s": round(report.wall_s, 3),
    }


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _escaped(text: str, more: str = "") -> str:
    """Text as GitHub's commands want it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
