"""Comparing follows what is meant: pairs of values that are the same, and that are not."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import itertools
import json
import re
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from pyrecipes.checker.compare import Rules, difference, text_difference
from pyrecipes.checker.literal import NotLiteralError, literal
from pyrecipes.checker.shown import show
from pyrecipes.sandbox.inside.plain import encode

if TYPE_CHECKING:
    from collections.abc import Callable


class Point(NamedTuple):
    x: int
    y: int


@dataclasses.dataclass
class Block:
    name: str
    size: int = 1


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Plain:
    def __init__(self, **held: Any) -> None:
        self.__dict__.update(held)


class Made:
    """A value that is used up, made anew for each test."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def plain(value: Any) -> Any:
    """As it comes back from the sandbox."""
    if isinstance(value, Made):
        value = value.make()
    return json.loads(json.dumps(encode(value)))


LOOP: list[Any] = []
LOOP.append(LOOP)

SAME = [
    (1, 1),
    (1.0, 1),
    (0.3, 0.1 + 0.2),
    (float("nan"), float("nan")),
    (float("-inf"), float("-inf")),
    (2**80, 2**80),
    (1 + 2j, 1 + 2j),
    ("a", "a"),
    (b"a", b"a"),
    (None, None),
    ([1, [2.0]], [1, [2]]),
    ({1, 2.0}, {2, 1}),
    ({1, 2}, frozenset({1, 2})),
    ({0.3, 1.0}, {0.1 + 0.2, 1.0}),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({"a": 1}, collections.Counter("a")),
    ({"a": [1]}, collections.defaultdict(list, a=[1])),
    ((1, 2), Point(1, 2)),
    (Point(1, 2), Point(1, 2)),
    (Block("a"), Block("a", 1)),
    (Colour.RED, Colour.RED),
    (Made(lambda: iter([1, 2])), [1, 2]),
    (Made(lambda: (n for n in range(3))), range(3)),
    (Made(lambda: (n for n in range(3))), Made(lambda: (n for n in (0, 1, 2)))),
    (Made(itertools.count), Made(itertools.count)),
    (range(3), range(0, 3, 1)),
    (re.match(r"(a)(?P<b>b)?", "ab"), re.search(r"(a)(?P<b>.)", "ab")),
    (re.compile("a"), re.compile("a")),
    (PurePosixPath("a/b"), PurePosixPath("a") / "b"),
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29)),
    (decimal.Decimal("1.5"), decimal.Decimal("1.5")),
    (SimpleNamespace(a=1), SimpleNamespace(a=1)),
    (Plain(a=1.0), Plain(a=1)),
    (collections.deque([1]), collections.deque([1])),
    ({"a": 1}.keys(), {"a": 2}.keys()),
    (ValueError("a", 1), ValueError("a", 1)),
    (len, len),
    (int, int),
    (json, json),
    (LOOP, LOOP),
    (np.array([[1, 2], [3, 4]]), np.array([[1, 2], [3, 4]], dtype=np.int8)),
    (np.array([0.3]), np.array([0.1 + 0.2])),
    (np.array([1.0]), np.array([1])),
    (np.float64(2), 2.0),
    (2, np.int64(2)),
    (True, np.bool_(True)),
]

DIFFERENT = [
    (1, 2, "yours gives 2, not 1"),
    (1, True, "yours gives True, of type bool: 1, of type int, is wanted"),
    (True, 1, "yours gives 1, of type int: True, of type bool, is wanted"),
    (2, 2.0, "yours gives a float, where an int is wanted"),
    (0.3, 0.31, "yours gives 0.31, not 0.3"),
    (1, "1", "yours gives a str, where an int is wanted"),
    (1, None, "yours gives None: is a `return` missing?"),
    ("abc", "abd", "first difference at character 3: 'c' is wanted, yours has 'd'"),
    ("abc", "Abc", "only capital and small letters differ"),
    ("a b", "a  b", "only spaces and line breaks differ"),
    ("a", "a\n", "only the line breaks at the end differ"),
    ("a\nb", "a\nc", "first difference at line 2, character 1: 'b' is wanted, yours has 'c'"),
    ([1, 2], [1, 3], "item 1: yours gives 3, not 2"),
    ([1, 2], [1], "yours has 1 item, 2 wanted"),
    ([1], (1,), "yours gives a tuple, where a list is wanted"),
    ((1,), [1], "yours gives a list, where a tuple is wanted"),
    ([1, 2], (n for n in (1, 2)), "`list(...)` makes one of it"),
    ({1, 2}, {1, 3}, "yours has 3, but not 2"),
    ({1, 2}, {1}, "yours lacks 2"),
    ({"a": 1}, {"a": 2}, "key 'a': yours gives 2, not 1"),
    ({"a": 1}, {}, "yours lacks the key 'a'"),
    (Point(1, 2), Point(1, 3), "y: yours gives 3, not 2"),
    (Point(1, 2), (1, 2), "yours gives a tuple, where a Point is wanted"),
    (Block("a"), Block("b"), "name: first difference"),
    (Colour.RED, Colour.BLUE, "yours gives Colour.BLUE, not Colour.RED"),
    ((n for n in (1, 2)), [1], "yours has 1 item, 2 wanted"),
    (iter([0]), itertools.repeat(0), "1 wanted"),
    (re.match("a", "ab"), re.match("ab", "ab"), "it matches 'ab', from 0 to 2; 'a', from 0 to 1"),
    (re.match("(a)?", "b"), re.match("()", "b"), "group 1: yours gives a str"),
    (re.compile("a"), re.compile("a", re.IGNORECASE), "yours gives re.compile('a', flags=2)"),
    (np.array([1, 2]), np.array([[1, 2]]), "its shape is (1, 2); (2,) is wanted"),
    (np.array([[1, 2]]), np.array([[1, 3]]), "item [0, 1]: yours gives 3, not 2"),
    (np.array([1]), np.array([1.0]), "its dtype is float64; int64 is wanted"),
    (np.array([1]), [1], "yours gives a list, where a numpy array is wanted"),
    (Plain(a=1), Plain(a=2), "key 'a'"),
    (["x" * 2_000_000], ["x" * 2_000_000], "too large to be compared"),
]


@pytest.mark.parametrize(("want", "got"), SAME)
def test_the_same(want: Any, got: Any) -> None:
    assert difference(plain(want), plain(got)) is None


@pytest.mark.parametrize(("want", "got", "note"), DIFFERENT)
def test_different(want: Any, got: Any, note: str) -> None:
    assert note in (difference(plain(want), plain(got)) or "")


@pytest.mark.parametrize(
    ("want", "got"),
    [
        (1.0, 1),
        ({"a": 1}, collections.Counter("a")),
        ((1, 2), Point(1, 2)),
        ({1}, frozenset({1})),
        (2.0, np.float64(2)),
        (np.array([1]), np.array([1], dtype=np.int8)),
        (iter([1]), [1]),
    ],
)
def test_exact_asks_for_the_very_type(want: Any, got: Any) -> None:
    assert difference(plain(want), plain(got)) is None
    assert difference(plain(want), plain(got), Rules(exact=True)) is not None
    assert difference(plain(want), plain(want), Rules(exact=True)) is None or "iter" in str(want)


def test_a_tolerance_holds_everywhere() -> None:
    rules = Rules(within=0.01)
    assert difference(plain([1.0, {"a": 2.0}]), plain([1.005, {"a": 2}]), rules) is None
    assert difference(plain(np.array([1.0])), plain(np.array([1.009])), rules) is None
    assert difference(plain(1.0), plain(1.02), rules) is not None


class Everything(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__

    def __str__(self) -> str:
        return "lie"

    __repr__ = __str__


def test_what_a_subclass_overrides_does_not_count() -> None:
    assert difference(plain("truth"), plain(Everything("other"))) is not None
    assert difference(plain("truth"), plain(Everything("truth"))) is None
    assert show(plain(Everything("truth"))) == "Everything('truth')"


FORGED = [
    {},
    {"t": 5},
    {"t": "tuple"},
    {"t": "tuple", "items": 5},
    {"t": "dict", "items": [[1]]},
    {"t": "dict", "items": [1]},
    {"t": "int", "hex": "z"},
    {"t": "float", "v": "x"},
    {"t": "array", "shape": "x"},
    {"t": "array", "dtype": "int64", "kind": "i", "shape": [2], "items": []},
    {"t": "match", "spans": [], "groups": []},
    {"t": "sub"},
    {"t": "namedtuple", "fields": 1, "items": []},
    {"t": "iterator", "items": None},
    {"t": "object"},
    {"t": "range", "items": [0, 10**12, 1]},
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
@pytest.mark.parametrize("want", [want for want, _ in SAME], ids=lambda v: type(v).__name__)
def test_forged_data_never_passes_and_never_raises(want: Any, forged: Any) -> None:
    assert difference(plain(want), forged) is not None
    assert isinstance(show(forged), str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1,), "(1,)"),
        ((), "()"),
        (set(), "set()"),
        ({2, 1}, "{1, 2}"),
        (frozenset({1}), "frozenset({1})"),
        (Point(1, 2), "Point(x=1, y=2)"),
        (Block("a"), "Block(name='a', size=1)"),
        ("a\u202eb\u200b", r"'a\u202eb\u200b'"),
        ("\x1b[31m", r"'\x1b[31m'"),
        (float("inf"), "inf"),
        (10**40, str(10**40)),
        (range(3), "range(3)"),
        (np.array([[1, 2], [3, 4]]), "array([[1, 2], [3, 4]])"),
        (np.array([1.5], dtype=np.float32), "array([1.5], dtype=float32)"),
        ((n for n in (1, 2)), "<generator of 1, 2>"),
        (collections.Counter("aa"), "Counter({'a': 2})"),
        (collections.deque([1]), "deque([1])"),
        (Colour.RED, "Colour.RED"),
        (len, "<function len>"),
        (object(), "<object>"),
        (Plain(a=1), "<Plain with a=1>"),
        (re.match("(a)", "a"), "<match 'a' at 0 to 1, 1: 'a'>"),
        (bytearray(b"a"), "bytearray(b'a')"),
        (2 + 1j, "(2+1j)"),
        (ValueError("x"), "ValueError('x')"),
        (datetime.timedelta(1), "datetime.timedelta(days=1)"),
    ],
)
def test_shown_as_python_writes_it(value: Any, text: str) -> None:
    assert show(plain(value)) == text


def test_long_values_are_cut_in_their_middle() -> None:
    shown = show(plain("x" * 50_000))
    assert len(shown) <= 2_000
    assert " ... " in shown


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1",
        "1.5",
        "'a'",
        "b'a'",
        "None",
        "[1, (2,), {3}, {'a': 1j}]",
        "2**70",
        "True",
        "10**20",
    ],
)
def test_literals_are_encoded_as_inside(text: str) -> None:
    try:
        found = literal(text)
    except NotLiteralError:
        assert "**" in text
    else:
        assert found == plain(eval(text))


@pytest.mark.parametrize("text", ["f(1)", "a", "[x for x in y]", "open('x')", "(", ""])
def test_all_else_is_no_literal(text: str) -> None:
    with pytest.raises(NotLiteralError):
        literal(text)


def test_where_two_texts_part() -> None:
    assert text_difference("a\tb", "a b").endswith("a tab is wanted, yours has a space")
    assert "nothing more is wanted" in text_difference("ab", "abc")
