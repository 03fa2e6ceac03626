"""Each screen as golden text: at 80 and 120 columns, narrow, in ASCII, and in plain mode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.screens import SCREENS, shown

if TYPE_CHECKING:
    from collections.abc import Callable

WAYS: dict[str, dict[str, Any]] = {
    "80": {},
    "120": {"width": 120},
    "40": {"width": 40},
    "ascii": {"encoding": "ascii"},
    "plain": {"plain": True},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_as_it_was_looked_at(
    screen: str, way: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"render/{screen}-{way}.txt", shown(SCREENS[screen](), **WAYS[way]))


@pytest.mark.parametrize("screen", SCREENS)
def test_no_line_is_wider_than_the_console(screen: str) -> None:
    from rich.cells import cell_len

    for width in (40, 80, 120):
        text = shown(SCREENS[screen](), width=width)
        assert [line for line in text.splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_colour_adds_nothing_but_colour(screen: str) -> None:
    """The signs are the same with and without: nothing is told by colour alone."""
    env = {"TERM": "xterm-256color", "FORCE_COLOR": "1", "COLORTERM": "truecolor"}
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", shown(SCREENS[screen](), env=env))
    bare = shown(SCREENS[screen]())
    # Code spans and emphasis keep their Markdown signs where there is no colour.
    assert re.sub(r"[`*\s]+", "", coloured) == re.sub(r"[`*\s]+", "", bare)


@pytest.mark.parametrize("screen", SCREENS)
def test_plain_mode_is_letters_only(screen: str) -> None:
    text = shown(SCREENS[screen](), plain=True, env={"FORCE_COLOR": "1", "TERM": "xterm"})
    assert not set(text) & set("│─━█░▒▓✓✗●├└╰\x1b")
