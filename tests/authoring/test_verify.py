"""Lessons held to what they say: each way of falling short, and the reports of it."""

# ruff: noqa: E501

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes.authoring import formats, workers
from pyrecipes.authoring.coverage import names_used
from pyrecipes.authoring.passed import Passed
from pyrecipes.authoring.verify import Report, Step, verify

if TYPE_CHECKING:
    from pyrecipes.model import Fault, Sandbox

EVERYTHING = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"
SOURCE = EVERYTHING.read_text()

SMALL = """\
lesson: small
title: Small
summary: It is.
modules: [glob]
recipes:
  - id: one
    title: One
    text: Why.
    code: |
      from glob import glob, iglob
      1 + 1
      #> 2
"""


class Kept:
    """The tests' sandbox, which outlives a verify."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.isolation = sandbox.isolation
        self.run = sandbox.run

    def close(self) -> None:
        """It is the tests' own."""


def held(sandbox: Sandbox, *paths: Path, **options) -> Report:
    return verify(paths, lambda: Kept(sandbox), 1, **options)


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    assert SOURCE.count(old) == 1, SOURCE.count(old)
    path = tmp_path / "everything.yaml"
    path.write_text(SOURCE.replace(old, new))
    return path


def told(report: Report) -> list[str]:
    return [f"{fault.where}: {fault.what}" for fault in report.faults]


def test_a_good_lesson_holds(sandbox: Sandbox) -> None:
    steps: list[Step] = []
    report = held(sandbox, EVERYTHING, heard=steps.append)
    assert report.passed, told(report)
    assert (report.lessons, report.snippets, report.exercises, report.mistakes) == (1, 2, 7, 7)
    assert report.uncovered == {"everything": ("shlex.shlex",)}
    assert [step.name for step in steps][:3] == [
        "everything/split",
        "everything/count",
        "everything/script",
    ]
    assert steps[-1].done == steps[-1].total == len(steps) == 9
    assert report.runs < report.asked


RECORD = "`pyrecipes lessons record` writes what it gives"
EXERCISE = "recipes[0].exercises[0]"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("#> on two lines", "#> on 2 lines", f"recipes[0].code: gives 'on two lines', recorded is 'on 2 lines'; {RECORD}"),
        ("      #> on two lines\n", "", f"recipes[0].code: gives 'on two lines', and nothing is recorded; {RECORD}"),
        ("      print('a\\n\\nb')\n", "      x = 1\n", f"recipes[0].code: gives nothing, and 'a' and 2 lines more is recorded; {RECORD}"),
        ("      object()\n      #>~ <object object at 0x...>\n", "      print('x' * 2_000_000)\n", "recipes[0].code: prints more than 1000000 bytes"),
        ("return len(shlex.split(line))", "return len(shlex.split(line)) + 1", "recipes[0].exercises[0].solution: does not pass: count(line); wanted 2, got 3"),
        ("          def count(line):\n              ...", "          def count(line):\n              return len(shlex.split(line))", f"{EXERCISE}.starter: passes as it is; it must leave something to do"),
        ("                  return len(line)\n", "                  return len(shlex.split(line))\n", f"{EXERCISE}.mistakes[0].code: passes; a mistake must fail"),
        ("return len(line.split())", "return len(line)  # again", f"{EXERCISE}.mistakes[1].code: does just what mistakes[0] does, so it draws that one's feedback; add a check that tells them apart"),
        ("          - Ask for the length of what it gives.", "          - \"import shlex def count(line): return len(shlex.split(line))\"", f"{EXERCISE}.hints[2]: holds the solution; leave something to find"),
        ("          print(quote('b c'))\n", "          x = 1\n", "recipes[1].exercises[0].code: gives nothing that could be predicted"),
        ("          print(quote('b c'))\n", "          import time\n          print(time.time_ns())\n", "recipes[1].exercises[0].code: gives something else each time; nobody can predict it"),
        ("- code: b c", "- code: \"'b c'\"", "recipes[1].exercises[0].mistakes[0].code: passes; a mistake must fail"),
        ("summary: One of each, so that nothing is left untried.", "summary: TODO", "summary: is still to be written: TODO"),
        ("title: Fill the gap", "titel: Fill the gap", "recipes[0].exercises[2]: there is no key 'titel'; did you mean 'title'?"),
    ],
)  # fmt: skip
def test_each_way_of_falling_short(
    tmp_path: Path, sandbox: Sandbox, old: str, new: str, wanted: str
) -> None:
    report = held(sandbox, spoilt(tmp_path, old, new))
    assert not report.passed
    assert any(line.startswith(wanted) for line in told(report)), told(report)


def test_a_fault_points_at_its_line(tmp_path: Path, sandbox: Sandbox) -> None:
    path = spoilt(tmp_path, "#> on two lines", "#> on 2 lines")
    (fault,) = held(sandbox, path).faults
    line = path.read_text().splitlines()[fault.place.line - 1]
    assert (line, fault.place.column) == ("      )", 7)
    path = spoilt(tmp_path, "return len(line.split())", "return len(line)  # again")
    (fault,) = held(sandbox, path).faults
    line = path.read_text().splitlines()[fault.place.line - 1]
    assert line == "          - code: |"


def test_it_goes_on_after_faults_and_tells_them_as_it_goes(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("lesson: [\n")
    other = tmp_path / "more" / "everything.yaml"
    other.parent.mkdir()
    other.write_text(
        SOURCE.replace("#> on two lines", "#> x").replace("- code: b c", "- code: \"'b c'\"")
    )
    heard: list[Fault] = []
    report = held(sandbox, broken, EVERYTHING, other, heard=lambda step: heard.extend(step.faults))
    assert len(report.faults) == len(heard) == 4
    assert set(heard) == set(report.faults)
    assert [fault.place.file for fault in report.faults[:1]] == [str(broken)]
    assert f"'everything' is also the id of {EVERYTHING}" in {fault.what for fault in report.faults}
    assert report.lessons == 2


def test_only_what_changed_is_run_again(tmp_path: Path, sandbox: Sandbox) -> None:
    path, file = tmp_path / "small.yaml", tmp_path / "kept" / "verified.json"
    path.write_text(SMALL)
    assert held(sandbox, path, passed=Passed(file)).runs > 0
    again = held(sandbox, path, passed=Passed(file))
    assert (again.passed, again.runs, again.unchanged) == (True, 0, ("small",))
    assert "glob.escape" in again.uncovered["small"]  # and others, in a later Python
    assert held(sandbox, path, passed=Passed(file, forget=True)).runs > 0
    path.write_text(SMALL.replace("#> 2", "#> 3"))
    assert not held(sandbox, path, passed=Passed(file)).passed
    assert not held(sandbox, path, passed=Passed(file)).passed
    path.write_text(SMALL)
    file.write_text("no JSON")
    assert held(sandbox, path, passed=Passed(file)).runs > 0


def test_workers_that_are_processes_find_the_same(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 1)
    path = spoilt(tmp_path, "#> on two lines", "#> x")
    apart = verify([path], lambda: pytest.fail("not here"), 2, level=sandbox.isolation)
    here = held(sandbox, path)
    assert told(apart) == told(here)
    assert (apart.uncovered, apart.runs) == (here.uncovered, pytest.approx(here.runs, abs=3))


def test_a_report_as_text_github_and_data(tmp_path: Path, sandbox: Sandbox) -> None:
    path = spoilt(tmp_path, "#> on two lines", "#> 100%")
    report = held(sandbox, path)
    (fault,) = report.faults
    line = fault.place.line
    assert formats.fault_line(fault).startswith(f"{path}:{line}:7: recipes[0].code: gives 'on two")
    assert formats.fault_line(fault, "github").startswith(
        f"::error file={path},line={line},col=7::recipes[0].code: gives 'on two lines', recorded is '100%25'"
    )
    assert next(formats.summary(report)) == "everything: no recipe uses shlex.shlex"
    assert list(formats.summary(report))[1].startswith(
        "1 lesson, 2 snippets, 7 exercises, 7 known mistakes: 1 fault; "
    )
    data = json.loads(json.dumps(formats.as_data(report)))
    assert data["passed"] is False
    assert (data["lessons"], data["snippets"], data["exercises"], data["mistakes"]) == (1, 2, 7, 7)
    assert data["faults"][0]["line"] == line
    assert data["uncovered"] == {"everything": ["shlex.shlex"]}


def test_names_used() -> None:
    code = "import os.path, re as r\nfrom json import loads as l, dumps\nr.sub; os.path.join(1).x; dumps\n"
    used = {"json.loads", "json.dumps", "re.sub", "os.path", "os.path.join"}
    assert names_used(code) == used
    assert names_used("def") == set()


def cli(tmp_path: Path, *words: str, **options) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYRECIPES_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "pyrecipes", "lessons", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, **options)


def test_the_command_line(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "#> on two lines", "#> x")
    done = cli(tmp_path, "verify", str(path), "-j", "1")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].startswith(f"{path}:")
    done = cli(tmp_path, "verify", str(path), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["passed"] is False
    done = cli(tmp_path, "record", str(path))
    assert (done.returncode, done.stdout) == (0, f"{path}: recorded split\n")
    assert path.read_text() == SOURCE
    done = cli(tmp_path, "list", str(tmp_path))
    assert (
        done.stdout == f"{path}: All that a lesson can say (2 recipes, 6 exercises, 6 mistakes)\n"
    )
    done = cli(tmp_path, "preview", "--once", str(path))
    assert done.returncode == 0
    assert "All that a lesson can say" in done.stdout
    assert "ValueError: No closing quotation" in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["verify", "nowhere"], 2, "pyrecipes: nowhere: there is no such file or folder"),
        (["verify", "."], 2, "pyrecipes: . holds no lessons; `pyrecipes lessons new` makes one"),
        (["preview", "nowhere"], 2, "pyrecipes: nowhere: there is no such file"),
        (["new", "No Id"], 2, "pyrecipes: 'No Id' is no lesson id; one is like `re`: small letters, digits and hyphens, a letter first"),
    ],
)  # fmt: skip
def test_what_is_not_there(tmp_path: Path, words: list[str], status: int, said: str) -> None:
    done = cli(tmp_path, *words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (status, said + "\n")
