"""Calls of the standard library in notes whose arguments its functions don't take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing import asking
from pyrecipes.authoring.importing.lints import asked, misfit_text
from pyrecipes.authoring.importing.notes import Block, Finding
from pyrecipes.authoring.importing.parsing import bound, meanings
from pyrecipes.authoring.importing.prose import calls_in

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping

    from pyrecipes.authoring.importing.notes import Topic
    from pyrecipes.authoring.importing.syntax import Read
    from pyrecipes.model import Sandbox

Calls = dict[tuple[int, str], "ast.Call"]


def misfits(
    topic: Topic, read: Mapping[int, Read], importable: Mapping[str, bool], sandbox: Sandbox
) -> list[Finding]:
    """The calls in a topic's code and prose that do not fit; asked inside the sandbox."""
    calls: Calls = {}
    known = {name: name for name, there in importable.items() if there}
    for section in topic.sections:
        for part in section.parts:
            found = _in_block(part, read, known) if isinstance(part, Block) else calls_in(part)
            for line, call, name in found:
                if name.partition(".")[0] in sys.stdlib_module_names:
                    calls[line, name] = call
    wrong = asking.misfits((_shape(call, name) for (_, name), call in calls.items()), sandbox)
    return [
        Finding(line, "advice", misfit_text(call, name, *wrong[_shape(call, name)]))
        for (line, name), call in calls.items()
        if _shape(call, name) in wrong
    ]


def _in_block(
    block: Block, read: Mapping[int, Read], known: dict[str, str]
) -> Iterator[tuple[int, ast.Call, str]]:
    """A block's calls; `known` learns what it imports."""
    if block.line in read:
        tree = read[block.line].tree
        shadowed = bound(tree) - set(meanings(tree))
        usable = {name: to for name, to in known.items() if name not in shadowed}
        for call, name in asked(tree, usable):
            yield block.at(call.lineno), call, name
        known.update(meanings(tree))


def _shape(call: ast.Call, name: str) -> asking.Call:
    return name, len(call.args), tuple(each.arg or "" for each in call.keywords)
