"""Sessions: state from input to input, Ctrl-C, limits, completion, the end."""

from __future__ import annotations

import random
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from pyrecipes.model import Limits, Snippet
from pyrecipes.sandbox import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import LiveSession, Sandbox, Transcript


@pytest.fixture(scope="module", params=["process", "strongest"])
def level(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with open_sandbox("process" if request.param == "process" else None) as opened:
        yield opened


@pytest.fixture
def live(level: Sandbox) -> Iterator[LiveSession]:
    with level.session() as session:
        yield session


def told(found: Transcript) -> list[tuple[int | None, str, str]]:
    return [(event.line, event.kind, event.text) for event in found.events]


def test_names_stay_from_input_to_input(live: LiveSession) -> None:
    assert told(live.run("x = 20\nx + 1")) == [(2, "value", "21")]
    assert told(live.run("_ * 2")) == [(1, "value", "42")]
    assert told(live.run("'a string'")) == [(1, "value", "'a string'")]
    assert told(live.run("def f(n):\n    print(n)\n    return n\n")) == []
    assert told(live.run("\nf(x)")) == [(2, "stdout", "20\n"), (2, "value", "20")]


def test_each_input_has_its_own_errors_and_the_session_goes_on(live: LiveSession) -> None:
    live.run("def f():\n    return 1 / 0\n")
    found = live.run("\nf()")
    assert found.status == "error"
    assert told(found) == [(2, "error", "ZeroDivisionError: division by zero")]
    frames = found.events[0].frames
    assert [(frame.function, frame.line, frame.source) for frame in frames] == [
        ("<module>", 2, "f()"),
        ("f", 2, "    return 1 / 0"),
    ]
    assert told(live.run("x ===")) == [(1, "error", "SyntaxError: invalid syntax")]
    assert live.run("import sys; 'on'").status == "ok"
    assert live.alive


def test_a_future_import_holds_for_the_inputs_after_it(live: LiveSession) -> None:
    live.run("from __future__ import annotations")
    found = live.run("def f(x: unknown): pass\nf.__annotations__")
    assert told(found) == [(2, "value", "{'x': 'unknown'}")]


def test_raw_output_belongs_to_its_input(live: LiveSession) -> None:
    found = live.run("import os\nn = os.write(1, b'raw\\n')\nprint('after')")
    assert told(found) == [(2, "stdout", "raw\n"), (3, "stdout", "after\n")]
    assert told(live.run("print(2)")) == [(1, "stdout", "2\n")]


def test_a_snippet_is_run_first(level: Sandbox) -> None:
    snippet = Snippet("import helper\nx = helper.y\n1 / 0", files={"helper.py": "y = 7\n"})
    with level.session(snippet) as live:
        assert told(live.run("x")) == [(1, "value", "7")]


def test_exit_ends_the_session(live: LiveSession) -> None:
    found = live.run("print('bye')\nexit(3)")
    assert found.exit_code == 3
    assert told(found) == [(1, "stdout", "bye\n")]
    assert not live.alive
    assert live.run("1").status == "killed"
    assert live.complete("pri") == []
    live.interrupt()


def test_a_crash_ends_the_session(live: LiveSession) -> None:
    found = live.run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert found.status == "killed"
    assert not live.alive


@pytest.mark.parametrize(
    ("source", "limits", "status"),
    [
        ("while True:\n    pass", Limits(wall_s=0.2), "timeout"),
        ("import time\ntime.sleep(30)", Limits(wall_s=0.2), "timeout"),
        ("while True:\n    print('x' * 50)", Limits(output_bytes=2000), "output"),
    ],
)
def test_a_runaway_input_is_stopped_and_names_stay(
    live: LiveSession, source: str, limits: Limits, status: str
) -> None:
    live.run("kept = 1")
    found = live.run(source, limits)
    assert found.status == status
    assert found.stopped_at in (1, 2)
    assert found.error is None
    assert told(live.run("kept")) == [(1, "value", "1")]


def test_an_input_that_ignores_interrupts_ends_the_session(live: LiveSession) -> None:
    begin = time.monotonic()
    code = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    found = live.run(code, Limits(wall_s=0.2))
    assert found.status == "timeout"
    assert time.monotonic() - begin < 3
    assert not live.alive


def test_ctrl_c_ends_the_input_that_runs(live: LiveSession) -> None:
    threading.Timer(0.2, live.interrupt).start()
    found = live.run("import time\ntime.sleep(30)")
    assert told(found) == [(2, "error", "KeyboardInterrupt")]
    assert told(live.run("5")) == [(1, "value", "5")]
    live.interrupt()  # with nothing running it is nothing
    assert told(live.run("6")) == [(1, "value", "6")]


def test_an_interrupt_is_never_lost_and_never_hits_the_next_input(live: LiveSession) -> None:
    """Interrupts at random moments around the end of an input."""
    dice = random.Random(7)
    live.run("import time")
    stopped = 0
    for _ in range(40):
        delay = dice.uniform(0, 0.006)
        timer = threading.Timer(delay, live.interrupt)
        timer.start()
        found = live.run(f"time.sleep({dice.uniform(0, 0.005)})")
        timer.join()
        stopped += told(found) == [(1, "error", "KeyboardInterrupt")]
        assert told(found) in ([], [(1, "error", "KeyboardInterrupt")])
        assert told(live.run("1 + 1")) == [(1, "value", "2")]
    for _ in range(5):
        timer = threading.Timer(dice.uniform(0.1, 0.2), live.interrupt)
        timer.start()
        assert told(live.run("time.sleep(20)")) == [(1, "error", "KeyboardInterrupt")]
    assert live.alive


def test_an_interrupt_that_the_input_catches_can_be_given_again(live: LiveSession) -> None:
    timers = [threading.Timer(0.5 * n, live.interrupt) for n in (1, 2)]
    for timer in timers:
        timer.start()
    code = (
        "import time\n"
        "for i in range(2):\n"
        "    try:\n        time.sleep(30)\n"
        "    except KeyboardInterrupt:\n        print('caught', i)\n"
    )
    assert live.run(code).stdout == "caught 0\ncaught 1\n"


def test_output_of_a_thread_between_inputs_is_not_lost(live: LiveSession) -> None:
    live.run("import threading\nt = threading.Timer(.1, print, ['late'])\nt.start()")
    time.sleep(0.3)
    assert live.run("t.join()").stdout == "late\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("re.findal", ["re.findall"]),
        ("print(re.findal", ["re.findall"]),
        ("impor", ["import"]),
        ("thing.na", ["thing.name"]),
        ("thing.inner.val", ["thing.inner.value"]),
        ("thing.trap.x", []),
        ("Thing.met", ["Thing.method"]),
        ("thing._priv", ["thing._private"]),
        ("slotted.so", ["slotted.sole"]),
        ("nothing_here.x", []),
        ("thing..", []),
        ("count", ["counter"]),
        ("counter.mos", ["counter.most_common"]),
    ],
)
def test_completion(live: LiveSession, text: str, wanted: list[str]) -> None:
    live.run(
        "import re, collections\ncounter = collections.Counter()\n"
        "class Inner: value = 1\n"
        "class Slotted:\n    __slots__ = ('sole',)\n"
        "slotted = Slotted()\n"
        "class Thing:\n    inner = Inner()\n    def method(self): pass\n"
        "    def __init__(self): self.name = 1; self._private = 2\n"
        "    @property\n    def trap(self): print('ran'); raise SystemExit\n"
        "    def __getattr__(self, name): print('ran'); raise SystemExit\n"
        "    def __dir__(self): print('ran'); raise SystemExit\n"
        "thing = Thing()\n"
    )
    found = live.complete(text)
    assert found == wanted
    assert live.alive
    assert told(live.run("0")) == [(1, "value", "0")]  # and nothing was run for it


def test_completion_of_nothing_gives_the_own_names(live: LiveSession) -> None:
    live.run("mine = 1")
    assert "mine" in live.complete("")


def test_sessions_do_not_meet(level: Sandbox) -> None:
    with level.session() as one, level.session() as two:
        one.run("x = 1")
        found: Any = two.run("x").error
        assert found.text == "NameError: name 'x' is not defined"
        assert told(one.run("x")) == [(1, "value", "1")]
