"""Strategies are read from a lesson's text; nothing else in it is run on the host."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from pyrecipes.checker.inputs import inputs, source_of, values_of
from pyrecipes.checker.shrink import Language, smaller
from pyrecipes.checker.strategies import StrategyError, strategy

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [
    "integers()",
    "integers(min_value=-5, max_value=2**31 - 1)",
    "st.lists(st.integers(), min_size=1, max_size=5)",
    "text(alphabet=string.ascii_lowercase + '-')",
    "from_regex(r'[0-9]{3}', fullmatch=True)",
    "sampled_from(['a', 'b']) | none()",
    "dictionaries(text(max_size=3), floats(allow_nan=False))",
    "tuples(*[integers(0, 255)] * 4)",
    "lists(sampled_from('ab')).map(''.join)",
    "text().filter(str.isalpha)",
    "lists(integers()).map(sorted).map(tuple)",
    "dates(min_value=date(2000, 1, 1))",
    "timedeltas(max_value=timedelta(days=1))",
    "one_of(booleans(), just(3), binary(max_size=4))",
]
BAD = [
    "__import__('os').system('true')",
    "open('/etc/passwd')",
    "integers().__class__",
    "builds(print)",
    "lists(integers()).map(eval)",
    "integers().map(lambda n: n)",
    "[x for x in range(3)]",
    "text(min_size=10_000_000)",
    "lists(integers(), **{'max_size': 3})",
    "integers(max_value=9**9999999)",
    "sampled_from('a' * 10**10)",
    "text().filter(str.format)",
    "text().filter(str.__init__)",
    "'a'.join",
    "integers",
    "5",
    "integers(",
    "integers(max_value='a')",
    "st.register_type_strategy",
    "datetime",
    "",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_strategy(text: str) -> None:
    assert strategy(text) is not None


@pytest.mark.parametrize("text", BAD)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(StrategyError):
        strategy(text)


@pytest.mark.parametrize(
    "value",
    [
        1,
        -0.5,
        "a'\n\u202e",
        b"\0",
        None,
        True,
        [1, (2,), ()],
        {"a": {1}},
        frozenset({2}),
        set(),
        1 + 2j,
        datetime.date(2020, 1, 1),
        datetime.datetime(2020, 1, 1, 5),
        datetime.timedelta(days=1),
        Decimal("1.50"),
        Fraction(1, 3),
        float("inf"),
        [float("-inf")],
    ],
)
def test_a_value_as_source(value: Any) -> None:
    again = eval(source_of(value))
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    ("text", "within", "without"),
    [
        ("integers(2, 5)", [2, 5], [1, 6, "a", 2.0]),
        ("floats(min_value=0)", [0.0, 1.5], [-1.0, 1]),
        ("text(max_size=2)", ["", "ab"], ["abc"]),
        ("text('ab', min_size=1)", ["a"], ["", "c"]),
        ("lists(integers(0), max_size=2, unique=True)", [[], [0, 1]], [[0, 0], [-1], [1, 2, 3]]),
        ("from_regex(r'[0-9]{3}-[0-9]+', fullmatch=True)", ["000-0"], ["000-", "x000-0"]),
        ("sampled_from(['a', 'b'])", ["a"], ["c"]),
        ("integers(0, 1) | none()", [0], [2]),
        ("tuples(integers(0), text())", [(0, "")], [(0,), (0, 0)]),
        ("integers().filter(bool)", [1], [0]),
        ("dictionaries(text(), integers(0))", [{"a": 0}], [{"a": -1}]),
        ("integers().map(str)", [], ["0", 0]),
        ("binary(max_size=1)", [b"a"], [b"ab"]),
    ],
)
def test_what_a_strategy_could_have_made(text: str, within: list[Any], without: list[Any]) -> None:
    language = Language(text)
    assert all(language.holds(value) for value in within)
    assert not any(language.holds(value) for value in without)


@pytest.mark.parametrize(
    "value", [5, -3, 2.5, "abc", b"ab", [1, [2]], (1,), {1, 2}, {"a": 1}, True]
)
def test_smaller_values_are_of_the_same_type(value: Any) -> None:
    found = list(smaller(value))
    assert found
    assert {type(one) for one in found} == {type(value)}


def test_inputs_are_kept_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRECIPES_HOME", str(tmp_path))
    made = inputs({"s": "text(max_size=4)", "n": "integers(0, 9)"})
    assert len(made) > 30
    assert all(values_of(one).keys() == {"s", "n"} for one in made)
    (kept,) = (tmp_path / "cache" / "inputs").iterdir()
    assert inputs({"s": "text(max_size=4)", "n": "integers(0, 9)"}) == made
    for broken in ("", "{}", "[]", "[1]", "[" * 100_000):
        kept.write_text(broken)
        assert inputs({"s": "text(max_size=4)", "n": "integers(0, 9)"}) == made


def test_kept_inputs_need_no_hypothesis(tmp_path: Path) -> None:
    code = (
        "import sys; from pyrecipes.checker.inputs import inputs; "
        "print(len(inputs({'n': 'integers()'})), 'hypothesis' in sys.modules)"
    )
    env = {"PYRECIPES_HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    outs = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    assert [out.stdout.split()[1] for out in outs] == ["True", "False"], outs
    assert outs[0].stdout.split()[0] == outs[1].stdout.split()[0]
