"""The short form of `kill9.py`."""

from __future__ import annotations

import sys

import pytest

from pyrecipes import sandbox

from . import kill9


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("level", ["namespaces", "landlock", "process"])
def test_nothing_is_left_when_pyrecipes_is_killed(level: str) -> None:
    if why := sandbox.why_not(level):
        pytest.skip(why)
    assert kill9.soak(6, level, seed=len(level)) == []
