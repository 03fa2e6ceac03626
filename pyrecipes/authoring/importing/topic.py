"""One topic of the notes -> one lesson: each block held, in its order, and made a recipe."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing import asking
from pyrecipes.authoring.importing.commands import commands_of
from pyrecipes.authoring.importing.drafts import Draft, DraftRecipe
from pyrecipes.authoring.importing.holding import hold
from pyrecipes.authoring.importing.lints import asked, misfit_text
from pyrecipes.authoring.importing.markdown import module_named
from pyrecipes.authoring.importing.names import Names, imported, receivers
from pyrecipes.authoring.importing.notes import Block, Claim, Finding, Prose, label
from pyrecipes.authoring.importing.packages import DISTRIBUTIONS, near_module
from pyrecipes.authoring.importing.parsing import bound, meanings
from pyrecipes.authoring.importing.prose import calls_in, modules_in, told
from pyrecipes.authoring.importing.syntax import read
from pyrecipes.loader.reader import bad_path
from pyrecipes.value import replace

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping

    from pyrecipes.authoring.importing.commands import Command
    from pyrecipes.authoring.importing.earlier import Made
    from pyrecipes.authoring.importing.holding import Held
    from pyrecipes.authoring.importing.notes import Section, Topic
    from pyrecipes.authoring.importing.syntax import Read
    from pyrecipes.model import Sandbox

DOCS = "https://docs.python.org/3/library/{}.html"
NO_CODE = "# The notes have no code for this.\n"
NOT_PYTHON = "# This does not end by itself, so it is left out: see the notes.\n"


class TopicReader:
    """Makes the lesson of a topic."""

    def __init__(self, topic: Topic, sandbox: Sandbox) -> None:
        self.topic = topic
        self.sandbox = sandbox
        self.findings: list[Finding] = []
        self.recipes: list[DraftRecipe] = []
        self.earlier: list[Made] = []
        self.files: dict[str, str] = {}
        self.blocks = [
            part for section in topic.sections for part in section.parts if isinstance(part, Block)
        ]
        self.read = {
            block.line: read(block.code) for block in self.blocks if block.kind == "python"
        }
        self.known = asking.modules(self._modules(), sandbox)
        self.importable = {name: there for name, (there, _) in self.known.items()}
        self.last: Block | None = None
        self.broken: set[int] = set()

    def draft(self, said: Callable[[str], None]) -> Draft:
        """The lesson. `said` is told of each section."""
        for section in self.topic.sections:
            said(section.title)
            self._section(section)
        self._signatures()
        module = module_named(self.topic.title)
        plain = module in sys.stdlib_module_names and not module.startswith("_")
        return Draft(
            id=slug(self.topic.title),
            title=self.topic.title,
            line=self.topic.line,
            recipes=tuple(self.recipes),
            findings=tuple(sorted(self.findings, key=lambda each: each.line)),
            docs=DOCS.format(module) if plain else "",
            requires=self._requires(),
        )

    def _modules(self) -> set[str]:
        """All modules that the topic names, and those that its misspelt ones may mean."""
        found = {module_named(self.topic.title)}
        for tree in self._trees():
            found |= {module.partition(".")[0] for _, module in imported(tree)}
            found |= receivers(tree) & {*sys.stdlib_module_names, "numpy", "pandas"}
        for section in self.topic.sections:
            for part in section.parts:
                if isinstance(part, Prose):
                    found |= modules_in(part)
        found |= {near_module(name) for name in found if name not in sys.stdlib_module_names}
        return {name for name in found if name}

    def _trees(self) -> list[ast.Module]:
        return [each.tree for each in self.read.values()]

    def _requires(self) -> tuple[str, ...]:
        tops = {
            module.partition(".")[0] for tree in self._trees() for _, module in imported(tree)
        } | {
            name
            for name in ("numpy", "pandas")
            if any(name in each.source.split() for each in self.earlier)
        }
        there = [
            name
            for name in tops
            if self.importable.get(name) and name not in sys.stdlib_module_names
        ]
        return tuple(sorted(DISTRIBUTIONS.get(name, name) for name in there))

    def _section(self, section: Section) -> None:
        """Recipes for a section's blocks; what stands before a block is its text."""
        texts: list[str] = []
        todos: list[str] = []
        first = len(self.recipes)
        for number, part in enumerate(section.parts):
            if isinstance(part, Prose):
                found = list(told(part, self.importable, self._globbing()))
                self.findings += found
                todos += [_todo(each) for each in found]
                texts.append(part.text)
            elif part.kind == "python":
                after = section.parts[number + 1 :]
                held = self._python(self._with_output(part, after))
                todos += [_todo(each) for each in held.findings if each.sort not in {"runs"}]
                self.recipes.append(
                    self._recipe(section, part, held, texts, todos, len(self.recipes) - first)
                )
                texts, todos = [], []
            else:
                kept = self._other(part, texts, todos)
                if kept:
                    texts.append(kept)
        if len(self.recipes) == first:
            if texts or todos:
                text = "\n\n".join(texts)
                line = section.parts[0].line
                todos = [*todos, "no code in the notes: write some that shows this"]
                self.findings.append(Finding(line, "note", "no code here that could run"))
                self.recipes.append(
                    DraftRecipe(section.title, line, text, NO_CODE, todos=tuple(todos))
                )
        elif texts or todos:
            last = self.recipes[-1]
            text = "\n\n".join([each for each in (last.text, *texts) if each])
            self.recipes[-1] = replace(last, text=text, todos=(*last.todos, *todos))

    def _with_output(self, block: Block, after: tuple[Block | Prose, ...]) -> Block:
        """A block with the output that the notes show beneath it."""
        for part in after:
            if isinstance(part, Block):
                if part.kind == "output" and part.code.strip():
                    claim = Claim(part.line, part.code.rstrip("\n"), 0)
                    return replace(block, claims=(*block.claims, claim))
                break
        return block

    def _python(self, block: Block) -> Held:
        """Hold a block; what it makes is there for those after it."""
        read_ = self.read[block.line]
        self._package_of(read_)
        held = hold(
            block,
            read_,
            self._names(),
            self.earlier,
            dict(self.files),
            (),
            self._requires(),
            self.sandbox,
        )
        self.findings += held.findings
        self.earlier += held.statements
        if block.name and not bad_path(block.name) and block.name != "main.py":
            self.files[block.name] = held.program.code
        self.last = block
        if any(each.sort in {"fails", "placeholder"} for each in held.findings):
            self.broken.add(block.line)
        return held

    def _names(self) -> Names:
        earlier = {name for each in self.earlier for name in each.binds}
        module = module_named(self.topic.title)
        named = [module, *(near_module(name) or name for name in self._imports_so_far())]
        has = {
            name: tuple(each for each in self.known[name][1] if each[0].isupper() or name == module)
            for name in dict.fromkeys(named)
            if name in self.known and self.known[name][1]
        }
        tops = {path.partition("/")[0].removesuffix(".py") for path in self.files}
        return Names(earlier, has, self.importable, tops)

    def _imports_so_far(self) -> list[str]:
        return [module.partition(".")[0] for tree in self._trees() for _, module in imported(tree)]

    def _package_of(self, code: Read) -> None:
        """A package's `__init__.py` without a folder belongs to what is imported next."""
        if "__init__.py" not in self.files:
            return
        for _, module in imported(code.tree):
            top = module.partition(".")[0]
            if not self.importable.get(top, False):
                self.files[f"{top}/__init__.py"] = self.files.pop("__init__.py")
                return

    def _recipe(
        self,
        section: Section,
        block: Block,
        held: Held,
        texts: list[str],
        todos: list[str],
        number: int,
    ) -> DraftRecipe:
        code, recorded = held.program.code, held.tried.recorded
        if held.tried.stopped is not None:
            code, recorded = NOT_PYTHON, {}
            texts = [*texts, f"```python\n{block.shown}\n```"]
        title = section.title if not number else _title(texts, section.title, number + 1)
        files = {path: text for path, text in self.files.items() if path != block.name}
        return DraftRecipe(
            title, block.line, "\n\n".join(texts), code, recorded, files, todos=tuple(todos)
        )

    def _other(self, block: Block, texts: list[str], todos: list[str]) -> str:
        """What to keep in the text of a block that is not Python, if anything."""
        if block.kind == "output":
            return ""
        if block.kind == "file" and not bad_path(block.name):
            self.files[block.name] = block.code
            self.findings.append(
                Finding(block.line, "note", f"the file `{block.name}`, there for the code after it")
            )
            found = self._relative(block)
            self.findings += found
            todos += [_todo(each) for each in found]
            return ""
        if block.kind == "shell":
            found = list(told(Prose(block.line, block.shown), self.importable, False))
            for command in commands_of(block):
                found += self._command(command)
            if not found:
                found.append(Finding(block.line, "note", "shell commands, kept in the text"))
            self.findings += found
            todos += [_todo(each) for each in found if each.sort not in {"note", "runs"}]
        elif block.code.strip():
            self.findings.append(Finding(block.line, "note", "not Python; kept in the text"))
        else:
            self.findings.append(Finding(block.line, "note", "an empty block, left out"))
            return ""
        tag = "console" if block.kind == "shell" else ""
        return f"```{tag}\n{block.shown}\n```"

    def _command(self, command: Command) -> list[Finding]:
        """Run a command's program with its arguments: a recipe of its own, where it runs."""
        name = command.file.rpartition("/")[2]
        program = next((each for each in self.blocks if each.name == command.file), None)
        told_of = ""
        if program is None or program.line not in self.read:
            if self.last is None:
                return [Finding(command.line, "note", f"`{name}` is not in the notes")]
            program = self.last
            told_of = f"`{name}` is not in the notes; taken for the code at {label(program.line)}"
        claims = (
            (Claim(command.output[0], command.output[1], 0),) if command.output[1].strip() else ()
        )
        if program.line in self.broken:
            return [Finding(command.line, "note", f"{told_of}, which does not run".lstrip(", "))]
        whole = replace(program, claims=claims)
        held = hold(
            whole,
            self.read[program.line],
            self._names(),
            [each for each in self.earlier if each.line < program.line],
            {path: text for path, text in self.files.items() if path != program.name},
            command.args,
            self._requires(),
            self.sandbox,
        )
        found = [
            replace(each, line=command.line, text=f"with these arguments, {each.text}")
            if each.sort == "runs"
            else each
            for each in held.findings
        ]
        text = f"```console\n$ python {' '.join([name, *command.args])}\n```"
        self.recipes.append(
            DraftRecipe(
                f"python {' '.join([name, *command.args])}"[:60],
                command.line,
                text,
                held.program.code,
                held.tried.recorded,
                args=command.args,
                todos=tuple(_todo(each) for each in found if each.sort != "runs"),
            )
        )
        return [*([Finding(command.line, "note", told_of)] if told_of else []), *found]

    def _relative(self, block: Block) -> list[Finding]:
        """The modules beside a package's file that the notes do not give."""
        found = []
        folder = block.name.rpartition("/")[0]
        for number, line in enumerate(block.code.split("\n")):
            if match := re.match(r"\s*from \.(\w+) import", line):
                path = f"{folder}/{match[1]}.py".lstrip("/")
                if path not in self.files:
                    what = f"names a placeholder: `.{match[1]}`; the notes don't give {path}"
                    found.append(Finding(block.line + number, "placeholder", what))
        return found

    def _globbing(self) -> bool:
        """True where the topic is about wildcards and never says `recursive=True`."""
        if module_named(self.topic.title) not in {"glob", "pathlib"}:
            return False
        return not any("recursive=True" in block.code for block in self.blocks)

    def _signatures(self) -> None:
        """Calls of the standard library, in code and prose, whose arguments do not fit."""
        calls: list[tuple[int, ast.Call, str]] = []
        binds: dict[str, str] = {}
        implicit = {name: name for name, there in self.importable.items() if there}
        for block in self.blocks:
            if block.line in self.read:
                tree = self.read[block.line].tree
                own = {**implicit, **binds}
                shadowed = bound(tree) - set(meanings(tree))
                usable = {name: to for name, to in own.items() if name not in shadowed}
                calls += [(block.at(call.lineno), call, name) for call, name in asked(tree, usable)]
                binds.update(meanings(tree))
        for section in self.topic.sections:
            for part in section.parts:
                if isinstance(part, Prose):
                    calls += calls_in(part)
        wanted = {
            (line, name): (call, _shape(call, name))
            for line, call, name in calls
            if name.partition(".")[0] in sys.stdlib_module_names
        }
        wrong = asking.misfits((shape for _, shape in wanted.values()), self.sandbox)
        for (line, name), (call, shape) in wanted.items():
            if shape in wrong:
                finding = Finding(line, "advice", misfit_text(call, name, *wrong[shape]))
                self.findings.append(finding)
                self._add_todo(finding)

    def _add_todo(self, finding: Finding) -> None:
        """Leave a finding to the author of the recipe that is nearest before it."""
        number = max(
            (n for n, each in enumerate(self.recipes) if each.line <= finding.line), default=0
        )
        if self.recipes:
            recipe = self.recipes[number]
            self.recipes[number] = replace(recipe, todos=(*recipe.todos, _todo(finding)))


def _shape(call: ast.Call, name: str) -> asking.Call:
    return name, len(call.args), tuple(each.arg or "" for each in call.keywords)


def _todo(finding: Finding) -> str:
    return f"{label(finding.line)}: {finding.text}"


def _title(texts: list[str], title: str, number: int) -> str:
    """A title for a section's later block: its text's first line, if that is short and plain."""
    first = next((line for text in texts for line in text.split("\n") if line.strip()), "")
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", first).strip(" #>-:：。.")
    if 3 <= len(plain) <= 60 and "|" not in plain:
        return plain
    return f"{title} ({number})"


def slug(title: str) -> str:
    """A title as an id, as much of it as letters of English make; empty where none do."""
    if ": " in title:
        title = title.rpartition(": ")[2]
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain)).strip("-0123456789")[:40].strip("-")
    )


def numbered(wanted: str, taken: Mapping[str, object] | set[str], other: str) -> str:
    """An id that is not taken: the wanted one, or it with a number; `other` where it is empty."""
    start = wanted or other
    found, number = start, 1
    while found in taken:
        number += 1
        found = f"{start}-{number}"
    return found
