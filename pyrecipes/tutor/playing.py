"""Running a recipe's snippet as it is or as the learner changed it, and what that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyrecipes.value import replace, value

if TYPE_CHECKING:
    from pyrecipes.model import Recipe, Sandbox, Snippet, Transcript

MOST = 400
"""So many lines of output are compared; more than that nobody reads as a difference."""


@value
class Change:
    """A line of output that the last run did not have (`new`), or had and this one has not."""

    kind: Literal["new", "gone"]
    text: str


@value
class Run:
    """One run of a snippet. `edited` is whether its code differs from the recipe's; `changes` are
    against the last run in this sitting, None where there was none."""

    snippet: Snippet
    transcript: Transcript
    edited: bool
    changes: tuple[Change, ...] | None = None


class Player:
    """Plays with one recipe's snippet. It remembers the learner's code and the last run."""

    def __init__(self, recipe: Recipe, sandbox: Sandbox) -> None:
        self.recipe = recipe
        self.sandbox = sandbox
        self.code = recipe.snippet.code
        self.last: Run | None = None

    @property
    def snippet(self) -> Snippet:
        """The snippet with the learner's code."""
        return replace(self.recipe.snippet, code=self.code)

    def run(self, code: str | None = None, *, assignments: bool = False) -> Run:
        """Run the code (the last one where none is given), and compare with the last run."""
        if code is not None:
            self.code = code
        snippet = replace(self.snippet, assignments=assignments)
        transcript = self.sandbox.run(snippet)
        before = self.last
        comparable = before is not None and before.snippet.assignments == assignments
        changes = compare(before.transcript, transcript) if before and comparable else None
        edited = self.code != self.recipe.snippet.code
        self.last = Run(snippet, transcript, edited, changes)
        return self.last


def compare(before: Transcript, after: Transcript) -> tuple[Change, ...]:
    """The lines of output that came and went between two runs, in their order."""
    from difflib import SequenceMatcher

    old, new = _lines(before), _lines(after)
    changes: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            changes += [Change("gone", line) for line in old[old_from:old_to]]
            changes += [Change("new", line) for line in new[new_from:new_to]]
    return tuple(changes)


def _lines(transcript: Transcript) -> list[str]:
    text = ""
    for event in transcript.events:
        if event.kind in ("value", "error") and text and not text.endswith("\n"):
            text += "\n"
        text += event.text + ("\n" if event.kind in ("value", "error") else "")
    return text.splitlines()[:MOST]
