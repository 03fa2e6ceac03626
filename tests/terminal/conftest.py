"""`sit` drives a sitting on the fixture lesson, once through a pipe and once in a terminal."""

from __future__ import annotations

import pytest

from tests.terminal.driving import Piped, Terminal


@pytest.fixture(params=["piped", "terminal"])
def sit(request, tmp_path, sandbox):
    """Starts a sitting; its home is `tmp_path`."""
    open_ones = []

    def start(at=None, **options):
        if request.param == "piped":
            driven = Piped(tmp_path, sandbox, start=at, **options)
        else:
            arguments = ["-m", "tests.terminal.driving", *([at] if at else [])]
            driven = Terminal(arguments, tmp_path, **options)
        open_ones.append(driven)
        return driven

    yield start
    for driven in open_ones:
        driven.close()


@pytest.fixture
def terminal(tmp_path):
    """Starts `pyrecipes` (or `python ARGS` with `module`) in a real terminal."""
    open_ones = []

    def start(*words, module="pyrecipes", **options):
        driven = Terminal(["-m", module, *words], tmp_path, **options)
        open_ones.append(driven)
        return driven

    yield start
    for driven in open_ones:
        driven.close()
