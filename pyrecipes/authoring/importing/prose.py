"""What the prose of notes says that can be held to Python: calls, installs, links."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.causes import missing
from pyrecipes.authoring.importing.names import imported
from pyrecipes.authoring.importing.notes import Finding
from pyrecipes.authoring.importing.packages import DISTRIBUTIONS, misspelt, outdated
from pyrecipes.authoring.importing.parsing import dotted, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyrecipes.authoring.importing.notes import Prose

LINK = re.compile(r"\[([\w-]+)\]\(([^)\s]+)\)")
STARS = re.compile(r"(?:^|[|\s`'\"/])\*\*(?=[|\s`'\"/]|$)")
PIP = re.compile(r"\bpip[\d.]* install\s+([\w-]+)")


def told(prose: Prose, importable: Mapping[str, bool], *, globbing: bool) -> list[Finding]:
    """What is wrong in a piece of prose, line by line. `globbing`: the topic is about wildcards,
    and nothing in it says `recursive=True`."""
    return list(_told(prose, importable, globbing))


def _told(prose: Prose, importable: Mapping[str, bool], globbing: bool) -> Iterator[Finding]:
    said: set[str] = set()
    for number, line in enumerate(prose.text.split("\n"), prose.line):
        old = outdated(line)
        for what in old:
            yield Finding(number, "advice", what)
        for name, target in LINK.findall(line):
            end = re.split(r"[/#=]", target.rstrip("/"))[-1]
            if name not in said and _near(name, end):
                said.add(name)
                yield Finding(number, "advice", f"`{name}` is misspelt: its link is of `{end}`")
        for name in PIP.findall(line):
            known = any(f"`{name}`" in what for what in old)
            if name not in said and not known and (meant := misspelt(name)):
                said.add(name)
                yield Finding(number, "advice", f"`{name}` is misspelt: is it `{meant}`?")
        if globbing and STARS.search(line):
            globbing = False
            what = "`**` crosses folders only with `recursive=True`, which the notes never say"
            yield Finding(number, "advice", what)
        if re.match(r"\s*(?:import|from)\s", line) and (tree := parse(line.strip()).tree):
            for _, module in imported(tree):
                top = module.partition(".")[0]
                right = DISTRIBUTIONS.get(top, "")
                if right and right not in prose.text and not importable.get(top, True):
                    yield Finding(number, "advice", missing(module))


def calls_in(prose: Prose) -> Iterator[tuple[int, ast.Call, str]]:
    """Each line of prose that is a call of a dotted name: its line, the call and the name."""
    for number, line in enumerate(prose.text.split("\n"), prose.line):
        if not re.match(r"\s*(?:[-*]\s+)?`?\w+(?:\.\w+)+\(", line):
            continue
        code = re.sub(r"^\s*(?:[-*]\s+)?`?|`.*$", "", line).strip()
        tree = parse(code).tree
        if tree is None or len(tree.body) != 1:
            continue
        statement = tree.body[0]
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and (name := dotted(call.func)):
            yield number, call, name


def modules_in(prose: Prose) -> set[str]:
    """The modules that lines of prose import, or call something of."""
    found = {name.partition(".")[0] for _, _, name in calls_in(prose)}
    for line in prose.text.split("\n"):
        if re.match(r"\s*(?:import|from)\s", line) and (tree := parse(line.strip()).tree):
            found |= {module.partition(".")[0] for _, module in imported(tree)}
    return found


def _near(name: str, target: str) -> bool:
    """True for two spellings of one word."""
    import difflib

    one, other = name.lower(), target.lower()
    if one == other or len(one) < 5 or not re.fullmatch(r"[\w-]+", other):
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= 0.75
