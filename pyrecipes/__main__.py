"""Starts the command line."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command that `sys.argv` names, and end with its exit status."""
    gc.set_threshold(100_000)  # what is imported stays: looking through it for garbage takes long
    from pyrecipes.cli import run

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  # `contextlib` takes long to import
            stream.flush()
        except (OSError, ValueError):
            pass  # nobody reads it any more
    # Taking the interpreter apart takes longer than many a command; there is nothing left to do.
    os._exit(status)


if __name__ == "__main__":
    main()
