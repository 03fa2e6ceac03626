"""What several parts' tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrecipes.sandbox import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox of the strongest level for all tests of this worker."""
    with open_sandbox() as opened:
        yield opened
