"""Which public names of a lesson's modules its recipes don't use."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

from pyrecipes.model import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import Lesson, Sandbox

PUBLIC = """
import importlib, json, sys, types
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    names = getattr(module, '__all__', None) or [
        key for key, value in vars(module).items()
        if not key.startswith('_') and not isinstance(value, types.ModuleType)
        and getattr(value, '__module__', name) == name
    ]
    print(json.dumps([name, sorted(set(names))]))
"""


def uncovered(lesson: Lesson, sandbox: Sandbox) -> tuple[str, ...]:
    """The public names of the lesson's modules (`re.sub`) that no snippet or solution uses.

    A module that can't be imported has no names here; a snippet that needs it fails anyway.
    """
    if not lesson.modules:
        return ()
    run = sandbox.run(Snippet(PUBLIC, args=lesson.modules, requires=lesson.requires))
    public = [json.loads(line) for line in run.stdout.splitlines()]
    used = {name for code in _codes(lesson) for name in names_used(code)}
    return tuple(
        f"{module}.{name}"
        for module, names in public
        for name in names
        if f"{module}.{name}" not in used and f"{module}.*" not in used
    )


def _codes(lesson: Lesson) -> Iterator[str]:
    for recipe in lesson.recipes:
        yield recipe.snippet.code
        yield from (text for path, text in recipe.snippet.files.items() if path.endswith(".py"))
        for exercise in recipe.exercises:
            yield from exercise.solution.values()
            if exercise.snippet is not None:
                yield exercise.snippet.code


def names_used(code: str) -> set[str]:
    """The dotted names that code uses, as the modules that it imports call them."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    bound: dict[str, str] = {}
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                used.add(f"{node.module}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            parts = [node.attr]
            inner = node.value
            while isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in bound:
                used.add(".".join([bound[inner.id], *reversed(parts)]))
    return used
