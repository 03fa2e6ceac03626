"""What a sitting needs from the parts that it connects; progress and the checker have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from pyrecipes.model import Exercise, Files, Verdict

if TYPE_CHECKING:
    from pathlib import Path

Check = Callable[[str, Exercise, Files], Verdict]
"""Judges an answer: the exercise's full name (`re/phone`), the exercise and the answer."""


class Store(Protocol):
    """Where progress is kept. Names are full: `re/phone`."""

    def place(self, lesson: str) -> str | None:
        """The id of the recipe or exercise where the learner left a lesson."""
        ...

    def put_place(self, lesson: str, item: str) -> None:
        """Keep the place; it is what a resumed sitting starts from."""
        ...

    def set_last(self, exercise: str) -> None:
        """Keep the exercise that the learner is on, for commands that name none."""
        ...

    def passed(self, lesson: str) -> frozenset[str]:
        """The ids of a lesson's exercises that have been passed once."""
        ...

    def add(self, exercise: str, verdict: Verdict, hints: int = 0) -> None:
        """Keep what checking an answer gave, and how many hints had been seen."""
        ...

    def hints(self, exercise: str) -> int:
        """How many hints of an exercise have been seen."""
        ...

    def put_hints(self, exercise: str, count: int) -> None:
        """Keep how many hints have been seen."""
        ...


class Answers(Protocol):
    """The folder where answers lie as ordinary files."""

    def path(self, name: str, exercise: Exercise) -> Path:
        """Where the answer lies: a file, or a folder where the answer has several files."""
        ...

    def read(self, name: str, exercise: Exercise) -> Files:
        """The answer as it is; the starter where there is none yet."""
        ...

    def write(self, name: str, exercise: Exercise, files: Files) -> None:
        """Keep an answer: whole, or not at all."""
        ...

    def reset(self, name: str, exercise: Exercise) -> Path | None:
        """Put the starter back; the answer that was there is kept beside, at the given path."""
        ...
