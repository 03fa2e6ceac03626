"""One block of Python held to itself: read, put right, run, and compared with what it says."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing import claims as saying
from pyrecipes.authoring.importing.causes import cause
from pyrecipes.authoring.importing.earlier import made, needed
from pyrecipes.authoring.importing.lints import lints
from pyrecipes.authoring.importing.notes import Finding, label
from pyrecipes.authoring.importing.parsing import needs, parse
from pyrecipes.authoring.importing.program import Program, assemble, used
from pyrecipes.authoring.importing.trying import attempt, by_statement
from pyrecipes.authoring.record import stopped
from pyrecipes.model import Snippet
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyrecipes.authoring.importing.earlier import Made
    from pyrecipes.authoring.importing.names import Named, Names, Unknown
    from pyrecipes.authoring.importing.notes import Block
    from pyrecipes.authoring.importing.syntax import Read
    from pyrecipes.authoring.importing.trying import Tried
    from pyrecipes.model import Files, Sandbox


@value
class Held:
    """A block that was held: the program that it became with the files that it uses, what running
    it gave, what was found, and the statements that later blocks may need."""

    program: Program
    files: Files
    tried: Tried
    findings: tuple[Finding, ...]
    statements: tuple[Made, ...]


def hold(
    block: Block,
    read: Read,
    names: Names,
    earlier: Sequence[Made],
    files: Files,
    args: tuple[str, ...],
    requires: tuple[str, ...],
    sandbox: Sandbox,
) -> Held:
    """Hold a block to what the notes say of it. `earlier` is what the blocks before it made,
    `files` and `args` what its program is run with."""
    found = list(_slips(block, read))
    named = names.look(read.lines, read.tree, read.lost)
    found += [Finding(block.at(line), "fails", text) for line, text in named.wrong]
    found += _placeholders(block, [*_angled(read), *named.placeholders])
    found += [Finding(block.at(line), "advice", text) for line, text in lints(named.tree)]
    said = [*block.claims, *saying.in_comments(named.lines, named.tree, block.lines)]
    before = needed(needs(named.tree) - read.lost, earlier)
    program = assemble(named, before, said, block.claims)
    files = used(program.code, files)
    snippet = Snippet(program.code, files, args, requires=requires)
    tried = attempt(snippet, sandbox)
    quiet = {each.name for each in named.placeholders} | _called(found) | read.lost
    if tried.stopped is not None:
        line = _start(named.tree, program.back.get(tried.failed or 0, 0))
        found.append(Finding(block.at(line), "fails", f"does not end: {stopped(tried.stopped)}"))
    else:
        parts = by_statement(snippet, sandbox) if said else {}
        found += _compared(block, program, tried, parts)
        found += _ended(block, program, tried, quiet, files)
    bad = {"fails", "differs", "placeholder"}
    if any(each.sort in bad for each in found):
        if named.imports:
            several = ", ".join(f"`{each}`" for each in named.imports)
            found.append(Finding(block.line, "note", f"not imported in the notes: {several}"))
    else:
        what = "runs as written"
        if named.imports:
            what = f"runs once it has {', '.join(f'`{each}`' for each in named.imports)}"
        if said:
            what += ", and gives what the notes say"
        found.append(Finding(block.line, "runs", what))
    return Held(
        program, files, tried, tuple(found), tuple(_statements(block, named, program, tried))
    )


def _start(tree: ast.Module, line: int) -> int:
    """The first line of the statement at the margin that a line is in."""
    starts = (node.lineno for node in tree.body if line <= (node.end_lineno or node.lineno))
    return min(line, next(starts, line))


def _slips(block: Block, read: Read) -> Iterator[Finding]:
    for slip in read.slips:
        if slip.placeholder:
            continue
        meant = f"; meant is `{slip.meant}`" if slip.meant else "; left out of the lesson"
        yield Finding(block.at(slip.line), "fails", f"does not run: {slip.what}{meant}")


def _angled(read: Read) -> list[Unknown]:
    from pyrecipes.authoring.importing.names import Unknown

    return [Unknown(slip.placeholder, slip.line) for slip in read.slips if slip.placeholder]


def _placeholders(block: Block, unknown: Sequence[Unknown]) -> list[Finding]:
    """One finding for each line with placeholders."""
    lines: dict[int, list[str]] = {}
    for each in unknown:
        names = lines.setdefault(each.line, [])
        if each.name not in names:
            names.append(each.name)
    found = []
    for line, words in sorted(lines.items()):
        several = ", ".join(f"`{each}`" for each in words)
        what = f"names {'a placeholder' if len(words) == 1 else 'placeholders'}: {several} "
        what += f"{'is' if len(words) == 1 else 'are'} never assigned"
        found.append(Finding(block.at(line), "placeholder", what))
    return found


def _called(found: Sequence[Finding]) -> set[str]:
    """The keywords that were told to be called by mistake."""
    told = [each.text for each in found if "the keyword is meant" in each.text]
    return {word for word in ("args", "kwargs", "kwds") if any(f"`{word}`;" in t for t in told)}


def _compared(
    block: Block, program: Program, tried: Tried, parts: Mapping[int, saying.Came]
) -> Iterator[Finding]:
    """What the notes say otherwise than Python."""
    for claim in program.claims:
        if claim.at:
            line = program.where.get(claim.at, 0)
            got = parts.get(line)
        else:
            got = _whole([came for at, came in sorted(parts.items()) if program.back.get(at)])
        if got is None or (got.raised and claim.how != "raises"):
            continue
        if claim.at in program.wrapped and got.printed:
            got = saying.Came(got.shown, got.printed, got.given, got.printed.strip())
        if not saying.holds(claim, got):
            text = saying.difference(claim, got, program.source(claim.at))
            yield Finding(claim.line, "differs", text)


def _whole(parts: Sequence[saying.Came]) -> saying.Came:
    raised = next((each.raised for each in parts if each.raised), "")
    given = next((each.given for each in reversed(parts) if each.given), "")
    shown, printed = (
        "".join(texts)
        for texts in ([each.shown for each in parts], [each.printed for each in parts])
    )
    return saying.Came(shown, printed, given, raised)


def _ended(
    block: Block, program: Program, tried: Tried, quiet: set[str], files: Files
) -> Iterator[Finding]:
    """The exception that ended the run, unless the notes say so or it was told already."""
    if not tried.error:
        return
    line = tried.failed or 0
    at = program.back.get(line, 0)
    if any(
        claim.how == "raises" and (not claim.at or program.where.get(claim.at) == program.end(line))
        for claim in program.claims
    ):
        return
    name = tried.error.partition("name '")[2].partition("'")[0]
    if tried.error.startswith("NameError") and name in quiet:
        return
    text = f"does not run: {cause(tried.error, files)}"
    if line and not at and program.origin.get(line):
        text = (
            f"needs {label(program.origin[line])}, which does not run: {cause(tried.error, files)}"
        )
    yield Finding(block.at(at), "fails", text)


def _statements(block: Block, named: Named, program: Program, tried: Tried) -> Iterator[Made]:
    """What later blocks may need of this one."""
    for text in named.imports:
        tree = parse(text).tree
        if tree is not None:
            yield from made([text], tree, (block.line,), set(), None)
    failed = None
    if tried.stopped is not None:
        failed = program.back.get(tried.failed or 0, 1)
    elif tried.error:
        failed = program.back.get(tried.failed or 0, 1) or 1
    loud = {program.back[line] for line in tried.loud if line in program.back}
    starts = set()
    for node in named.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if any(node.lineno <= line <= (node.end_lineno or node.lineno) for line in loud):
            starts.add(node.lineno)
    yield from made(named.lines, named.tree, block.lines, starts, failed)
