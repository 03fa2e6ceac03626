"""The checks of an exercise: which keys go together, and the values of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyrecipes.model import NONE, Check

if TYPE_CHECKING:
    from pyrecipes.loader.reader import Reader, Table

CheckKind = Literal["call", "run", "uses", "avoids", "tests"]

KINDS: dict[CheckKind, tuple[str, ...]] = {
    "call": ("gives", "raises", "prints", "for", "given", "within", "exact"),
    "run": ("prints", "exit"),
    "uses": (),
    "avoids": (),
    "tests": (),
}
"""The key that says what a check is -> the keys that may go with it."""

OUTCOMES = ("gives", "raises", "prints", "for")


def checks_of(reader: Reader, exercise: Table) -> tuple[Check, ...]:
    """An exercise's checks; what is wrong with them goes to the reader's faults.

    The exercise's `given` comes before each call's own.
    """
    given = exercise.get("given", "")
    found = []
    for table in exercise.get("checks", []):
        kind = _kind(reader, table) if table else None
        if table and kind:
            found.append(_check(table, kind, given))
    return tuple(found)


def _kind(reader: Reader, table: Table) -> CheckKind | None:
    """Which kind of check a table is, if it is one."""
    kinds: list[CheckKind] = [kind for kind in KINDS if kind in table.nodes]
    if len(kinds) != 1:
        what = f"a check is one of {', '.join(KINDS)}"
        what += f", not {' and '.join(kinds)} at once" if kinds else "; this one is none"
        reader.note(table.node.place, table.where, what)
        return None
    (kind,) = kinds
    before = len(reader.faults)
    for key in table.nodes:
        if key != kind and key not in KINDS[kind]:
            what = f"does not go with `{kind}`"
            reader.note(table.place(key), table.path(key), what)
    outcomes = [key for key in OUTCOMES if key in table.nodes]
    if kind == "call" and len(outcomes) != 1:
        what = "a `call` has one of gives, raises, prints, for"
        what += f", not {' and '.join(outcomes)} at once" if outcomes else "; this one has none"
        reader.note(table.node.place, table.where, what)
    if kind == "run" and not {"prints", "exit"} & set(table.nodes):
        reader.note(table.node.place, table.where, "a `run` needs `prints` or `exit`, or both")
    return kind if len(reader.faults) == before and kind in table.values else None


def _check(table: Table, kind: CheckKind, given: str) -> Check:
    run: Table | None = table.get("run")
    own = table.get("given", "")
    return Check(
        kind=kind,
        place=table.node.place,
        call=table.get("call", ""),
        gives=table.get("gives"),
        raises=table.get("raises"),
        prints=table.get("prints"),
        given=_joined(given, own) if kind == "call" else "",
        each=table.get("for", NONE),
        within=table.get("within"),
        exact=table.get("exact", False),
        args=run.get("args", ()) if run else (),
        stdin=run.get("stdin", "") if run else "",
        files=run.get("files", NONE) if run else NONE,
        exit=table.get("exit"),
        name=table.get("uses") or table.get("avoids") or "",
        tests=table.get("tests", ""),
    )


def _joined(first: str, then: str) -> str:
    """Two pieces of code, one after the other."""
    return first.rstrip("\n") + "\n" + then if first and then else first or then
