"""What checks the answers of a sitting: one at a time, and what is slow about it ahead."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyrecipes.checker import Memory
    from pyrecipes.model import Exercise, Files, Recipe, Verdict
    from pyrecipes.terminal.warm import Warming

_INPUTS = (
    "import json, sys; from pyrecipes.checker.inputs import inputs; inputs(json.loads(sys.argv[1]))"
)


class Judge:
    """Checks answers in a sandbox that may still be starting, and remembers what is wanted."""

    def __init__(self, warming: Warming) -> None:
        self._warming = warming
        self._memory: Memory | None = None
        self._one_at_a_time = Lock()

    def check(self, name: str, exercise: Exercise, answer: Files) -> Verdict:
        """See `tutor.ports.Check`."""
        with self._one_at_a_time:
            return self._check(name, exercise, answer)

    def ahead(self, name: str, item: Recipe | Exercise) -> None:
        """Have ready, while a recipe is read, what its run needs, or an exercise's first check."""
        from pyrecipes.model import Recipe

        if isinstance(item, Recipe):
            self._warming.soon(lambda: self._warming.sandbox().expect(item.snippet))
        else:
            self._warming.soon(lambda: self._prepare(name, item))

    def _prepare(self, name: str, exercise: Exercise) -> None:
        with self._one_at_a_time:
            _make_inputs(exercise)
            self._check(name, exercise, exercise.solution)

    def _check(self, name: str, exercise: Exercise, answer: Files) -> Verdict:
        from pyrecipes.checker import Memory, check

        self._memory = self._memory or Memory()
        return check(exercise, answer, self._warming.sandbox(), name, self._memory)


def _make_inputs(exercise: Exercise) -> None:
    """Have generated inputs made and kept by a process of its own: what makes them is big, and
    would stay in the memory of this one."""
    import json
    import subprocess
    import sys

    for check in exercise.checks:
        if check.each:
            subprocess.run(
                [sys.executable, "-c", _INPUTS, json.dumps(dict(check.each))],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
