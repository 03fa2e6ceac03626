"""Starts the zygote inside its walls, as `python main.py`: all that a run's own arguments show."""

import sys


def _package() -> None:
    """Make this folder a package without a place on the path, which belongs to the learner."""
    package = type(sys)("_pyrecipes")
    package.__path__ = [sys.path.pop(0)]
    sys.modules["_pyrecipes"] = package


if __name__ == "__main__":
    _package()
    from _pyrecipes import zygote  # type: ignore[import-not-found]

    zygote.serve()
