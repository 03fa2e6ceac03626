"""One topic of the notes -> one lesson: each block of Python is a recipe, with what stands before
it as its text."""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing import signatures
from pyrecipes.authoring.importing.bench import Bench
from pyrecipes.authoring.importing.commands import commands_of
from pyrecipes.authoring.importing.drafts import Draft, DraftRecipe
from pyrecipes.authoring.importing.ids import slug, title_of
from pyrecipes.authoring.importing.notes import Block, Claim, Finding, Prose, label
from pyrecipes.authoring.importing.prose import told
from pyrecipes.loader.reader import bad_path
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyrecipes.authoring.importing.commands import Command
    from pyrecipes.authoring.importing.holding import Held
    from pyrecipes.authoring.importing.notes import Section, Topic
    from pyrecipes.model import Sandbox

DOCS = "https://docs.python.org/3/library/{}.html"
NO_CODE = "# The notes have no code for this.\n"
ENDLESS = "# This does not end by itself, so it is only in the text.\n"


def draft_of(topic: Topic, sandbox: Sandbox, said: Callable[[str], None]) -> Draft:
    """The lesson of a topic, and what was found in it. `said` is told of each section."""
    return _Reader(topic, sandbox).draft(said)


class _Reader:
    """Reads the sections of a topic; `texts` and `todos` wait for the recipe that they go to."""

    def __init__(self, topic: Topic, sandbox: Sandbox) -> None:
        self.topic = topic
        self.bench = Bench(topic, sandbox)
        self.findings: list[Finding] = []
        self.recipes: list[DraftRecipe] = []
        self.texts: list[str] = []
        self.todos: list[str] = []
        self.first = 0

    def draft(self, said: Callable[[str], None]) -> Draft:
        bench = self.bench
        for section in self.topic.sections:
            said(section.title)
            self._section(section)
        for finding in signatures.misfits(self.topic, bench.read, bench.importable, bench.sandbox):
            self._late(finding)
        plain = bench.module in sys.stdlib_module_names and self._names(bench.module)
        return Draft(
            id=slug(self.topic.title),
            title=self.topic.title,
            line=self.topic.line,
            recipes=tuple(self.recipes),
            findings=tuple(sorted(self.findings, key=lambda each: each.line)),
            docs=DOCS.format(bench.module) if plain else "",
            requires=bench.requires(),
        )

    def _section(self, section: Section) -> None:
        self.first = len(self.recipes)
        for number, part in enumerate(section.parts):
            if isinstance(part, Prose):
                self._found(told(part, self.bench.importable, globbing=self._globbing()))
                self.texts.append(part.text)
            elif part.kind == "python":
                self._python(section, _with_output(part, section.parts[number + 1 :]))
            elif part.kind == "shell":
                self._shell(section, part)
            else:
                self._other(part)
        opening = section is self.topic.sections[0] and len(self.topic.sections) > 1
        if not opening or len(self.recipes) > self.first:
            self._close(section)

    def _close(self, section: Section) -> None:
        """Give what waits at a section's end to its last recipe, or to one without code. What
        opens a topic waits for the first recipe."""
        if len(self.recipes) == self.first and (self.texts or self.todos or not self.recipes):
            line = section.parts[0].line
            self.todos.append("no code in the notes: write some that shows this")
            self.findings.append(Finding(line, "note", "no code here that could run"))
            self._add(section.title, line, NO_CODE)
        elif self.texts or self.todos:
            last = self.recipes[-1]
            text = "\n\n".join(each for each in (last.text, *self.texts) if each)
            self.recipes[-1] = replace(last, text=text, todos=(*last.todos, *self.todos))
        self.texts, self.todos = [], []

    def _python(self, section: Section, block: Block) -> None:
        held = self.bench.python(block)
        self._found(held.findings)
        if not held.program.code.strip():
            return
        if held.tried.stopped is not None:
            self.texts.append(_fence(block, "python"))
            self._add(self._title(section), block.line, ENDLESS)
        else:
            self._add(self._title(section), block.line, held.program.code, held)

    def _shell(self, section: Section, block: Block) -> None:
        """Commands that run the notes' own programs are recipes; all others are kept as text."""
        found = list(told(Prose(block.line, block.shown), self.bench.importable, globbing=False))
        ran = 0
        commands = commands_of(block)
        for command in commands:
            more, held = self.bench.command(command)
            self._found(more)
            if held is not None and held.tried.stopped is None:
                ran += 1
                title = self._title(section)
                self.texts.append(f"```console\n$ {_typed(command)}\n```")
                self._add(title, command.line, held.program.code, held, command.args)
        if not found and not commands:
            found.append(Finding(block.line, "note", "shell commands, kept in the text"))
        self._found(found)
        if not ran:
            self.texts.append(_fence(block, "console"))

    def _other(self, block: Block) -> None:
        if block.kind == "file" and not bad_path(block.name):
            self._found(self.bench.file(block))
        elif block.kind != "output" and block.code.strip():
            self._found([Finding(block.line, "note", "not Python; kept in the text")])
            self.texts.append(_fence(block, block.tag))

    def _title(self, section: Section) -> str:
        """The section's title for its first recipe; for the others one from their text."""
        number = len(self.recipes) - self.first
        text = self.texts[0] if self.texts else ""
        return title_of(text, section.title, number + 1) if number else section.title

    def _add(
        self, title: str, line: int, code: str, held: Held | None = None, args: Sequence[str] = ()
    ) -> None:
        """A recipe, which takes the text and what there is to do so far."""
        recipe = DraftRecipe(title, line, "\n\n".join(self.texts), code, args=tuple(args))
        if held is not None:
            recipe = replace(recipe, recorded=held.tried.recorded, files=held.files)
        self.recipes.append(replace(recipe, todos=tuple(self.todos)))
        self.texts, self.todos = [], []

    def _found(self, findings: Sequence[Finding]) -> None:
        """Report findings; those that are no mere notes are left to the author too."""
        self.findings += findings
        self.todos += [_todo(each) for each in findings if each.sort not in {"runs", "note"}]

    def _late(self, finding: Finding) -> None:
        """Report a finding, and leave it to the author of the recipe that it is in."""
        self.findings.append(finding)
        lines = [number for number, each in enumerate(self.recipes) if each.line >= finding.line]
        before = [number for number, each in enumerate(self.recipes) if each.line < finding.line]
        in_code = bool(before) and any(
            block.line <= finding.line <= block.at(len(block.lines))
            for block in self.bench.blocks
            if block.line == self.recipes[before[-1]].line
        )
        if self.recipes:
            number = before[-1] if in_code or not lines else lines[0]
            recipe = self.recipes[number]
            self.recipes[number] = replace(recipe, todos=(*recipe.todos, _todo(finding)))

    def _names(self, module: str) -> bool:
        """True where the notes name a module in their text or code."""
        parts = [part for section in self.topic.sections for part in section.parts]
        word = re.compile(rf"\b{re.escape(module)}\b")
        return any(word.search(p.code if isinstance(p, Block) else p.text) for p in parts)

    def _globbing(self) -> bool:
        """True where the topic is about wildcards and never says `recursive=True`."""
        if self.bench.module not in {"glob", "pathlib"}:
            return False
        return not any("recursive=True" in block.code for block in self.bench.blocks)


def _with_output(block: Block, after: Sequence[Block | Prose]) -> Block:
    """A block with the output that the notes show beneath it."""
    shown = next((part for part in after if isinstance(part, Block)), None)
    if shown is None or shown.kind != "output" or not shown.code.strip():
        return block
    return replace(block, claims=(*block.claims, Claim(shown.line, shown.code.rstrip("\n"), 0)))


def _typed(command: Command) -> str:
    return " ".join(["python", command.file, *map(shlex.quote, command.args)])


def _fence(block: Block, tag: str) -> str:
    """A block as Markdown."""
    runs = re.findall(r"`{3,}", block.shown)
    fence = "`" * max([3, *(len(each) + 1 for each in runs)])
    return f"{fence}{tag}\n{block.shown}\n{fence}"


def _todo(finding: Finding) -> str:
    return f"{label(finding.line)}: {finding.text}"
