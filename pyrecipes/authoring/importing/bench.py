"""Where the blocks of one topic are held, in their order: what the earlier ones made is there."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing import asking
from pyrecipes.authoring.importing.holding import hold
from pyrecipes.authoring.importing.markdown import module_named
from pyrecipes.authoring.importing.names import Names, imported, receivers
from pyrecipes.authoring.importing.notes import Block, Claim, Finding, Prose, label
from pyrecipes.authoring.importing.packages import DISTRIBUTIONS, near_module
from pyrecipes.authoring.importing.prose import modules_in
from pyrecipes.authoring.importing.syntax import read
from pyrecipes.loader.reader import bad_path
from pyrecipes.model import MAIN
from pyrecipes.value import replace

if TYPE_CHECKING:
    import ast

    from pyrecipes.authoring.importing.commands import Command
    from pyrecipes.authoring.importing.earlier import Made
    from pyrecipes.authoring.importing.holding import Held
    from pyrecipes.authoring.importing.notes import Topic
    from pyrecipes.authoring.importing.syntax import Read
    from pyrecipes.model import Sandbox

OTHERS = {"numpy", "pandas"}


class Bench:
    """Holds blocks. `read` has the code of each block of Python by its line, `importable` whether
    a module that the topic names is there, `files` what the notes gave so far."""

    def __init__(self, topic: Topic, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.module = module_named(topic.title)
        parts = [part for section in topic.sections for part in section.parts]
        self.blocks = [part for part in parts if isinstance(part, Block)]
        self.read = {
            block.line: read(block.code) for block in self.blocks if block.kind == "python"
        }
        prose = [part for part in parts if isinstance(part, Prose)]
        self._known = asking.modules(self._modules(prose), sandbox)
        self.importable = {name: there for name, (there, _) in self._known.items()}
        self.files: dict[str, str] = {}
        self._earlier: list[Made] = []
        self._last: Block | None = None
        self._broken: set[int] = set()

    def requires(self) -> tuple[str, ...]:
        """The distributions that the topic's code imports, as far as they are here."""
        tops = {module for _, module in self._imports()} | {
            name for name in OTHERS if any(name in made.source.split() for made in self._earlier)
        }
        there = (
            name
            for name in tops
            if self.importable.get(name) and name not in sys.stdlib_module_names
        )
        return tuple(sorted(DISTRIBUTIONS.get(name, name) for name in there))

    def python(self, block: Block) -> Held:
        """Hold a block; what it makes is there for those after it."""
        code = self.read[block.line]
        self._package_of(code)
        held = self._hold(block, self._earlier, self.files, ())
        self._earlier += held.statements
        if block.name and not bad_path(block.name) and block.name != MAIN:
            self.files[block.name] = held.program.code
        self._last = block
        if any(each.sort in {"fails", "placeholder"} for each in held.findings):
            self._broken.add(block.line)
        return held

    def command(self, command: Command) -> tuple[list[Finding], Held | None]:
        """Run the program of a command with its arguments, and hold it to the output shown."""
        name = command.file.rpartition("/")[2]
        program = next((each for each in self.blocks if each.name == command.file), None)
        told = f"`{name}`"
        if program is None or program.line not in self.read:
            if self._last is None:
                return [Finding(command.line, "note", f"{told} is not in the notes")], None
            program = self._last
            told += f" is not in the notes; taken for the code at {label(program.line)}"
        if program.line in self._broken:
            what = f"{told}{',' if ' ' in told else ''} which does not run"
            return [Finding(command.line, "note", what)], None
        line, output = command.output
        claims = (Claim(line, output, 0),) if output.strip() else ()
        before = [each for each in self._earlier if each.line < program.line]
        files = {path: text for path, text in self.files.items() if path != program.name}
        held = self._hold(replace(program, claims=claims), before, files, command.args)
        found = [_of_command(each, command.line) for each in held.findings]
        if " " in told:
            found.insert(0, Finding(command.line, "note", told))
        return found, held

    def file(self, block: Block) -> list[Finding]:
        """Lay out a file for the blocks after it; names the modules beside it that are missing."""
        self.files[block.name] = block.code
        what = f"the file `{block.name}`, there for the code after it"
        found = [Finding(block.line, "note", what)]
        folder = block.name.rpartition("/")[0]
        for number, line in enumerate(block.code.split("\n")):
            match = re.match(r"\s*from \.(\w+) import", line)
            path = f"{folder}/{match[1]}.py".lstrip("/") if match else ""
            if match and path not in self.files:
                what = f"names a placeholder: `.{match[1]}`; the notes don't give {path}"
                found.append(Finding(block.line + number, "placeholder", what))
        return found

    def _hold(
        self, block: Block, earlier: list[Made], files: dict[str, str], args: tuple[str, ...]
    ) -> Held:
        code = self.read[block.line]
        names = self._names()
        return hold(block, code, names, earlier, files, args, self.requires(), self.sandbox)

    def _names(self) -> Names:
        """What is known by now. Of modules only names with a capital are taken for theirs, as
        others are as likely a note's own; of the topic's module all."""
        modules = [self.module, *(near_module(name) or name for _, name in self._imports())]
        has = {
            name: tuple(each for each in names if each[0].isupper() or name == self.module)
            for name in dict.fromkeys(modules)
            if (names := self._known.get(name, (False, ()))[1])
        }
        tops = {path.partition("/")[0].removesuffix(".py") for path in self.files}
        earlier = {name for each in self._earlier for name in each.binds}
        return Names(earlier, has, self.importable, tops)

    def _modules(self, prose: list[Prose]) -> set[str]:
        """All modules that the topic names, and those that its misspelt ones may mean."""
        found = {self.module, *(module for _, module in self._imports())}
        for tree in self._trees():
            found |= receivers(tree) & {*sys.stdlib_module_names, *OTHERS}
        for part in prose:
            found |= modules_in(part)
        found |= {near_module(name) for name in found if name not in sys.stdlib_module_names}
        return found - {""}

    def _trees(self) -> list[ast.Module]:
        return [each.tree for each in self.read.values()]

    def _imports(self) -> list[tuple[int, str]]:
        """Each import's line in its block and the module's first part."""
        return [
            (line, module.partition(".")[0])
            for tree in self._trees()
            for line, module in imported(tree)
        ]

    def _package_of(self, code: Read) -> None:
        """A package's `__init__.py` without a folder belongs to what is imported next."""
        if "__init__.py" not in self.files:
            return
        for _, module in imported(code.tree):
            top = module.partition(".")[0]
            if not self.importable.get(top, False):
                self.files[f"{top}/__init__.py"] = self.files.pop("__init__.py")
                return


def _of_command(finding: Finding, line: int) -> Finding:
    """A finding of a program that ran with a command's arguments."""
    if finding.sort != "runs":
        return finding
    return Finding(line, "runs", f"with these arguments, {finding.text}")
