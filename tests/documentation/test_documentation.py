"""Examples in the manner of the documentation give what plain Python gives, on the same lines."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pyrecipes.model import Limits, Snippet
from tests.documentation.examples import EXAMPLES

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox

CASES = {
    f"{topic}-{number}": code.strip("\n") + "\n"
    for topic, text in EXAMPLES.items()
    for number, code in enumerate(text.split("\n---\n"), 1)
}

# Runs statement by statement as the prompt does; prints what each printed, as JSON.
PROMPT = """
import ast, json, os, sys
source = open('main.py').read()
_out_ = []
_real_ = os.dup(1)
_file_ = os.open('../printed', os.O_RDWR | os.O_CREAT | os.O_APPEND)
os.dup2(_file_, 1)
_at_ = 0
for _node_ in ast.parse(source).body:
    exec(compile(ast.Interactive([_node_]), 'main.py', 'single'))
    sys.stdout.flush()
    _text_ = os.pread(_file_, 1_000_000, _at_)  # a thread may go on printing: that is the next's
    _at_ += len(_text_)
    _out_.append([_node_.lineno, _text_.decode()])
os.dup2(_real_, 1)
print(json.dumps(_out_))
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    """For each example, [line, output] of each top-level statement."""
    running = {}
    given: dict[str, list[list[object]]] = {}

    def finish(name: str) -> None:
        out, err = running.pop(name).communicate(timeout=60)
        assert not err or "usage:" in err, err
        given[name] = json.loads(out)

    for name, code in CASES.items():
        folder = tmp_path_factory.mktemp("plain") / "work"
        folder.mkdir()
        (folder / "main.py").write_text(code)
        running[name] = subprocess.Popen(
            [sys.executable, "-c", PROMPT],
            cwd=folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if len(running) > 3:
            finish(next(iter(running)))
    for name in list(running):
        finish(name)
    return given


def test_there_are_many() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("name", CASES)
def test_an_example_gives_what_the_prompt_gives(
    sandbox: Sandbox, plain: dict[str, list[list[object]]], name: str
) -> None:
    code = CASES[name]
    found = sandbox.run(
        Snippet(code, requires=("numpy",) if "numpy" in code else ()), Limits(wall_s=20)
    )
    assert found.status == "ok", found.events
    nodes = ast.parse(code).body
    given: dict[int, str] = {}
    owner = {}  # a function's lines belong to the statements that call it
    for node in nodes:
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
            owner[line] = node
    assert all(event.line in owner for event in found.events)
    shown = [e for e in found.events if e.kind != "stderr"]
    wanted = "".join(str(text) for _, text in plain[name])
    assert "".join(e.text + "\n" * (e.kind == "value") for e in shown) == wanted
    for event in shown:
        node = owner[event.line or 0]
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            given[node.lineno] = given.get(node.lineno, "") + event.text
            given[node.lineno] += "\n" * (event.kind == "value")
    for line, text in plain[name]:
        if isinstance(line, int) and line in given and name not in CALLS_PRINT:
            assert given[line] == text


CALLS_PRINT = {"packages-1"}  # a value and what a function printed for it on one line
