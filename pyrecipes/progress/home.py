"""Where the program keeps what it keeps."""

from __future__ import annotations

from pathlib import Path

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Mapping


def home(environ: Mapping[str, str]) -> Path:
    """The folder of progress, answers and caches: PYRECIPES_HOME, else the platform's own."""
    chosen = environ.get("PYRECIPES_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("pyrecipes", appauthor=False)
