from __future__ import annotations

import pytest
from wcwidth import wcswidth

from pyrecipes.render.theme import Look
from pyrecipes.terminal.front import Where
from pyrecipes.terminal.keys import MOVES, recipe_keys
from pyrecipes.terminal.menu import cut, cut_path, key_lines, menu


def text(fragments) -> str:
    return "".join(part for _, part in fragments)


@pytest.mark.parametrize("width", [20, 30, 40, 79, 120])
def test_no_line_is_wider_than_the_terminal_and_no_key_is_missing(width) -> None:
    keys = recipe_keys(ran=False, picture=True)
    lines = text(menu(keys, Where("re 3 of 16: 正则表达式的分组", 2, 23), Look(width=width)))
    assert max(wcswidth(line) for line in lines.split("\n")) <= width
    for key in keys:
        assert f"{key.shown} {key.label}" in lines


def test_the_bar_never_shows_something_as_nothing() -> None:
    shown = text(menu(MOVES, Where("re", 1, 200), Look(width=80)))
    assert Look().signs.full in shown
    assert "1/200 passed" in shown


def test_ascii() -> None:
    assert text(menu(MOVES, Where("re", 1, 2), Look(width=60, ascii=True))).isascii()


def test_keys_of_numbers_stand_close() -> None:
    from pyrecipes.terminal.keys import Key

    keys = [Key("1", "", ""), Key("2", "to choose", ""), Key("q", "quit", "")]
    assert text(key_lines(keys, Look())).strip() == "1 2 to choose  q quit"


def test_cut() -> None:
    assert cut("正则表达", 5, "…") == "正则…"
    assert cut("short", 5, "…") == "short"
    assert cut_path("/a/long/path.py", 9, "…") == "…/path.py"
