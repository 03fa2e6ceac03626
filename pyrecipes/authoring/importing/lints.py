"""Mistakes that no run shows: what is said to a function, and what works on one system only."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.parsing import calls, dotted, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

Told = tuple[int, str]


def lints(tree: ast.Module) -> Iterator[Told]:
    """What is wrong with a block's calls, as (line of the code, text)."""
    options: set[str] = set()
    spaces: set[str] = set()
    for call in calls(tree):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)
        if name == "add_argument":
            options |= _dests(call)
            yield from _add_argument(call)
        if name in {"glob", "iglob"}:
            yield from _glob(call)
        yield from _lambdas(call, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            func = node.value.func
            if isinstance(func, ast.Attribute) and func.attr == "parse_args":
                spaces |= {each.id for each in node.targets if isinstance(each, ast.Name)}
    for node in ast.walk(tree):
        name = dotted(node) if isinstance(node, ast.Attribute) else ""
        space, _, option = name.partition(".")
        if space in spaces and options and option.partition(".")[0] not in options:
            there = ", ".join(f"`{space}.{each}`" for each in sorted(options))
            yield node.lineno, f"`{name}` is not there: the parser makes {there}"  # type: ignore[attr-defined]


def asked(tree: ast.AST, known: dict[str, str]) -> Iterator[tuple[ast.Call, str]]:
    """Each call of an imported function, with its dotted name; `known` are imports of before."""
    bound_to = {**known, **meanings(tree)}
    for call in calls(tree):
        name = dotted(call.func)
        top, _, rest = name.partition(".")
        starred = any(isinstance(each, ast.Starred) for each in call.args)
        if top in bound_to and not starred and all(each.arg for each in call.keywords):
            yield call, f"{bound_to[top]}.{rest}".rstrip(".")


def misfit_text(call: ast.Call, name: str, why: str, signature: str, only: tuple[str, ...]) -> str:
    """Why the arguments of a call don't fit, in one sentence."""
    positional = [each.id for each in call.args if isinstance(each, ast.Name) and each.id in only]
    if positional:
        given = ", ".join(f"`{each}=...`" for each in positional)
        return f"`{name}` takes `{positional[0]}` by keyword only: write {given}"
    short = signature if len(signature) <= 80 else signature[:77] + "..."
    return f"`{name}`: {why}; it takes `{short}`"


def _add_argument(call: ast.Call) -> Iterator[Told]:
    strange = [
        ast.unparse(each)
        for each in call.args[1:]
        if not (isinstance(each, ast.Constant) and isinstance(each.value, str))
        and not isinstance(each, ast.Starred)
    ]
    if call.args and strange:
        what = f"`add_argument({', '.join(ast.unparse(each) for each in call.args)})`: only names "
        yield call.lineno, f"{what}of the option go by position; write `type=...`, `default=...`"


def _dests(call: ast.Call) -> set[str]:
    for each in call.keywords:
        if each.arg == "dest" and isinstance(each.value, ast.Constant):
            return {str(each.value.value)}
    names = [
        each.value
        for each in call.args
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    longest = [each for each in names if each.startswith("--")] or names
    return {longest[0].lstrip("-").replace("-", "_")} if longest else set()


def _glob(call: ast.Call) -> Iterator[Told]:
    first = call.args[0] if call.args else None
    ours = isinstance(call.func, ast.Attribute) and dotted(call.func.value) == "glob"
    text = str(first.value) if ours and isinstance(first, ast.Constant) else ""
    if not call.keywords and re.search(r"(?:^|/)\*\*(?:/|$)", text):
        yield call.lineno, "`**` crosses folders only with `recursive=True`; here it is `*`"


def _lambdas(call: ast.Call, name: str) -> Iterator[Told]:
    """Lambdas handed to another process."""
    for keyword in call.keywords:
        if isinstance(keyword.value, ast.Lambda) and (
            (name == "register" and keyword.arg == "callable")
            or (name == "Process" and keyword.arg == "target")
        ):
            what = f"a lambda as `{keyword.arg}` can't be pickled: it works under fork only, "
            what += "and fails under spawn (Windows, macOS) and forkserver; use a function"
            yield keyword.value.lineno, what
    pools = {"apply_async", "apply", "map_async", "imap", "starmap"}
    if name in pools and call.args and isinstance(call.args[0], ast.Lambda):
        yield call.lineno, "a lambda can't be pickled, so no other process can be handed it"
