"""Small changes to a solution, and the checks that should notice them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrecipes.authoring.mutants import mutated
from pyrecipes.authoring.mutation import mutants
from pyrecipes.model import Survivor
from tests.checker.making import call, exercise, run

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("a < b", "line 1: a < b -> a <= b"),
        ("a in b", "line 1: a in b -> a not in b"),
        ("a + b", "line 1: a + b -> a - b"),
        ("a and b", "line 1: a and b -> a or b"),
        ("x = 5", "line 1: 5 -> 6"),
        ("x = 5", "line 1: 5 -> 4"),
        ("x = 'a'", "line 1: 'a' -> 'aX'"),
        ("x = True", "line 1: True -> False"),
        ("x = -y", "line 1: -y -> +y"),
        ("x = not y", "line 1: not y -> not not y"),
        ("if a:\n    b()", "line 1: if a: -> if not a:"),
        ("while a:\n    break", "line 2: break -> continue"),
        ("f(a, b)", "line 1: f(a, b) -> f(b, a)"),
        ("f(a, key=b)", "line 1: f(a, key=b) -> f(a)"),
        ("x = 1\nx += 2", "line 2 removed: x += 2"),
        ("def f():\n    return 1", "line 2: return 1 -> return None"),
        ("def f():\n    raise E", "line 2 removed: raise E"),
        ("max(a)", "line 1: max -> min"),
        ("re.match(a)", "line 1: re.match -> re.search"),
        ("[a for a in b if c]", "line 1: if c -> (no condition)"),
    ],
)
def test_a_change(source: str, change: str) -> None:
    changes = [mutant.change for mutant in mutants(source)]
    assert change in changes, changes


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "def f(a: 'int' = x) -> 'str':\n    'doc'",
        "if __name__ == '__main__':\n    main(1)",
        "import re",
        "x = math.gcd(a, b)",
        "P = namedtuple('P')",
    ],
)
def test_what_is_left_alone(source: str) -> None:
    assert [m for m in mutants(source, program=False) if "removed" not in m.change] == []


def test_every_mutant_is_python_and_another_program() -> None:
    source = "def f(a, b=2):\n    if a < b and not a:\n        return [n for n in a if n][0]\n"
    found = mutants(source)
    assert len(found) > 8
    assert len({mutant.source for mutant in found}) == len(found)
    for mutant in found:
        compile(mutant.source, "", "exec")


SOLUTION = "def f(n):\n    return n + 1 if n > 0 else 0\n"


def test_a_hole_in_the_checks_is_found(sandbox: Sandbox) -> None:
    report = mutated(exercise(call("f(5)", "6"), solution=SOLUTION), sandbox)
    assert "line 2: n > 0 -> n >= 0" in report.survivors
    assert report.killed < report.total
    assert report.score < 1
    closed = exercise(call("f(5)", "6"), call("f(0)", "0"), call("f(1)", "2"), solution=SOLUTION)
    report = mutated(closed, sandbox)
    assert (report.survivors, report.score) == ((), 1.0)


def test_what_is_the_same_is_excused_with_a_reason(sandbox: Sandbox) -> None:
    task = exercise(
        call("f(5)", "5"),
        call("f(-5)", "0"),
        solution="def f(n):\n    return n if n > 0 else 0\n",
        same=(
            Survivor("line 2: n > 0 -> n >= 0", "0 either way"),
            Survivor("line 9: a -> b", "gone"),
        ),
    )
    report = mutated(task, sandbox)
    assert report.survivors == ("line 2: 0 -> 1",)
    assert report.excused == 1
    assert report.stale == ("line 9: a -> b",)


def test_an_endless_mutant_is_noticed_soon(sandbox: Sandbox) -> None:
    task = exercise(
        call("f(3)", "0"), solution="def f(n):\n    while n:\n        n -= 1\n    return n\n"
    )
    assert mutated(task, sandbox).survivors == ()


def test_the_main_part_counts_where_the_program_is_run(sandbox: Sandbox) -> None:
    solution = "def f():\n    return x\nif __name__ == '__main__':\n    print(1)\n"
    assert mutated(exercise(run(prints="1\n"), solution=solution), sandbox).survivors == (
        "line 2: return x -> return None",
    )
