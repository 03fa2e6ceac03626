from __future__ import annotations

import pytest

from pyrecipes.terminal.editing import (
    backspace_width,
    gap_width,
    indent_after,
    next_gap,
    tab_width,
    word_before,
)
from pyrecipes.terminal.keeping import Keeper
from pyrecipes.terminal.lines import Ordering, parse_order
from pyrecipes.terminal.pasting import paste
from pyrecipes.terminal.whole import whole


@pytest.mark.parametrize(
    ("before", "blank"),
    [
        ("", ""),
        ("x = 1", ""),
        ("def f():", "    "),
        ("    if x:  # why", "        "),
        ("call(", "    "),
        ("    return x", ""),
        ("        pass", "    "),
        ("    return (", "        "),
        ("    x = 1", "    "),
        ("def f():\n    y", "    "),
    ],
)
def test_what_a_new_line_begins_with(before, blank) -> None:
    assert indent_after(before) == blank


@pytest.mark.parametrize(
    ("before", "width"),
    [("", 1), ("ab", 1), ("    ", 4), ("      ", 2), ("  ", 2), ("x\n        ", 4), ("    x", 1)],
)
def test_backspace_takes_a_step_of_indentation(before, width) -> None:
    assert backspace_width(before) == width


def test_tab_goes_to_the_next_step() -> None:
    assert [tab_width(" " * n) for n in range(5)] == [4, 3, 2, 1, 4]


def test_gaps() -> None:
    text = "a ____ b ____"
    assert next_gap(text, 0) == 2
    assert next_gap(text, 3) == 9
    assert next_gap(text, 10) == 2
    assert next_gap("none", 0) is None
    assert gap_width("a ", "____ b", gaps=True) == 4
    assert gap_width("a ", "____ b", gaps=False) == 0
    assert gap_width("x\n    ", "...\n", gaps=False) == 3
    assert gap_width("x\n    .", "..\n", gaps=False) == 0
    assert gap_width("f(", "...)", gaps=False) == 0


def test_the_name_at_the_cursor() -> None:
    assert word_before("x = os.path.jo") == "os.path.jo"
    assert word_before("x = ") == ""
    assert word_before("f(ab") == "ab"


@pytest.mark.parametrize(
    ("source", "is_whole"),
    [
        ("x = 1", True),
        ("for x in y:", False),
        ("for x in y:\n    print(x)", False),
        ("for x in y:\n    print(x)\n", True),
        ("f(", False),
        ("1 +", True),
        ("'''a", False),
        ("def f(): return 1", False),
        ("x = '\0'", True),
    ],
)
def test_when_an_input_is_whole(source, is_whole) -> None:
    assert whole(source) is is_whole


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("3 1 2", [2, 0, 1]),
        ("312", [2, 0, 1]),
        ("1, 2", [0, 1]),
        ("2", [1]),
        ("1 1", None),
        ("4", None),
        ("0", None),
        ("a b", None),
        ("", None),
    ],
)
def test_an_order_by_numbers(typed, order) -> None:
    assert parse_order(typed, 3) == order


def test_lines_are_moved_taken_out_and_put_in() -> None:
    ordering = Ordering(["a", "b", "c"], [0, 1, 2])
    ordering.move(1)
    assert ordering.chosen == [1, 0, 2]
    ordering.toggle()
    assert (ordering.chosen, ordering.out) == ([1, 2], [0])
    ordering.step(5)
    ordering.toggle()
    assert (ordering.chosen, ordering.out) == ([1, 2, 0], [])
    ordering.typed = "9 9"
    assert not ordering.take()
    assert ordering.chosen == [1, 2, 0]


class File:
    """A file that can be written from two sides."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: list[str] = []

    def draft(self):
        from pyrecipes.terminal.front import Draft

        def save(text):
            self.text = text

        def aside(text):
            self.kept.append(text)
            return "a.other-1.py"

        return Draft("a", self.text, load=lambda: self.text, save=save, aside=aside)


def test_what_is_typed_is_saved() -> None:
    file = File("old")
    keeper = Keeper(file.draft())
    assert keeper.look("new") is None
    assert file.text == "new"
    assert keeper.notice == ""


def test_a_change_outside_is_taken_where_nothing_was_typed() -> None:
    file = File("old")
    keeper = Keeper(file.draft())
    file.text = "theirs"
    assert keeper.look("old") == "theirs"
    assert "changed outside" in keeper.notice
    assert keeper.look("theirs") is None
    assert file.kept == []


def test_two_changes_at_once_are_both_kept() -> None:
    file = File("old")
    keeper = Keeper(file.draft())
    file.text = "theirs"
    assert keeper.look("mine") is None
    assert file.text == "mine"
    assert file.kept == ["theirs"]
    assert "a.other-1.py" in keeper.notice


def test_a_disk_that_is_full_is_said_and_the_text_stays() -> None:
    file = File("old")
    draft = file.draft()

    def full(_):
        raise OSError(28, "No space left on device")

    from pyrecipes.value import replace

    keeper = Keeper(replace(draft, save=full))
    assert keeper.look("new") is None
    assert keeper.notice.startswith("Not saved:")


STUB = "import re\n\n\ndef f(x):\n    ...\n"
WHOLE = "def f(x):\n    if x:\n        return 1\n\n    return 2\n"


@pytest.mark.parametrize(
    ("text", "pasted", "gap", "wanted"),
    [
        (STUB, WHOLE, 3, f"import re\n\n\n{WHOLE}"),
        (STUB, WHOLE.replace("\n", "\r\n"), 3, f"import re\n\n\n{WHOLE}"),
        (STUB, WHOLE.replace("    ", "\t"), 3, f"import re\n\n\n{WHOLE}"),
        (STUB, "    y = x\n    return y\n", 3, STUB.replace("...", "y = x\n    return y")),
        (STUB, "y = x\n    return y", 3, STUB.replace("...", "y = x\n    return y")),
        (STUB, "if x:\n            y()\n", 3, STUB.replace("...", "if x:\n        y()")),
        (STUB, "return x", 3, STUB.replace("...", "return x")),
        (STUB, "return x\n", 3, STUB.replace("...", "return x")),
        (
            "class A:\n    def f(x):\n        ...\n",
            WHOLE,
            3,
            "class A:\n" + "".join(f"    {r}".rstrip() + "\n" for r in WHOLE.splitlines()),
        ),
        (
            STUB,
            WHOLE.replace("f(", "g("),
            3,
            STUB.replace("    ...\n", "")
            + "".join(f"    {r}".rstrip() + "\n" for r in WHOLE.splitlines()).replace("f(", "g("),
        ),
        ("x = ...\n", "a\nb", 0, "x = a\nb...\n"),
    ],
)
def test_where_a_paste_goes(text, pasted, gap, wanted) -> None:
    new, cursor = paste(text, text.index("..."), pasted, gap)
    assert new == wanted
    assert 0 < cursor <= len(new)


def test_a_paste_into_an_empty_text_is_as_it_is() -> None:
    assert paste("", 0, WHOLE, 0) == (WHOLE.rstrip(), len(WHOLE) - 1)
