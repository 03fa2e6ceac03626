"""What each level keeps out and what it does not: the one table for `doctor` and for the docs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyrecipes.value import value

if TYPE_CHECKING:
    from pyrecipes.model import Level

YES, NO = "yes", "no"

COLUMNS: tuple[Level, ...] = ("namespaces", "landlock", "seatbelt", "process")
TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("reading your files", YES, YES, YES, NO),
    ("changing or deleting your files", YES, YES, YES, NO),
    (
        "seeing that your files exist, and their names",
        YES,
        "listing, but not whether a known path exists",
        "listing",
        NO,
    ),
    ("your environment variables", YES, YES, YES, YES),
    ("open files of the program that started it", YES, YES, YES, YES),
    ("paths of this machine in error texts and arguments", YES, NO, NO, NO),
    ("the network", "all but its own loopback", "all", "all", NO),
    ("other programs' sockets with a path", YES, YES, YES, NO),
    (
        "other programs' shared memory",
        YES,
        "but for a program that uses multiprocessing and knows the name",
        NO,
        NO,
    ),
    ("seeing other processes", YES, YES, NO, NO),
    ("signals to other processes", YES, YES, YES, NO),
    ("system calls that programs do not need", YES, YES, NO, NO),
    ("root's rights, where you are root", YES, YES, NO, NO),
    ("endless running", YES, YES, YES, YES),
    (
        "too much memory, over all its processes",
        YES,
        YES,
        "each process alone",
        "each process alone",
    ),
    ("too many processes", YES, YES, NO, NO),
    ("filling the disk", YES, "within a moment", NO, NO),
    ("leaving processes running", YES, YES, "but for those that hide", "but for those that hide"),
    (
        "leaving files behind",
        YES,
        "but for shared memory",
        "but for shared memory",
        "in its own folder",
    ),
    (
        "what an earlier run left",
        YES,
        "but for shared memory",
        "but for shared memory",
        "in its own folder",
    ),
)
"""Each thing, with whether (or in how far) each of COLUMNS keeps it out."""

MISSING: dict[Level, tuple[str, ...]] = {
    "namespaces": (),
    "landlock": (
        "sockets, and so servers and clients of all kinds",
        "the fork server and managers of multiprocessing",
        "changing a file's mode, owner and times (`os.chmod`, `shutil.copy2`)",
        "/proc",
    ),
    "seatbelt": ("sockets",),
    "process": (),
}
"""What a lesson can't do at a level though it is harmless."""

WAYS: dict[str, tuple[tuple[Level, str], ...]] = {
    "linux": (
        (
            "namespaces",
            "Let programs make user namespaces: `sysctl kernel.unprivileged_userns_clone=1` or "
            "`user.max_user_namespaces` above 0. On Ubuntu install `bubblewrap` (and, on 24.04, "
            "its profile for AppArmor). In a container, allow them in its seccomp profile.",
        ),
        ("landlock", "Use Linux 6.2 or later with Landlock switched on (`lsm=landlock,...`)."),
    ),
    "darwin": (("seatbelt", "Use a macOS that has `/usr/bin/sandbox-exec`."),),
    "win32": (("namespaces", "Use WSL2, where the level `namespaces` works."),),
}


@value
class Report:
    """One level on this machine. `keeps_out` and `lets_through` come from TABLE."""

    level: Level
    works: bool
    why: str
    keeps_out: tuple[str, ...]
    lets_through: tuple[str, ...]
    missing: tuple[str, ...]
    stronger: str = ""


def report() -> tuple[Report, ...]:
    """All levels, strongest first, each tried; `why` is the reason where one does not work.

    `stronger` says how to get a level that does not work here, if there is a way.
    """
    from pyrecipes import sandbox

    ways = dict(WAYS.get(sys.platform, ()))
    found = []
    for level in COLUMNS:
        why = sandbox.why_not(level)
        found.append(
            Report(
                level,
                not why,
                why,
                _told(level, kept=True),
                _told(level, kept=False),
                MISSING[level],
                ways.get(level, "") if why else "",
            )
        )
    return tuple(found)


def _told(level: Level, *, kept: bool) -> tuple[str, ...]:
    index = 1 + COLUMNS.index(level)
    told = []
    for row in TABLE:
        thing, answer = row[0], row[index]
        if (answer != NO) is kept:
            told.append(thing if answer in (YES, NO) else f"{thing} ({answer})")
    return tuple(told)


def as_markdown() -> str:
    """TABLE and MISSING as they stand in `docs/sandbox.md`."""
    lines = [
        "| does it keep out ... | " + " | ".join(f"`{level}`" for level in COLUMNS) + " |",
        "| --- " * (len(COLUMNS) + 1) + "|",
        *("| " + " | ".join(row) + " |" for row in TABLE),
        "",
        "What a lesson can't do there, though it is harmless:",
        "",
    ]
    lines += [
        f"- `{level}`: " + ("; ".join(MISSING[level]) or "nothing that we know of") + "."
        for level in COLUMNS
    ]
    return "\n".join(lines) + "\n"
