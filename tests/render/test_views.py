"""Pictures of real runs in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrecipes.model import Limits, Snippet
from pyrecipes.render.views import choose, view
from pyrecipes.render.views.regex import group_spans
from pyrecipes.render.views.watching import MARK, records
from tests.render.screens import Event, ran, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Sandbox, View

REGEX = r"""
import re
m = re.match(r'^(?P<area>\d{3})-(\d{3,8})(x)?$', '010-12345')
m.groups()
re.match(r'\d+-x', '4040 page')
re.findall(r'(\w+)=(\d+)', 'a=1, bb=22, ccc=333')
re.search(r'z+', '中文\tabc')
p = re.compile('a|b', re.IGNORECASE)
p.sub('x', 'cAb')
re.fullmatch(r'\d{2}:\d{2}', '09:30\n')
re.search('[', 'not a pattern')
"""
TREE = """
import glob, os, pathlib
glob.glob('*.txt')
sorted(glob.iglob('**/*.py', recursive=True, root_dir='src'))
sorted(pathlib.Path('src').rglob('c*'))
"""
ARRAY = """
import numpy as np
a = np.array([1, 2, 3])
b = np.expand_dims(a, axis=1)
np.nonzero(np.array([[0, 3], [4, 0]]))
np.arange(24).reshape(2, 3, 4)
np.zeros((100, 100)).sum(axis=0)
"""
THREADS = """
import threading, time
lock = threading.Lock()
def work():
    with lock:
        print('in')
        time.sleep(0.03)
threads = [threading.Thread(target=work, name=f'worker-{n}') for n in range(2)]
for t in threads: t.start()
for t in threads: t.join()
"""
PROCESSES = """
from multiprocessing import get_context
def put(q):
    print('putting')
    q.put(1)
if __name__ == '__main__':
    context = get_context('spawn')
    q = context.Queue()
    p = context.Process(target=put, args=(q,), name='writer')
    p.start()
    print('got', q.get())
    p.join()
"""


def _picture(kind: View, snippet: Snippet, sandbox: Sandbox, **options) -> str:
    picture = view(kind, snippet, sandbox.run(snippet), sandbox.run)
    assert picture is not None
    return shown(picture, **options)


@pytest.mark.parametrize("way", ["80", "ascii", "plain"])
@pytest.mark.parametrize(
    ("kind", "snippet"),
    [
        ("regex", Snippet(REGEX)),
        ("tree", Snippet(TREE, files={"src/a.py": "", "src/in/c.py": "", "z.txt": ""})),
        ("array", Snippet(ARRAY, requires=("numpy",))),
    ],
)
def test_a_picture_is_as_it_was_looked_at(
    kind: View, snippet: Snippet, way: str, sandbox: Sandbox, golden: Callable[[str, str], None]
) -> None:
    options = {"80": {}, "ascii": {"encoding": "ascii"}, "plain": {"plain": True}}[way]
    golden(f"render/view-{kind}-{way}.txt", _picture(kind, snippet, sandbox, **options))


def test_threads_are_lanes_and_wait_for_locks(sandbox: Sandbox) -> None:
    text = _picture("timeline", Snippet(THREADS), sandbox)
    for said in ("MainThread", "starts worker-1", "for lock, then holds it", "gives lock back"):
        assert said in text
    assert "for worker-0" in text


def test_a_spawned_process_is_a_lane(sandbox: Sandbox) -> None:
    text = _picture("timeline", Snippet(PROCESSES), sandbox)
    assert "writer" in text
    assert "putting" in text
    assert "got 1" in text


def test_a_pattern_that_never_ends_does_no_harm(sandbox: Sandbox) -> None:
    snippet = Snippet("import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')\n")

    def quick(snippet: Snippet, limits: Limits):
        return sandbox.run(snippet, Limits(wall_s=0.5))

    assert view("regex", snippet, ran([]), quick) is None


@pytest.mark.parametrize(
    "told",
    [
        "not json",
        "[[[[",
        "7",
        '[{"line": 1}]',
        '[{"line": 1, "how": "match", "pattern": "a", "subject": "a", "names": [""],'
        ' "found": [[[0, 1e9]]]}]',
        '[{"line": 1, "how": "match", "pattern": "a", "subject": "a", "names": [""],'
        ' "found": [[[-5, -9]]]}]',
        '[{"line": 1, "call": "x", "before": [], "after": [{"shape": [2], "items": ["1"],'
        ' "name": "", "dtype": "i"}]}]',
        '[{"line": 1, "kind": "print", "what": "x", "lane": ["a", "b"], "at": NaN}]',
        '[{"line": 1, "call": "x", "entries": [1], "matched": []}]',
    ],
)
def test_a_snippet_that_forges_what_is_told_gets_no_picture(told: str) -> None:
    """What comes out of the sandbox is data that may be anything."""
    forged = ran([Event(1, "stdout", f"\n{MARK}{told}\n")])
    for kind in ("regex", "array", "timeline", "tree"):
        assert view(kind, Snippet("x"), ran([]), lambda *_: forged) is None


def test_what_is_told_last_counts() -> None:
    transcript = ran([Event(1, "stdout", f'{MARK}[{{"a": 1}}]\n{MARK}[{{"a": 2}}]\n')])
    assert records(transcript) == [{"a": 2}]


def test_the_picture_is_chosen_from_the_code_and_the_run() -> None:
    def chosen(code: str, *events: Event, **fields) -> View | None:
        return choose(Snippet(code, **fields), ran(events))

    assert chosen("import re\n") == "regex"
    assert chosen("from glob import glob") == "tree"
    assert chosen("import numpy as np") == "array"
    assert chosen("import sys", args=("x",)) == "command"
    assert chosen("x", Event(1, "stdout", "a"), Event(1, "stdout", "a", "Process-1")) == "timeline"
    assert chosen("1 + 1") is None


def test_groups_are_found_in_a_pattern() -> None:
    pattern = r"(a(?:b)(?P<n>c))\([)(](d)"
    found = [pattern[start:end] for start, end in group_spans(pattern)]
    assert found == ["(a(?:b)(?P<n>c))", "(?P<n>c)", "(d)"]
