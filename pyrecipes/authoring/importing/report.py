"""What an import found, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.notes import at
from pyrecipes.authoring.recorded import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyrecipes.authoring.importing.drafts import Draft

WORDS = {
    "runs": ("block runs", "blocks run"),
    "differs": ("says otherwise than Python", "say otherwise than Python"),
    "fails": ("does not run", "do not run"),
    "placeholder": ("names placeholders", "name placeholders"),
    "advice": ("is no longer so, or wrong", "are no longer so, or wrong"),
}


def lines(drafts: Sequence[Draft], paths: Sequence[Path], source: str) -> Iterator[str]:
    """The report: each lesson's file, and under it what was found at each line of the notes."""
    counts = dict.fromkeys(WORDS, 0)
    for draft, path in zip(drafts, paths, strict=True):
        yield f"{path}: {visible(draft.title)}, {_count(len(draft.recipes), 'recipe')}"
        for finding in draft.findings:
            yield visible(f"  {source}{at(finding.line)}: {finding.text}")
            if finding.sort in counts:
                counts[finding.sort] += 1
    parts = [f"{count} {WORDS[sort][count != 1]}" for sort, count in counts.items() if count]
    exercises = sum(len(recipe.exercises) for draft in drafts for recipe in draft.recipes)
    if exercises:
        parts.insert(0, _count(exercises, "exercise"))
    yield f"{_count(len(drafts), 'lesson')} written: {', '.join(parts) or 'no code was found'}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
