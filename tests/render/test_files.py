"""The files beside a snippet."""

from __future__ import annotations

from rich.console import Console

from pyrecipes.render.files import files, folded


def drawn(given: dict[str, str], **options) -> str:
    console = Console(width=60, color_system=None)
    with console.capture() as capture:
        for part in files(given, **options):
            console.print(part)
    return capture.get()


def test_each_file_with_its_text() -> None:
    text = drawn({"app/__init__.py": "", "app/config.py": "A = 1\nB = '[bold]'\n"})
    lines = [line.strip() for line in text.splitlines()]
    assert lines == ["app/__init__.py: empty", "app/config.py:", "A = 1", "B = '[bold]'", ""]


def test_what_is_long_is_folded_and_counted_or_shown_whole() -> None:
    long = "".join(f"{n}\n" for n in range(31))
    given = {"worker.py": long}
    lines = [line.strip() for line in drawn(given).splitlines()]
    assert lines[:3] == ["worker.py:", "0", "1"]
    assert "… 20 more lines" in lines
    assert lines[-2:] == ["30", ""]
    assert folded(given)
    whole = [line.strip() for line in drawn(given, whole=True).splitlines()]
    assert whole == ["worker.py:", *long.split(), ""]


def test_many_short_files_are_shown_and_of_empty_ones_the_names() -> None:
    given = {f"{n}.txt": f"text {n}\n" for n in range(7)}
    assert all(text.strip() in drawn(given) for text in given.values())
    assert not folded(given)
    assert drawn({f"{n}.txt": "" for n in range(7)}).startswith("Empty files: 0.txt, 1.txt")
    many = {f"{n}.txt": "a\n" * 9 for n in range(7)}
    assert folded(many)
    assert len(drawn(many).splitlines()) < 40


def test_nothing_of_nothing() -> None:
    assert drawn({}) == ""
