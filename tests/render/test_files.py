"""The files beside a snippet."""

from __future__ import annotations

from rich.console import Console

from pyrecipes.render.files import files


def drawn(given: dict[str, str]) -> str:
    console = Console(width=60, color_system=None)
    with console.capture() as capture:
        for part in files(given):
            console.print(part)
    return capture.get()


def test_each_file_with_its_text() -> None:
    text = drawn({"app/__init__.py": "", "app/config.py": "A = 1\nB = '[bold]'\n"})
    lines = [line.strip() for line in text.splitlines()]
    assert lines == ["app/__init__.py: empty", "app/config.py:", "A = 1", "B = '[bold]'", ""]


def test_of_too_many_or_too_long_ones_the_names() -> None:
    assert drawn({"long.txt": "x" * 601}).split() == ["In", "its", "folder:", "long.txt"]
    assert drawn({f"{n}.txt": "" for n in range(7)}).startswith("In its folder: 0.txt, 1.txt")


def test_nothing_of_nothing() -> None:
    assert drawn({}) == ""
