"""Runs all cases at one level as the user that it is started by, and prints what each did.

Nothing hostile is run before the sandbox has shown that it holds a harmless probe back.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes.errors import NoSandboxError
from pyrecipes.model import Limits, Snippet
from pyrecipes.sandbox import open_sandbox
from tests.hostile.case import PRELUDE, Case
from tests.hostile.cases_benign import BENIGN, NUMPY
from tests.hostile.cases_calls import CALLS, NETWORK, PROCESSES
from tests.hostile.cases_files import FILES, OTHER_RUNS, PRIVILEGE, SECRETS
from tests.hostile.cases_limits import ENDS, LIMITS

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox, Transcript

HOSTILE = [*FILES, *PRIVILEGE, *SECRETS, *CALLS, *NETWORK, *PROCESSES, *OTHER_RUNS, *LIMITS, *ENDS]
HARMLESS = [*BENIGN, *(NUMPY if importlib.util.find_spec("numpy") else ())]
DEAD_S = 1.0
AT_ONCE = 3
BWRAPS = ("files", "privilege", "secrets", "network", "processes", "limits")
PLAIN = ("limits", "ends", "benign")
PROBE = """\
try:
    open('@CANARY@')
    print('READ')
except OSError:
    pass
try:
    open('@FOLDER@/probe', 'w')
    print('WRITTEN')
except OSError:
    print('HELD')
"""


def guard(sandbox: Sandbox, level: str, facts: dict[str, Any]) -> None:
    """Refuse to go on where hostile code could reach the host."""
    transcript = sandbox.run(Snippet(filled(PROBE, facts)))
    if sandbox.isolation != level or transcript.isolation != level:
        raise SystemExit(f"asked for {level}, got {transcript.isolation}: nothing hostile is run")
    if transcript.stdout != "HELD\n":
        raise SystemExit(f"the probe was not held back: {transcript}: nothing hostile is run")


def filled(code: str, facts: dict[str, Any]) -> str:
    """The code with the names of this run's canaries."""
    for name, value in facts.items():
        code = code.replace(f"@{name}@", str(value))
    return code


def run(sandbox: Sandbox, case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    """What a case did: `ok`, and `told` for whoever reads a failure."""
    prelude = "" if case.kind in PLAIN else PRELUDE
    if case.before:
        sandbox.run(Snippet(filled(prelude + case.before, facts)), Limits(wall_s=2))
    limits = Limits(**{"wall_s": 5.0, **case.limits})  # type: ignore[arg-type]
    began = time.monotonic()
    transcript = sandbox.run(Snippet(filled(prelude + case.code, facts), stdin=case.stdin), limits)
    took = time.monotonic() - began
    fine = as_wanted(case, transcript)
    left = survivors(facts["MARK"], f"61.{facts['NUMBER']}") if case.kind == "processes" else []
    late = case.kind == "limits" and took > case.limits.get("wall_s", 0.5) + 2.0
    told = f"{transcript.status} {transcript.exit_code} {took:.2f} s left={left} "
    told += str([(e.kind, e.text[:300]) for e in transcript.events[-4:]])
    return {"ok": fine and not left and not late, "told": told, "took": took}


def as_wanted(case: Case, transcript: Transcript) -> bool:
    if case.status == "*":
        return "HELD" in transcript.stdout
    if case.status:
        return transcript.status == case.status
    lines = transcript.stdout.splitlines()
    return transcript.status == "ok" and bool(lines) and lines[-1] == "HELD"


def survivors(mark: str, argument: str) -> list[str]:
    """What a run has left running, looked for from outside."""
    until = time.monotonic() + DEAD_S
    while True:
        found = []
        for entry in Path("/proc").iterdir():
            try:
                comm, line = (entry / "comm").read_text(), (entry / "cmdline").read_text()
            except OSError:
                continue
            if mark == comm.strip() or argument in line:
                found.append(f"{entry.name} {comm}")
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.02)


def main() -> None:
    level, *kinds = sys.argv[1:]
    facts = json.load(sys.stdin)
    results: dict[str, Any] = {}
    try:
        with open_sandbox(level) as sandbox:
            guard(sandbox, level, facts)
            cases = [case for case in [*HOSTILE, *HARMLESS] if level in case.levels]
            cases = [case for case in cases if not kinds or case.kind in kinds]
            marks = [{**facts, "MARK": f"{facts['MARK']}{n}"} for n in range(len(cases))]
            with ThreadPoolExecutor(AT_ONCE) as pool:
                ran = pool.map(lambda case, its: run(sandbox, case, its), cases, marks)
                results = dict(zip([case.id for case in cases], ran, strict=True))
    except NoSandboxError as error:
        results = {"skip": str(error)}
    results["canary"] = {"ok": True, "told": f"run by {os.geteuid()}"}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
