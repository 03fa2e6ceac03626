"""What an exception says, in the learner's own words and file names."""

from __future__ import annotations

import pytest

from pyrecipes.model import CheckResult, Event, Frame, Verdict
from pyrecipes.render.errors import own_names
from pyrecipes.render.listing import listing
from pyrecipes.render.tracebacks import traceback
from pyrecipes.render.verdict import verdict
from tests.render.screens import ran, shown

INSIDE = "ImportError: cannot import name 'hello' from 'shapes' (/scratch/shapes.py)"
OWN = "ImportError: cannot import name 'hello' from 'shapes' (shapes.py)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (INSIDE, OWN),
        (INSIDE.replace("/scratch", "/tmp/pyrecipes-12ab/work"), OWN),
        (INSIDE.replace("shapes.py", "shapes/__init__.py"), OWN.replace("s.py", "s/__init__.py")),
        (
            "ImportError: cannot import name 'a' from 're' (/python/lib/python3.11/re/__init__.py)",
            "ImportError: cannot import name 'a' from 're'",
        ),
        (
            "AttributeError: module 'random' has no attribute 'x' "
            "(consider renaming '/scratch/random.py' since it has the same name)",
            "AttributeError: module 'random' has no attribute 'x' "
            "(consider renaming 'random.py' since it has the same name)",
        ),
        ("OSError: no '/scratch/a.txt'", "OSError: no '/scratch/a.txt'"),
    ],
)
def test_modules_are_named_by_the_learners_files(text: str, wanted: str) -> None:
    assert own_names(text) == wanted


def test_no_screen_shows_where_the_sandbox_lays_files() -> None:
    event = Event(1, "error", INSIDE)
    check = CheckResult("f(1)", False, "1", INSIDE, "it ends", 1, ran([event], "error"))
    for screen in (
        listing("import shapes", transcript=ran([event], "error")),
        traceback(event),
        verdict(Verdict("a/b", False, (check,))),
        verdict(Verdict("a/b", False, (CheckResult("f(1)", False, "", INSIDE),))),
    ):
        assert "(shapes.py)" in shown(screen, width=120)
        assert "/scratch" not in shown(screen, width=120)


@pytest.mark.parametrize("plain", [False, True])
def test_in_ones_own_code_an_exception_is_explained(plain: bool) -> None:
    run = ran([Event(1, "error", "EOFError: EOF when reading a line")], "error")
    text = " ".join(shown(listing("input()", transcript=run, explained=True), plain=plain).split())
    assert "`input()` has no line left to read, since nobody can type while this runs: put " in text
    assert "nobody" not in shown(listing("input()", transcript=run), plain=plain)


def test_the_spot_is_marked_only_where_its_line_is_not_wrapped() -> None:
    code = "total = sum(numbers) / len(numbers)"
    frame = Frame("main.py", 1, "<module>", code, 8, 35)
    run = ran([Event(1, "error", "ZeroDivisionError: no", frames=(frame,))], "error")
    for screen in (listing(code, transcript=run), traceback(run.events[0])):
        assert "^^^" in shown(screen, width=60)
        assert "^^^" not in shown(screen, width=30)
