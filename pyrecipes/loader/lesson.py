"""A lesson file -> Lesson: what the tables can't say, and the values of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrecipes.loader import document
from pyrecipes.loader.checks import checks_of
from pyrecipes.loader.comments import unmark
from pyrecipes.loader.reader import Reader, Table, short
from pyrecipes.loader.schema import TABLES
from pyrecipes.model import (
    MAIN,
    NONE,
    Exercise,
    Lesson,
    Mistake,
    Option,
    Recipe,
    Snippet,
    Survivor,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pyrecipes.model import Files

HINTS = 3


def load(path: Path, name: str | None = None, pack: str = "") -> Lesson:
    """Read a lesson file.

    `name` is what places call the file (the path as given, unless said), `pack` the pack that it
    is from. Raises LessonError with all the file's faults.
    """
    root = document.parse(path, name)
    reader = Reader()
    table = reader.table("lesson", root)
    lesson = _Builder(reader, table, pack).lesson(path.stem) if table else None
    if reader.faults or lesson is None:
        raise document.error_of(reader.faults)
    return lesson


class _Builder:
    """Makes the values of one file; what is wrong goes to the reader's faults."""

    def __init__(self, reader: Reader, table: Table, pack: str) -> None:
        self.reader = reader
        self.top = table
        self.pack = pack
        self.docs: str = table.get("docs", "")
        self.requires: tuple[str, ...] = table.get("requires", ())
        self.ids: set[str] = set()

    def lesson(self, stem: str) -> Lesson:
        """The whole lesson; where something was wrong it has gaps."""
        top = self.top
        id_ = top.get("lesson", "")
        if id_ and id_ != stem:
            what = f"the file of lesson {id_!r} must be called {id_}.yaml, not {short(stem)}"
            self.reader.note(top.place("lesson"), "lesson", what)
        if self.docs and not self.docs.startswith(("https://", "http://")):
            self.reader.note(top.place("docs"), "docs", "must be a whole address, https://...")
        recipes = [self._recipe(table) for table in top.get("recipes", []) if table]
        return Lesson(
            id=id_,
            title=top.get("title", "").strip(),
            summary=top.get("summary", "").strip(),
            recipes=tuple(recipes),
            place=top.node.place,
            modules=top.get("modules", ()),
            requires=self.requires,
            docs=self.docs,
            pack=self.pack,
        )

    def _id(self, table: Table) -> str:
        id_: str = table.get("id", "")
        if id_ in self.ids:
            what = f"{id_!r} is there twice; ids are unique in a lesson"
            self.reader.note(table.place("id"), table.path("id"), what)
        elif id_:
            self.ids.add(id_)
        return id_

    def _recipe(self, table: Table) -> Recipe:
        id_ = self._id(table)
        snippet, recorded, notes = self._snippet(table)
        exercises = [self._exercise(each) for each in table.get("exercises", []) if each]
        variants = [self._exercise(each) for each in table.get("variants", []) if each]
        self._of(table, [exercise.id for exercise in exercises])
        return Recipe(
            id=id_,
            title=table.get("title", "").strip(),
            text=table.get("text", ""),
            snippet=snippet,
            place=table.node.place,
            recorded=recorded,
            notes=notes,
            docs=self._docs(table),
            view=table.get("view"),
            exercises=tuple(exercises),
            variants=tuple(variants),
        )

    def _of(self, table: Table, ids: list[str]) -> None:
        """Each variant says of which exercise of its recipe it is one; an exercise is of none."""
        for each in table.get("exercises", []):
            if each and "of" in each.values:
                what = "only one of the recipe's `variants` has it"
                self.reader.note(each.place("of"), each.path("of"), what)
        for each in table.get("variants", []):
            if each and each.get("of", "") not in ids:
                what = f"must name the exercise that it is a variant of: {', '.join(ids) or 'none'}"
                self.reader.note(each.place("of"), each.path("of"), what)

    def _docs(self, table: Table) -> str:
        docs: str = table.get("docs", "")
        if not docs or docs.startswith(("https://", "http://")):
            return docs
        if not self.docs:
            what = "is relative to the lesson's `docs`, and the lesson has none"
            self.reader.note(table.place("docs"), table.path("docs"), what)
            return ""
        from urllib.parse import urljoin

        return urljoin(self.docs, docs)

    def _snippet(self, table: Table) -> tuple[Snippet, Any, Any]:
        marked = unmark(table.get("code", ""))
        if "code" in table.values:
            node = table.nodes["code"]
            for line, column, what in marked.faults:
                self.reader.note(node.at(line, column), table.path("code"), what)
            self.reader.python(node, marked.code, table.path("code"), marked.lines)
        files = table.get("files", NONE)
        if MAIN in files:
            what = f"{MAIN} is the code itself; give the file another name"
            self.reader.note(table.place("files"), table.path("files"), what)
        snippet = Snippet(
            code=marked.code,
            files=files,
            args=table.get("args", ()),
            stdin=table.get("stdin", ""),
            requires=self.requires,
        )
        return snippet, marked.recorded, marked.notes

    def _exercise(self, table: Table) -> Exercise:
        kind = table.get("kind", "write")
        if "kind" in table.values:
            self._keys_of_kind(table, kind)
        hints = table.get("hints", ())
        if "hints" in table.values and len(hints) != HINTS:
            what = f"must be {HINTS} hints (a nudge, a stronger one, nearly the answer), "
            what += f"not {len(hints)}"
            self.reader.note(table.place("hints"), table.path("hints"), what)
        starter: Files = table.get("starter", NONE)
        solution = self._answer(table, "solution", starter, starter)
        if kind == "order":
            starter = shuffled(solution.get(MAIN, ""), table.get("distractors", ()))
        elif kind == "fill" and starter and not any("____" in text for text in starter.values()):
            what = "a `fill` has `____` for each gap"
            self.reader.note(table.place("starter"), table.path("starter"), what)
        return Exercise(
            id=self._id(table),
            kind=kind,
            title=table.get("title", "").strip(),
            prompt=table.get("prompt", ""),
            place=table.node.place,
            starter=starter,
            hints=hints,
            checks=checks_of(self.reader, table),
            solution=solution,
            explain=table.get("explain", ""),
            mistakes=tuple(
                Mistake(
                    self._answer(each, "code", starter if kind in TEXTS else NONE, solution),
                    each.get("feedback", ""),
                    each.node.place,
                )
                for each in table.get("mistakes", [])
                if each
            ),
            files=table.get("files", NONE),
            snippet=self._snippet(table)[0] if kind == "predict" else None,
            options=self._options(table),
            distractors=table.get("distractors", ()),
            same=tuple(
                Survivor(each.get("change", "").strip(), each.get("reason", "").strip())
                for each in table.get("same", [])
                if each
            ),
            requires=self.requires,
            of=table.get("of", ""),
        )

    def _keys_of_kind(self, table: Table, kind: str) -> None:
        for key in TABLES["exercise"]:
            if key.only and kind not in key.only and key.name in table.nodes:
                what = f"a `{kind}` has no `{key.name}`"
                self.reader.note(table.place(key.name), table.path(key.name), what)
            elif kind in key.needed and key.name not in table.nodes:
                what = f"a `{kind}` needs the key `{key.name}`. {key.says}"
                self.reader.note(table.node.place, table.where, what)

    def _answer(self, table: Table, key: str, names: Files, rest: Files) -> Files:
        """An answer whose files the starter names; those it leaves out are as in `rest`."""
        answer: Files = table.get(key, NONE)
        other = next((path for path in answer if names and path not in names), None)
        if other is not None:
            what = f"has the file {short(other)}, which is not one of the starter's"
            self.reader.note(table.place(key), table.path(key), what)
        if key == "solution":
            for path, text in answer.items():
                if path.endswith(".py"):
                    node = table.nodes[key]
                    node = (node.get(path) or node) if node.kind == "mapping" else node
                    self.reader.python(node, text, table.path(key))
        return {**rest, **answer} if answer and names else answer

    def _options(self, table: Table) -> tuple[Option, ...]:
        options = tuple(
            Option(each.get("text", ""), each.get("feedback", ""), each.get("right", False))
            for each in table.get("options", [])
            if each
        )
        if "options" in table.values:
            right = sum(option.right for option in options)
            if len(options) < 2:
                what = "must be two options or more"
                self.reader.note(table.place("options"), table.path("options"), what)
            elif right != 1:
                what = f"must have one option with `right: true`, not {right}"
                self.reader.note(table.place("options"), table.path("options"), what)
        return options


TEXTS = ("write", "fix", "fill")


def shuffled(solution: str, distractors: tuple[str, ...]) -> Files:
    """The lines of a solution and those that don't belong, always in the same wrong order."""
    import random

    lines = [line for line in solution.splitlines() if line.strip()]
    mixed = lines + [line.rstrip() for line in distractors]
    if len(set(mixed)) > 1:
        draw = random.Random(solution)
        while mixed[: len(lines)] == lines:
            draw.shuffle(mixed)
    return {MAIN: "".join(line + "\n" for line in mixed)}
