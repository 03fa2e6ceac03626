"""What exceptions usually mean."""

from __future__ import annotations

import pytest

from pyrecipes.meaning import MEANINGS, meaning


def message(code: str) -> tuple[str, str]:
    try:
        exec(code, {})
    except Exception as error:
        return type(error).__name__, str(error)
    raise AssertionError(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nope", "`nope` is used before anything is bound to it"),
        ("def f():\n    a\n    a = 1\nf()", "`a` is assigned somewhere in this function"),
        ("import re\nre.match('a', 'b').group()", "What `.group` is asked of is None"),
        ("import re\nre.nope", "`re` has no `nope`"),
        ("''.nope", "A value of type str has no `.nope`."),
        ("a = None\na[0]", "This value is None"),
        ("a = ...\na()", "A `...` still stands where something is to be written."),
        ("a = ...\na.b", "A `...` still stands where something is to be written."),
        ("a = ...\na + 1", "A `...` still stands where something is to be written."),
        ("a = 5\na()", "A value of type int is called like a function"),
        ("(lambda a: a)()", "fewer arguments"),
        ("(lambda: 1)(2)", "more arguments"),
        ("(lambda: 1)(a=2)", "no parameter called `a`"),
        ("'a' + 1", "do not go together"),
        ("{[]: 1}", "use a tuple or a frozenset"),
        ("int('a')", "no whole number"),
        ("float('a')", "no number"),
        ("a, b = 1,", "fewer values"),
        ("a, = 1, 2", "more values"),
        ("[][0]", "past the end"),
        ("{}[0]", "no such key"),
        ("1 / 0", "divided by zero"),
        ("import nope", "`nope` is misspelt, or not installed"),
        ("from re import nope", "no `nope`"),
        ("open('/nope')", "no file of that name"),
        ("next(iter(()))", "nothing left"),
        ("assert False", "does not hold"),
        ("import re\nre.compile('(')", "no regular expression"),
    ],
)
def test_in_plain_words(code: str, words: str) -> None:
    kind, text = message(code)
    assert words in meaning({"error": "re.error"}.get(kind, kind), text)


def test_others_have_no_sentence() -> None:
    assert meaning("MyOwnError", "x") == ""


def test_each_is_one_sentence() -> None:
    assert all(sentence.endswith((".", "?")) for _, _, sentence in MEANINGS)
