"""Starts the command line."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command that `sys.argv` names and return its exit status."""
    gc.set_threshold(20_000)  # what is imported stays: looking through it for garbage takes long
    from pyrecipes.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
