"""A file of notes -> its text, or one line that says why not."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from pyrecipes.errors import NotFoundError, PyrecipesError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4_000_000
MAX_NOTEBOOK = 40_000_000


def read_text(path: Path, most: int = MAX_BYTES) -> str:
    """A file's text with `\\n` at the end of each line.

    Raises NotFoundError where there is no such file, PyrecipesError for what is no text, or more
    than `most` bytes.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PyrecipesError(f"{path}: is not a file")
        if status.st_size > most:
            size = f"{status.st_size / 1e6:.1f} MB; at most {most // 10**6} MB can be imported"
            raise PyrecipesError(f"{path}: has {size}, so split it")
        data = path.read_bytes()[: most + 1]
    except FileNotFoundError:
        raise NotFoundError(f"{path}: there is no such file or folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PyrecipesError(f"{path}: can't be read: {reason}") from None
    if b"\0" in data:
        raise PyrecipesError(f"{path}: is not text, or not in UTF-8; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise PyrecipesError(f"{path}:{line}: {what}") from None
    return re.sub("\r\n?", "\n", text)
