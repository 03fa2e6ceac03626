"""What a check wanted against what an answer gave, both as plain data (`inside/plain.py`).

`got` comes from where an answer runs, so it may be of any JSON shape: nothing here trusts it.
"""

from __future__ import annotations

import math
from typing import Any

from pyrecipes.checker.shown import show, type_name
from pyrecipes.value import value

LISTED = {"list", "tuple", "iterator", "sequence", "range", "set", "frozenset"}
UNORDERED = {"set", "frozenset"}
SIGNS = {"\n": "a line break", "\t": "a tab", " ": "a space", "\r": "a carriage return"}


@value
class Rules:
    """How closely: `within` is the tolerance for floats, `exact` asks for the very types."""

    within: float | None = None
    exact: bool = False


def difference(want: Any, got: Any, rules: Rules | None = None) -> str | None:
    """One plain sentence on the first difference; None where `got` is what is wanted."""
    try:
        return _differ(want, got, rules or Rules())
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return "what your answer sent back can't be read"


KINDS = {"namedtuple": "named tuple", "dataclass": "dataclass", "enum": "enum's member"}


def text_difference(want: str, got: str) -> str:
    """One plain sentence on where two different texts part."""
    if want.split() == got.split():
        if want.rstrip("\n") == got.rstrip("\n"):
            return "only the line breaks at the end differ"
        return f"only spaces and line breaks differ, {_first(want, got)}"
    if want.lower() == got.lower():
        return f"only capital and small letters differ, {_first(want, got)}"
    return _first(want, got)


def _first(want: str, got: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b), None)
    if at is None:
        at = min(len(want), len(got))
    line = want.count("\n", 0, at) + 1
    column = at - (want.rfind("\n", 0, at) + 1) + 1
    where = f"line {line}, character {column}" if "\n" in want[:-1] else f"character {at + 1}"
    return f"first difference at {where}: {_sign(want, at)} is wanted, yours has {_sign(got, at)}"


def _sign(text: str, at: int) -> str:
    if at >= len(text):
        return "nothing more"
    return SIGNS.get(text[at], show(text[at]))


def _differ(want: Any, got: Any, rules: Rules) -> str | None:
    kind, other = type_name(want), type_name(got)
    if "cut" in (_tag(want), _tag(got)):
        return "the value is too large to be compared"
    if not rules.exact:
        want, got = _bare(want), _bare(got)
    numbers = _number(want), _number(got)
    if numbers[0] is not None and numbers[1] is not None:
        return _numbers(numbers[0], numbers[1], want, got, rules)
    tags = _tag(want), _tag(got)
    if tags == ("str", "str"):
        return None if want == got else text_difference(want, got)
    if tags[0] == "iterator" and tags[1] in LISTED - UNORDERED:
        return _iterators(want, got, rules)
    if tags[0] in UNORDERED and (tags[1] == tags[0] or (tags[1] in UNORDERED and not rules.exact)):
        return _sets(want["items"], got["items"], rules)
    if tags == ("tuple", "namedtuple") and not rules.exact:
        return _items(want["items"], got["items"], rules)
    if tags[0] != tags[1]:
        return _kinds(kind, other, *tags)
    if want is None:
        return None
    return _same_kind(tags[0], want, got, rules)


def _same_kind(tag: str, want: Any, got: Any, rules: Rules) -> str | None:
    if tag == "list":
        return _items(want, got, rules)
    if tag == "array":
        return _arrays(want, got, rules)
    if tag == "dict":
        return _dicts(want["items"], got["items"], rules)
    named = rules.exact or tag not in {"namedtuple", "dataclass"}
    if named and want.get("type") != got.get("type"):
        return _kinds(type_name(want), type_name(got), tag, tag)
    if "fields" in want and want["fields"] != got["fields"]:
        return f"its fields are {_names(got['fields'])}; {_names(want['fields'])} are wanted"
    if tag == "sub":
        return _differ(want["v"], got["v"], rules)
    if "items" in want:
        return _items(want["items"], got["items"], rules, want.get("fields"))
    if tag == "match":
        return _matches(want, got, rules)
    if tag == "object" and want["attributes"] is not None and got["attributes"] is not None:
        found = _dicts(want["attributes"], got["attributes"], rules)
        if found or want["repr"] == got["repr"]:
            return found
    if want == got:
        return None
    return f"yours gives {show(got, 60)}, not {show(want, 60)}"


def _tag(data: Any) -> str:
    if isinstance(data, dict):
        tag = data["t"]
        return tag if isinstance(tag, str) else "unknown"
    return type(data).__name__


def _bare(data: Any) -> Any:
    """Without what only `exact` asks for: subclasses, numpy's scalars, names of a tuple's items."""
    while _tag(data) in {"sub", "scalar"}:
        data = data["v"]
    return data


def _number(data: Any) -> int | float | None:
    if isinstance(data, (bool, int, float)):
        return data
    tag = _tag(data)
    if tag == "float":
        return float(data["v"]) if data["v"] in ("nan", "inf", "-inf") else None
    if tag == "int":
        return int(data["hex"], 16)
    return None


def _numbers(
    want: int | float, got: int | float, wanted: Any, given: Any, rules: Rules
) -> str | None:
    kinds = type(want), type(got)
    if kinds[0] is not kinds[1]:
        if bool in kinds:
            return (
                f"yours gives {show(given)}, of type {kinds[1].__name__}: "
                f"{show(wanted)}, of type {kinds[0].__name__}, is wanted"
            )
        loose = rules.within is not None or kinds[0] is float
        if rules.exact or (not loose and want == got):
            return f"yours gives a {kinds[1].__name__}, where an {kinds[0].__name__} is wanted"
    if float in kinds:
        if want == got or (math.isnan(want) and math.isnan(got)):
            return None
        within = rules.within
        relative, absolute = (1e-9, 1e-12) if within is None else (0.0, within)
        try:
            if math.isclose(want, got, rel_tol=relative, abs_tol=absolute):
                return None
        except OverflowError:
            pass
    if want == got:
        return None
    return f"yours gives {show(given, 60)}, not {show(wanted, 60)}"


def _kinds(want: str, got: str, wanted: str, tag: str) -> str:
    if want == got and wanted in KINDS:
        return f"yours gives a {got} too, but it is no {KINDS[wanted]}"
    note = f"yours gives {_a(got)}, where {_a(want)} is wanted"
    if got == "NoneType":
        return "yours gives None: is a `return` missing?" if want != got else note
    if tag == "iterator" and want in {"list", "tuple", "set"}:
        return f"{note}: `{want}(...)` makes one of it"
    if got == "coroutine":
        return f"{note}: it has to be awaited, as by `asyncio.run(...)`"
    return note


def _a(name: str) -> str:
    if name == "NoneType":
        return "None"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _names(fields: list[str]) -> str:
    return ", ".join(str(field) for field in fields)


def _items(
    want: list[Any], got: list[Any], rules: Rules, fields: list[str] | None = None
) -> str | None:
    for at, (one, other) in enumerate(zip(want, got, strict=False)):
        found = _differ(one, other, rules)
        if found:
            return f"{fields[at]}: {found}" if fields else f"item {at}: {found}"
    if len(want) != len(got):
        return f"yours has {_count(len(got))}, {len(want)} wanted"
    return None


def _count(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"


def _iterators(want: Any, got: Any, rules: Rules) -> str | None:
    if rules.exact and want["type"] != type_name(got):
        return _kinds(want["type"], type_name(got), "iterator", "")
    if _tag(got) == "range":
        start, stop, step = (int(n) for n in got["items"])
        got = {"items": list(range(start, stop, step)[: len(want["items"]) + 1])}
    items = got if isinstance(got, list) else got["items"]
    found = _items(want["items"], items, rules)
    if found:
        return found
    ended = isinstance(got, dict) and got.get("raised")
    if bool(want.get("raised")) != bool(ended):
        return f"after {_count(len(items))} it raises {ended[0]}" if ended else "it never raises"
    more = isinstance(got, dict) and got.get("more") is True
    if want["more"] != more:
        return "yours goes on without end" if more else f"yours ends after {_count(len(items))}"
    return None


def _sets(want: list[Any], got: list[Any], rules: Rules) -> str | None:
    missing, more = _unmatched(want, got, rules)
    if missing and more:
        return f"yours has {show(more[0], 60)}, but not {show(missing[0], 60)}"
    if missing:
        return f"yours lacks {show(missing[0], 60)}"
    return f"yours has {show(more[0], 60)}, which is not wanted" if more else None


def _unmatched(want: list[Any], got: list[Any], rules: Rules) -> tuple[list[Any], list[Any]]:
    """What only one side has. The same data matches at once; what is left is compared in pairs."""
    import json

    left: dict[str, list[Any]] = {}
    for item in got:
        left.setdefault(json.dumps(item, sort_keys=True), []).append(item)
    missing = []
    for item in want:
        same = left.get(json.dumps(item, sort_keys=True))
        if same:
            same.pop()
        else:
            missing.append(item)
    more = [item for same in left.values() for item in same]
    if len(missing) * len(more) > 10_000:
        return missing, more
    for item in list(missing):
        at = next((i for i, other in enumerate(more) if _differ(item, other, rules) is None), None)
        if at is not None:
            missing.remove(item)
            del more[at]
    return missing, more


def _dicts(want: list[Any], got: list[Any], rules: Rules) -> str | None:
    missing, more = _unmatched([pair[0] for pair in want], [pair[0] for pair in got], rules)
    if missing and more:
        return f"yours has the key {show(more[0], 60)}, but not {show(missing[0], 60)}"
    if missing:
        return f"yours lacks the key {show(missing[0], 60)}"
    if more:
        return f"yours has the key {show(more[0], 60)}, which is not wanted"
    import json

    by_key = {json.dumps(key, sort_keys=True): item for key, item in got}
    for key, item in want:
        name = json.dumps(key, sort_keys=True)
        if name in by_key:
            other = by_key[name]
        else:
            other = next(held for k, held in got if _differ(key, k, rules) is None)
        found = _differ(item, other, rules)
        if found:
            return f"key {show(key, 60)}: {found}"
    return None


def _arrays(want: Any, got: Any, rules: Rules) -> str | None:
    if want["shape"] != got["shape"]:
        return f"its shape is {_shape(got)}; {_shape(want)} is wanted"
    kinds = want["kind"], got["kind"]
    whole = set(kinds) <= {"i", "u"}
    wider = kinds in {("f", "i"), ("f", "u"), ("c", "f"), ("c", "i")}
    if (rules.exact and want["dtype"] != got["dtype"]) or (
        kinds[0] != kinds[1] and not whole and not wider
    ):
        return f"its dtype is {got['dtype']}; {want['dtype']} is wanted"
    inner = Rules(rules.within, exact=False)
    for at, (one, other) in enumerate(zip(want["items"], got["items"], strict=True)):
        found = _differ(one, other, inner)
        if found:
            return f"item {_index(at, want['shape'])}: {found}"
    return None


def _shape(data: Any) -> str:
    return str(tuple(int(n) for n in data["shape"]))


def _index(at: int, shape: list[int]) -> str:
    index: list[int] = []
    for size in reversed(shape):
        at, rest = divmod(at, size)
        index.insert(0, rest)
    return str(index)


def _matches(want: Any, got: Any, rules: Rules) -> str | None:
    if want["spans"][0] != got["spans"][0]:
        return (
            f"it matches {show(got['groups'][0], 60)}, from {got['spans'][0][0]} to "
            f"{got['spans'][0][1]}; {show(want['groups'][0], 60)}, from {want['spans'][0][0]} to "
            f"{want['spans'][0][1]}, is wanted"
        )
    found = _items(want["groups"], got["groups"], rules)
    if found:
        return "group" + found[4:] if found.startswith("item") else f"its groups differ: {found}"
    if want["spans"] != got["spans"]:
        return "its groups are of other places"
    return _dicts(want["names"], got["names"], rules)
