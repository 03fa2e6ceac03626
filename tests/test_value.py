"""Frozen values."""

from __future__ import annotations

import pytest

from pyrecipes.value import replace, value


@value
class Point:
    x: int
    y: int = 2


def test_fields_come_in_order_with_defaults() -> None:
    point = Point(1)
    assert (point.x, point.y) == (1, 2)
    assert point == Point(x=1, y=2)
    assert hash(point) == hash(Point(1, 2))
    assert repr(point) == "Point(x=1, y=2)"


def test_it_can_not_be_changed() -> None:
    with pytest.raises(AttributeError, match=r"Point\.x can't be changed"):
        Point(1).x = 3  # type: ignore[misc]


def test_replace_makes_a_changed_copy() -> None:
    assert replace(Point(1), y=5) == Point(1, 5)
    with pytest.raises(TypeError):
        replace(Point(1), z=5)


def test_values_match_by_position() -> None:
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)
