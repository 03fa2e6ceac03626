"""What a sitting prints into the scrollback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.files import files
from pyrecipes.render.layout import Drawn, Row, Stack, bar
from pyrecipes.render.safe import count, prose, safe_line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from pyrecipes.model import Exercise
    from pyrecipes.render.theme import Look, Screen
    from pyrecipes.terminal.keys import Key
    from pyrecipes.tutor.playing import Change
    from pyrecipes.tutor.sitting import Sitting

KINDS = {
    "write": "write",
    "fix": "put right",
    "fill": "fill the gaps",
    "predict": "say what it prints",
    "choice": "choose",
    "order": "put in order",
}


def opening(sitting: Sitting, *, first_time: bool) -> RenderableType:
    """The first lines of a sitting: the lesson, how far it is, and at the very first time a word
    on how things go."""

    def build(look: Look) -> Iterator[RenderableType]:
        lesson = sitting.lesson
        yield Text()
        yield Text.assemble((prose(lesson.title, look), "title"), ("  " + lesson.id, "quiet"))
        yield Text(prose(lesson.summary, look))
        done, total = len(sitting.passed), len(lesson.exercises)
        line = f"{count(len(lesson.recipes), 'recipe')}, {count(total, 'exercise')}"
        if done:
            line += f", {done} passed"
        yield Text(line, style="quiet")
        if sitting.resumed:
            yield Text(f"You go on where you left, at {sitting.step.id}.", style="quiet")
        if first_time:
            yield Text()
            yield Text(
                "Each recipe is one idea: read it, run it, play with it. Then do its exercises. "
                "All that you run is walled in and can't harm your machine. "
                "Enter always does the next sensible thing; the other keys stand at the bottom."
            )
        yield Text()

    return Drawn(build)


def heading(sitting: Sitting) -> RenderableType:
    """The line that a step begins with."""

    def build(look: Look) -> Iterator[RenderableType]:
        step = sitting.step
        if look.plain:
            kind = f"Exercise ({KINDS[step.exercise.kind]})" if step.exercise else "Recipe"
            yield Text(f"{kind} {step.number} of {len(sitting.steps)}: {prose(step.title, look)}")
            return
        kind = f"  {KINDS[step.exercise.kind]}" if step.exercise else ""
        done = step.exercise and step.exercise.id in sitting.passed
        sign = f" {look.signs.passed}" if done else ""
        yield Text.assemble(
            (f"{look.signs.rule * 2} ", "quiet"),
            (prose(step.title, look), "heading"),
            (f"  {sitting.name}{kind}", "quiet"),
            (sign, "pass"),
        )

    return Drawn(build)


def recipe(sitting: Sitting) -> RenderableType:
    """A recipe: its text and the snippet, not run yet."""
    from pyrecipes.render.listing import listing
    from pyrecipes.render.markdown import markdown

    step = sitting.step
    return Stack(
        [
            heading(sitting),
            Text(),
            markdown(step.recipe.text),
            Text(),
            *files(step.recipe.snippet.files),
            *_call(step.recipe.snippet.args),
            *([Text("As you changed it:", style="label")] if sitting.changed else ()),
            listing(sitting.code),
            Text(),
        ]
    )


def exercise(sitting: Sitting, path: str) -> RenderableType:
    """An exercise: the prompt, what is given, and where the answer lies."""
    from pyrecipes.render.listing import listing
    from pyrecipes.render.markdown import markdown

    task = sitting.exercise
    parts: list[RenderableType] = [heading(sitting), Text(), markdown(task.prompt), Text()]
    parts += files(task.files)
    if task.snippet is not None:
        parts += [*_call(task.snippet.args), listing(task.snippet), Text()]
    if task.options:
        parts += [options(task), Text()]
    elif task.kind != "predict":
        parts += _answers(task, sitting)
    if not task.options:
        parts += [Text(f"Your answer: {path}", style="quiet", overflow="fold"), Text()]
    return Stack(parts)


def _answers(task: Exercise, sitting: Sitting) -> Iterator[RenderableType]:
    from pyrecipes.render.listing import listing

    for name, text in sitting.answer().items():
        if len(task.starter) > 1:
            yield Text(name, style="label")
        if task.kind == "order":
            yield numbered(task.starter[name].splitlines())
        else:
            yield listing(text)
        yield Text()


def _call(args: Sequence[str]) -> Iterator[RenderableType]:
    if args:
        import shlex

        yield Text(f"$ python main.py {shlex.join(args)}", style="quiet")


def options(task: Exercise) -> RenderableType:
    """A choice's options with their numbers."""
    return Drawn(
        lambda look: [
            _numbered(number, sentence(" ".join(option.text.split()), look))
            for number, option in enumerate(task.options, 1)
        ]
    )


def numbered(lines: Sequence[str]) -> RenderableType:
    """Lines of code with numbers to name them by."""
    return Drawn(
        lambda look: [
            _numbered(number, safe_line(line, look)) for number, line in enumerate(lines, 1)
        ]
    )


def _numbered(number: int, line: Text) -> RenderableType:
    return Row(Text.assemble("  ", (f"{number}", "key"), "  "), line)


def changes(found: Sequence[Change]) -> RenderableType:
    """What a run gave that the last one did not, and the other way round."""

    def build(look: Look) -> Iterator[RenderableType]:
        if not found:
            yield Text("Its output is the same as the last time.", style="quiet")
            return
        yield Text("Changed since the last run:", style="label")
        for change in found[:20]:
            sign, style = ("+", "add") if change.kind == "new" else ("-", "remove")
            word = {"+": "now: ", "-": "before: "}[sign] if look.plain else f"{sign} "
            yield Row(Text("  " + word, style=style), safe_line(change.text, look, style))
        if len(found) > 20:
            yield Text(f"  {look.signs.more} {count(len(found) - 20, 'more line')}", style="quiet")

    return Drawn(build)


def hint(number: int, of: int, text: str) -> RenderableType:
    """One hint, and the how-manieth it is."""
    from pyrecipes.render.markdown import markdown

    return Stack([Text(f"Hint {number} of {of}", style="label"), markdown(text), Text()])


def explained(keys: Sequence[Key]) -> RenderableType:
    """What each key does, and what the signs of a listing say."""
    from pyrecipes.render.listing import HELP

    def build(look: Look) -> Iterator[RenderableType]:
        rows = [(Text(f"  {key.shown}", style="key"), key.help) for key in keys]
        yield from _hanging(rows)
        if not look.plain:
            yield Text()
            yield from _hanging(
                [
                    (Text(f"  {getattr(look.signs, name)}", style=name), meaning)
                    for name, meaning in HELP
                ]
            )
        yield Text()

    return Drawn(build)


def _hanging(rows: Sequence[tuple[Text, str]]) -> Iterator[RenderableType]:
    width = max(head.cell_len for head, _ in rows) + 2
    for head, body in rows:
        head.pad_right(width - head.cell_len)
        yield Row(head, Text(body))


def lesson_end(sitting: Sitting) -> RenderableType:
    """What was learned, as a list to look things up again, and what is left."""

    def build(look: Look) -> Iterator[RenderableType]:
        lesson = sitting.lesson
        done, total = len(sitting.passed), len(lesson.exercises)
        whole = sitting.complete and total
        title = f"{lesson.title}: " + ("all of it is yours." if whole else "the end, for now.")
        sign = f"{look.signs.passed} " if whole and not look.plain else ""
        yield Text.assemble((sign, "pass"), (prose(title, look), "pass" if whole else "title"))
        if not look.plain:
            yield Text.assemble(bar(done, total, look), (f"  {done} of {total} passed", "quiet"))
        else:
            yield Text(f"{done} of {total} exercises passed.")
        yield Text()
        yield Text("What this lesson showed:", style="label")
        for recipe in lesson.recipes:
            yield Row(
                f"  {look.signs.bullet} ",
                Text.assemble(prose(recipe.title, look), (f"  {recipe.id}", "quiet")),
            )
        if sitting.left:
            yield Text()
            yield Text("Not passed yet:", style="label")
            for step in sitting.left:
                name = Text.assemble(prose(step.title, look), (f"  {step.id}", "quiet"))
                yield Row(f"  {look.signs.bullet} ", name)
        yield Text()
        yield Text(f"To look things up: pyrecipes cheatsheet {lesson.id}", style="quiet")
        yield Text()

    return Drawn(build)


def goodbye(sitting: Sitting, following: str | None, verb: str = "learn") -> RenderableType:
    """What was done in this sitting, and what is next; `verb` is the command that goes on."""

    def build(look: Look) -> Iterator[RenderableType]:
        lesson = sitting.lesson
        now = len(sitting.passed_now)
        if now:
            line = f"{count(now, 'exercise')} passed: {', '.join(sitting.passed_now)}."
        elif sitting.failed_now:
            line = "1 try, kept as it is."
            if sitting.failed_now > 1:
                line = f"{sitting.failed_now} tries, the last of each kept."
        else:
            line = "See you."
        yield Text(line)
        if sitting.complete and lesson.exercises:
            where = f"pyrecipes learn {following}" if following else "pyrecipes review"
            yield Text.assemble("Next: ", (where, "code"))
        else:
            yield Text.assemble(
                "Go on from here: ",
                (f"pyrecipes {verb} {lesson.id}", "code"),
                (f"  ({len(sitting.passed)} of {len(lesson.exercises)} passed)", "quiet"),
            )

    return Drawn(build)


def tall(text: str, screen: Screen) -> bool:
    """Whether an editor with this text has pushed away what was on the screen."""
    return not screen.plain and len(text.splitlines()) > screen.height // 2


def tidy(path: Path, home: Path) -> str:
    """A path as people write it, with `~` for their own folder."""
    try:
        return f"~/{path.relative_to(home)}"
    except ValueError:
        return str(path)
