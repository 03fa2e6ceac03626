"""The comments of a recipe's code that are not part of it: `#>` recorded output, `#:` notes."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

from pyrecipes.model import Recorded
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORDED = re.compile(r"#>(\*?)(~?)(?: (.*))?$")


@value
class Marked:
    """Code without its marks. `lines` has, for each line of it, its line in the code as written,
    from 1; `faults` are (line, column, what) of marks that are wrong."""

    code: str
    recorded: Mapping[int, tuple[Recorded, ...]]
    notes: Mapping[int, str]
    lines: tuple[int, ...]
    faults: tuple[tuple[int, int, str], ...]


def unmark(written: str) -> Marked:
    """Take the marks out of code. Lines from where the tokenizer gives up on are left alone."""
    marks = _marks(written) if "#>" in written or "#:" in written else {}
    code: list[str] = []
    kept: list[int] = []
    recorded: dict[int, tuple[Recorded, ...]] = {}
    notes: dict[int, str] = {}
    faults: list[tuple[int, int, str]] = []
    waiting = ""
    above = 0
    for number, line in enumerate(split_lines(written), 1):
        column = marks.get(number, len(line))
        own, mark = line[:column].rstrip(), line[column:].rstrip()
        if mark.startswith("#>"):
            found, wrong = _recorded(mark, own, above)
            recorded[above] = (*recorded.get(above, ()), *found)
            faults += [(number, column + 1, wrong)] if wrong else []
        elif mark:
            waiting = f"{waiting} {mark[2:].strip()}".strip()
        if mark and not own:
            continue
        code.append(own if mark else line)
        kept.append(number)
        if own:
            above = len(code)
            if waiting:
                notes[above], waiting = waiting, ""
    if waiting and above:
        notes[above] = f"{notes.get(above, '')} {waiting}".strip()
    text = "".join(line + "\n" for line in code)
    recorded = {line: found for line, found in recorded.items() if found}
    return Marked(text, recorded, notes, tuple(kept), tuple(faults))


def split_lines(text: str) -> list[str]:
    """The lines of a text as the tokenizer counts them."""
    return text.removesuffix("\n").split("\n") if text else []


def _recorded(mark: str, own: str, above: int) -> tuple[tuple[Recorded, ...], str]:
    """What a `#>` comment records, and what is wrong with it."""
    match = RECORDED.match(mark)
    if match is None:
        return (), "a recorded line begins with `#> `, with a space"
    if own:
        return (), "a recorded line stands alone, under its code"
    if not above:
        return (), "no line of code stands above this recorded line"
    return (Recorded(match[3] or "", bool(match[2]), bool(match[1])),), ""


def _marks(written: str) -> dict[int, int]:
    """Line -> column (from 0) of each comment that is a mark."""
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(written).readline):
            if token.type == tokenize.COMMENT and token.string.startswith(("#>", "#:")):
                found[token.start[0]] = token.start[1]
    except (tokenize.TokenError, SyntaxError):
        pass
    return found
