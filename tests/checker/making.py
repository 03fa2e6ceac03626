"""Exercises made by hand."""

from __future__ import annotations

from typing import Any

from pyrecipes.model import MAIN, Check, Exercise, Mistake, Place

PLACE = Place("lessons/made.yaml")


def exercise(
    *checks: Check, solution: str = "", mistakes: tuple[str, ...] = (), **rest: Any
) -> Exercise:
    """A `write` exercise; mistakes say `mistake 0` and so on."""
    fields: dict[str, Any] = {
        "id": "made",
        "kind": "write",
        "title": "",
        "prompt": "",
        "place": PLACE,
        "checks": checks,
        "solution": {MAIN: solution},
        "mistakes": tuple(
            Mistake({MAIN: code}, f"mistake {number}", PLACE)
            for number, code in enumerate(mistakes)
        ),
        **rest,
    }
    return Exercise(**fields)


def call(expression: str, gives: str | None = None, **rest: Any) -> Check:
    return Check("call", PLACE, call=expression, gives=gives, **rest)


def run(**rest: Any) -> Check:
    return Check("run", PLACE, **rest)


def each(expression: str, **strategies: str) -> Check:
    return Check("call", PLACE, call=expression, each=strategies)
