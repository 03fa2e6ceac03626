"""The program as a user starts it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Program = "Callable[..., subprocess.CompletedProcess[str]]"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def program(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `pyrecipes ARGS`; what it printed, as text."""

    def run(
        *args: str, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        environ = {
            **{key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"},
            "PYRECIPES_HOME": str(home),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            **(env or {}),
        }
        return subprocess.run(
            [sys.executable, "-m", "pyrecipes", *args],
            input=stdin,
            capture_output=True,
            text=True,
            env=environ,
            timeout=60,
            check=False,
        )

    return run
