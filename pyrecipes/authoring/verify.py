"""Lessons held to what they say: many at once, going on after faults."""

from __future__ import annotations

import time
from itertools import zip_longest
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.passed import Passed
from pyrecipes.authoring.tasks import faults as placed
from pyrecipes.authoring.tasks import tasks_of
from pyrecipes.authoring.workers import Workers
from pyrecipes.authoring.written import Written
from pyrecipes.errors import LessonError
from pyrecipes.loader.document import in_order
from pyrecipes.model import NONE, Fault
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pyrecipes.model import Lesson, Sandbox


@value
class Report:
    """What verifying gave. `uncovered` has, by lesson, the public names that no recipe uses;
    `unchanged` the lessons that passed before and were not run again. `runs` counts the runs of
    code, `asked` those that were asked for (the same code runs once)."""

    lessons: int
    snippets: int
    exercises: int
    mistakes: int
    faults: tuple[Fault, ...]
    uncovered: Mapping[str, tuple[str, ...]] = NONE
    unchanged: tuple[str, ...] = ()
    runs: int = 0
    asked: int = 0
    wall_s: float = 0.0

    @property
    def passed(self) -> bool:
        """True where nothing is wrong."""
        return not self.faults


@value
class Step:
    """How far a verify is: `name` is the recipe or exercise that was just held, with its faults."""

    done: int
    total: int
    name: str
    faults: tuple[Fault, ...]


def verify(
    paths: Sequence[Path],
    open_sandbox: Callable[[], Sandbox],
    jobs: int = 2,
    heard: Callable[[Step], None] = lambda _: None,
    passed: Passed | None = None,
    level: str | None = None,
) -> Report:
    """Hold lesson files to what they say.

    `open_sandbox` is called once for each of the `jobs` workers. With a `level` (empty for the
    strongest) many tasks are done by processes, which open a sandbox of that level themselves.
    `heard` is told of each recipe and exercise as it is done. Files that `passed` knows to have
    passed as they are now are only counted, and those that pass are kept there. Never raises for
    what is wrong in a file; NoSandboxError where there is no sandbox.
    """
    started = time.perf_counter()
    passed = passed or Passed(None)
    faults: list[Fault] = []
    lessons: list[tuple[Path, Lesson, Written]] = []
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            lesson = loader.load(path)
            lessons.append((path, lesson, Written(path)))
        except LessonError as error:
            faults += error.faults
            continue
        faults += lessons[-1][2].unfinished()
        other = seen.setdefault(lesson.id, path)
        if other != path:
            faults.append(Fault(lesson.place, "lesson", f"{lesson.id!r} is also the id of {other}"))
    if faults:
        heard(Step(0, 0, "", in_order(faults)))
    known = {path: names for path, *_ in lessons if (names := passed.get(path)) is not None}
    bare = {lesson.id: known[path] for path, lesson, _ in lessons if path in known}
    changed = [each for each in lessons if each[0] not in known]
    runs, asked = 0, 0
    if changed:
        side_by_side = zip_longest(*(tasks_of(lesson) for _, lesson, _ in changed))
        # Where a lesson only waits, another has work for the processors.
        tasks = [task for row in side_by_side for task in row if task is not None]
        places = {lesson.place.file: written for _, lesson, written in changed}
        with Workers(tasks, open_sandbox, jobs, level) as workers:
            for done, (task, wrong) in enumerate(workers.hold(), 1):
                found = placed(task, wrong, places[task.lesson.place.file])
                faults += found
                heard(Step(done, len(tasks), task.name, found))
            for path, lesson, _ in changed:
                bare[lesson.id] = workers.uncovered(lesson)
                if not any(fault.place.file == str(path) for fault in faults):
                    passed.put(path, bare[lesson.id])
            runs, asked = workers.counts()
    all_exercises = [
        each
        for _, lesson, _ in lessons
        for recipe in lesson.recipes
        for each in (*recipe.exercises, *recipe.variants)
    ]
    return Report(
        lessons=len(lessons),
        snippets=sum(len(lesson.recipes) for _, lesson, _ in lessons),
        exercises=len(all_exercises),
        mistakes=sum(len(exercise.mistakes) for exercise in all_exercises),
        faults=in_order(faults),
        uncovered={id_: bare[id_] for id_ in sorted(bare) if bare[id_]},
        unchanged=tuple(lesson.id for path, lesson, _ in lessons if path in known),
        runs=runs,
        asked=asked,
        wall_s=time.perf_counter() - started,
    )
