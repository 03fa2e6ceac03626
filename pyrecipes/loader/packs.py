"""Packs: folders of somebody's lessons with a `pack.yaml` that says whose and for what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyrecipes.loader.catalogue import PACK_FILE, Source
from pyrecipes.loader.document import Node, error_of, parse
from pyrecipes.loader.reader import did_you_mean
from pyrecipes.model import Fault
from pyrecipes.value import value

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "name": "the pack's name: small letters, digits and hyphens",
    "version": "such as 1.0",
    "author": "who wrote it",
    "licence": "under which others may use it, such as CC-BY-4.0",
    "least": "the oldest pyrecipes that it works with, such as 0.1",
    "requires": "a list of distributions that its snippets import",
}
OPTIONAL = {"least", "requires"}
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
VERSION = re.compile(r"\d+(\.\d+)*")


@value
class Pack:
    """What a `pack.yaml` says."""

    name: str
    version: str
    author: str
    licence: str
    least: str = "0"
    requires: tuple[str, ...] = ()


def read_pack(folder: Path) -> Pack:
    """The pack of a folder. LessonError with all that is wrong in its `pack.yaml`."""
    root = parse(folder / PACK_FILE)
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    requires: tuple[str, ...] = ()
    if root.kind != "mapping":
        raise error_of([Fault(root.place, "", f"must be a mapping with {', '.join(KEYS)}")])
    for key, node in root.pairs:
        if key.text not in KEYS:
            what = f"unknown key{did_you_mean(key.text, KEYS)}"
            faults.append(Fault(key.place, key.text, what))
        elif key.text == "requires":
            requires = tuple(item.text for item in node.items)
            if node.kind != "list" or any(item.kind != "scalar" for item in node.items):
                faults.append(Fault(node.place, "requires", f"must be {KEYS['requires']}"))
        elif fault := _fault(key.text, node):
            faults.append(fault)
        else:
            texts[key.text] = node.text
    named = {key.text for key, _ in root.pairs}
    faults += [
        Fault(root.place, key, f"is missing: {meaning}")
        for key, meaning in KEYS.items()
        if key not in named and key not in OPTIONAL
    ]
    if faults:
        raise error_of(faults)
    return Pack(requires=requires, **texts)


def sources(folder: Path) -> list[Source]:
    """The packs that were added, each a folder of its own in `folder`; reads no YAML."""
    try:
        packs = sorted(path for path in folder.iterdir() if (path / PACK_FILE).is_file())
    except OSError:
        return []
    return [Source(path, path.name) for path in packs if not path.name.startswith(".")]


def _fault(key: str, node: Node) -> Fault | None:
    good = node.kind == "scalar" and bool(node.text.strip())
    if good and key == "name":
        good = NAME.fullmatch(node.text) is not None
    elif good and key in ("version", "least"):
        good = VERSION.fullmatch(node.text) is not None
    return None if good else Fault(node.place, key, f"must be {KEYS[key]}")
