"""Generated inputs of a `for` check, as Python source that binds its names.

They are always the same, so they are kept: Hypothesis, and its long import, is met once.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.checker.strategies import StrategyError, strategy

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNT = 60
VERSION = 1
"""Counts up when other inputs are to be made, so that those that were kept are made anew."""


def inputs(each: Mapping[str, str]) -> list[str]:
    """Inputs for names with their strategies: the kept ones, else newly made and kept.

    Raises StrategyError for a strategy that is not allowed, or makes nothing.
    """
    folder = _home()
    key = json.dumps([VERSION, COUNT, dict(each)])
    kept = folder / "inputs" / f"{zlib.crc32(key.encode()):08x}.json"
    with contextlib.suppress(OSError, ValueError, RecursionError):
        whose, found = json.loads(kept.read_text("utf-8"))
        strings = isinstance(found, list) and all(isinstance(one, str) for one in found)
        if whose == key and found and strings:
            return list(found)
    found = _made(each, folder)
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        written = kept.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps([key, found]), "utf-8")
        written.replace(kept)
    return found


def bindings(values: Mapping[str, Any]) -> str:
    """Statements that bind names to generated values."""
    return "; ".join(f"{name} = {source_of(item)}" for name, item in values.items())


def values_of(source: str) -> dict[str, Any]:
    """The values that such statements bind, of those names whose value is a literal."""
    found = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            with contextlib.suppress(ValueError):
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
    return found


def source_of(item: Any) -> str:
    """A generated value as an expression that gives it again."""
    if isinstance(item, float) and item - item != 0:
        return f"float('{item!r}')"
    if isinstance(item, (list, tuple, set, frozenset)):
        inner = ", ".join(source_of(one) for one in item)
        if isinstance(item, list):
            return f"[{inner}]"
        if isinstance(item, tuple):
            return f"({inner},)" if len(item) == 1 else f"({inner})"
        if isinstance(item, set) and item:
            return f"{{{inner}}}"
        return f"{type(item).__name__}({f'[{inner}]' if item else ''})"
    if isinstance(item, dict):
        return "{" + ", ".join(f"{source_of(k)}: {source_of(v)}" for k, v in item.items()) + "}"
    module = type(item).__module__
    if module == "datetime":
        return f"__import__('datetime').{repr(item).removeprefix('datetime.')}"
    if module in ("decimal", "fractions"):
        return f"__import__({module!r}).{type(item).__name__}('{item}')"
    return repr(item)


def _made(each: Mapping[str, str], folder: Path) -> list[str]:
    import random

    from hypothesis import HealthCheck, Phase, configuration, find, settings, strategies
    from hypothesis.errors import HypothesisException

    configuration.set_hypothesis_home_dir(folder / "hypothesis")
    both = {name: strategy(text) for name, text in each.items()}
    found: dict[str, None] = {}

    def look(values: dict[str, Any]) -> bool:
        found[bindings(values)] = None
        return False

    chosen = settings(
        max_examples=COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with contextlib.suppress(HypothesisException):
        find(strategies.fixed_dictionaries(both), look, settings=chosen, random=random.Random(0))
    if not found:
        raise StrategyError("its strategies make nothing")
    return list(found)


def _home() -> Path:
    """Where caches lie: with all else that the program keeps."""
    chosen = os.environ.get("PYRECIPES_HOME")
    if chosen:
        return Path(chosen).expanduser() / "cache"
    from platformdirs import user_data_path

    return user_data_path("pyrecipes", appauthor=False) / "cache"
