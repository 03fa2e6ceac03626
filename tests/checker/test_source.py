"""`uses` and `avoids` see what is used, by whatever name."""

from __future__ import annotations

import pytest

from pyrecipes.checker import source
from pyrecipes.model import MAIN, Check, Place

PLACE = Place("lessons/made.yaml")

USED = [
    ("re.compile", "import re\nre.compile('a')", 2),
    ("re.compile", "import re as r\nr.compile('a')", 2),
    ("re.compile", "from re import compile\ncompile('a')", 2),
    ("re.compile", "from re import compile as c\nc('a')", 2),
    ("re.compile", "from re import *\ncompile_ = 1\ncompile\nmatch", None),
    ("re.match", "from re import *\nmatch('a', 'a')", 2),
    ("re.compile", "import re\nc = re.compile\nc('a')", 2),
    ("re.compile", "import re\ngetattr(re, 'compile')('a')", 2),
    ("re.compile", "__import__('re').compile('a')", 1),
    ("re.compile", "import importlib\nimportlib.import_module('re').compile('a')", 2),
    ("re", "import re\nre.compile('a')", 2),
    ("datetime.datetime.now", "from datetime import datetime as d\nd.now()", 2),
    ("os.path.join", "from os import path\npath.join('a')", 2),
    ("os.path.join", "import os.path\nos.path.join('a')", 2),
    ("collections.Counter", "from collections import Counter\nCounter('a')", 2),
    ("eval", "eval('1')", 1),
    ("eval", "import builtins\nbuiltins.eval('1')", 2),
    ("eval", "import builtins\ngetattr(builtins, 'eval')('1')", 2),
    ("eval", "f = eval\nf('1')", 1),
    ("eval", "__builtins__.__dict__['eval']('1')", 1),
    ("eval", "# eval('1')\n'eval(1)'", None),
    ("eval", "def eval(s): return s\neval('1')", None),
    ("re.compile", "import re\nother = 1\nother.compile", None),
    ("re.compile", "compile('1', '', 'eval')", None),
    (".finditer", "import re\nfor m in re.compile('a').finditer('b'): pass", 2),
    (".finditer", "import re\ngetattr(re, 'finditer')('a', 'b')", 2),
    (".finditer", "finditer = 1", None),
    ("for", "x = [a for a in 'b']", None),
    ("for", "\nfor a in 'b': pass", 2),
    ("while", "while False: pass", 1),
    ("try", "try: pass\nfinally: pass", 1),
    ("with", "with open('a') as f: pass", 1),
    ("lambda", "f = lambda: 1", 1),
    ("yield", "def f():\n    yield from ()", 2),
    ("global", "def f():\n    global a", 2),
]


@pytest.mark.parametrize(("name", "text", "line"), USED)
def test_the_line_where_a_name_is_used(name: str, text: str, line: int | None) -> None:
    uses = source.judge(Check("uses", PLACE, name=name), {MAIN: text})
    avoids = source.judge(Check("avoids", PLACE, name=name), {MAIN: text})
    assert uses.passed == (line is not None)
    assert avoids.passed == (line is None)
    if line is not None:
        assert uses.line == line


def test_an_import_alone_is_no_use_but_is_not_avoiding_either() -> None:
    text = {MAIN: "from re import compile"}
    assert not source.judge(Check("uses", PLACE, name="re.compile"), text).passed
    assert not source.judge(Check("avoids", PLACE, name="re"), text).passed


def test_what_is_said_names_the_line_and_the_file() -> None:
    found = source.judge(
        Check("avoids", PLACE, name="eval"), {MAIN: "", "other.py": "a = 1\neval('a')"}
    )
    assert found.note == "line 2 of other.py uses `eval`, which this task is to be done without"


@pytest.mark.parametrize(
    ("text", "note", "line"),
    [
        ("def f(:\n    pass", "line 1: ", 1),
        ("a = 1\nb = (\n", "line 2: '(' was never closed", 2),
        ("def f():\nreturn 1", "line 2: expected an indented block", 2),
        ("x = '\0'", "", None),
        ("(" * 5_000, "", None),
    ],
)
def test_what_is_no_python(text: str, note: str, line: int | None) -> None:
    fault = source.syntax_fault({MAIN: text})
    assert fault is not None
    assert note in fault.note
    assert line is None or fault.line == line


def test_other_files_are_no_python() -> None:
    assert source.syntax_fault({MAIN: "", "data.txt": "def f(:"}) is None


def test_code_lines_are_those_that_hold_code() -> None:
    assert source.code_lines({MAIN: "# a\n\ndef f():\n    # b\n    return 1\n"}) == 2
