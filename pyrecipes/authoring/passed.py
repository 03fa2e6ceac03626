"""Which lesson files passed as they are, so that verify runs only what changed."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from pyrecipes import __version__


class Passed:
    """Lesson files that passed, by what is in them and what they were held with; kept as JSON in
    a file, or not at all."""

    def __init__(self, file: Path | None, *, forget: bool = False) -> None:
        """`forget` leaves out what is known from before."""
        self._file = file
        self._known: dict[str, Any] = {} if forget else _read(file)
        self._program = "" if file is None else _program()

    def get(self, path: Path) -> tuple[str, ...] | None:
        """The uncovered names of a file that passed as it is now, else None."""
        if self._file is None:
            return None
        kept = self._known.get(str(path.resolve()))
        if isinstance(kept, dict) and kept.get("sum") == self._sum(path):
            return tuple(kept["uncovered"])
        return None

    def put(self, path: Path, uncovered: tuple[str, ...]) -> None:
        """Keep that a file passes."""
        if self._file is None:
            return
        kept = {"sum": self._sum(path), "uncovered": list(uncovered)}
        self._known[str(path.resolve())] = kept
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._known), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            with suppress(OSError):
                beside.unlink()

    def _sum(self, path: Path) -> str:
        return hashlib.sha256(self._program.encode() + path.read_bytes()).hexdigest()


def _read(file: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _program() -> str:
    """What lessons are held with: the versions, and the program's own files as they are."""
    package = Path(__file__).parent.parent
    changed = max(path.stat().st_mtime_ns for path in package.rglob("*.py"))
    return f"{__version__} {sys.version} {changed}"
