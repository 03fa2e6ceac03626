"""A block run in the sandbox: what each of its statements did, and what there is to record."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.claims import came
from pyrecipes.authoring.importing.parsing import parse
from pyrecipes.authoring.record import FINE, RUNS
from pyrecipes.authoring.recorded import begin, lines_of, varying
from pyrecipes.model import Snippet
from pyrecipes.value import replace, value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyrecipes.authoring.importing.claims import Came
    from pyrecipes.model import Event, Recorded, Sandbox, Transcript

ADDRESS = re.compile(r"\bat \.\.\.(?=>)")
MARK = "print('=')"


@value
class Tried:
    """What a program did. `error` is the exception that ended it, as `Type: message`, at the
    program's `failed` line; `recorded` has what to record under its lines; `loud` are the lines
    with output. `stopped` is the run that a limit ended, if one did."""

    recorded: Mapping[int, tuple[Recorded, ...]]
    loud: frozenset[int]
    error: str = ""
    failed: int | None = None
    stopped: Transcript | None = None
    whole: Came | None = None


def attempt(snippet: Snippet, sandbox: Sandbox) -> Tried:
    """Run a program as often as it takes to know what varies in its output."""
    runs: list[Transcript] = []
    for _ in range(RUNS):
        run = sandbox.run(snippet)
        if run.status not in FINE:
            return Tried({}, frozenset(), failed=run.stopped_at, stopped=run)
        runs.append(run)
    found = [lines_of(run, snippet.code) for run in runs]
    error = runs[0].error
    ended = runs[0].status == "error" and error is not None
    return Tried(
        {line: tuple(map(_address, lines)) for line, lines in varying(found).items() if lines},
        frozenset(line for line, lines in found[0].items() if lines),
        error.text if ended and error else "",
        error.line if ended and error else None,
        whole=came(runs[0].events),
    )


def _address(one: Recorded) -> Recorded:
    """An address is written the same, whether or not the runs happened to share it."""
    return replace(one, text=ADDRESS.sub("at 0x...", one.text)) if one.varies else one


def by_statement(snippet: Snippet, sandbox: Sandbox) -> dict[int, Came]:
    """The last line of each statement at the margin -> what it printed, gave and raised.

    The program runs once more, with a mark printed between its statements: so what a function
    prints counts for the statement that called it.
    """
    tree = parse(snippet.code).tree
    if tree is None:
        return {}
    code, marks, ends = _marked(snippet.code.split("\n"), tree)
    run = sandbox.run(
        Snippet(code, snippet.files, snippet.args, snippet.stdin, requires=snippet.requires)
    )
    parts: dict[int, list[Event]] = {}
    current = 0
    for event in run.events:
        if event.line in marks and event.kind == "stdout":
            current = marks[event.line]
        elif current:
            parts.setdefault(current, []).append(event)
    return {line: came(parts.get(line, [])) for line in ends if line in parts or line <= current}


def _marked(lines: Sequence[str], tree: ast.Module) -> tuple[str, dict[int, int], list[int]]:
    """The code with marks; mark's line -> last line of the statement after it; all last lines."""
    out: list[str] = []
    marks: dict[int, int] = {}
    ends: list[int] = []
    starts = {begin(node): node for node in tree.body if not _future(node)}
    for number, line in enumerate(lines, 1):
        node = starts.get(number)
        if node is not None and re.match(r"\S", line):
            out.append(MARK)
            last = node.end_lineno or node.lineno
            marks[len(out)] = last
            ends.append(last)
        out.append(line)
    return "\n".join(out), marks, ends


def _future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
