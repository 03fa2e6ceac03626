"""Headings as ids and titles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 40
YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
"""Words that are no texts in YAML."""


def slug(title: str) -> str:
    """A title as an id, as much of it as letters of English make; empty where none do."""
    if ": " in title:
        title = title.rpartition(": ")[2]
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain))
    found = words.lstrip("-0123456789").strip("-")
    if len(found) > LONGEST:
        found = found[: LONGEST + 1].rpartition("-")[0] or found[:LONGEST]
    return f"about-{found}" if found in YAML else found


def numbered(wanted: str, taken: Collection[str], other: str) -> str:
    """An id that is not taken: the wanted one, or it with a number; `other` where it is empty."""
    start = wanted or other
    found, number = start, 1
    while found in taken:
        number += 1
        found = f"{start}-{number}"
    return found


def title_of(text: str, title: str, number: int) -> str:
    """A title for a section's later recipe: its text's first line, if that is short and plain,
    else the section's with a number."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    plain = re.sub(r"[`*_]|!?\[([^\]]*)\]\([^)]*\)", r"\1", first)
    plain = re.sub(r"^\s*(?:\d+[.)]|[-+>#|]+)\s*", "", plain).strip(" :：。.")
    if 3 <= len(plain) <= 60 and "|" not in plain and not first.startswith(("```", "~~~")):
        return plain
    return f"{title} ({number})"
