"""Recording writes the `#>` lines of a file and leaves every other byte alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes import loader
from pyrecipes.authoring.record import record
from pyrecipes.authoring.written import Written
from pyrecipes.errors import LessonError

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox

EVERYTHING = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"

HEAD = "lesson: a\ntitle: A\nsummary: S\nrecipes:\n"


def lesson(tmp_path: Path, *codes: str, ending: str = "\n") -> Path:
    path = tmp_path / "a.yaml"
    text = HEAD
    for number, code in enumerate(codes):
        text += f"  - id: r{number}\n    title: T  # stays\n    text: |\n\n      why\n    code: |\n"
        text += "".join(f"      {line}\n" if line else "\n" for line in code.split("\n"))
    path.write_bytes(text.replace("\n", ending).encode())
    return path


def code_of(path: Path) -> str:
    return path.read_text().partition("code: |\n")[2]


def test_a_recorded_file_is_left_alone(sandbox: Sandbox) -> None:
    before = EVERYTHING.read_bytes()
    assert record(EVERYTHING, sandbox).changed == ()
    assert EVERYTHING.read_bytes() == before


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_recorded_lines_change(tmp_path: Path, sandbox: Sandbox, ending: str) -> None:
    bare = re.sub(rb"\n +#>[^\n]*", b"", EVERYTHING.read_bytes()).replace(b"\n", ending.encode())
    path = tmp_path / "everything.yaml"
    path.write_bytes(bare)
    assert record(path, sandbox).changed == ("split", "join")
    assert path.read_bytes() == EVERYTHING.read_bytes().replace(b"\n", ending.encode())


def test_stale_lines_go_and_new_ones_come(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(
        tmp_path,
        "1 + 1\n#> 3\nx = 2\n#> left\nx  #: two\n\n# a comment\nif x:\n    print('a\\n\\nb')",
    )
    assert record(path, sandbox).changed == ("r0",)
    assert code_of(path) == (
        "      1 + 1\n      #> 2\n      x = 2\n      x  #: two\n      #> 2\n\n      # a comment\n"
        "      if x:\n          print('a\\n\\nb')\n          #> a\n          #>\n          #> b\n"
    )


def test_marks_that_still_fit_are_kept(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(tmp_path, "str('abc')\n#>~ 'a...'\nprint(1)\nprint(2)\n#>* 2\n{1: 2}\n#>~ {3...")
    record(path, sandbox)
    assert code_of(path) == (
        "      str('abc')\n      #>~ 'a...'\n"
        "      print(1)\n      #> 1\n      print(2)\n      #>* 2\n"
        "      {1: 2}\n      #> {1: 2}\n"
    )


def test_what_varies_gets_marks_by_itself(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(tmp_path, "import time\ntime.perf_counter_ns()\nobject()\n'é漢'")
    record(path, sandbox)
    assert "#>~ ...\n" in code_of(path)
    assert "#>~ <object object at 0x...>\n" in code_of(path)
    assert "#> 'é漢'\n" in code_of(path)
    assert record(path, sandbox).changed == ()


def test_output_that_yaml_or_a_terminal_would_take_amiss(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(tmp_path, "print('\\x1b[31m\\x00\\u2028: - #\\r')\nprint('---')\nprint('x: |')")
    record(path, sandbox)
    assert loader.load(path).recipes[0].recorded[1][0].text == "\\x1b[31m\\x00\\u2028: - #\\r"
    assert record(path, sandbox).changed == ()


def test_a_file_without_a_last_line_end(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(tmp_path, "1", "2")
    path.write_bytes(path.read_bytes()[:-1])
    record(path, sandbox)
    assert path.read_text().endswith("      2\n      #> 2\n")
    assert path.read_text().count("#> 1\n") == 1


def test_a_run_that_does_not_end_is_a_fault(tmp_path: Path, sandbox: Sandbox) -> None:
    path = lesson(tmp_path, "x = bytearray(600_000_000)", "1")
    before = path.read_bytes()
    change = record(path, sandbox, write=False)
    assert path.read_bytes() == before
    assert change.changed in {("r1",), ("r0", "r1")}  # MemoryError is caught where it can be
    path = lesson(tmp_path, "print('x' * 2_000_000)", "1")
    change = record(path, sandbox)
    assert [str(fault).partition("a.yaml:")[2] for fault in change.faults] == [
        "11:7: recipes[0].code: prints more than 1000000 bytes"
    ]
    assert change.changed == ("r1",)


def test_code_in_quotes_can_not_be_recorded(tmp_path: Path, sandbox: Sandbox) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "  - {id: r, title: T, text: t, code: '1 + 1'}\n")
    before = path.read_bytes()
    with pytest.raises(LessonError, match=r"a\.yaml:5:\d+: recipes\[0\]\.code: must be a literal"):
        record(path, sandbox)
    assert path.read_bytes() == before


def test_places_and_todos(tmp_path: Path) -> None:
    path = lesson(tmp_path, "a = 1\n#> x\n\nb = 2")
    path.write_text(path.read_text().replace("why", "TODO say why"))
    written = Written(path, "f")
    assert str(written.place(0, 3)) == "f:14:7"
    assert str(written.at("recipes[0].title")) == "f:6:12"
    assert str(written.at("recipes[0].nothing.there")) == "f:5:5"
    assert [str(fault) for fault in written.unfinished()] == [
        "f:7:11: recipes[0].text: is still to be written: TODO say why"
    ]
