"""`pytest --pyrecipes`: lessons as test items, and nothing for those who don't ask."""

# ruff: noqa: E501

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EVERYTHING = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"

SMALL = """\
lesson: small
title: Small
summary: It is.
recipes:
  - id: one
    title: One
    text: Why.
    code: |
      1 + 1
      #> 3
  - id: two
    title: Two
    text: TODO
    code: |
      2 + 2
      #> 4
"""


def pytest(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_each_snippet_and_exercise_is_an_item(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "small.yaml").write_text(SMALL)
    (folder / "broken.yaml").write_text("lesson: broken\n")
    (tmp_path / "test_other.py").write_text("def test_other(): assert False")
    done = pytest(tmp_path, "--pyrecipes", "lessons", "-q", "-W", "error")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert (
        "lessons/small.yaml:9:7: recipes[0].code: gives '2', recorded is '3'; `pyrecipes lessons record` writes what it gives"
        in lines
    )
    assert "lessons/small.yaml:13:11: recipes[1].text: is still to be written: TODO" in lines
    assert "lessons/broken.yaml:1:1: the key `title` is missing. The lesson's title." in lines
    assert any(
        line.startswith("FAILED lessons/small.yaml::one - lessons/small.yaml:9:7:")
        for line in lines
    )
    assert "Traceback" not in done.stdout
    assert "test_other" not in done.stdout
    done = pytest(tmp_path, "--pyrecipes", "lessons/small.yaml", "-q", "-k", "two")
    assert (done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]) == (
        0,
        "1 passed, 2 deselected",
    )
    done = pytest(tmp_path, "--pyrecipes", "lessons/small.yaml", "test_other.py", "-q")
    assert "test_other.py::test_other" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("3 failed, 1 passed")


def test_under_xdist(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL.replace("#> 3", "#> 2").replace("TODO", "Why."))
    done = pytest(tmp_path, "--pyrecipes", ".", "-q", "-n", "2")
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_a_path_without_lessons_is_one_line(tmp_path: Path) -> None:
    done = pytest(tmp_path, "--pyrecipes", "nowhere")
    assert done.returncode == 4
    assert "ERROR: nowhere: there is no such file or folder" in done.stderr.splitlines()


def test_it_costs_nothing_when_not_asked_for() -> None:
    code = (
        "import sys, typing; before = set(sys.modules); import pyrecipes.pytest_plugin; "
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-Ic", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__future__", "pyrecipes", "pyrecipes.pytest_plugin"]
