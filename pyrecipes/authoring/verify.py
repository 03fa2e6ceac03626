"""Lessons held to what they say: many at once, going on after faults."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.coverage import uncovered
from pyrecipes.authoring.holding import exercise_faults, recipe_faults
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.authoring.passed import Passed
from pyrecipes.authoring.written import Written
from pyrecipes.errors import LessonError
from pyrecipes.loader.document import in_order
from pyrecipes.model import NONE, Fault
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from pyrecipes.authoring.holding import Wrong
    from pyrecipes.model import Exercise, Lesson, Recipe, Sandbox


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


@value
class Task:
    """One recipe or exercise to hold."""

    lesson: Lesson
    written: Written
    where: str
    recipe: int
    item: Recipe | Exercise

    @property
    def name(self) -> str:
        """Its full name, `re/phone`."""
        return f"{self.lesson.id}/{self.item.id}"


def verify(
    paths: Sequence[Path],
    open_sandbox: Callable[[], Sandbox],
    jobs: int = 2,
    heard: Callable[[Step], None] = lambda _: None,
    passed: Passed | None = None,
) -> Report:
    """Hold lesson files to what they say.

    `open_sandbox` is called once for each of the `jobs` workers. `heard` is told of each recipe
    and exercise as it is done. Files that `passed` knows to have passed as they are now are only
    counted, and those that pass are kept there. Never raises for what is wrong in a file.
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
    remembered = Remembered()
    if changed:
        tasks = [task for _, lesson, written in changed for task in tasks_of(lesson, written)]
        with _Workers(open_sandbox, min(jobs, len(tasks) or 1), remembered) as workers:
            for done, (task, found) in enumerate(workers.hold(tasks), 1):
                faults += found
                heard(Step(done, len(tasks), task.name, found))
            for path, lesson, _ in changed:
                bare[lesson.id] = workers.uncovered(lesson)
                if not any(fault.place.file == str(path) for fault in faults):
                    passed.put(path, bare[lesson.id])
    all_exercises = [each for _, lesson, _ in lessons for each in lesson.exercises]
    return Report(
        lessons=len(lessons),
        snippets=sum(len(lesson.recipes) for _, lesson, _ in lessons),
        exercises=len(all_exercises),
        mistakes=sum(len(exercise.mistakes) for exercise in all_exercises),
        faults=in_order(faults),
        uncovered={id_: bare[id_] for id_ in sorted(bare) if bare[id_]},
        unchanged=tuple(lesson.id for path, lesson, _ in lessons if path in known),
        runs=remembered.runs,
        asked=remembered.asked,
        wall_s=time.perf_counter() - started,
    )


def tasks_of(lesson: Lesson, written: Written) -> list[Task]:
    """All that is to be held in a lesson: each recipe, then its exercises."""
    tasks = []
    for number, recipe in enumerate(lesson.recipes):
        where = f"recipes[{number}]"
        tasks.append(Task(lesson, written, where, number, recipe))
        tasks += [
            Task(lesson, written, f"{where}.exercises[{n}]", number, exercise)
            for n, exercise in enumerate(recipe.exercises)
        ]
    return tasks


def hold(task: Task, sandbox: MemoSandbox) -> tuple[Fault, ...]:
    """What is wrong with one recipe or exercise."""
    from pyrecipes.model import Recipe

    if isinstance(task.item, Recipe):
        wrong: Iterable[Wrong] = recipe_faults(task.item, task.where, sandbox)
    else:
        wrong = exercise_faults(task.item, task.where, sandbox, task.name)
    return tuple(
        Fault(
            task.written.place(task.recipe, line)
            if line and isinstance(task.item, Recipe)
            else task.written.at(where),
            where,
            what,
        )
        for where, line, what in wrong
    )


class _Workers:
    """Threads with a sandbox each. What runs is in the sandboxes' own processes."""

    def __init__(
        self, open_sandbox: Callable[[], Sandbox], count: int, remembered: Remembered
    ) -> None:
        self._sandboxes = [MemoSandbox(open_sandbox(), remembered) for _ in range(count)]
        self._free: SimpleQueue[MemoSandbox] = SimpleQueue()
        for sandbox in self._sandboxes:
            self._free.put(sandbox)
        self._pool = ThreadPoolExecutor(count)

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for sandbox in self._sandboxes:
            sandbox.close()

    def hold(self, tasks: Sequence[Task]) -> Iterable[tuple[Task, tuple[Fault, ...]]]:
        """Each task with its faults, in the tasks' order."""
        return zip(tasks, self._pool.map(self._hold, tasks), strict=True)

    def uncovered(self, lesson: Lesson) -> tuple[str, ...]:
        """The names that a lesson leaves out."""
        return uncovered(lesson, self._sandboxes[0])

    def _hold(self, task: Task) -> tuple[Fault, ...]:
        sandbox = self._free.get()
        try:
            return hold(task, sandbox)
        finally:
            self._free.put(sandbox)
