"""Commands that go on until they are told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

EVERYTHING = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"

SMALL = """\
lesson: small
title: First
summary: It is.
recipes:
  - id: one
    title: One
    text: Why.
    code: |
      1 + 1
"""


def start(tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pyrecipes", "lessons", *words],
        env={**os.environ, "PYRECIPES_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def read_until(running: subprocess.Popen[str], wanted: str) -> None:
    assert running.stdout
    too_late = Timer(30, running.kill)
    too_late.start()
    seen = ""
    for line in running.stdout:
        seen += line
        if wanted in line:
            too_late.cancel()
            return
    raise AssertionError(seen)


def test_a_preview_follows_the_file(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    with start(tmp_path, "preview", str(path)) as running:
        read_until(running, "small: First")
        read_until(running, "shown again at each save")
        time.sleep(0.5)
        path.write_text(SMALL.replace("First", "Second"))
        read_until(running, "small: Second")
        read_until(running, "shown again at each save")
        path.write_text("lesson: [")
        read_until(running, f"{path}:2:1:")
        read_until(running, "shown again at each save")
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(10) == 0
        assert running.stderr
        assert running.stderr.read() == ""


def test_verify_ends_at_once(tmp_path: Path) -> None:
    names = [chr(ord("a") + number) for number in range(8)]
    source = EVERYTHING.read_text()
    for name in names:
        text = source.replace("lesson: everything", f"lesson: {name}")
        (tmp_path / f"{name}.yaml").write_text(text.replace("#> on two lines", "#> x"))
    with start(tmp_path, "verify", "-j", "2", str(tmp_path)) as running:
        read_until(running, "recorded is 'x'")
        started = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(20) == 130
        assert time.monotonic() - started < 10
        assert running.stderr
        assert running.stderr.read() == ""
