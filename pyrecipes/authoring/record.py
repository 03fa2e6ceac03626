"""Write what the snippets of a lesson really give into its file, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.recorded import lines_of, matches, varying
from pyrecipes.authoring.written import Written
from pyrecipes.errors import LessonError
from pyrecipes.loader import document
from pyrecipes.loader.comments import unmark
from pyrecipes.model import Fault
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pyrecipes.model import Lesson, Recipe, Recorded, Sandbox, Transcript

RUNS = 3
FINE = ("ok", "error")


@value
class Change:
    """What recording did to a file: the ids of the recipes whose lines changed, and what is
    wrong with the runs that could not be recorded."""

    path: str
    changed: tuple[str, ...]
    faults: tuple[Fault, ...]


def record(
    path: Path,
    sandbox: Sandbox,
    said: Callable[[str], None] = lambda _: None,
    *,
    write: bool = True,
) -> Change:
    """Run each snippet of a lesson file and write its `#>` lines.

    Each snippet runs three times: lines that change their order are marked `#>*`, text that varies
    becomes `...` in a line marked `#>~`. Marks that are there already and still fit are kept.
    `said` is told each recipe's id. Raises LessonError for a file that can't be read, and for
    code that is not a literal block.
    """
    lesson = loader.load(path)
    written = Written(path)
    renewed: dict[int, Mapping[int, Sequence[Recorded]]] = {}
    faults = []
    for number, recipe in enumerate(lesson.recipes):
        said(recipe.id)
        runs = [sandbox.run(recipe.snippet) for _ in range(RUNS)]
        bad = next((run for run in runs if run.status not in FINE), None)
        if bad is not None:
            place = written.place(number, bad.stopped_at or 1)
            faults.append(Fault(place, f"recipes[{number}].code", stopped(bad)))
            continue
        lines = recorded_anew(recipe, runs)
        if lines != dict(recipe.recorded):
            renewed[number] = lines
            if written.codes[number].node.style != "|":
                what = "must be a literal block, `code: |`, for its output to be recorded"
                raise document.error_of(
                    [Fault(written.place(number, 1), f"recipes[{number}].code", what)]
                )
    if renewed and write:
        data = written.with_recorded(renewed)
        _same_code(path, data, lesson)
        _replace(path, data)
    changed = tuple(lesson.recipes[number].id for number in renewed)
    return Change(str(path), changed, tuple(faults))


def recorded_anew(recipe: Recipe, runs: Sequence[Transcript]) -> dict[int, tuple[Recorded, ...]]:
    """What to record for a recipe after some runs of its snippet."""
    found = [lines_of(run, recipe.snippet.code) for run in runs]
    fresh = varying(found)
    for line, recorded in recipe.recorded.items():
        marked = any(one.varies or one.any_order for one in recorded)
        if marked and all(matches(recorded, run.get(line, [])) for run in found):
            fresh[line] = recorded
    return {line: lines for line, lines in sorted(fresh.items()) if lines}


def stopped(transcript: Transcript) -> str:
    """What ended a run before its time, as a sentence."""
    limits = transcript.limits
    return {
        "timeout": f"still ran after {limits.wall_s:g} s, its time limit",
        "memory": f"needs more than {limits.memory_mb} MB",
        "processes": f"starts more than {limits.processes} processes",
        "output": f"prints more than {limits.output_bytes} bytes",
        "disk": f"writes more than {limits.disk_mb} MB",
    }.get(transcript.status, f"ended as {transcript.status}")


def _same_code(path: Path, data: bytes, lesson: Lesson) -> None:
    """LessonError unless the new text holds the very same code as before."""
    root = document.parse_text(data.decode("utf-8-sig"), str(path))
    recipes = root.get("recipes")
    nodes = recipes.items if recipes else []
    for number, (node, recipe) in enumerate(zip(nodes, lesson.recipes, strict=True)):
        code = node.get("code")
        if code is None or unmark(code.text).code != recipe.snippet.code:
            what = "has characters that keep its output from being recorded"
            raise document.error_of([Fault(node.place, f"recipes[{number}].code", what)])


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all; its mode stays."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise LessonError(f"{path}: can't be written: {error.strerror}") from None
