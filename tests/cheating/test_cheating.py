"""No way of cheating passes, and none spoils the sandbox for the next answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrecipes.checker import Memory, check
from pyrecipes.errors import NoSandboxError
from pyrecipes.model import MAIN, Check, Exercise, Place
from pyrecipes.sandbox import open_sandbox
from tests.cheating.cheats import CHEATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import Sandbox

PLACE = Place("lessons/task.yaml")
SOLUTION = """\
SECRET_MARK = 3

def code(s):
    return [ord(c) * SECRET_MARK for c in s]

def strict(s):
    if not s:
        raise ValueError('empty')
    return len(s) + 0.5

def shout(s):
    print(s.upper() + '!')

if __name__ == '__main__':
    import sys
    shout(sys.argv[1])
"""
CALLS = (
    Check("call", PLACE, call="code('ab')", gives="[291, 294]"),
    Check("call", PLACE, call="code('xyz')", gives="list(code('xyz'))"),
    Check("call", PLACE, call="strict('')", raises="ValueError"),
    Check("call", PLACE, call="strict('abc')", gives="3.5"),
    Check("call", PLACE, call="shout('a')", prints="A!\n"),
)
PROGRAM = Check("run", PLACE, args=("abc",), prints="ABC!\n", exit=0)
EACH = Check("call", PLACE, call="code(s)", each={"s": "text(max_size=5)"})


def _task(*checks: Check) -> Exercise:
    return Exercise("task", "write", "", "", PLACE, checks=checks, solution={MAIN: SOLUTION})


CALLED = _task(*CALLS)
TASKS = {"calls": CALLED, "program": _task(PROGRAM), "generated": _task(EACH)}


@pytest.fixture(scope="module")
def walled() -> Iterator[Sandbox]:
    """Only behind walls: cheats do what they can to the place they run in."""
    try:
        opened = open_sandbox(trusted=False)
    except NoSandboxError as error:
        pytest.skip(str(error))
    with opened:
        if opened.isolation == "process":
            pytest.skip("cheats only run behind walls")
        yield opened


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def test_there_are_many_ways() -> None:
    assert len(CHEATS) >= 45


@pytest.mark.parametrize("name", CHEATS)
def test_no_cheat_passes_and_the_next_answer_does(
    walled: Sandbox, memory: Memory, name: str
) -> None:
    for task in TASKS.values():
        verdict = check(task, {MAIN: CHEATS[name]}, walled, memory=memory)
        assert not verdict.passed, task
    honest = check(CALLED, {MAIN: SOLUTION}, walled, memory=memory)
    assert honest.passed, honest


@pytest.mark.parametrize("name", TASKS)
def test_the_answer_passes(walled: Sandbox, memory: Memory, name: str) -> None:
    verdict = check(TASKS[name], {MAIN: SOLUTION}, walled, memory=memory)
    assert verdict.passed, verdict
