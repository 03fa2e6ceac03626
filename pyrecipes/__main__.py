"""Starts the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command that `sys.argv` names and return its exit status."""
    from pyrecipes.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
