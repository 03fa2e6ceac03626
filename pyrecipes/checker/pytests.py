"""`tests:` checks: pytest inside the sandbox, beside the answer.

This is the one kind that trusts the answer: what pytest says is made where the answer runs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyrecipes.checker.finding import Finding, stopped, visible
from pyrecipes.model import MAIN, CheckResult, Probe, Snippet

if TYPE_CHECKING:
    from pyrecipes.model import Check, Exercise, Files, Limits, Sandbox, Transcript

TESTS = "test_answer.py"
RUNNER = """\
import contextlib, io, pytest

class Reports:
    found = []
    def pytest_runtest_logreport(self, report):
        if report.when == 'call' or report.failed:
            crash = getattr(report.longrepr, 'reprcrash', None)
            short = getattr(crash, 'message', '')
            self.found.append((report.nodeid.partition('::')[2], report.passed, short,
                               str(report.longrepr or '')))
    def pytest_collectreport(self, report):
        if report.failed:
            self.found.append(('the tests', False, '', str(report.longrepr)))

with contextlib.redirect_stdout(io.StringIO()):
    pytest.main(['-q', '-p', 'no:cacheprovider', '--rootdir=.', 'test_answer.py'],
                plugins=[Reports()])
"""


def judge(
    check: Check, exercise: Exercise, answer: Files, sandbox: Sandbox, limits: Limits
) -> list[Finding]:
    """Run the tests; a finding for each of them, or one for them all where they could not run."""
    files = {**answer, **exercise.files, TESTS: check.tests}
    requires = (*exercise.requires, "pytest")
    snippet = Snippet(
        RUNNER,
        files,
        name="run_tests.py",
        module="run_tests",
        requires=requires,
        probes=(Probe("Reports.found"),),
    )
    transcript = sandbox.run(snippet, limits)
    reports = _reports(transcript)
    if not reports:
        why = stopped(transcript) or "no test was run"
        result = CheckResult("the tests", False, note=why, transcript=transcript)
        return [Finding(result, transcript.status)]
    return [_told(*report) for report in reports]


def _reports(transcript: Transcript) -> list[tuple[str, bool, str, str]]:
    """Each test's name, whether it passed, why not, and all of what pytest wrote of it."""
    try:
        data: Any = transcript.results[0].data
        return [
            (str(name), passed is True, str(short), str(whole))
            for name, passed, short, whole in (report["items"] for report in data)
        ]
    except (IndexError, KeyError, TypeError, ValueError):
        return []


def _told(name: str, passed: bool, short: str, whole: str) -> Finding:
    if passed:
        return Finding(CheckResult(name, True), "passed")
    short = short.removeprefix("AssertionError: ")
    note = short.splitlines()[0] if short else "the tests can't be run beside your answer"
    line = None
    for part in whole.splitlines():
        before, _, after = part.partition(f"{MAIN}:")
        number = after.partition(":")[0]
        if not before.strip() and number.isdigit():
            line = int(number)
    return Finding(
        CheckResult(name, False, got=visible(whole or short), note=note, line=line),
        json.dumps([name, short]),
    )
