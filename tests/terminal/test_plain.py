"""The front of lines, and what works behind the sitting."""

from __future__ import annotations

import threading

import pytest

from pyrecipes.errors import NoSandboxError
from pyrecipes.terminal.front import Draft, Where
from pyrecipes.terminal.keys import INTERRUPT, QUIT, recipe_keys
from pyrecipes.terminal.plain import Lines
from pyrecipes.terminal.saves import Saves
from pyrecipes.terminal.warm import Warming


def lines(*typed):
    said: list[str] = []
    left = list(typed)

    def read(prompt):
        said.append(prompt)
        if not left:
            raise EOFError
        item = left.pop(0)
        if isinstance(item, type):
            raise item
        return item

    return Lines(read, said.append), said


KEYS = recipe_keys(ran=True, picture=False)


def test_a_key_is_a_line_and_an_empty_one_is_enter() -> None:
    front, said = lines("", "n", "x", "b", KeyboardInterrupt)
    where = Where("re 1 of 2: One", 1, 3)
    assert front.choose(KEYS, where) == "enter"
    assert front.choose(KEYS, where) == "enter"
    assert front.choose(KEYS, where) == "b"
    assert front.choose(KEYS, where) == INTERRUPT
    assert front.choose(KEYS, where) == QUIT
    assert "re 1 of 2: One. 1 of 3 passed." in said
    assert any(line.startswith("There is no key 'x' here.") for line in said)


def test_a_text_ends_with_a_point_and_is_saved() -> None:
    saved: list[str] = []
    draft = Draft("a", "old\n", load=lambda: "old\n", save=saved.append)
    front, _ = lines("def f():", "    return 1", ".")
    edited = front.edit(draft)
    assert (edited.text, edited.then) == ("def f():\n    return 1\n", "submit")
    assert saved == [edited.text]


def test_a_point_at_once_leaves_the_text_and_ctrl_c_keeps_what_was_typed() -> None:
    saved: list[str] = []
    draft = Draft("a", "old\n", load=lambda: "old\n", save=saved.append)
    front, _ = lines(".", "half", KeyboardInterrupt, "more")
    assert front.edit(draft).text == "old\n"
    assert saved == []
    assert front.edit(draft).then == "leave"
    assert front.edit(draft).then == "quit"
    assert saved == ["half\n", "more\n"]


def test_an_order_is_asked_until_it_is_one() -> None:
    front, said = lines("1 1", "2 1", "")
    assert front.order(["a", "b"], [0, 1]) == ([1, 0], "submit")
    assert front.order(["a", "b"], [0, 1]) == ([0, 1], "leave")
    assert any(line.startswith("Each number once, from 1 to 2") for line in said)


def test_a_sandbox_that_cannot_be_had_is_said_where_it_is_needed() -> None:
    def refuse():
        raise NoSandboxError("none here")

    with Warming(refuse) as warming, pytest.raises(NoSandboxError, match="none here"):
        warming.sandbox()


def test_work_ahead_is_done_in_the_sandboxs_thread_and_its_errors_are_lost() -> None:
    class Opened:
        closed = False

        def close(self):
            self.closed = True

    opened = Opened()
    names: list[str] = []
    done = threading.Event()
    with Warming(lambda: opened) as warming:
        warming.soon(lambda: 1 / 0)
        warming.soon(lambda: names.append(threading.current_thread().name))
        warming.soon(done.set)
        assert warming.sandbox() is opened
        assert done.wait(10)
    assert names == ["sandbox"]
    assert opened.closed


def test_saves_are_noticed_and_wake_a_listener(tmp_path) -> None:
    with Saves(tmp_path / "new") as saves:
        saves.wait()
        saves.take()
        woken = threading.Event()
        saves.listen(woken.set)
        (tmp_path / "new" / "a.py").write_text("x")
        assert woken.wait(10)
        assert {path.rpartition("/")[2] for path in saves.take()} == {"a.py"}
        saves.listen(None)
