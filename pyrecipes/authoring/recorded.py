"""What a run gave, as the lines that a lesson records; and whether it is still so."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.model import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyrecipes.model import Event, Transcript

ANYTHING = "..."
MAX_LINES = 200


def lines_of(transcript: Transcript, code: str) -> dict[int, list[str]]:
    """The code's line -> what is recorded under it.

    Output goes under the last line of the statement that made it; what has no line goes under the
    last line of all. What is written in several pieces by one line of code is put together. Where
    several processes or threads have output each line names its own.
    """
    ends = statement_ends(code)
    last = max(1, len(code.rstrip().splitlines()))
    lanes = {lane(event) for event in transcript.events}
    pieces: dict[int, list[tuple[str, str, str]]] = {}
    for event in transcript.events:
        line = last if event.line is None else ends.get(event.line, event.line)
        _add(pieces.setdefault(line, []), lane(event) if len(lanes) > 1 else "", event)
    return {
        line: [
            f"{'[' if name else ''}{name}{'] ' if name else ''}{visible(text)}".rstrip()
            for name, _, whole in found
            for text in whole.removesuffix("\n").split("\n")
        ]
        for line, found in pieces.items()
    }


def lane(event: Event) -> str:
    """The name of the process and thread that made an event."""
    if event.process == "MainProcess":
        return event.thread
    return event.process if event.thread == "MainThread" else f"{event.process}/{event.thread}"


def _add(pieces: list[tuple[str, str, str]], name: str, event: Event) -> None:
    """Add an event; a stream's text goes on in the line that it left open."""
    if event.kind in ("stdout", "stderr"):
        for number in range(len(pieces) - 1, -1, -1):
            other, kind, text = pieces[number]
            if (other, kind) == (name, event.kind):
                if not text.endswith("\n"):
                    pieces[number] = (name, kind, text + event.text)
                    return
                break
    if event.text:
        pieces.append((name, event.kind, event.text))


def visible(text: str) -> str:
    """A line with everything that can't be seen, or can't stand in YAML, as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def statement_ends(code: str) -> dict[int, int]:
    """Each line of a statement that spans several -> its last line (of a compound statement: the
    last line of its head). The innermost statement counts."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    lines = code.splitlines()
    ends: dict[int, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            for each in getattr(node, "decorator_list", []):
                ends.update(dict.fromkeys(range(each.lineno, each.end_lineno + 1), each.end_lineno))
            first, last = _span(node, lines)
            ends.update(dict.fromkeys(range(first, last + 1), last))
    return ends


def _span(
    node: ast.stmt | ast.ExceptHandler | ast.match_case, lines: Sequence[str]
) -> tuple[int, int]:
    """The first and last line of a statement, or of the head of a compound one."""
    first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
    body: list[ast.stmt] = getattr(node, "body", [])
    if not body:
        return first, (None if isinstance(node, ast.match_case) else node.end_lineno) or first
    last = max(first, min(begin(each) for each in body) - 1)
    while last > first and lines[last - 1].strip()[:1] in {"", "#"}:
        last -= 1
    return first, last


def begin(statement: ast.stmt) -> int:
    """A statement's first line, decorators counted."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def matches(recorded: Sequence[Recorded], actual: Sequence[str]) -> bool:
    """True where the recorded lines of one line of code stand for what it really gave.

    `...` in a line that varies stands for anything in that line; a line that is only `...` stands
    for any number of lines.
    """
    reach = {0}
    number = 0
    while number < len(recorded):
        one = recorded[number]
        if one.any_order:
            end = number
            while end < len(recorded) and recorded[end].any_order:
                end += 1
            block = recorded[number:end]
            reach = {
                at + len(block)
                for at in reach
                if at + len(block) <= len(actual) and _unordered(block, actual[at:][: len(block)])
            }
            number = end
            continue
        if one.varies and one.text == ANYTHING:
            reach = set(range(min(reach), len(actual) + 1)) if reach else reach
        else:
            reach = {at + 1 for at in reach if at < len(actual) and same(one, actual[at])}
        number += 1
    return len(actual) in reach


def same(recorded: Recorded, actual: str) -> bool:
    """True where one recorded line stands for one real line."""
    if not recorded.varies:
        return recorded.text.rstrip() == actual.rstrip()
    parts = recorded.text.rstrip().split(ANYTHING)
    return re.fullmatch(".*".join(map(re.escape, parts)), actual.rstrip(), re.DOTALL) is not None


def _unordered(block: Sequence[Recorded], actual: Sequence[str]) -> bool:
    """True where each line can be given a recorded line of its own."""
    taken: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        for at, line in enumerate(actual):
            if at not in tried and same(block[number], line):
                tried.add(at)
                if at not in taken or place(taken[at], tried):
                    taken[at] = number
                    return True
        return False

    return all(place(number, set()) for number in range(len(block)))


def differences(
    recorded: Mapping[int, tuple[Recorded, ...]], actual: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """Line -> what is wrong with what is recorded under it, in one sentence."""
    found = {}
    for line in sorted({*recorded, *actual}):
        want, got = recorded.get(line, ()), actual.get(line, [])
        if not matches(want, got):
            found[line] = _sentence(want, got)
    return found


def _sentence(want: Sequence[Recorded], got: Sequence[str]) -> str:
    if not want:
        return f"gives {_short(got[0])}{_more(got)}, and nothing is recorded"
    if not got:
        return f"gives nothing, and {_short(want[0].text)}{_more(want)} is recorded"
    for number, (one, line) in enumerate(zip(want, got, strict=False), 1):
        if not one.any_order and not same(one, line):
            which = f" in its line {number}" if len(got) > 1 else ""
            return f"gives {_short(line)}{which}, recorded is {_short(one.text)}"
    if len(want) != len(got):
        return f"gives {len(got)} lines, recorded are {len(want)}"
    return f"gives {', '.join(map(_short, got[:5]))}, which no order of the recorded lines is"


def _short(text: str) -> str:
    shown = repr(text)
    return shown if len(shown) <= 80 else shown[:77] + "..."


def _more(lines: Sequence[object]) -> str:
    return f" and {len(lines) - 1} lines more" if len(lines) > 1 else ""


def varying(runs: Sequence[Mapping[int, Sequence[str]]]) -> dict[int, tuple[Recorded, ...]]:
    """What to record of several runs of the same code, with marks for what differs between them."""
    lines = sorted({line for run in runs for line in run})
    found = {
        line: _record_line([[_no_address(text) for text in run.get(line, ())] for run in runs])
        for line in lines
    }
    return {line: tuple(map(_varies_by_address, recorded)) for line, recorded in found.items()}


def _no_address(text: str) -> str:
    """Addresses in memory vary, though runs that start from one process may share them."""
    return ADDRESS.sub(NO_ADDRESS, text)


def _varies_by_address(one: Recorded) -> Recorded:
    return Recorded(one.text, True, one.any_order) if NO_ADDRESS in one.text else one


def _record_line(runs: list[list[str]]) -> tuple[Recorded, ...]:
    """The first of these that stands for all runs: as it is, in any order, with `...` in lines, in
    any order with `...` in lines, and anything after what all begin with."""
    first = runs[0]
    start = _common(runs)
    end = _common([run[start:][::-1] for run in runs])
    ways = [
        tuple(map(Recorded, first)),
        tuple(
            Recorded(text, any_order=start <= number < len(first) - end)
            for number, text in enumerate(first)
        ),
    ]
    if len({len(run) for run in runs}) == 1:
        ordered = [sorted(run) for run in runs]
        blurred = tuple(_blur(texts) for texts in zip(*ordered, strict=True))
        ways += [
            tuple(_blur(texts) for texts in zip(*runs, strict=True)),
            tuple(Recorded(one.text, one.varies, any_order=True) for one in blurred),
        ]
    anything = (*map(Recorded, first[:start]), Recorded(ANYTHING, varies=True))
    for way in ways:
        telling = len(way) < 2 or not any(one.varies and one.text == ANYTHING for one in way)
        if telling and all(matches(way, run) for run in runs):
            return way if len(way) <= MAX_LINES else (*way[:MAX_LINES], anything[-1])
    return anything


def _common(runs: list[list[str]]) -> int:
    """How many lines all runs begin with alike."""
    count = 0
    for texts in zip(*runs, strict=False):
        if len(set(texts)) > 1:
            break
        count += 1
    return count


NO_ADDRESS = "0x" + ANYTHING
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{8,16}\b")
WORD = re.compile(r"0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:e-?\d+)?|\w+|\s+|.")


def _blur(texts: Sequence[str]) -> Recorded:
    """One line for several: the words in which they differ become `...`."""
    if len(set(texts)) == 1:
        return Recorded(texts[0])
    words = [WORD.findall(text) for text in texts]
    if len({len(each) for each in words}) == 1:
        parts = [
            alike[0] if len(set(alike)) == 1 else ANYTHING for alike in zip(*words, strict=True)
        ]
    else:
        start = _common(words)
        tail = _common([each[start:][::-1] for each in words])
        parts = [*words[0][:start], ANYTHING, *words[0][len(words[0]) - tail :]]
    text = "".join(parts)
    while ANYTHING * 2 in text:
        text = text.replace(ANYTHING * 2, ANYTHING)
    return Recorded(text, varies=True)
