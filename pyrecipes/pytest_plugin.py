"""pytest's door to lessons: `pytest --pyrecipes lessons/` makes each snippet and each exercise a
test. Those who don't ask for it pay for one option and no import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--pyrecipes PATH`."""
    parser.getgroup("pyrecipes").addoption(
        "--pyrecipes",
        action="append",
        metavar="PATH",
        help="lesson files, or folders of them, to hold to what they say; alone: only those",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Where the option is used, bring in what collects lessons."""
    paths: list[str] = config.getoption("--pyrecipes") or []
    if paths:
        from pyrecipes.authoring.pytest_items import Lessons

        config.pluginmanager.register(Lessons(config, paths), "pyrecipes-lessons")
