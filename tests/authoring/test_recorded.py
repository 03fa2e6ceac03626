"""What a run gave as recorded lines, and whether recorded lines stand for a run."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyrecipes.authoring.recorded import (
    differences,
    lines_of,
    matches,
    statement_ends,
    varying,
    visible,
)
from pyrecipes.loader.comments import unmark
from pyrecipes.model import Event, Recorded, Snippet, Transcript


def transcript(*events: Event) -> Transcript:
    return Transcript("ok", 0, 1.0, "process", False, events)


def plain(*texts: str) -> tuple[Recorded, ...]:
    return tuple(map(Recorded, texts))


def marked(*lines: str) -> tuple[Recorded, ...]:
    return unmark("f()\n" + "".join(line + "\n" for line in lines)).recorded[1]


def test_pieces_of_one_line_are_put_together() -> None:
    events = [Event(2, "stdout", f"{n} ") for n in range(3)]
    events.insert(1, Event(3, "stdout", "other\n"))
    found = lines_of(transcript(*events, Event(2, "value", "None")), "for\nx\ny\n")
    assert found == {2: ["0 1 2", "None"], 3: ["other"]}


def test_streams_stay_apart_and_lines_apart() -> None:
    events = [
        Event(1, "stdout", "a"),
        Event(1, "stderr", "e\n"),
        Event(1, "stdout", "b\n\nc\n"),
        Event(1, "error", "ValueError: two\nlines"),
    ]
    assert lines_of(transcript(*events), "x\n") == {
        1: ["ab", "", "c", "e", "ValueError: two", "lines"]
    }


def test_several_lanes_are_named() -> None:
    events = [
        Event(1, "stdout", "a\n"),
        Event(1, "stdout", "b\n", thread="w"),
        Event(1, "stdout", "c\n", process="P"),
        Event(1, "stdout", "d\n", process="P", thread="w"),
    ]
    assert lines_of(transcript(*events), "x\n")[1] == [
        "[MainThread] a",
        "[w] b",
        "[P] c",
        "[P/w] d",
    ]
    assert lines_of(transcript(events[1]), "x\n") == {1: ["b"]}


def test_output_goes_under_the_end_of_its_statement() -> None:
    code = "print(\n  1,\n)\nif f(\n   2\n):\n    # why\n    x = [\n    ]\n@d(\n 1)\ndef g(): ...\n"
    assert {line: end for line, end in statement_ends(code).items() if line != end} == {
        1: 3, 2: 3, 4: 6, 5: 6, 8: 9, 10: 11,
    }  # fmt: skip
    events = [Event(1, "stdout", "a\n"), Event(None, "stdout", "lost\n")]
    assert lines_of(transcript(*events), code) == {3: ["a"], 12: ["lost"]}


def test_what_can_not_be_seen_is_an_escape() -> None:
    assert visible("a\x1b[0m\t\u202eb\x00é漢") == "a\\x1b[0m\\t\\u202eb\\x00é漢"


@pytest.mark.parametrize(
    ("recorded", "actual", "same"),
    [
        (["#> a"], ["a"], True),
        (["#> a"], ["a  "], True),
        (["#> a"], ["b"], False),
        (["#> a"], ["a", "a"], False),
        (["#> a..."], ["ab"], False),
        (["#>~ a...c"], ["abc"], True),
        (["#>~ a...c"], ["abd"], False),
        (["#>~ (...)"], ["(1)"], True),
        (["#>~ ...", "#> z"], ["a", "b", "z"], True),
        (["#>~ ...", "#> z"], ["z"], True),
        (["#>~ ..."], [], True),
        (["#> a", "#>~ ...", "#> a"], ["a", "a"], True),
        (["#> a", "#>~ ...", "#> a"], ["a"], False),
        (["#>* a", "#>* b"], ["b", "a"], True),
        (["#>* a", "#>* b"], ["b", "b"], False),
        (["#>*~ a...", "#>* ab"], ["ab", "ac"], True),
        (["#>*~ a...", "#>* ab"], ["ac", "ab"], True),
        (["#>*~ a...", "#>*~ ...b"], ["ab", "ac"], True),
        (["#> x", "#>* a", "#>* b", "#> y"], ["x", "b", "a", "y"], True),
        (["#>*~ ...", "#>* b"], ["b", "a"], True),
    ],
)
def test_matching(recorded: list[str], actual: list[str], same: bool) -> None:
    assert matches(marked(*recorded), actual) is same


def test_differences_are_told_by_line() -> None:
    recorded = {1: plain("1"), 2: plain("x"), 3: plain("a", "b"), 5: marked("#>* a", "#>* b")}
    actual = {1: ["1"], 3: ["a", "c"], 4: ["new", "er"], 5: ["a", "z"]}
    assert differences(recorded, actual) == {
        2: "gives nothing, and 'x' is recorded",
        3: "gives 'c' in its line 2, recorded is 'b'",
        4: "gives 'new' and 1 lines more, and nothing is recorded",
        5: "gives 'a', 'z', which no order of the recorded lines is",
    }


def test_what_varies_is_marked() -> None:
    runs = [
        {1: ["same"], 2: ["took 0.12 s"], 3: ["a", "b", "c"], 4: ["x"], 5: ["<A at 0x7f001122>"]},
        {1: ["same"], 2: ["took 3.5 s"], 3: ["a", "c", "b"], 4: ["x", "y"], 5: ["<A at 0x7f001122>"]},
    ]  # fmt: skip
    assert varying(runs) == {
        1: plain("same"),
        2: marked("#>~ took ... s"),
        3: marked("#> a", "#>* b", "#>* c"),
        4: marked("#> x", "#>~ ..."),
        5: marked("#>~ <A at 0x...>"),
    }


words = st.text("ab1 .", max_size=5).map(str.rstrip)
runs_of_a_line = st.lists(st.lists(words, max_size=4), min_size=1, max_size=3)


@given(runs_of_a_line)
def test_what_is_recorded_of_runs_stands_for_each_of_them(runs: list[list[str]]) -> None:
    recorded = varying([{1: run} for run in runs])[1]
    assert all(matches(recorded, run) for run in runs)


@given(st.lists(words, max_size=4))
def test_what_never_varies_has_no_marks(run: list[str]) -> None:
    assert varying([{1: run}, {1: run}])[1] == plain(*run)


def test_a_real_run(sandbox) -> None:
    code = (
        "import threading\n"
        "t = threading.Thread(target=print, args=('hi',), name='w')\n"
        "t.start()\n"
        "t.join()\n"
        "1 + 1\n"
    )
    found = lines_of(sandbox.run(Snippet(code)), code)
    assert found == {3: ["[w] hi"], 5: ["[MainThread] 2"]}
