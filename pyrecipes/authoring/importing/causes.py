"""The likely cause of an exception, in words for who wrote the notes."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.packages import DISTRIBUTIONS, near_module

if TYPE_CHECKING:
    from collections.abc import Collection


def missing(module: str) -> str:
    """Why a module can't be imported, and what to do."""
    top = module.partition(".")[0]
    if top in DISTRIBUTIONS:
        return f"`{top}` is not installed here; it comes with `pip install {DISTRIBUTIONS[top]}`"
    if meant := near_module(top):
        return f"there is no module `{module}`; did you mean `{meant}`?"
    if top in sys.stdlib_module_names:
        return f"`{module}` is not in this Python"
    return f"`{module}` is not installed here; is it a distribution, or a file that is missing?"


def cause(error: str, files: Collection[str] = ()) -> str:
    """What an exception (`Type: message`) means, after the exception itself. `files` are the files
    that the notes give."""
    kind, _, message = error.partition(": ")
    why = ""
    if match := re.match(r"No module named '([^']+)'", message):
        path = match[1].replace(".", "/") + ".py"
        ours = any(each.startswith(f"{match[1].partition('.')[0]}/") for each in files)
        why = f"the notes don't give {path}" if ours else missing(match[1])
    elif kind == "FileNotFoundError":
        why = "the notes don't give that file"
    elif kind == "EOFError":
        why = "it asks for input; give the recipe `stdin:`"
    elif kind in {"gaierror", "URLError", "ConnectionError", "ConnectionRefusedError"} or (
        "unreachable" in message or "name resolution" in message
    ):
        why = "there is no network in the sandbox"
    elif kind == "SystemExit":
        why = "it ends the program; give the recipe `args:` if it reads the command line"
    elif match := re.match(r"module '(\w+)' has no attribute '(\w+)'", message):
        why = f"is it `{match[2]}` that is misspelt, or an older Python's?"
    shown = error if len(error) <= 200 else error[:197] + "..."
    return f"{shown} ({why})" if why else shown
