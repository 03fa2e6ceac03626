"""The text of an exception as a learner is to read it."""

from __future__ import annotations

import re

# Where the sandbox of each level lays a snippet's files, and where Python's own are.
_SCRATCH = re.compile(r"(?<=['(])/(?:scratch|[^\s'()]*/pyrecipes-\w+/work)/")
_LIBRARY = re.compile(r" \((?:/[^()\n]*/python3?[\d.]*/[^()\n]*|/[^()\n]*\.so)\)")


def said(text: str) -> tuple[str, str]:
    """The type and the message of `Type: message`."""
    kind, _, message = text.strip().partition(":")
    return kind.strip(), message.strip()


def own_names(text: str) -> str:
    """The text of an error in which modules are named by their files, as the learner knows them:
    where the sandbox lays those, and where Python's own lie, helps nobody."""
    if said(text)[0] not in ("ImportError", "ModuleNotFoundError", "AttributeError"):
        return text
    return _LIBRARY.sub("", _SCRATCH.sub("", text))
