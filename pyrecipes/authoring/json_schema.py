"""A JSON Schema of lesson files, made from the reader's own tables."""

from __future__ import annotations

from typing import Any

from pyrecipes.loader.checks import KINDS, OUTCOMES
from pyrecipes.loader.schema import TABLES, Key

SCALAR = {"type": ["string", "number", "boolean"]}
TEXT = {"type": "string"}
FILES = {"type": "object", "additionalProperties": TEXT}

TYPES: dict[str, dict[str, Any]] = {
    "text": SCALAR,
    "prose": TEXT,
    "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
    "texts": {"type": "array", "items": SCALAR},
    "files": FILES,
    "answer": {"anyOf": [TEXT, FILES]},
    "python": TEXT,
    "expression": {"type": ["string", "number", "boolean", "array", "object"]},
    "name": TEXT,
    "strategies": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    "flag": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
}


def json_schema() -> dict[str, Any]:
    """The schema, as JSON types: for completion and checks in an editor."""
    tables = {name: _table(keys) for name, keys in TABLES.items()}
    tables["exercise"]["allOf"] = [_kind(kind) for kind in _kinds()]
    tables["check"]["oneOf"] = [_check(kind) for kind in KINDS]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A lesson of pyrecipes",
        "$ref": "#/definitions/lesson",
        "definitions": tables,
    }


def _table(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key.name: _key(key) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _key(key: Key) -> dict[str, Any]:
    if key.kind == "choice":
        found: dict[str, Any] = {"enum": list(key.choices)}
    elif key.kind == "table":
        found = {"allOf": [{"$ref": f"#/definitions/{key.table}"}]}
    elif key.kind == "tables":
        found = {"type": "array", "items": {"$ref": f"#/definitions/{key.table}"}}
    else:
        found = dict(TYPES[key.kind])
    return {**found, "description": key.says}


def _kinds() -> tuple[str, ...]:
    return next(key.choices for key in TABLES["exercise"] if key.name == "kind")


def _kind(kind: str) -> dict[str, Any]:
    """What a kind of exercise needs and may not have."""
    keys = TABLES["exercise"]
    never = [key.name for key in keys if key.only and kind not in key.only]
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {
            "required": [key.name for key in keys if kind in key.needed],
            "properties": dict.fromkeys(never, False),
        },
    }


def _check(kind: str) -> dict[str, Any]:
    """What goes with a kind of check."""
    names = {key.name for key in TABLES["check"]}
    allowed = {kind, *KINDS[kind]}  # type: ignore[index]
    found: dict[str, Any] = {
        "required": [kind],
        "properties": dict.fromkeys(sorted(names - allowed), False),
    }
    if kind == "call":
        found["oneOf"] = [{"required": [outcome]} for outcome in OUTCOMES]
    if kind == "run":
        found["anyOf"] = [{"required": ["prints"]}, {"required": ["exit"]}]
    return found
