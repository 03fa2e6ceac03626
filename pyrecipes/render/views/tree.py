"""The scratch folder as a tree, with the paths that each call matched marked beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row, columns
from pyrecipes.render.safe import count, safe_line
from pyrecipes.render.theme import LANES
from pyrecipes.render.views.watching import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Snippet
    from pyrecipes.render.theme import Look
    from pyrecipes.render.views.watching import Run

MOST_CALLS = 9
MOST_ENTRIES = 60

_FIELDS = (("line", int), ("call", str), ("entries", list), ("matched", list))


def tree(snippet: Snippet, run: Run) -> RenderableType | None:
    """What the calls of glob, pathlib and os listed, in the tree that they found; None for none."""
    calls = [
        call
        for call in told("tree", snippet, run, _FIELDS)
        if all(isinstance(path, str) for path in [*call["entries"], *call["matched"]])
    ]
    return Drawn(lambda look: _calls(calls, look)) if calls else None


def _calls(calls: Sequence[dict[str, Any]], look: Look) -> Iterator[RenderableType]:
    if look.plain:
        for call in calls:
            yield Row(f"line {call['line']}: ", safe_line(call["call"], look))
            for path in call["matched"][:MOST_ENTRIES] or ["nothing"]:
                yield Text(f"  matched: {safe_line(path, look).plain}")
        return
    drawn = calls[:MOST_CALLS]
    known = {entry.rstrip("/"): entry for call in drawn for entry in call["entries"][:300]}
    entries = sorted(known.values(), key=lambda entry: entry.rstrip("/").split("/"))
    matched = [{path.rstrip("/") for path in call["matched"]} for call in drawn]
    branches = list(_branches([entry.rstrip("/") for entry in entries], look))
    rows: list[tuple[Text, Text]] = []
    for entry, branch in list(zip(entries, branches, strict=True))[:MOST_ENTRIES]:
        bare = entry.rstrip("/")
        hits = Text()
        for number, paths in enumerate(matched):
            if bare in paths:
                hits.append(f"{number + 1} ", style=f"lane.{number % LANES}")
            elif any(matched):
                hits.append("  ")
        name = safe_line(entry.rstrip("/").rpartition("/")[2], look)
        name.append("/" if entry.endswith("/") else "")
        name.stylize("title" if hits.plain.strip() else "quiet")
        hits.rstrip()
        rows.append((Text.assemble((f"  {branch}", "quiet"), name), hits))
    yield from columns(rows, gap=3)
    if len(entries) > MOST_ENTRIES:
        more = count(len(entries) - MOST_ENTRIES, "more")
        yield Text(f"  {look.signs.more} {more.removesuffix('s')}", style="quiet")
    yield Text()
    for number, call in enumerate(drawn):
        style = f"lane.{number % LANES}"
        found = len(call["matched"])
        text = safe_line(call["call"], look)
        text.append(f"  {found or 'nothing'}", style="quiet")
        head = Text.assemble((f"  {number + 1}  ", style), (f"line {call['line']}  ", "number"))
        yield Row(head, text)


def _branches(paths: list[str], look: Look) -> Iterator[str]:
    """What stands before each path's name, so that the lines make a tree."""
    middle, last, through = look.signs.tree
    known = set(paths)
    parts = [path.split("/") for path in paths]

    def is_last(at: int, depth: int) -> bool:
        head = parts[at][:depth]
        for later in parts[at + 1 :]:
            if later[:depth] != head:
                return True
            if later[depth] != parts[at][depth]:
                return False
        return True

    for at, names in enumerate(parts):
        text = ""
        for depth in range(len(names) - 1):
            if "/".join(names[: depth + 1]) in known:
                text += "    " if is_last(at, depth) else through
        yield text + (last if is_last(at, len(names) - 1) else middle)
