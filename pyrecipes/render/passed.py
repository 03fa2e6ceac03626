"""After a pass: the explanation, and the solution beside one's own answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.highlight import python_lines
from pyrecipes.render.layout import Beside, Drawn, Row, Stack
from pyrecipes.render.markdown import markdown
from pyrecipes.render.safe import prose, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.model import Exercise, Files
    from pyrecipes.render.theme import Look


def passed(
    exercise: Exercise, answer: Files, look: Look | None = None, *, shorter: bool = False
) -> RenderableType:
    """The explanation, the answer and the solution: side by side where both have room.

    `shorter` (of the Verdict) says that the answer is also good, and shorter.
    """
    return Drawn(lambda at: _passed(exercise, answer, at, shorter), look)


def solution(exercise: Exercise, look: Look | None = None) -> RenderableType:
    """The solution alone, with the explanation."""
    return Drawn(lambda at: _solution(exercise, at), look)


def _passed(
    exercise: Exercise, answer: Files, look: Look, shorter: bool
) -> Iterator[RenderableType]:
    for option in exercise.options:
        if option.right and option.feedback.strip():
            yield markdown(option.feedback, look)
            yield Text()
    if exercise.explain.strip():
        yield markdown(exercise.explain, look)
        yield Text()
    if exercise.kind == "choice" or not exercise.solution:
        return
    same = {
        name: _bare(answer.get(name, "")) == _bare(exercise.solution[name])
        for name in exercise.solution
    }
    if all(same.values()):
        yield Text("Your answer is the solution, to the letter.", style="label")
    for name, right in exercise.solution.items():
        mine = answer.get(name, "")
        if same[name]:
            if not all(same.values()):
                yield Text(f"{name}: yours is the solution, to the letter.", style="label")
            continue
        yield from _pair(_title("yours", name, exercise), mine, right, exercise, look)
    if shorter:
        yield Text()
        yield Text("Also good: yours is shorter.", style="pass")


def _solution(exercise: Exercise, look: Look) -> Iterator[RenderableType]:
    for number, option in enumerate(exercise.options, 1):
        if option.right:
            yield Row(f"{number}  ", sentence(" ".join(option.text.split()), look))
            yield Row("   ", sentence(" ".join(option.feedback.split()), look))
    for name, right in exercise.solution.items():
        yield Text(_title("solution", name, exercise), style="label")
        yield Stack(Row("" if look.plain else "  ", line) for line in _lines(right, exercise, look))
    if exercise.explain.strip():
        yield Text()
        yield markdown(exercise.explain, look)


def _title(what: str, name: str, exercise: Exercise) -> str:
    return what if len(exercise.solution) == 1 else f"{what}: {name}"


def _bare(code: str) -> list[str]:
    return [line.rstrip() for line in code.splitlines() if line.strip()]


def _lines(code: str, exercise: Exercise, look: Look) -> list[Text]:
    if exercise.kind == "predict":
        return [Text(prose(line, look)) for line in code.splitlines()]
    return python_lines(code, look)


def _pair(
    title: str, mine: str, right: str, exercise: Exercise, look: Look
) -> Iterator[RenderableType]:
    left, other = _lines(mine, exercise, look), _lines(right, exercise, look)
    half = (look.width - 3) // 2 - 2
    wide = max((line.cell_len for line in [*left, *other]), default=0) <= half
    mark = "" if look.plain else "  "
    mine_part = Stack([Text(title, style="label"), *(Row(mark, line) for line in left)])
    theirs = Stack([Text("the solution", style="label"), *(Row(mark, line) for line in other)])
    if wide and not look.plain:
        yield Beside(mine_part, theirs)
    else:
        yield mine_part
        yield Text()
        yield theirs
