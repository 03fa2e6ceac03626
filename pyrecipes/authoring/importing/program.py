"""A block, with what it needs from earlier ones, as a program that stands on its own."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.parsing import parse
from pyrecipes.authoring.recorded import begin
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyrecipes.authoring.importing.earlier import Made
    from pyrecipes.authoring.importing.names import Named
    from pyrecipes.authoring.importing.notes import Claim
    from pyrecipes.model import Files


@value
class Program:
    """`back` has the block's line of each of the program's lines that are the block's; `where` the
    program's last line of the statement that ends at a line of the block; `origin` the notes' line
    of lines that earlier blocks gave. `wrapped` are lines of the block whose exception is caught,
    so that what comes after them still runs."""

    code: str
    back: Mapping[int, int]
    where: Mapping[int, int]
    origin: Mapping[int, int]
    claims: tuple[Claim, ...]
    wrapped: frozenset[int]
    lines: tuple[str, ...]

    def end(self, line: int) -> int:
        """The last line of the statement that a line of the program is in."""
        at = self.back.get(line, 0)
        later = [end for end in self.where if end >= at]
        return self.where[min(later)] if later else line

    def source(self, at: int) -> str:
        """The statement that ends at a line of the block, in one line."""
        if not at:
            return ""
        tree = parse("".join(f"{line}\n" for line in self.lines)).tree
        for node in tree.body if tree else ():
            if node.end_lineno == at:
                text = " ".join(ast.unparse(node).split())
                return text if len(text) <= 60 else text[:57] + "..."
        return ""


def assemble(
    named: Named, before: Sequence[Made], claims: Sequence[Claim], plain: Sequence[Claim]
) -> Program:
    """The program of a block. `claims` are all claims; `plain` those that are not comments, so
    that the comments of the others can be taken away: what really comes out is recorded."""
    tree = named.tree
    ends = {node.end_lineno or 0: node for node in tree.body}
    lines = _tidy(named.lines, tree)
    for claim in claims:
        if claim not in plain and 0 < claim.at <= len(lines):
            lines[claim.at - 1] = _without_comment(lines[claim.at - 1])
    moved = tuple(_to_ends(claim, ends) for claim in claims)
    last = max(ends, default=0)
    wrapped = {
        claim.at: claim.text.partition(":")[0].rpartition(".")[2].strip()
        for claim in moved
        if claim.how == "raises" and claim.at in ends and claim.at != last
    }
    wrapped = {at: name for at, name in wrapped.items() if _is_exception(name)}
    inside = {
        number: name for at, name in wrapped.items() for number in range(begin(ends[at]), at + 1)
    }
    out: list[str] = []
    origin: dict[int, int] = {}
    _prelude(named, before, out, origin)
    back: dict[int, int] = {}
    where: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        if number in inside:
            if number == 1 or number - 1 not in inside or number - 1 in wrapped:
                out.append("try:")
            out.append(f"    {line}")
            back[len(out)] = number
            if number in wrapped:
                name = wrapped[number]
                out += [f"except {name} as error:", f"    print(f'{name}: {{error}}')"]
                back[len(out)] = number
        else:
            out.append(line)
            back[len(out)] = number
        if number in ends:
            where[number] = len(out)
    code = "".join(f"{line}\n" for line in out).rstrip("\n") + "\n"
    code = re.sub(r"#(?=[>:])", "# ", code) if _marks(code) else code
    return Program(code, back, where, origin, moved, frozenset(wrapped), tuple(named.lines))


def used(code: str, files: Files) -> dict[str, str]:
    """The files that code uses: those that it names, the modules that it imports, and what these
    use in their turn. Code that looks through folders may use them all."""
    if re.search(r"\b(?:glob|iglob|listdir|scandir|iterdir|rglob|walk)\(", code):
        return dict(files)
    found: dict[str, str] = {}
    open_codes = [code]
    while open_codes:
        text = open_codes.pop()
        for path, content in files.items():
            top = re.escape(path.partition("/")[0].removesuffix(".py"))
            if path not in found and (
                path.rpartition("/")[2] in text
                or (path.endswith(".py") and re.search(rf"(?:import|from)\b.*\b{top}\b", text))
            ):
                found[path] = content
                open_codes.append(content)
    return {path: files[path] for path in files if path in found}


def _prelude(named: Named, before: Sequence[Made], out: list[str], origin: dict[int, int]) -> None:
    """The imports that are missing, and what earlier blocks made."""
    imports = dict.fromkeys(named.imports, 0)
    rest: dict[str, int] = {}
    for each in before:
        kind = imports if re.match(r"(import|from)\s", each.source) else rest
        kind.setdefault(each.source, each.line)
    imports = _merged(imports)
    for source, line in [*imports.items(), *rest.items()]:
        compound = re.match(r"(def|class|async|@|for|while|if|with|try)\b", source)
        if out and (compound or (source in rest and len(out) == len(imports))):
            out.append("")
        for text in source.split("\n"):
            out.append(text)
            origin[len(out)] = line
    begins_alike = named.lines and re.match(r"(import|from)\s", named.lines[0]) and not rest
    if out and not begins_alike:
        out.append("")


def _merged(imports: Mapping[str, int]) -> dict[str, int]:
    """Imports with one line for each module that names are taken from."""
    found: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for source, line in imports.items():
        match = re.fullmatch(r"from (\S+) import ([\w, ]+)", source)
        if match is None or " as " in source:
            found[source] = line
            continue
        before = names.setdefault(match[1], [])
        at = found.pop(f"from {match[1]} import {', '.join(before)}", line)
        before += [each for each in re.split(r",\s*", match[2]) if each not in before]
        found[f"from {match[1]} import {', '.join(before)}"] = at
    return found


def _to_ends(claim: Claim, ends: Mapping[int, ast.stmt]) -> Claim:
    """A claim about the statement that ends at or after its line (or before, at the very end)."""
    from pyrecipes.value import replace

    if not claim.at or claim.at in ends:
        return claim
    later = [end for end in ends if end > claim.at]
    at = min(later) if later else max(ends, default=0)
    return replace(claim, at=at)


def _tidy(lines: Sequence[str], tree: ast.Module) -> list[str]:
    """Lines without spaces at their ends, unless these are part of a text."""
    tidy = [line.rstrip() for line in lines]
    same = parse("".join(f"{line}\n" for line in tidy)).tree
    return tidy if same is not None and ast.dump(same) == ast.dump(tree) else list(lines)


def _without_comment(line: str) -> str:
    """A line of code without the comment at its end."""
    for match in re.finditer("#", line):
        if parse(line[: match.start()].strip()).tree is not None:
            return line[: match.start()].rstrip()
    return line


def _marks(code: str) -> bool:
    from pyrecipes.loader.comments import unmark

    return unmark(code).code != code


def _is_exception(name: str) -> bool:
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, Exception)
