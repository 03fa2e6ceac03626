"""Any file at all gives lessons that load, or one clear line."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pyrecipes import loader
from pyrecipes.authoring.importing.importer import import_notes
from pyrecipes.errors import PyrecipesError

REFUSED = {
    "random.md": (b"\x00\x01\xff" * 999, "is not text"),
    "latin.md": ("# café\n".encode("latin-1"), ":1: byte 0xe9 is not UTF-8"),
    "empty.md": (b"", "holds nothing to import"),
    "blank.md": (b" \n\n\t\n", "holds nothing to import"),
    "big.md": (b"word " * 1_000_000, "has 5.0 MB"),
    "notes.rst": (b"text", "what is imported is Markdown"),
    "deep.ipynb": (b"[" * 100_000, "is not a notebook"),
    "list.ipynb": (b"[]", "no list of cells"),
    "cut.ipynb": (b'{"cells": [', "is not a notebook"),
    "none.ipynb": (b'{"cells": []}', "holds nothing to import"),
    "other.ipynb": (
        b'{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}',
        "a notebook of r",
    ),
}

TAKEN = {
    "nested.md": ">" * 5_000 + " x\n",
    "parens.md": "```python\n" + "(" * 2_000 + ")" * 2_000 + "\n```\n",
    "minus.md": "```python\nx = " + "-" * 20_000 + "1\nx\n```\n",
    "attributes.md": "```python\na" + ".b" * 3_000 + "\n```\n",
    "long.md": "```python\n" + "x = 1\n" * 40_000 + "```\n",
    "mixed.md": "# a\r\n```\r\nx = 1\r\rx\n>> 1\r```\r\nend",
    "unclosed.md": "# a\n```python\nx = 1\nx  # 1\n",
    "no-code.md": "Only words.\n\nAnd more of them.",
    "no-heading.md": "```\n>>> 1 + 1\n2\n```\n",
    "null.md": "# null\n```\nyes\n```\n# true\n# 12\nwords\n",
    "control.md": "# \x07bell\u2028line\n\x1b[31mred\x85\n```python\nprint('\x1b')\n```\n",
    "marks.md": "```python\nx = 1 #> 2\n#: a note\nx\n#>nothing\n```\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_clear_line(name: str, tmp_path: Path, sandbox) -> None:
    data, said = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PyrecipesError) as caught:
        import_notes(tmp_path / name, tmp_path / "out", sandbox)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_what_is_no_file(tmp_path: Path, sandbox) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(PyrecipesError, match="is not a file"):
        import_notes(tmp_path / "pipe.md", tmp_path / "out", sandbox)


@pytest.mark.parametrize("name", TAKEN)
def test_lessons_that_load(name: str, tmp_path: Path, sandbox) -> None:
    (tmp_path / name).write_bytes(TAKEN[name].encode())
    for path in import_notes(tmp_path / name, tmp_path / "out", sandbox).paths:
        assert loader.load(path).recipes


PIECES = """\
# re|## Lock|text **bold**|```|```python|```sh|~~~|    x = 1|    >>> 1+1|    2|>>> x|>> 3
x = 1  # 2|print('a')|def f(x):|    return x|f(2)  # -> 3|import os|m.groups()|$ python a.py --x 'y
# a.py|# __init__.py|from .q import z|from dir import z|> quote|- item|  ```python|print('''|'''
#> recorded|x #> 3|raise ValueError('x')  # ValueError|print <x>|lambda: (yield)|await x|return 3
(((((|x = '\x01'|---|===|%timeit x|!ls|: {}[] & * ! | 1|yes|# null|@dec|...|Output:|1/0|input()
class A: pass|A|for i in range(3):|    print(i)|\x1b[31m|\\|\r|é = 'ü'; é""".replace(
    "\n", "|"
).split("|")


@pytest.mark.parametrize("seed", range(16))
def test_pieces_thrown_together(seed: int, tmp_path: Path, sandbox) -> None:
    draw = random.Random(seed)
    text = "\n".join(draw.choice(PIECES) for _ in range(draw.randint(1, 18)))
    path = tmp_path / "pieces.md"
    path.write_bytes(text.encode())
    if seed % 4 == 0:
        path = tmp_path / "pieces.ipynb"
        outputs = [{"output_type": "stream", "text": ["3\n"]}, {"output_type": "error"}, 3]
        cells = [
            {"cell_type": draw.choice(["code", "markdown", "raw", 3]), "source": text},
            {"cell_type": "code", "source": text.splitlines(True), "outputs": outputs},
            {"cell_type": "code", "source": None, "outputs": None},
        ]
        path.write_text(json.dumps({"cells": cells}))
    try:
        made = import_notes(path, tmp_path / "out", sandbox)
    except PyrecipesError as error:
        assert "holds nothing to import" in str(error)  # noqa: PT017
        return
    for each in made.paths:
        loader.load(each)
