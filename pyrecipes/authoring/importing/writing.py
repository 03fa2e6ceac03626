"""A draft -> the text of its lesson file, as a person would write it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.ids import YAML
from pyrecipes.authoring.importing.notes import label
from pyrecipes.authoring.recorded import visible
from pyrecipes.authoring.written import TODO, mark
from pyrecipes.loader.comments import unmark
from pyrecipes.loader.document import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyrecipes.authoring.importing.drafts import Draft, DraftExercise, DraftRecipe
    from pyrecipes.model import Recorded

HEAD = """\
# From {source}, by `pyrecipes lessons import`. What is TODO the notes leave open, or have wrong.
#   pyrecipes lessons verify FILE    lists what is still TODO
#   pyrecipes lessons record FILE    writes the #> lines: what the code really gives
"""
PLAIN = re.compile(r"[A-Za-z][\w ,.()/+-]*[\w)]|[A-Za-z]")
SEPARATORS = "\x85\u2028\u2029\ufeff"


def written(draft: Draft, source: str) -> str:
    """The lesson file of a draft from the notes called `source`."""
    lines = HEAD.format(source=visible(source)).splitlines()
    lines += [
        f"lesson: {draft.id}",
        f"title: {scalar(draft.title)}",
        "summary: TODO one sentence for the list of lessons.",
    ]
    if draft.docs:
        lines.append(f"docs: {draft.docs}")
    if draft.requires:
        lines.append(f"requires: [{', '.join(draft.requires)}]")
    lines.append("recipes:")
    for recipe in draft.recipes:
        lines += _recipe(recipe, source)
    return "\n".join(lines) + "\n"


def _recipe(recipe: DraftRecipe, source: str) -> Iterator[str]:
    where = f"  # {visible(source)}, {label(recipe.line)}" if recipe.line else ""
    yield f"  - id: {recipe.id}{where}"
    yield f"    title: {scalar(recipe.title)}"
    yield from block("text", _text(recipe), 4)
    if recipe.files:
        yield "    files:"
        for path, content in recipe.files.items():
            yield from block(path, content, 6)
    if recipe.args:
        yield f"    args: [{', '.join(scalar(each) for each in recipe.args)}]"
    yield from block("code", annotated(recipe.code, recipe.recorded), 4)
    if recipe.exercises:
        yield "    exercises:"
        for exercise in recipe.exercises:
            yield from _exercise(exercise)


def _text(recipe: DraftRecipe) -> str:
    """A recipe's text, with what is left for the author before it."""
    todos = sorted(dict.fromkeys(" ".join(each.split()) for each in recipe.todos), key=_line)
    text = recipe.text.strip("\n")
    if not todos:
        return text or f"{TODO} say why, not only what."
    if len(todos) == 1:
        told = f"{TODO} {todos[0]}"
    else:
        told = f"{TODO} put right, and take these lines away:\n\n" + "\n".join(
            f"- {each}" for each in todos
        )
    return f"{told}\n\n{text}".rstrip()


def _line(todo: str) -> tuple[int, ...]:
    """A key to put what is to be done in the order of the notes."""
    match = re.match(r"(?:cell (\d+), )?line (\d+):", todo)
    return (0, int(match[1] or 0), int(match[2])) if match else (1,)


def _exercise(exercise: DraftExercise) -> Iterator[str]:
    yield f"      - id: {exercise.id}"
    yield "        kind: write"
    yield f"        title: {scalar(exercise.title)}"
    yield from block("prompt", exercise.prompt, 8)
    yield from _files("starter", exercise.starter)
    if exercise.files:
        yield from _files("files", exercise.files)
    yield "        hints:"
    for hint in exercise.hints:
        if "\n" in hint.strip():
            yield from block("-", hint, 10)
        else:
            yield f"          - {scalar(hint.strip())}"
    yield "        checks:"
    yield from block("- tests", exercise.tests, 10, 4)
    yield from _files("solution", exercise.solution)


def _files(key: str, files: Mapping[str, str]) -> Iterator[str]:
    yield f"        {key}:"
    for path, content in files.items():
        yield from block(path, content, 10)


def block(key: str, text: str, indent: int, more: int = 2) -> Iterator[str]:
    """A key with a text as a literal block, however the text begins and ends."""
    text = clean(text)
    space = " " * indent
    name = key if key in {"-"} or key.startswith("- ") else scalar(key)
    name = "-" if key == "-" else f"{name}:"
    body = text.rstrip("\n")
    if not body.strip():
        yield f"{space}{name} {json.dumps(text) if text else chr(34) * 2}"
        return
    first = next(line for line in body.split("\n") if line.strip())
    given = str(more) if first.startswith(" ") or body.startswith("\n") else ""
    yield f"{space}{name} |{given}"
    inner = " " * (indent + more)
    for line in body.split("\n"):
        yield f"{inner}{line}" if line else ""


def scalar(text: str) -> str:
    """A text on one line: plain where YAML takes it as it is, else in quotes."""
    line = " ".join(clean(text).split("\n"))
    if PLAIN.fullmatch(line) and line.lower() not in YAML:
        return line
    return json.dumps(line, ensure_ascii=False)


def clean(text: str) -> str:
    """A text with what can't stand in YAML, or would break its lines, as escapes."""
    if re.search(REFUSED, text) or any(each in text for each in SEPARATORS):
        text = re.sub(f"{REFUSED}|[{SEPARATORS}]", lambda match: ascii(match[0])[1:-1], text)
    return text


def annotated(code: str, recorded: Mapping[int, Sequence[Recorded]]) -> str:
    """Code with its recorded lines; without them where they can't be told from the code."""
    code = clean(code)
    lines = []
    for number, line in enumerate(code.removesuffix("\n").split("\n"), 1):
        lines.append(line)
        indent = line[: len(line) - len(line.lstrip())]
        lines += [f"{indent}{mark(each)}" for each in recorded.get(number, ())]
    text = "".join(f"{line}\n" for line in lines)
    return text if unmark(text).code == code else code
