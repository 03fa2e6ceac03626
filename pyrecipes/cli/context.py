"""What the verbs share, each part made when it is first asked for."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path

from pyrecipes.errors import PyrecipesError

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from datetime import datetime
    from types import TracebackType
    from typing import Any

    from pyrecipes.loader.catalogue import Catalogue
    from pyrecipes.model import Sandbox
    from pyrecipes.progress.answers import Answers
    from pyrecipes.progress.store import Store
    from pyrecipes.render.theme import Screen
    from pyrecipes.sandbox.launch import Zygote

LARGEST = 1_000_000
"""A program or an answer may have so many bytes."""


class Context:
    """The environment of one command. Used as a context manager: what was opened is closed."""

    def __init__(self, environ: Mapping[str, str], ahead: Zygote | None = None) -> None:
        """`ahead` is what was started for the first sandbox that will be asked for."""
        self.environ = environ
        self._ahead = ahead
        self._opened: list[Any] = []

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for opened in reversed(self._opened):
            opened.close()
        if self._ahead is not None:
            self._ahead.close()

    @cached_property
    def home(self) -> Path:
        """The folder of all that the program keeps."""
        from pyrecipes.progress.home import home

        return home(self.environ)

    @cached_property
    def packs(self) -> Path:
        """The folder of packs that were added."""
        return self.home / "packs"

    @cached_property
    def catalogue(self) -> Catalogue:
        """The lessons that are there: the built-in ones, and those of packs."""
        from pyrecipes.loader.catalogue import Catalogue

        if not self.packs.is_dir():
            return Catalogue(cache=self.home / "cache")
        from pyrecipes.loader.packs import sources

        return Catalogue(cache=self.home / "cache", sources=sources(self.packs))

    @cached_property
    def store(self) -> Store:
        """Progress. What happened to it on opening is said on standard error."""
        from pyrecipes.progress.store import Store

        store = Store.open(self.home / "progress.db", now)
        self._opened.append(store)
        for notice in store.notices:
            self.note(notice)
        return store

    @cached_property
    def answers(self) -> Answers:
        """The folder of answers."""
        from pyrecipes.progress.answers import Answers

        return Answers(self.home / "answers")

    def sandbox(self, args: Namespace, *, trusted: bool = True, warm: bool = True) -> Sandbox:
        """A sandbox of the level that the arguments or the environment ask for.

        Not `warm`: for one run. NoSandboxError where it can't be had. At level `process` the first
        use says what is missing.
        """
        from pyrecipes.sandbox import open_sandbox

        asked = getattr(args, "isolation", None) or self.environ.get("PYRECIPES_SANDBOX") or None
        ahead, self._ahead = self._ahead, None
        sandbox = open_sandbox(asked, trusted=trusted, warm=warm, ahead=ahead)
        self._opened.append(sandbox)
        if sandbox.isolation == "process" and asked is None:
            self._warn_once()
        return sandbox

    def console(self, args: Namespace | None = None) -> Screen:
        """A console on standard output, as the environment and `--plain` ask for."""
        from pyrecipes.render.theme import make_console

        return make_console(sys.stdout, plain=bool(getattr(args, "plain", False)))

    def note(self, text: str) -> None:
        """Say something beside the output, on standard error."""
        sys.stderr.write(f"pyrecipes: {text}\n")

    def _warn_once(self) -> None:
        said = self.home / "told-of-process-level"
        if said.exists():
            return
        self.note(
            "no walls can be had here: code runs with your own rights, only limited in time and "
            "memory. `pyrecipes doctor` says what is missing and how to get it."
        )
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            said.touch()
        except OSError:
            return


def now() -> datetime:
    """The time, with its zone."""
    from datetime import datetime

    return datetime.now().astimezone()


def read_input(name: str, largest: int = LARGEST) -> str:
    """The text of a file, or of standard input for `-`; line ends become those of Python.

    PyrecipesError where it can't be read, is no text or has more than `largest` bytes.
    """
    if not name:
        raise PyrecipesError("the file has no name; name one, or - for standard input")
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(largest + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(largest + 1)
    except OSError as error:
        raise PyrecipesError(f"{name}: {error.strerror}") from None
    if len(raw) > largest:
        raise PyrecipesError(f"{name}: more than {largest // 1_000_000} MB, is it the right file?")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise PyrecipesError(f"{name}:{line}: not UTF-8; save the file as UTF-8") from None


def print_json(document: Any) -> None:
    """Print one JSON document and nothing else."""
    import json

    json.dump(document, sys.stdout, ensure_ascii=sys.stdout.encoding.lower() != "utf-8", indent=2)
    sys.stdout.write("\n")
