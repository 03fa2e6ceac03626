"""What comes from outside never reaches the terminal as more than text."""

from __future__ import annotations

import time
import unicodedata

import pytest
from rich.cells import cell_len
from rich.markup import escape

from pyrecipes.render.listing import listing
from pyrecipes.render.safe import MAX_COLUMNS, prose, safe_line, safe_lines, split_lines
from pyrecipes.render.theme import Look
from tests.render.screens import Event, ran, shown

LOOK = Look()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("bell\x07", "bell␇"),
        ("nul\0", "nul␀"),
        ("del\x7f", "del␡"),
        ("csi\x9b31m", "csi\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b", "a\\u2066b"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("bom\ufeff", "bom\\ufeff"),
        ("raw\udc80\udcff", "raw\\udc80\\udcff"),
        ("sep\u2028", "sep\\u2028"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("a\tb", "a       b"),
        ("中\tb", "中      b"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_odd_characters_are_seen_and_not_obeyed(text: str, mark: str) -> None:
    assert safe_line(text, LOOK).plain == mark


def test_no_character_of_a_dangerous_kind_is_let_through() -> None:
    for code in range(0x11000):
        shown_text = safe_line(chr(code), LOOK).plain
        kinds = {unicodedata.category(char) for char in shown_text}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}, hex(code)


def test_ascii_shows_only_ascii() -> None:
    text = "".join(chr(code) for code in range(0x2600))
    ascii_look = Look(ascii=True)
    assert all(safe_line(char, ascii_look).plain.isascii() for char in text)
    assert prose("“a” — b…", ascii_look) == '"a" -- b...'


def test_many_marks_on_one_letter_are_shown_apart() -> None:
    assert cell_len(safe_line("a" + "\u0301" * 50, LOOK).plain) > 46 * 6


def test_markup_is_text() -> None:
    evil = "[red]x[/red] [/] [link=file:///]y[/link] :smile: " + escape("[b]")
    transcript = ran([Event(1, "stdout", evil + "\n")])
    assert evil in shown(listing("print(evil)", {1: evil}, transcript), width=400)


def test_long_output_is_folded_with_its_count() -> None:
    lines = safe_lines("".join(f"{n}\n" for n in range(1210)), LOOK, "", 9)
    assert [line.plain for line in lines][5:] == ["5", "… 1,202 more lines", "1208", "1209"]


def test_one_long_line_is_cut_and_counted() -> None:
    line = safe_line("x" * 100_000_000, LOOK).plain
    assert line.endswith(f"… {100_000_000 - MAX_COLUMNS:,} more characters")
    assert len(line) < MAX_COLUMNS + 50


def test_a_megabyte_of_hostile_output_is_shown_in_no_time() -> None:
    text = ("\x1b[2J\u202e\0" * 25_000 + "\n") * 5 + "\x1b\n" * 200_000
    begin = time.perf_counter()
    out = shown(listing("x", {}, ran([Event(1, "stdout", text)])))
    assert time.perf_counter() - begin < 2
    assert len(out) < 200_000
    assert "\x1b" not in out


def test_lines_end_where_a_terminal_ends_them() -> None:
    assert split_lines("a\r\nb\x0bc\x85d\u2028e\n\n") == ["a", "b\x0bc\x85d\u2028e", ""]
