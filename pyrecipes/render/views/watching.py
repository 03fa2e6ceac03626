"""A snippet with watchers in it: what it must do inside, and what came out, checked and typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.model import Limits, Snippet
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyrecipes.model import Transcript, View

    Run = Callable[[Snippet, Limits], Transcript]

MARK = "@@pyrecipes-view "
LIMITS = Limits(wall_s=3.0, cpu_s=6.0)

_MAIN = """\
import os, _pyrecipes_watch
with open("_pyrecipes_code", encoding="utf-8", newline="") as _source:
    _source = _source.read()
if {kind!r} != "timeline":  # no child looks for them, and the snippet should not see them
    os.unlink("_pyrecipes_code"), os.unlink("_pyrecipes_watch.py")
del os
if __name__ == {module!r}:
    try:
        exec(_pyrecipes_watch.compiled({kind!r}, _source, {name!r}, globals()), globals())
    except BaseException:
        pass
    finally:
        _pyrecipes_watch.report()
else:
    exec(_pyrecipes_watch.compiled({kind!r}, _source, {name!r}, globals()), globals())
"""


def watched(kind: View, snippet: Snippet) -> Snippet:
    """A snippet that does what this one does, and tells of it what a picture needs.

    It looks for all that inside the sandbox: a pattern that never ends, or a text that is none,
    does no harm outside.
    """
    inside = Path(__file__).with_name("inside.py").read_text("utf-8")
    files = {**snippet.files, "_pyrecipes_watch.py": inside, "_pyrecipes_code": snippet.code}
    code = _MAIN.format(kind=kind, module=snippet.module, name=snippet.name)
    return replace(snippet, code=code, files=files, assignments=False, probes=())


def records(transcript: Transcript) -> list[dict[str, Any]]:
    """What the watchers told; empty where the run ended before they could, or was tampered with."""
    for line in reversed(transcript.stdout.splitlines()):
        if line.startswith(MARK):
            try:
                told = json.loads(line.removeprefix(MARK))
            except (ValueError, RecursionError):
                return []
            return [r for r in told if isinstance(r, dict)] if isinstance(told, list) else []
    return []


def told(kind: View, snippet: Snippet, run: Run, fields: Sequence[tuple[str, type]]) -> list[Any]:
    """Run a snippet with watchers, and give the records that have all fields of these types."""
    found = records(run(watched(kind, snippet), LIMITS))
    return [
        record
        for record in found
        if all(isinstance(record.get(name), kind_) for name, kind_ in fields)
    ]
