"""The authors' documents: the tutorial followed word for word, the reference held to the reader."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from pyrecipes import loader
from pyrecipes.authoring.json_schema import json_schema
from pyrecipes.authoring.reference import reference
from pyrecipes.authoring.scaffold import new
from pyrecipes.errors import LessonError, PyrecipesError

ROOT = Path(__file__).parent.parent.parent
EVERYTHING = ROOT / "tests" / "fixtures" / "lessons" / "everything.yaml"
LESSONS = sorted((ROOT / "lessons").glob("*.yaml"))
BLOCK = re.compile(r"(?:<!-- (file|part of): (\S+) -->\n)?```(yaml|console)\n(.*?)```\n", re.DOTALL)


def test_the_reference_is_the_reader_s() -> None:
    written = (ROOT / "docs" / "lesson-format.md").read_text(encoding="utf-8")
    assert written == reference(EVERYTHING.read_text(encoding="utf-8"))


def test_the_tutorial_word_for_word(tmp_path: Path) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, module in (("pyrecipes", "pyrecipes"), ("pytest", "pytest -p no:cacheprovider")):
        (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (bin_ / name).chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "PYRECIPES_HOME": str(tmp_path / "home"),
        "NO_COLOR": "1",
    }
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"):
        env.pop(name, None)
    folder = tmp_path / "my-lessons"
    folder.mkdir()
    text = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert len(blocks) == text.count("```") / 2
    for what, name, kind, body in blocks:
        if what == "file":
            (folder / name).write_text(body)
        elif what == "part of":
            assert body in (folder / name).read_text()
        elif kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, wanted = part.partition("\n")
                done = subprocess.run(
                    command,
                    shell=True,
                    cwd=folder,
                    env=env,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                pattern = re.escape(wanted).replace(re.escape("..."), ".*")
                assert re.fullmatch(pattern, done.stdout, re.DOTALL), (command, done)


@pytest.mark.parametrize("path", [EVERYTHING, *LESSONS], ids=lambda path: path.stem)
def test_the_schema_takes_what_the_loader_takes(path: Path) -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary: One", "summry: One"),
        ("id: split", "id: Split"),
        ("kind: choice", "kind: chioce"),
        ("kind: choice", "kind: write"),
        ("view: command", "view: pretty"),
        ("args: [-v, 7]", "args: -v"),
        ("exact: true", "exact: maybe"),
        ("raises: ValueError", "raises: ValueError\n            exit: 1"),
        ("raises: ValueError", "raises: ValueError\n            gives: 1"),
        ("uses: shlex.split", "uses: shlex.split\n            avoids: eval"),
        ("          - run: {}\n            prints: a b", "          - run: {}"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(tmp_path: Path, old: str, new: str) -> None:
    text = EVERYTHING.read_text()
    assert text.count(old) == 1
    path = tmp_path / "everything.yaml"
    path.write_text(text.replace(old, new))
    with pytest.raises(LessonError):
        loader.load(path)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(path.read_text()), json_schema())


def test_the_schema_is_json() -> None:
    assert json.loads(json.dumps(json_schema()))["title"] == "A lesson of pyrecipes"


def test_new_goes_where_lessons_are(tmp_path: Path) -> None:
    assert new("a", None, tmp_path) == tmp_path / "a.yaml"
    (tmp_path / "lessons").mkdir()
    path = new("a", None, tmp_path)
    assert path == tmp_path / "lessons" / "a.yaml"
    assert loader.load(path).exercises[0].id == "count-words"
    assert new("b", tmp_path / "c" / "d", tmp_path).exists()
    with pytest.raises(PyrecipesError, match="is there already"):
        new("a", None, tmp_path)
