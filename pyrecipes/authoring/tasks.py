"""What is to be held in a lesson, one recipe or exercise at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.authoring.holding import exercise_faults, recipe_faults
from pyrecipes.model import Exercise, Fault, Lesson, Recipe
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyrecipes.authoring.holding import Wrong
    from pyrecipes.authoring.memo import MemoSandbox
    from pyrecipes.authoring.written import Written


@value
class Task:
    """One recipe or exercise to hold. `number` is the task's own in its lesson, `recipe` that of
    its recipe, `where` its path in the file."""

    lesson: Lesson
    number: int
    where: str
    recipe: int
    item: Recipe | Exercise

    @property
    def name(self) -> str:
        """Its full name, `re/phone`."""
        return f"{self.lesson.id}/{self.item.id}"


def tasks_of(lesson: Lesson) -> list[Task]:
    """All that is to be held in a lesson: each recipe, then its exercises and their variants."""
    tasks: list[Task] = []
    for number, recipe in enumerate(lesson.recipes):
        where = f"recipes[{number}]"
        tasks.append(Task(lesson, len(tasks), where, number, recipe))
        for key, exercises in (("exercises", recipe.exercises), ("variants", recipe.variants)):
            for n, exercise in enumerate(exercises):
                path = f"{where}.{key}[{n}]"
                tasks.append(Task(lesson, len(tasks), path, number, exercise))
    return tasks


def hold(task: Task, sandbox: MemoSandbox) -> tuple[Wrong, ...]:
    """What is wrong with one recipe or exercise."""
    if isinstance(task.item, Recipe):
        return tuple(recipe_faults(task.item, task.where, sandbox))
    return tuple(exercise_faults(task.item, task.where, sandbox, task.name))


def faults(task: Task, wrong: Iterable[Wrong], written: Written) -> tuple[Fault, ...]:
    """What is wrong, with its places in the file."""
    return tuple(
        Fault(
            written.place(task.recipe, line)
            if line and isinstance(task.item, Recipe)
            else written.at(where),
            where,
            what,
        )
        for where, line, what in wrong
    )
