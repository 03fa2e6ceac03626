"""The sitting's screens as golden text. PYRECIPES_GOLDEN=write writes them, to be looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.terminal.driving import Piped

GOLDEN = Path(__file__).parent / "golden"

LOOKS = {
    "80x24": {"columns": 80, "rows": 24},
    "120x40": {"columns": 120, "rows": 40},
    "40x20": {"columns": 40, "rows": 20},
    "no-colour": {"columns": 80, "rows": 24, "env": {"NO_COLOR": "1"}},
    "ascii": {"columns": 80, "rows": 24, "encoding": "ascii"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_screens_of_a_sitting(look, tmp_path, sandbox, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    at = Piped(tmp_path, sandbox, **LOOKS[look])
    try:
        at.wait_for("Enter run")
        at.send("Enter")
        at.wait_for("Enter next")
        at.send("?")
        at.wait_for("the author's note on the line")
        at.send("j")
        at.wait_for("number or id:")
        at.send("guess", "Enter")
        at.wait_for("Enter predict")
        at.send("n")
        at.wait_for("2 choose")
        at.send("2")
        at.wait_for("No, it starts from zero.")
        at.send("1")
        at.wait_for("The start is 0.")
        at.send("j")
        at.wait_for("number or id:")
        at.send("8", "Enter")
        at.wait_for("2 other.py")
        at.send("n")
        at.wait_for("Enter what is left")
        screens = [at.all()]
        at.send("q")
        at.end()
        screens.append(at.screen())
    finally:
        at.close()
    golden = GOLDEN / f"{look}.txt"
    found = "\n== goodbye\n".join(screens).rstrip() + "\n"
    if os.environ.get("PYRECIPES_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
