"""What can go wrong in a way that the user can mend. Each becomes one line on standard error."""

from __future__ import annotations

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any


class PyrecipesError(Exception):
    """One line that says what, where and what to do. Ends the program with status 2."""

    status = 2


class NotFoundError(PyrecipesError):
    """A lesson, recipe or exercise that is not there."""


class LessonError(PyrecipesError):
    """A lesson file with faults: one line for each, `file:line:column: where: what`.

    `faults` has them as values of `model.Fault`.
    """

    def __init__(self, message: str, faults: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class NoSandboxError(PyrecipesError):
    """The level of isolation that was asked for can't be had here."""

    status = 3


class StoreError(PyrecipesError):
    """Progress or an answer that can't be read or kept."""
