"""What several parts' tests share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrecipes.sandbox import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyrecipes.model import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox of the strongest level for all tests of this worker."""
    with open_sandbox() as opened:
        yield opened


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("render/listing.txt", text)`: the text is what the golden file holds.

    With `--rewrite-golden` the file is written instead; look at the change before it is kept.
    """
    rewrite = request.config.getoption("--rewrite-golden")

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.exists(), f"{path} is not there: run with --rewrite-golden, and look at it"
        assert text == path.read_text("utf-8")

    return compare
