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


def _load_quickly() -> None:
    """Import our own modules without `typing`, which they need for nothing but annotations."""
    stand_in: object = type(sys)("typing")
    vars(stand_in).update(TYPE_CHECKING=False, Any=object)
    sys.modules["typing"] = stand_in  # type: ignore[assignment]
    from _pyrecipes import zygote  # type: ignore[import-not-found]

    zygote.load_ours()
    del sys.modules["typing"]


if __name__ == "__main__":
    _package()
    _load_quickly()
    if stat.S_ISSOCK(os.fstat(JOB).st_mode):
        from _pyrecipes import cold

        cold.serve()
    from _pyrecipes import zygote

    zygote.serve()
