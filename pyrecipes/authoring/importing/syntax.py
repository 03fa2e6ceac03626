"""Code that Python can't read: say why, and put right what is plainly meant. Lines stay lines."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.parsing import parse
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_FAULTS = 40
QUOTES = str.maketrans("“”„‘’（），：；＝", '"""\'\'(),:;=')
HEAD = re.compile(r"\s*(if|elif|else|for|while|def|class|try|except|finally|with)\b.*[^:\s]\s*$")
MAKES = re.compile(r"\s*(?:(?:async\s+)?(?:def|class)\s+(\w+)|(\w+)\s*=[^=])")


@value
class Slip:
    """A line of the code (from 1) that does not parse, why, and what it was put right to.

    `placeholder` is the name of a `<placeholder>` in angle brackets; without `meant` the line, with
    those that belong to it, is left out.
    """

    line: int
    what: str
    meant: str = ""
    placeholder: str = ""


@value
class Read:
    """Code that parses, its tree, and what had to be done for it. `lost` are names that what was
    left out would have made."""

    lines: tuple[str, ...]
    tree: ast.Module
    slips: tuple[Slip, ...]
    lost: frozenset[str] = frozenset()


def read(code: str) -> Read:
    """Read code, putting right or leaving out what does not parse."""
    lines = code.removesuffix("\n").split("\n")
    slips: list[Slip] = []
    for _ in range(MAX_FAULTS):
        parsed = parse(_text(lines))
        if parsed.tree is not None:
            return Read(tuple(lines), parsed.tree, tuple(slips), _lost(code, lines))
        mended = next(_mended(lines, parsed.line, parsed.what), None)
        if mended is not None:
            lines, slip = mended
        else:
            lines, slip = _left_out(lines, parsed.line, parsed.what)
        if slip in slips:
            break
        slips.append(slip)
    tree = ast.Module([], [])
    return Read(("# None of this can be read.",), tree, tuple(slips), _lost(code, []))


def _lost(code: str, lines: Sequence[str]) -> frozenset[str]:
    """The names that lines of the code which are not in `lines` seem to make."""
    gone = set(code.split("\n")) - set(lines)
    found = (MAKES.match(line) for line in gone)
    return frozenset(match[1] or match[2] for match in found if match)


def _mended(lines: list[str], at: int, what: str) -> Iterator[tuple[list[str], Slip]]:
    """Ways to put a line right after which Python reads further than before, or comes upon a
    fault before it that this one hid."""
    for number in (at, at - 1):
        if not 0 < number <= len(lines):
            continue
        line = lines[number - 1]
        for fixed, name in _fixes(line, what):
            if fixed == line:
                continue
            tried = [*lines[: number - 1], fixed, *lines[number:]]
            parsed = parse(_text(tried))
            other = parsed.line < min(at, number) and "never closed" not in parsed.what
            if parsed.tree is not None or parsed.line > max(at, number) or other:
                yield tried, Slip(number, what, fixed.strip(), name)


def _fixes(line: str, what: str) -> Iterator[tuple[str, str]]:
    """What a line may have meant, with the name of a placeholder in it."""
    yield re.sub(r"(['\"])\s*,\s*%\s*", r"\1 % ", line), ""
    if match := re.fullmatch(r"(\s*)import\s+([\w.]+(?:[\s,]+[\w.]+)+)\s*(#.*)?", line):
        words = [each for each in re.split(r"[\s,]+", match[2]) if each]
        if "as" not in words:
            tail = f"  {match[3]}" if match[3] else ""
            yield f"{match[1]}import {', '.join(words)}{tail}", ""
    if match := re.fullmatch(r"(\s*)print\s+(?!>>)(.+?)(\s*#.*)?", line):
        yield f"{match[1]}print({match[2].rstrip()}){match[3] or ''}", ""
    if match := re.fullmatch(r"(\s*except\s+.+?)\s*,\s*(\w+)\s*:(.*)", line):
        yield f"{match[1]} as {match[2]}:{match[3]}", ""
    if match := re.fullmatch(r"(\s*raise\s+[\w.]+)\s*,\s*(.+)", line):
        yield f"{match[1]}({match[2]})", ""
    if match := re.fullmatch(r"(\s*(?:async\s+def|def|class)\s+\w+)\s*:(.*)", line):
        yield f"{match[1]}():{match[2]}", ""
    if HEAD.match(line):
        yield f"{line.rstrip()}:", ""
    if re.match(r"\s*(?:if|elif|while)\b", line):
        yield re.sub(r"(?<![=!<>:])=(?!=)", "==", line, count=1), ""
    yield line.translate(QUOTES), ""
    for match in re.finditer(r"<([A-Za-z][\w -]*)>", line):
        name = re.sub(r"\W+", "_", match[1])
        quoted = line[: match.start()].count("'") % 2 or line[: match.start()].count('"') % 2
        if not quoted and name.isidentifier():
            yield f"{line[: match.start()]}{name}{line[match.end() :]}", name
    yield re.sub(r"(?<![\w.])0(\d+)\b", r"0o\1", line), ""
    yield re.sub(r"\$\s*(?=\w)", "", line), ""
    if "never closed" in what:
        for end in (")", "]", "}", "))"):
            yield f"{line.rstrip()}{end}", ""


def _left_out(lines: list[str], at: int, what: str) -> tuple[list[str], Slip]:
    """Comment out the statement at the margin that a line is part of."""
    at = min(max(at, 1), len(lines))
    start = at
    while start > 1 and not _starts(lines[start - 1]):
        start -= 1
    end = at
    while end < len(lines) and not _starts(lines[end]):
        end += 1
    if all(_comment(line) == line for line in lines[start - 1 : end]):
        start, end = 1, len(lines)
    out = [
        _comment(line) if start <= number <= end else line for number, line in enumerate(lines, 1)
    ]
    return out, Slip(at, what)


def _starts(line: str) -> bool:
    """True for a line that begins a statement at the margin."""
    return bool(re.match(r"[^\s#)\]}]", line)) and not re.match(
        r"(elif|else|except|finally)\b", line
    )


def _comment(line: str) -> str:
    return line if not line.strip() or line.startswith("#") else f"# {line}"


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
