"""Paragraphs read without markdown-it come out as markdown-it would have read them."""

from __future__ import annotations

import pytest

from pyrecipes.loader.catalogue import Catalogue
from pyrecipes.render import markdown as module
from pyrecipes.render.theme import make_console


def texts() -> list[str]:
    found = []
    for lesson in Catalogue().lessons():
        for recipe in lesson.recipes:
            found.append(recipe.text)
        for exercise in lesson.exercises:
            found += [exercise.prompt, exercise.explain, *exercise.hints]
            found += [mistake.feedback for mistake in exercise.mistakes]
    return found


ODD = [
    "a *b* c", "**b** and `c`", "*a **b** c*", "`a` `` b` ``", "` a `", "a_b_c _d_", "1. a", "1) a",
    "- a", "-a", "* a", "*a*", "***", "---", "a\n===", "a\n---", "# a", "    code", "a\n    b",
    "a  \nb", "a\\*b", "a * b * c", "2*3*4", "**a*", "*a**", "`a\nb`", "a\n\n\n\nb", "&amp;",
    "<b>", "[a](b)", "http://a.b", "| a |\n| - |", "> a", "```\na\n```", "~~~\na\n~~~", "", "\n",
    "**`a`**", "*a `b` c*", "x `a * b` y", "**a\nb**", "a*b*", "*a*b", "''*a*''", "(*a*)", "“*a*”",
    "a**b**c", "*a b *", "!a", "`*a*`", "*`a`*", "+a", "+ a", "#a", "a \nb",
    "`_a_`", "a `_` *b*", "`- a` b", "`- a`", "`a|b`\n-", "a `\\` b", "\\`a` b`", "`<b>` <b>",
    "`[a](b)`", "`a\n- b`", "`a\n\nb`", "`a`_b_", "**`_`**", "``a`_`", "[`a`](b)", "`# a`\n===",
    "`a` `b\n# c`", "*a `*` b*", "<a `b` c>", "`http://a.b`", "`a ` b` _c_",
    "*)*b", "*a.*b", "a*(b)*", "**a.** b", "`a \nb`",
]  # fmt: skip


def shown(text: str) -> str:
    console = make_console(None, width=80, env={"FORCE_COLOR": "1", "COLORTERM": "truecolor"})
    with console.capture() as capture:
        console.print(module.markdown(text))
    return capture.get()


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text, monkeypatch) -> None:
    quick = shown(text)
    monkeypatch.setattr(module, "_plain", lambda _: None)
    assert quick == shown(text)


def test_all_texts_of_the_lessons(monkeypatch) -> None:
    every = texts()
    quick = [shown(text) for text in every]
    plain = sum(module._plain(text) is not None for text in every)
    assert plain > len(every) * 0.6
    monkeypatch.setattr(module, "_plain", lambda _: None)
    for text, was in zip(every, quick, strict=True):
        assert was == shown(text), text
