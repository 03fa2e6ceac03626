"""What of the host is shown inside a sandbox, and where: the interpreter, its library, packages."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any

    from pyrecipes.model import Snippet

INSIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "inside")
VENV = "/venv"
PROGRAMS = (
    *("sh", "echo", "cat", "ls", "true", "false", "sleep", "sort", "wc", "head", "tail", "env"),
    *("date", "printf", "uname", "pwd", "mkdir", "rmdir", "rm", "cp", "mv", "touch", "seq", "tr"),
    *("uniq", "cut", "grep", "sed"),
)
ENVIRONMENT = {
    "HOME": "/home",
    "PATH": f"{VENV}/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    # the interpreter's own library, and not another one's that lies with the system's
    "LD_LIBRARY_PATH": "/python/lib",
    "TERM": "dumb",
    "USER": "learner",
}
FILES = (
    ("/etc/passwd", "learner:x:1000:1000::/home:/bin/sh\n"),
    ("/etc/group", "learner:x:1000:\n"),
    ("/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"),
    ("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
)
KNOWN = r"(?m)^[ \t]*(?:import|from)[ \t]+(numpy|pytest)\b"
FOLDERS = ("/dev/shm", "/proc", "/tmp", "/scratch", "/home", "/inside", "/etc", "/usr/bin")
LINKS = (
    ("/dev/fd", "/proc/self/fd"),
    ("/dev/stdin", "/proc/self/fd/0"),
    ("/dev/stdout", "/proc/self/fd/1"),
    ("/dev/stderr", "/proc/self/fd/2"),
)
EMPTY = ""  # as a bind's source: an empty folder
UNUSED_UID = 1_879_048_192


def plan(packages: tuple[str, ...] = ()) -> dict[str, Any]:
    """The plan that `inside/stage.py` builds by, with the distributions that are to be there."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = f"{VENV}/lib/{version}/site-packages"
    python = f"/python/bin/{version}"
    binds = _interpreter(python, version)
    links: list[tuple[str, str]] = []
    for found, target in _system_libraries():
        (links if target is not None else binds).append((found, target or found))
    shown, files = _packages(packages, site)
    copies, more = _programs()
    home = f"home = /python/bin\ninclude-system-site-packages = false\nversion = {version[6:]}\n"
    return {
        "inside": INSIDE,
        "python": f"{VENV}/bin/python",
        "environment": ENVIRONMENT,
        "uid": unused_uid(),
        "folders": [*FOLDERS, site],
        "files": [*FILES, (f"{VENV}/pyvenv.cfg", home), *files],
        "links": [
            *LINKS,
            *links,
            *more,
            (f"{VENV}/bin/python", python),
            (f"{VENV}/bin/python3", "python"),
            (f"{VENV}/bin/{version}", "python"),
        ],
        "copies": copies,
        "binds": [*binds, *shown, (INSIDE, "/inside")],
    }


def seen(packages: tuple[str, ...]) -> list[str]:
    """What of the host a run needs to read, where it can't be shown in other places."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    shown, _ = _packages(packages, VENV)
    binds = [*_interpreter("", version), *shown]
    return [
        *(source for source, _ in binds if source),
        *(found for found, target in _system_libraries() if target is None),
        *(source for source, _ in _programs()[0]),
        *(f"{prefix}/pyvenv.cfg" for prefix in {sys.prefix, sys.base_prefix}),
        *("/etc/ld.so.cache", "/etc/localtime", "/etc/nsswitch.conf", INSIDE),
    ]


def packages_of(snippet: Snippet) -> tuple[str, ...]:
    """The distributions that a snippet needs: those it says, and the known ones it imports."""
    import re

    sources = (snippet.code, *(text for name, text in snippet.files.items() if name[-3:] == ".py"))
    found = {
        name
        for source in sources
        if "numpy" in source or "pytest" in source
        for name in re.findall(KNOWN, source)
    }
    return tuple(sorted(found.union(snippet.requires)))


def executable() -> str:
    """The interpreter itself, not a venv's link to it."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def _interpreter(python: str, version: str) -> list[tuple[str, str]]:
    library = os.path.dirname(os.path.realpath(os.__file__))
    target = f"/python/{sys.platlibdir}/{version}"
    if os.path.isdir(os.path.join(sys.base_prefix, "conda-meta")):  # its libraries lie around it
        binds = [(os.path.dirname(library), os.path.dirname(target))]
    else:
        binds = [(library, target)]
    binds.append((executable(), python))
    with open("/proc/self/maps") as maps:
        mapped = {line.split()[-1] for line in maps if "libpython" in line}
    binds += [(path, f"/python/lib/{os.path.basename(path)}") for path in mapped if path[0] == "/"]
    for folder in ("site-packages", "dist-packages"):  # the user's own packages stay hidden
        if os.path.isdir(os.path.join(library, folder)):
            binds.append((EMPTY, f"{target}/{folder}"))
    if os.path.isdir("/usr/share/zoneinfo"):
        binds.append(("/usr/share/zoneinfo", "/usr/share/zoneinfo"))
    return binds


def _system_libraries() -> list[tuple[str, str | None]]:
    """Folders of shared libraries to bind (with None), and links as the host has them."""
    found: list[tuple[str, str | None]] = [("/bin", "usr/bin")]
    musl = _holds("/lib", "ld-musl-")
    for top in ("/lib", "/lib64", "/usr/lib", "/usr/lib64"):
        if os.path.islink(top):
            found.append((top, os.readlink(top)))
            continue
        for folder in (top, f"{top}/{os.uname().machine}-linux-gnu"):
            if os.path.isdir(folder) and (
                os.path.exists(f"{folder}/libc.so.6")
                or _holds(folder, "ld-linux")
                or (musl and folder == top)
            ):
                found.append((folder, None))
    return found


def _holds(folder: str, start: str) -> bool:
    """Whether there is a file with a name that starts so."""
    return os.path.isdir(folder) and any(name.startswith(start) for name in os.listdir(folder))


def _programs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The few programs that lessons start: files to copy, and links to copies."""
    copies: dict[str, str] = {}
    links = []
    for name in PROGRAMS:
        source = next(
            (f"{d}/{name}" for d in ("/usr/bin", "/bin") if os.path.exists(f"{d}/{name}")), ""
        )
        if not source:
            continue
        real = os.path.realpath(source)
        target = f"/usr/bin/{name}"
        if real in copies:
            links.append((target, copies[real]))
        elif os.path.getsize(real) < 4_000_000:
            copies[real] = target
    return list(copies.items()), links


def _packages(
    names: tuple[str, ...], site: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Each distribution's top-level files, and those that it needs in turn, with its metadata."""
    binds: list[tuple[str, str]] = []
    files: list[tuple[str, str]] = []
    todo, seen = [name.lower() for name in names], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        folder = _distribution(name)
        if folder is None:
            continue
        root, info = os.path.split(folder)
        for top in _top_level(folder):
            binds.append((f"{root}/{top}", f"{site}/{top}"))
        for file in ("METADATA", "entry_points.txt"):
            try:
                with open(f"{folder}/{file}", encoding="utf-8") as text:
                    content = text.read()
            except OSError:
                continue
            files.append((f"{site}/{info}/{file}", content))
            todo += _needs(content)
    return binds, files


def _distribution(name: str) -> str | None:
    """A distribution's folder of metadata; `importlib.metadata` takes long to import."""
    stem = name.replace("-", "_").replace(".", "_")
    for entry in sys.path:
        if not entry.endswith("-packages"):
            continue
        for found in os.listdir(entry) if os.path.isdir(entry) else ():
            if found.endswith(".dist-info"):
                called = found[:-10].rpartition("-")[0].lower()
                if called.replace("-", "_").replace(".", "_") == stem:
                    return os.path.join(entry, found)
    return None


def _top_level(info: str) -> list[str]:
    """What a distribution puts into its folder, but for programs and metadata."""
    tops: set[str] = set()
    root = os.path.dirname(info)
    try:
        with open(f"{info}/RECORD", encoding="utf-8") as record:
            for line in record:
                tops.add(line.split(",", 1)[0].strip('"').split("/", 1)[0])
    except OSError:
        return []
    return sorted(
        top
        for top in tops
        if top not in ("..", "__pycache__")
        and not top.endswith(".dist-info")
        and os.path.exists(f"{root}/{top}")
    )


def _needs(metadata: str) -> list[str]:
    """The distributions that one needs, those of its extras left out."""
    names = []
    for line in metadata.split("\n\n", 1)[0].splitlines():
        if line.startswith("Requires-Dist:") and "extra ==" not in line:
            text = line[14:].strip()
            end = next((i for i, c in enumerate(text) if not (c.isalnum() or c in "-_.")), None)
            names.append(text[:end].lower())
    return names


def unused_uid() -> int:
    """A user id that nobody has: from the top of those that this user namespace knows."""
    with open("/proc/self/uid_map") as file:
        for line in file:
            first, _, count = map(int, line.split())
            if first <= UNUSED_UID < first + count:
                return UNUSED_UID
            if count > 1000:
                return first + count - 100
    return 0
