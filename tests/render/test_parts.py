"""What screens are made of: orders, highlighting, limits in words, SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from pyrecipes.model import CheckResult, Event, Exercise, Limits, Verdict
from pyrecipes.render.cheatsheet import as_markdown, as_svg
from pyrecipes.render.highlight import python_lines, styles_of
from pyrecipes.render.outputs import chunks
from pyrecipes.render.stopped import stopped
from pyrecipes.render.svg import svg
from pyrecipes.render.theme import Look
from pyrecipes.render.verdict import verdict
from tests.render.screens import LESSON, PLACE, SCREENS, ran, shown


def _styled(code: str) -> dict[str, str]:
    return {code[start:end]: style for start, end, style in styles_of(code)}


def test_python_is_told_apart() -> None:
    styled = _styled("@decorated\ndef f(x): return rb'a' + len(0x1f) # note\n'''doc\nmore'''")
    assert styled == {
        "@decorated": "py.decorator",
        "def": "py.keyword",
        " f": "py.name",
        "return": "py.keyword",
        "rb'a'": "py.string",
        "len": "py.builtin",
        "0x1f": "py.number",
        "# note": "py.comment",
        "'''doc\nmore'''": "py.string",
    }


@pytest.mark.parametrize("code", ["'unended", '"""', "def", "\\", "f'{x!r:>{n}}'", "0x", "é = '#'"])
def test_broken_code_is_shown_whole(code: str) -> None:
    assert "\n".join(line.plain for line in python_lines(code, Look())) == code
    spans = styles_of(code)
    assert all(start <= end for start, end, _ in spans)


def test_a_name_after_a_dot_is_no_builtin() -> None:
    assert _styled("m.print, m.if_") == {}


def _orders(*lines: int) -> list[int | None]:
    return [c.order for c in chunks([Event(line, "stdout", "x\n") for line in lines])]


def test_turns_are_numbered_and_nothing_else() -> None:
    assert _orders(1, 2, 3) == [None, None, None]
    assert _orders(1, 2, 1, 2, 5) == [1, 2, 3, 4, None]
    assert _orders(7, 2, 9) == [1, 2, None]  # a function further up, called further down


def test_pieces_of_one_line_are_joined() -> None:
    events = [Event(1, "stdout", "a"), Event(1, "stdout", "b\n"), Event(1, "stderr", "c")]
    assert [(c.kind, c.text) for c in chunks(events)] == [("stdout", "ab\n"), ("stderr", "c")]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("timeout", "stopped after 2 s at line 3"),
        ("memory", "512 MB of memory"),
        ("processes", "64 processes"),
        ("output", "1 MB"),
        ("disk", "64 MB of files"),
        ("killed", "SIGKILL"),
    ],
)
def test_limits_are_said_in_words(status, said: str) -> None:
    transcript = ran([], status, stopped_at=3, limits=Limits(wall_s=2.0))
    from pyrecipes.value import replace

    assert said in stopped(replace(transcript, exit_code=-9))


def test_a_run_that_ended_by_itself_was_not_stopped() -> None:
    assert stopped(ran([])) == ""
    assert stopped(ran([], "error")) == ""


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_svg_is_the_same_each_time_and_well_formed(theme) -> None:
    pictures = {svg(SCREENS["listing"](), title="a <b> & c", theme=theme) for _ in range(2)}
    assert len(pictures) == 1
    root = ET.fromstring(pictures.pop())
    assert root.attrib["aria-label"] == "a <b> & c"
    assert "http" not in "".join(root.itertext())


def test_svg_is_kept(golden) -> None:
    golden("render/lesson.svg", svg(SCREENS["lesson"](), title="pyrecipes list re"))


def test_a_cheat_sheet_is_markdown_and_svg_too(golden) -> None:
    golden("render/cheatsheet.md", as_markdown(LESSON))
    ET.fromstring(as_svg(LESSON))


def test_a_look_that_is_handed_in_holds() -> None:
    from pyrecipes.render.listing import listing

    text = shown(listing("1 + 1", {1: "sum"}, ran([Event(1, "value", "2")]), Look(plain=True)))
    assert text == "1: 1 + 1\n   note: sum\n   value: 2\n"


def _failed(*checks: CheckResult) -> str:
    return shown(verdict(Verdict("re/phone", False, checks, checks[0].note)), width=80)


def test_one_fault_in_many_checks_is_told_once() -> None:
    got, note = "NameError: name 'f' is not defined", "your answer defines no `f`"
    text = _failed(*(CheckResult(f"f({n})", False, str(n), got, note) for n in range(5)))
    assert text.count(note) == text.count(got) == 1
    assert text.count("as above") == 4
    notes = [CheckResult(f"f({n})", False, f"({n},)", f"[{n}]", "a list it is") for n in range(3)]
    text = _failed(*notes)
    assert "[2]" in text
    assert text.count("a list it is") == 1


def test_a_check_that_was_not_made_got_nothing_and_is_no_fault() -> None:
    first = CheckResult("f(1)", False, "1", "no result", "it was still running after 5 s")
    later = CheckResult("f(2)", False, "2", note="not tried, since", tried=False)
    text = _failed(first, later)
    assert "f(2)  not tried, since" in text
    assert text.count("wanted") == text.count("✗ f") == 1


def test_a_limit_and_an_exception_are_explained_once_and_by_what_can_be_changed() -> None:
    late = CheckResult("f(1)", False, "1", "no result", "an endless loop?", 2, ran([], "timeout"))
    assert "--timeout" not in _failed(late)
    error = Event(1, "error", "IndexError: list index out of range")
    note = "it ends. The index is past the end: the last item is at length minus one."
    run = ran([error], "error")
    text = _failed(CheckResult("f(1)", False, "1", error.text, note, 1, run))
    assert text.count("past the end") == 1


def test_a_huge_value_is_shown_around_its_first_difference() -> None:
    text = _failed(CheckResult("f(1)", False, repr([0] * 500 + [1]), repr([0] * 900)))
    assert len(text) < 1200
    assert "1]" in text


FORETOLD = Exercise("guess", "predict", "What is printed", "What?", PLACE)


@pytest.mark.parametrize(
    ("want", "got", "line", "said", "told"),
    [
        ("9\n", "45\n", 1, "45", "Something else is printed there."),
        ("one\ntwo\nthree\n", "one\nzwei\ndrei", 2, "zwei", "1 line before it is right."),
        ("one\ntwo\nTHREE\n", "one\ntwo\nthree", 3, "three", "Only capital and small letters"),
        ("o n e\n", "o  n e\n", 1, "o  n e", "Only spaces differ there."),
        ("one\ntwo\n", "\none\n", 2, None, "So far it is right, but more is printed."),
        ("one\n", "one\nmore\n", 2, "more", "Nothing more is printed there."),
    ],
)
def test_a_wrong_prediction_shows_where_and_does_not_give_the_answer(
    want: str, got: str, line: int, said: str | None, told: str
) -> None:
    note = "first difference at line 1: 'secret' is wanted, yours has 'other'"
    check = CheckResult("what the code prints", False, want, got, note, line)
    for plain in (False, True):
        text = shown(verdict(Verdict("a/guess", False, (check,), note), FORETOLD), plain=plain)
        assert f"line {line}" in text
        assert told in text
        assert ("you said" in text) == (said is not None)
        assert said is None or said in text
        assert "secret" not in text
        assert "wanted" not in text
        hidden = want.split()[line - 1 :]
        assert not any(word in text.split() for word in hidden if word.isalnum() and len(word) > 1)
        assert "9" not in text
