"""Each fault of a lesson file, with its very place."""

# ruff: noqa: E501

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pyrecipes import loader
from pyrecipes.errors import LessonError

GOOD = """\
lesson: good
title: Good
summary: It is.
recipes:
  - id: one
    title: One
    text: Why.
    code: |
      1 + 1
      #> 2
    exercises:
      - id: two
        kind: write
        title: Two
        prompt: Do it.
        starter: |
          x = 0
        hints: [a, b, c]
        checks:
          - call: x
            gives: 1
        solution: |
          x = 1
"""


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "good.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    started = time.perf_counter()
    with pytest.raises(LessonError) as caught:
        loader.load(path, "f")
    assert time.perf_counter() - started < 2
    lines = str(caught.value).split("\n")
    assert lines == [str(fault) for fault in caught.value.faults]
    assert all(line.isprintable() for line in lines)
    return lines


def test_the_good_one_is_good(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD)
    lesson = loader.load(path)
    assert lesson.exercises[0].checks[0].gives == "1"
    assert lesson.place.file == str(path)


def spoilt(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("title: Good", "titel: Good", "f:2:1: there is no key 'titel'; did you mean 'title'?"),
        ("lesson: good", "lesson: bad", "f:1:9: lesson: the file of lesson 'bad' must be called bad.yaml, not 'good'"),
        ("title: Good", "title: Good\ntitle: Again", "f:3:1: the key 'title' is there twice"),
        ("title: Good", "title: [a]", "f:2:8: title: must be a text, not a list"),
        ("title: Good", "title:", "f:2:7: title: must be a text, not nothing"),
        ("title: Good", "title: ''", "f:2:8: title: is empty"),
        ("title: Good", "title: G\nmodules: re", "f:3:10: modules: must be a list of texts, not 're'"),
        ("title: Good", "title: G\ndocs: here", "f:3:7: docs: must be a whole address, https://..."),
        ("title: Good", "title: G\n? [a]\n: b", "f:3:3: a key is a text, not a list"),
        ("id: one", "id: One", "f:5:9: recipes[0].id: 'One' is no id; an id is like `split-text`: small letters, digits, hyphens"),
        ("id: two", "id: one", "f:12:13: recipes[0].exercises[0].id: 'one' is there twice; ids are unique in a lesson"),
        ("text: Why.", "text: Why.\n    docs: '#a'", "f:8:11: recipes[0].docs: is relative to the lesson's `docs`, and the lesson has none"),
        ("text: Why.", "text: Why.\n    view: treee", "f:8:11: recipes[0].view: must be one of regex, tree, timeline, array, command, not 'treee'; did you mean 'tree'?"),
        ("text: Why.", "text: Why.\n    files: {../a: b}", "f:8:13: recipes[0].files: the path '../a' leaves the scratch folder"),
        ("text: Why.", "text: Why.\n    files: {/a: b}", "f:8:13: recipes[0].files: the path '/a' must be relative to the scratch folder"),
        ("text: Why.", "text: Why.\n    files: {'C:/a': b}", "f:8:13: recipes[0].files: the path 'C:/a' must be relative to the scratch folder"),
        ("text: Why.", "text: Why.\n    files: {a//b: b}", "f:8:13: recipes[0].files: the path 'a//b' has a part that names no file"),
        ("text: Why.", "text: Why.\n    files: {'a\\b': b}", "f:8:13: recipes[0].files: the path 'a\\\\b' must be short, printable and without backslashes"),
        ("text: Why.", "text: Why.\n    files: {a: b, a/b: c}", "f:8:19: recipes[0].files: 'a/b' and 'a' can't both be files"),
        ("text: Why.", "text: Why.\n    files: {main.py: b}", "f:8:12: recipes[0].files: main.py is the code itself; give the file another name"),
        ("text: Why.", "text: Why.\n    files: [a]", "f:8:12: recipes[0].files: must be a mapping from paths to what the files hold, not a list"),
        ("text: Why.", "text: Why.\n    files: {a: {b: c}}", "f:8:16: recipes[0].files['a']: must be a text, not a mapping"),
        ("1 + 1", "1 +", "f:9:10: recipes[0].code: is not Python: invalid syntax"),
        ("      #> 2", "      #>2", "f:10:7: recipes[0].code: a recorded line begins with `#> `, with a space"),
        ("1 + 1", "1 + 1  #> 2", "f:9:14: recipes[0].code: a recorded line stands alone, under its code"),
        ("1 + 1", "#> 2", "f:9:7: recipes[0].code: no line of code stands above this recorded line"),
        ("kind: write", "kind: wriet", "f:13:15: recipes[0].exercises[0].kind: must be one of write, fix, fill, predict, choice, order, not 'wriet'; did you mean 'write'?"),
        ("kind: write", "kind: fill", "f:16:18: recipes[0].exercises[0].starter: a `fill` has `____` for each gap"),
        ("[a, b, c]", "[a, b]", "f:18:16: recipes[0].exercises[0].hints: must be 3 hints (a nudge, a stronger one, nearly the answer), not 2"),
        ("        hints: [a, b, c]\n", "", "f:12:9: recipes[0].exercises[0]: the key `hints` is missing. Three: a nudge, a stronger one, nearly the answer."),
        ("call: x", "call: x = 1", "f:20:21: recipes[0].exercises[0].checks[0].call: is not a Python expression: this is a statement; put it into `given`"),
        ("gives: 1", "gives: (1", "f:21:20: recipes[0].exercises[0].checks[0].gives: is not a Python expression: '(' was never closed"),
        ("gives: 1", "gives: 1\n            raises: ValueError", "f:20:13: recipes[0].exercises[0].checks[0]: a `call` has one of gives, raises, prints, for, not gives and raises at once"),
        ("            gives: 1\n", "", "f:20:13: recipes[0].exercises[0].checks[0]: a `call` has one of gives, raises, prints, for; this one has none"),
        ("gives: 1", "raises: not a name", "f:21:21: recipes[0].exercises[0].checks[0].raises: 'not a name' is no name, such as `re.compile`"),
        ("gives: 1", "gives: 1\n            exit: 0", "f:22:19: recipes[0].exercises[0].checks[0].exit: does not go with `call`"),
        ("gives: 1", "gives: 1\n            exact: yes", "f:22:20: recipes[0].exercises[0].checks[0].exact: must be true or false, not 'yes'"),
        ("gives: 1", "gives: 1\n            within: few", "f:22:21: recipes[0].exercises[0].checks[0].within: must be a number from 0, not 'few'"),
        ("gives: 1", "gives: 1\n          - uses: re\n            avoids: eval", "f:22:13: recipes[0].exercises[0].checks[1]: a check is one of call, run, uses, avoids, tests, not uses and avoids at once"),
        ("gives: 1", "gives: 1\n          - prints: a", "f:22:13: recipes[0].exercises[0].checks[1]: a check is one of call, run, uses, avoids, tests; this one is none"),
        ("gives: 1", "gives: 1\n          - run: {}", "f:22:13: recipes[0].exercises[0].checks[1]: a `run` needs `prints` or `exit`, or both"),
        ("gives: 1", "gives: 1\n          - run: {}\n            exit: -1", "f:23:19: recipes[0].exercises[0].checks[1].exit: must be a whole number from 0, not '-1'"),
        ("gives: 1", "for: {1x: integers()}", "f:21:19: recipes[0].exercises[0].checks[0].for: '1x' is no Python name"),
        ("gives: 1", "for: [x]", "f:21:18: recipes[0].exercises[0].checks[0].for: must be a mapping from names to strategies, {n: integers()}, not a list"),
        ("gives: 1", "gives: 1\n            given: |\n              a = 1\n              b = = 2", "f:24:19: recipes[0].exercises[0].checks[0].given: is not Python: invalid syntax"),
        ("x = 1\n", "x = 1\n          def f(:\n", "f:24:17: recipes[0].exercises[0].solution: is not Python: invalid syntax"),
        ("        solution: |\n          x = 1\n", "", "f:12:9: recipes[0].exercises[0]: a `write` needs the key `solution`. An answer that passes; an `order` shuffles its lines."),
        ("title: Two", "title: Two\n        options: []", "f:15:18: recipes[0].exercises[0].options: a `write` has no `options`"),
        ("        starter: |\n          x = 0\n", "        starter: {a.py: x = 0}\n", "f:21:19: recipes[0].exercises[0].solution: has the file 'main.py', which is not one of the starter's"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    found = faults(tmp_path, spoilt(old, new))
    assert wanted in found
    assert len(found) <= 2


def test_a_choice_has_one_right_option(tmp_path: Path) -> None:
    head = GOOD[: GOOD.index("        starter:")].replace("kind: write", "kind: choice")
    where = "recipes[0].exercises[0].options"
    options = "        hints: [a, b, c]\n        options:\n          - {text: a, feedback: b}\n"
    assert faults(tmp_path, head + options) == [f"f:18:11: {where}: must be two options or more"]
    options += "          - {text: c, feedback: d}\n"
    what = "must have one option with `right: true`, not 0"
    assert faults(tmp_path, head + options) == [f"f:18:11: {where}: {what}"]


def test_all_faults_come_at_once_in_their_order(tmp_path: Path) -> None:
    text = (
        GOOD.replace("id: one", "id: One")
        .replace("kind: write", "kind: w")
        .replace("title: Good", "x: y")
    )
    found = faults(tmp_path, text)
    assert [line.split(": ")[0] for line in found] == ["f:1:1", "f:2:1", "f:5:9", "f:13:15"]


def test_a_file_of_nothing_but_faults_tells_a_hundred(tmp_path: Path) -> None:
    found = faults(tmp_path, "".join(f"k{n}: 1\n" for n in range(5000)))
    assert len(found) == 101


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "f:1:1: is empty; `pyrecipes lessons new` makes a lesson to start from"),
        (b"# only this\n", "f:1:1: is empty; `pyrecipes lessons new` makes a lesson to start from"),
        (b"a: b\n  \xff", "f:2:3: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\0", "f:1:1: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: b\nc: \x1b[2J", "f:2:4: character \\x1b can't stand in YAML; write it as an escape"),
        (b"a: \0", "f:1:4: character \\x00 can't stand in YAML; write it as an escape"),
        (b"a:\n\tb: c", "f:2:1: a tab; YAML is indented by spaces"),
        (b"a: b: c", 'f:1:5: a second ": " in one line; put the text in quotes, or on lines of its own after "|"'),
        (b"a: @b", "f:1:4: '@' can't begin a text; put the text in quotes"),
        (b"a: !!python/object/apply:os.system [ls]", "f:1:4: the tag !!python/object/apply:os.system is not used in lessons; take it away"),
        (b"a: !x b", "f:1:4: the tag !x is not used in lessons; take it away"),
        (b"a: &a [*a]", "f:1:8: *a stands for nothing before it, or for what it is itself part of"),
        (b"a: b\n---\nc: d", "f:2:1: begins a second document; a lesson file has one"),
        (b"[" * 100_000, "f:1:1001: is not YAML: exceeded maximum nesting depth"),
        (b"- " * 100_000, "f:1:65: is nested more than 32 deep"),
        (b"x" * 10_000_000, "f:1:1: has 10.0 MB; a lesson file may have 2 MB"),
        (b"- a", "f:1:1: must be a mapping with the keys lesson, title, summary, modules, requires, docs, recipes, not a list"),
        (b"a: 'b", "f:1:4: opens here and is never closed"),
    ],
)  # fmt: skip
def test_what_is_no_sane_yaml_is_one_line(tmp_path: Path, data: bytes, wanted: str) -> None:
    assert faults(tmp_path, data) == [wanted]


def test_aliases_can_not_explode(tmp_path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert faults(tmp_path, "\n".join(lines)) == [
        "f:6:42: stands for more than 100000 values; use fewer aliases"
    ]


def test_an_alias_is_as_good_as_what_it_stands_for(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD.replace("title: One", "title: &t One").replace("title: Two", "title: *t"))
    assert loader.load(path).exercises[0].title == "One"


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None])
def test_no_file_is_one_line(tmp_path: Path, make: object) -> None:
    path = tmp_path / "a.yaml"
    make(path)  # type: ignore[operator]
    with pytest.raises(LessonError, match=r"a\.yaml:1:1: (is not a file|can't be read: No such)"):
        loader.load(path)


def test_a_pipe_is_not_waited_for() -> None:
    with pytest.raises(LessonError, match="is not a file"):
        loader.load(Path("/dev/zero"))


def test_a_variant_says_of_which_exercise_it_is_one(tmp_path: Path) -> None:
    exercise = GOOD[GOOD.index("      - id: two") :].replace("id: two", "id: three")
    wrong = exercise.replace("        kind", "        of: four\n        kind")
    text = GOOD + "    variants:\n" + wrong + exercise.replace("three", "five")
    assert faults(tmp_path, text) == [
        "f:26:13: recipes[0].variants[0].of: must name the exercise that it is a variant of: two",
        "f:38:9: recipes[0].variants[1].of: must name the exercise that it is a variant of: two",
    ]
    assert faults(tmp_path, GOOD.replace("        kind", "        of: two\n        kind")) == [
        "f:13:13: recipes[0].exercises[0].of: only one of the recipe's `variants` has it"
    ]
    good = exercise.replace("        kind", "        of: two\n        kind")
    (tmp_path / "good.yaml").write_text(GOOD + "    variants:\n" + good)
    lesson = loader.load(tmp_path / "good.yaml")
    assert [e.id for e in lesson.exercises] == ["two"]
    assert [(e.id, e.of) for e in lesson.recipes[0].variants] == [("three", "two")]
