"""A lesson as the steps of a sitting: each recipe, and after it its exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.value import value

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Lesson, Recipe


@value
class Step:
    """One step. `number` counts from 1; `exercise` is None where the recipe itself is shown."""

    number: int
    recipe: Recipe
    exercise: Exercise | None = None

    @property
    def id(self) -> str:
        """The id of the exercise, or of the recipe."""
        return self.exercise.id if self.exercise else self.recipe.id

    @property
    def title(self) -> str:
        """The title of the exercise, or of the recipe."""
        return self.exercise.title if self.exercise else self.recipe.title


def steps_of(lesson: Lesson) -> tuple[Step, ...]:
    """All steps of a lesson, in their order."""
    found: list[Step] = []
    for recipe in lesson.recipes:
        found.append(Step(len(found) + 1, recipe))
        for exercise in recipe.exercises:
            found.append(Step(len(found) + 1, recipe, exercise))
    return tuple(found)


def search(steps: tuple[Step, ...], words: str) -> list[Step]:
    """The steps in which each of the words occurs; those with all of them in the title first."""
    wanted = words.casefold().split()
    if not wanted:
        return []

    def has_all(text: str) -> bool:
        return all(word in text.casefold() for word in wanted)

    found = [step for step in steps if has_all(_text(step))]
    return sorted(found, key=lambda step: not has_all(f"{step.id} {step.title}"))


def _text(step: Step) -> str:
    if step.exercise:
        return f"{step.id} {step.title} {step.exercise.prompt}"
    recipe = step.recipe
    return " ".join(
        (recipe.id, recipe.title, recipe.text, recipe.snippet.code, *recipe.notes.values())
    )
