"""Starts what is inside the walls, as `python main.py`: all that a run's own arguments show."""

import os
import stat
import sys

JOB = 4  # a socket where the walls are those of one run; else a pidfd for the zygote to watch


def _package() -> None:
    """Make this folder a package without a place on the path, which belongs to the learner."""
    package = type(sys)("_pyrecipes")
    package.__path__ = [sys.path.pop(0)]
    sys.modules["_pyrecipes"] = package


if __name__ == "__main__":
    _package()
    if stat.S_ISSOCK(os.fstat(JOB).st_mode):
        from _pyrecipes import cold  # type: ignore[import-not-found]

        cold.serve()
    from _pyrecipes import zygote

    zygote.serve()
