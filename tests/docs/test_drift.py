"""The documentation tells what is true today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
COMMANDS = r"^python3 -m venv \.venv && .*$"


def test_generated_parts_are_as_the_program_would_write_them() -> None:
    code = (
        "import sys; sys.path.insert(0, 'docs'); import generate\n"
        "for path, text in generate.generated().items():\n"
        "    if not path.exists() or path.read_text(encoding='utf-8') != text: print(path.name)\n"
    )
    if sys.version_info[:2] != (3, 11):  # argparse lays help out otherwise in later versions
        code = code.replace("if not path", "if path.name != 'commands.md' and not path", 1)
        code = code.replace("or path.read", "or path.name != 'commands.md' and path.read", 1)
    environ = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert (run.stdout, run.stderr) == ("", ""), "run `just docs`"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_two_commands_are_one_line_each() -> None:
    found = re.findall(COMMANDS, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [line.split()[-1] for line in found] == ["re", ".venv/bin/pytest"]


def test_every_command_that_the_readme_names_is_there() -> None:
    from pyrecipes.cli import VERBS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`pyrecipes ([a-z]+)", text)) <= set(VERBS)
