"""Snippet -> Transcript: where snippets run."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Callable

    from pyrecipes.model import Sandbox
    from pyrecipes.sandbox.launch import Zygote


def open_sandbox(
    level: str | None = None,
    *,
    trusted: bool = True,
    warm: bool = True,
    ahead: Zygote | None = None,
) -> Sandbox:
    """The strongest sandbox that works here, or the one of the level that is asked for.

    A level is asked for by the argument, or by PYRECIPES_SANDBOX. Code that is not trusted does
    not run at level `process` unless that is asked for. Raises NoSandboxError where the level, or
    any level, can't be had. Close it after use.

    `warm` makes it ready for many runs; without, it is ready sooner, for one. `ahead` is what
    `launch.ahead` gave for the level: it is closed with the sandbox.
    """
    from pyrecipes.errors import NoSandboxError

    asked = level or os.environ.get("PYRECIPES_SANDBOX")
    if asked:
        if asked not in LEVELS:
            known = ", ".join(LEVELS)
            raise NoSandboxError(f"no sandbox level called {asked!r}; there are {known}")
        return LEVELS[asked](warm, ahead)
    reasons = []
    for name, make in LEVELS.items():
        if name == "process" and not trusted:
            continue
        try:
            return make(warm, ahead)
        except NoSandboxError as error:
            reasons.append(str(error))
    why = "; ".join(reasons) or "nothing stronger than level 'process' works here"
    raise NoSandboxError(f"{why}; to run it all the same, ask for the level 'process'")


def why_not(level: str) -> str:
    """Why a level does not work here, found out by trying; nothing where it does."""
    from pyrecipes.errors import NoSandboxError

    try:
        LEVELS[level](False, None).close()
    except NoSandboxError as error:
        return str(error)
    return ""


def _namespaces(warm: bool, ahead: Zygote | None) -> Sandbox:
    from pyrecipes.sandbox.namespaces import NamespacesSandbox

    return NamespacesSandbox(warm=warm, ahead=ahead)


def _landlock(*_: object) -> Sandbox:
    from pyrecipes.sandbox.landlocked import LandlockSandbox

    return LandlockSandbox()


def _seatbelt(*_: object) -> Sandbox:
    from pyrecipes.sandbox.seatbelt import SeatbeltSandbox

    return SeatbeltSandbox()


def _process(*_: object) -> Sandbox:
    from pyrecipes.sandbox.process import ProcessSandbox

    return ProcessSandbox()


LEVELS: dict[str, Callable[[bool, Zygote | None], Sandbox]] = {
    "namespaces": _namespaces,
    "landlock": _landlock,
    "seatbelt": _seatbelt,
    "process": _process,
}
"""Each level with what makes its sandbox, strongest first; that raises NoSandboxError.

What it is given says whether to be warm, and what was started ahead for it."""
