"""The two or three lines at the bottom of a sitting: where one is, and the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wcwidth import wcswidth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyrecipes.render.theme import Look
    from pyrecipes.terminal.front import Where
    from pyrecipes.terminal.keys import Key

Fragments = list[tuple[str, str]]

BAR = 12


def menu(keys: Sequence[Key], where: Where, look: Look) -> Fragments:
    """The status line and the keys, wrapped between keys to the width, as styled fragments."""
    return [*status(where, look), ("", "\n"), *key_lines(keys, look)]


def status(where: Where, look: Look) -> Fragments:
    """One line: a rule with the place in it, and at its right the bar of what is passed."""
    signs = look.signs
    count = f" {where.done}/{where.total} {where.word}" if where.total else ""
    full = where.done * BAR // where.total if where.total else 0
    full = max(full, 1) if where.done else 0
    bar = BAR if where.total and look.width >= 50 else 0
    room = look.width - len(count) - bar - 5
    text = cut(where.text, room, signs.more)
    fill = room - max(wcswidth(text), 0)
    return [
        ("class:quiet", signs.rule * 2 + " "),
        ("class:title", text),
        ("class:quiet", " " + signs.rule * max(fill, 0) + " " * (bar > 0)),
        ("class:bar.done", signs.full * min(full, bar)),
        ("class:bar.rest", signs.empty * (bar - min(full, bar))),
        ("class:quiet", count),
    ]


def key_lines(keys: Sequence[Key], look: Look) -> Fragments:
    """Each key with its label; a line is broken only between two of them."""
    out: Fragments = [("", " ")]
    column = 1
    for number, key in enumerate(keys):
        label = f" {key.label}" if key.label else ""
        width = max(wcswidth(key.shown + label), 0)
        gap = 2 if key.label or number == 0 else 1
        if column > 1 and column + gap + width >= look.width:
            out.append(("", "\n "))
            column = 1
        elif column > 1:
            gap = 1 if not keys[number - 1].label else 2
            out.append(("", " " * gap))
            column += gap
        out += [("class:key", key.shown), ("class:quiet", label)]
        column += width
    return out


def cut(text: str, width: int, more: str) -> str:
    """The text, cut to a number of columns."""
    if wcswidth(text) <= width:
        return text
    while text and wcswidth(text) + len(more) > width:
        text = text[:-1]
    return text + more


def cut_path(path: str, width: int, more: str) -> str:
    """The path, cut at its beginning: its end says which file it is."""
    if wcswidth(path) <= width:
        return path
    while path and wcswidth(path) + len(more) > width:
        path = path[1:]
    return more + path
