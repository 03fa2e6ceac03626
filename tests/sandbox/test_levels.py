"""Levels are chosen by trying; what is said of them is one table."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from pyrecipes import sandbox
from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Snippet
from pyrecipes.sandbox import levels

DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"


@pytest.fixture(scope="module")
def reports() -> tuple[levels.Report, ...]:
    return levels.report()


def test_the_strongest_that_works_is_chosen(reports: tuple[levels.Report, ...]) -> None:
    strongest = next(report.level for report in reports if report.works)
    with sandbox.open_sandbox() as made:
        assert made.isolation == strongest
        assert made.run(Snippet("print(1)")).isolation == strongest


def test_a_level_that_does_not_work_says_why_and_how_to_get_it(
    reports: tuple[levels.Report, ...],
) -> None:
    for report in reports:
        assert report.works == (not report.why)
        if not report.works:
            assert report.level in report.why
            with pytest.raises(NoSandboxError):
                sandbox.open_sandbox(report.level)


def test_an_asked_level_is_never_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise NoSandboxError("no sandbox of level 'namespaces': test")

    monkeypatch.setitem(sandbox.LEVELS, "namespaces", refuse)
    with pytest.raises(NoSandboxError, match="test") as caught:
        sandbox.open_sandbox("namespaces")
    assert caught.value.status == 3
    monkeypatch.setenv("PYRECIPES_SANDBOX", "namespaces")
    with pytest.raises(NoSandboxError, match="test"):
        sandbox.open_sandbox()


def test_an_unknown_level_names_those_that_there_are() -> None:
    with pytest.raises(NoSandboxError, match="namespaces, landlock, seatbelt, process"):
        sandbox.open_sandbox("strong")


def test_strangers_code_does_not_fall_to_level_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise NoSandboxError("not here")

    for level in ("namespaces", "landlock", "seatbelt"):
        monkeypatch.setitem(sandbox.LEVELS, level, refuse)
    with pytest.raises(NoSandboxError, match="ask for the level 'process'"):
        sandbox.open_sandbox(trusted=False)
    with sandbox.open_sandbox() as made:
        assert made.isolation == "process"


def test_the_docs_hold_the_table() -> None:
    assert levels.as_markdown() in DOCS.read_text(encoding="utf-8")


def test_each_thing_is_either_kept_out_or_not(reports: tuple[levels.Report, ...]) -> None:
    for report in reports:
        assert len(report.keeps_out) + len(report.lets_through) == len(levels.TABLE)
