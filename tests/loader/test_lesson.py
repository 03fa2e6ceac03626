"""What a lesson file that uses every key becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyrecipes import loader
from pyrecipes.loader.comments import unmark
from pyrecipes.loader.document import parse
from pyrecipes.loader.lesson import shuffled
from pyrecipes.loader.schema import TABLES
from pyrecipes.model import MAIN, Recorded

FILE = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"
EVERYTHING = loader.load(FILE)


def exercise(id_: str):
    return next(each for each in EVERYTHING.exercises if each.id == id_)


def test_the_fixture_uses_every_key() -> None:
    used: set[str] = set()
    nodes = [parse(FILE)]
    while nodes:
        node = nodes.pop()
        used |= {key.text for key, _ in node.pairs}
        nodes += node.items + [value for _, value in node.pairs]
    assert used >= {key.name for keys in TABLES.values() for key in keys}


def test_a_recipe() -> None:
    recipe = EVERYTHING.recipes[0]
    assert recipe.docs == "https://docs.python.org/3/library/shlex.html#shlex.split"
    assert recipe.view == "command"
    assert recipe.snippet.args == ("-v", "7")
    assert recipe.snippet.stdin == "typed\n"
    assert recipe.snippet.files["data/words.txt"] == "one 'two three'\n"
    assert "#>" not in recipe.snippet.code
    assert "#:" not in recipe.snippet.code
    assert recipe.notes[8] == "all that follows the name"
    assert recipe.recorded[14] == (Recorded("on two lines"),)
    assert recipe.recorded[15] == (Recorded("<object object at 0x...>", varies=True),)
    assert recipe.recorded[16] == (Recorded("a"), Recorded(""), Recorded("b"))
    assert recipe.place.line == FILE.read_text().splitlines().index("  - id: split") + 1


def test_values_are_python_as_it_is_written() -> None:
    checks = exercise("count").checks
    assert [check.gives for check in checks[:3]] == ["2", "0.333", "0"]
    assert checks[1].given == "line = \"a 'b c'\"\ntext = 'x'\n"
    assert (checks[1].within, checks[2].exact) == (0.001, True)
    assert checks[5].each == {"words": "lists(text('ab', min_size=1), max_size=3)"}
    assert (checks[6].kind, checks[6].name) == ("uses", "shlex.split")
    assert checks[8].tests.startswith("from main import count")


@pytest.mark.parametrize(
    "gives", ["[1, 2]", "{1: 'a', 2: [3]}", "('a', 'b')", "None", "True", "1e3"]
)
def test_gives_needs_no_quotes(tmp_path: Path, gives: str) -> None:
    path = tmp_path / "everything.yaml"
    path.write_text(FILE.read_text().replace("gives: 2\n", f"gives: {gives}\n"))
    assert loader.load(path).exercises[0].checks[0].gives == gives


def test_answers_of_several_files() -> None:
    script = exercise("script")
    assert list(script.starter) == [MAIN, "quoting.py"]
    assert script.solution["quoting.py"] == script.starter["quoting.py"]
    assert script.mistakes[0].files[MAIN] == script.solution[MAIN]
    assert script.checks[0].args == ("a", "b c")
    assert script.checks[0].exit == 0


def test_the_kinds_that_are_not_written() -> None:
    foretell, choose, arrange = map(exercise, ("foretell", "choose", "arrange"))
    assert foretell.snippet.stdin == "y"
    assert foretell.mistakes[0].files == {MAIN: "b c"}
    assert [option.right for option in choose.options] == [False, True]
    lines = arrange.starter[MAIN].splitlines()
    assert sorted(lines) == sorted([*arrange.solution[MAIN].splitlines(), "print(words)"])
    assert lines[:3] != arrange.solution[MAIN].splitlines()


def test_shuffling_ends_and_stays() -> None:
    assert shuffled("a\na\n", ()) == {MAIN: "a\na\n"}
    assert shuffled("a\n", ("b",)) == shuffled("a\n", ("b",)) == {MAIN: "b\na\n"}


def test_marks_are_only_what_the_tokenizer_calls_comments() -> None:
    code = 'x = "#> no"  #: yes\n"""\n#> no\n"""\n#> yes\nf"{x!r:#>9}"\n'
    marked = unmark(code)
    assert marked.code == 'x = "#> no"\n"""\n#> no\n"""\nf"{x!r:#>9}"\n'
    assert marked.notes == {1: "yes"}
    assert marked.recorded == {4: (Recorded("yes"),)}
    assert marked.lines == (1, 2, 3, 4, 6)


def test_every_mark() -> None:
    marked = unmark("f()\n\n#> a\n#>~ b ...\n#>* c\n#>*~ d ...\n#>\n#: the end\n")
    assert marked.recorded[1] == (
        Recorded("a"),
        Recorded("b ...", varies=True),
        Recorded("c", any_order=True),
        Recorded("d ...", varies=True, any_order=True),
        Recorded(""),
    )
    assert marked.notes == {1: "the end"}
