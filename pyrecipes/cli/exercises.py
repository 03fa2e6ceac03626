"""What the verbs about one exercise share: finding it, and where its answer lies."""

from __future__ import annotations

from pyrecipes.errors import NotFoundError
from pyrecipes.model import Exercise

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import ArgumentParser

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Lesson


def add_exercise(parser: ArgumentParser) -> None:
    """Add the argument EXERCISE; without it, the exercise that the learner was last on."""
    parser.add_argument(
        "exercise",
        metavar="EXERCISE",
        nargs="?",
        help="such as re/phone; without it, the exercise you were last on",
    )


def find_exercise(context: Context, name: str | None) -> tuple[str, Lesson, Exercise]:
    """The exercise's full name, its lesson and itself; NotFoundError where there is none."""
    if name is None:
        name = context.store.last()
        if name is None:
            raise NotFoundError("you have not been at an exercise yet: name one, such as re/phone")
    lesson, item = context.catalogue.find(name)
    if not isinstance(item, Exercise):
        raise NotFoundError(
            f"{name} is not an exercise; `pyrecipes list {lesson.id}` names those there are"
        )
    return name, lesson, item
