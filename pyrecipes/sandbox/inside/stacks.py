"""Keeps the recorder's own frames out of what `traceback` and `inspect` show of the stack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def end_at_own() -> None:
    """Let a walk from a frame outwards end where the program's own frames do."""
    import inspect
    import traceback

    here = os.path.dirname(__file__)
    walk, outer = traceback.walk_stack, inspect.getouterframes

    def walk_stack(frame: Any) -> Iterator[tuple[Any, int]]:
        if frame is None:  # the caller of the function that makes a list of this
            import sys

            frame = sys._getframe(2).f_back
        for found, line in walk(frame):
            if os.path.dirname(found.f_code.co_filename) == here:
                return
            yield found, line

    def getouterframes(frame: Any, context: int = 1) -> list[Any]:
        found = outer(frame, context)
        own = (at for at, info in enumerate(found) if os.path.dirname(info.filename) == here)
        return found[: next(own, len(found))]

    traceback.walk_stack = walk_stack  # type: ignore[assignment]
    inspect.getouterframes = getouterframes
