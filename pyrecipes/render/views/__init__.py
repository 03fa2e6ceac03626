"""Pictures beside a listing, for what people would rather look at than read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyrecipes.model import Recipe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pyrecipes.model import Snippet, Transcript, View
    from pyrecipes.render.views.watching import Run


def choose(source: Recipe | Snippet, transcript: Transcript) -> View | None:
    """The picture that a recipe asks for, else the one that its code and its run suggest."""
    if isinstance(source, Recipe):
        if source.view is not None:
            return source.view
        source = source.snippet
    if len({(event.process, event.thread) for event in transcript.events}) > 1:
        return "timeline"
    imports = set(re.findall(r"^\s*(?:import|from)\s+(\w+)", source.code, re.MULTILINE))
    if source.args or "argparse" in imports:
        return "command"
    kinds: dict[str, View] = {"numpy": "array", "glob": "tree", "re": "regex"}
    kinds |= {"threading": "timeline", "multiprocessing": "timeline"}
    return next((kind for module, kind in kinds.items() if module in imports), None)


def view(
    kind: View | None, source: Recipe | Snippet, transcript: Transcript, run: Run
) -> RenderableType | None:
    """A picture of a run, None where there is nothing to draw; without a kind, the likeliest.

    `run` is the sandbox's: for most pictures the snippet runs once more, with watchers in it.
    """
    kind = kind or choose(source, transcript)
    snippet = source.snippet if isinstance(source, Recipe) else source
    match kind:
        case "regex":
            from pyrecipes.render.views.regex import regex

            return regex(snippet, run)
        case "tree":
            from pyrecipes.render.views.tree import tree

            return tree(snippet, run)
        case "timeline":
            from pyrecipes.render.views.timeline import timeline

            return timeline(snippet, transcript, run)
        case "array":
            from pyrecipes.render.views.array import array

            return array(snippet, run)
        case "command":
            from pyrecipes.render.views.command import command

            return command(snippet, transcript)
    return None
