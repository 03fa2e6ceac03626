"""What a block needs of those before it: only the statements that make what it names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.parsing import bound, needs, touched
from pyrecipes.authoring.recorded import begin
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence


@value
class Made:
    """A statement of an earlier block: its source, the names that it binds at the top, those it
    may change and those it asks for. `loud`: it printed or gave something; `ran`: it came to its
    end; `definite`: what it binds it makes anew; `bare`: it is only an expression. `line` is its
    line in the notes."""

    source: str
    line: int
    binds: frozenset[str]
    changes: frozenset[str]
    needs: frozenset[str]
    loud: bool = False
    ran: bool = True
    definite: bool = True
    bare: bool = False
    imports: bool = False


def made(
    lines: Sequence[str], tree: ast.Module, at: Sequence[int], loud: set[int], failed: int | None
) -> list[Made]:
    """The statements of a block. `at` has the notes' line of each line, `loud` the first lines of
    statements with output, `failed` is the line that ended the run."""
    found = []
    for node in tree.body:
        first, last = begin(node), node.end_lineno or node.lineno
        own = bound(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own = {node.name}
        simple = isinstance(
            node,
            ast.Assign
            | ast.AnnAssign
            | ast.FunctionDef
            | ast.AsyncFunctionDef
            | ast.ClassDef
            | ast.Import
            | ast.ImportFrom,
        )
        found.append(
            Made(
                "\n".join(lines[first - 1 : last]),
                at[first - 1] if first <= len(at) else 0,
                frozenset(own),
                frozenset()
                if simple and not isinstance(node, ast.Assign)
                else frozenset(touched(node)),
                frozenset(needs(node)),
                loud=first in loud,
                ran=failed is None or last < failed,
                definite=simple,
                bare=isinstance(node, ast.Expr),
                imports=isinstance(node, ast.Import | ast.ImportFrom),
            )
        )
    return found


def needed(names: set[str], earlier: Sequence[Made]) -> list[Made]:
    """The earlier statements that make some names, in their order."""
    open_names = set(names)
    modules = {name for each in earlier if each.imports for name in each.binds}
    found: list[Made] = []
    for each in reversed(earlier):
        makes = each.binds & open_names
        alters = each.changes & (open_names if each.bare else open_names - modules)
        alters = frozenset() if each.loud else alters
        if makes or alters:
            found.append(each)
            if each.definite:
                open_names -= makes
            open_names |= each.needs
    return found[::-1]
