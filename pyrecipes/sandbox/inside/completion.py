"""Names and attributes of live objects, found without running any code of theirs."""

from __future__ import annotations

import builtins
import keyword
import types
from typing import Any

MOST = 500
_MISSING = object()
_slots = type.__dict__["__mro__"].__get__


def complete(text: str, names: dict[str, Any]) -> list[str]:
    """The names, or dotted attributes, that the dotted name at the end of `text` can grow to."""
    at = len(text)
    while at and (text[at - 1] == "." or f"a{text[at - 1]}".isidentifier()):
        at -= 1
    *path, start = text[at:].split(".")
    if not all(name.isidentifier() for name in (*path, start or "a")):
        return []
    if not path:
        known = {*names, *vars(builtins), *keyword.kwlist}
        if not start:
            known = set(names)
    else:
        value = _first(path[0], names)
        for name in path[1:]:
            value = _attribute(value, name)
        known = set() if value is _MISSING else _attributes(value)
    prefix = "".join(f"{name}." for name in path)
    fitting = sorted(
        name
        for name in known
        if type(name) is str and name.startswith(start) and (start or name[:1] != "_")
    )
    return [prefix + name for name in fitting[:MOST]]


def _first(name: str, names: dict[str, Any]) -> Any:
    return names.get(name, vars(builtins).get(name, _MISSING))


def _layers(value: Any) -> list[dict[str, Any]]:
    """The dictionaries that a value's attributes come from, its own first."""
    kind = type(value)
    layers = []
    if issubclass(kind, type):
        layers += [dict(type.__dict__["__dict__"].__get__(base)) for base in _slots(value)]
    else:
        own = _own(value, kind)
        if type(own) is dict:
            layers.append(own)
    layers += [dict(type.__dict__["__dict__"].__get__(base)) for base in _slots(kind)]
    return layers


def _own(value: Any, kind: type) -> Any:
    """An instance's `__dict__`, unless a class of it makes one up."""
    for base in _slots(kind):
        slot = type.__dict__["__dict__"].__get__(base).get("__dict__")
        if slot is None:
            continue
        if type(slot) is types.GetSetDescriptorType or base is types.ModuleType:
            try:
                return slot.__get__(value) if hasattr(slot, "__get__") else None
            except (AttributeError, TypeError):
                return None
        return None
    try:
        return object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        return None


def _attributes(value: Any) -> set[str]:
    layers = _layers(value)
    if isinstance(value, type):  # as `dir` does, without what only the metaclass has
        layers = layers[: len(_slots(value))]
    return {name for layer in layers for name in layer}


def _attribute(value: Any, name: str) -> Any:
    """An attribute's value where it is plainly stored; properties and the like are not asked."""
    if value is _MISSING:
        return _MISSING
    for layer in _layers(value):
        if name in layer:
            found = layer[name]
            if isinstance(found, (property, types.MemberDescriptorType)):
                return _MISSING
            if isinstance(found, (staticmethod, classmethod)):
                return found.__func__
            return found
    return _MISSING
