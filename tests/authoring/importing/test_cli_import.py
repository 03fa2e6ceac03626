"""`pyrecipes lessons import` as a user types it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import home, program  # noqa: F401

NOTES = Path(__file__).parent / "notes"


def test_import_then_verify(program, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "out"
    run = program("lessons", "import", str(NOTES / "readme.md"), "-o", str(out))
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    lesson = out / "working-with-text-and-time.yaml"
    first, *lines, last = run.stdout.splitlines()
    assert first == f"{lesson}: Working with text and time, 5 recipes"
    assert f"  {NOTES / 'readme.md'}:19: says otherwise than Python: " in "\n".join(lines)
    assert last == "1 lesson written: 3 blocks run, 2 say otherwise than Python"
    held = program("lessons", "verify", str(lesson))
    assert held.returncode == 1
    *faults, _ = held.stdout.splitlines()
    assert all("is still to be written: TODO" in each for each in faults)


def test_a_second_import_overwrites_nothing(program, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "tea.md").write_text("# tea\n```\n1 + 1\n```\n", "utf-8")
    args = ("lessons", "import", str(tmp_path / "tea.md"), "-o", str(tmp_path))
    assert program(*args).returncode == 0
    again = program(*args)
    assert (again.returncode, again.stdout) == (2, "")
    assert "--force overwrites" in again.stderr
    assert program(*args, "--force").returncode == 0


def test_what_is_not_there(program) -> None:  # noqa: F811
    run = program("lessons", "import", "nowhere.md")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "pyrecipes: nowhere.md: there is no such file or folder\n"
