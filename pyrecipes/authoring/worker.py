"""The process of `workers.Apart`: reads a request a line, answers a line, until there are no more.

`{"file": F, "task": N}` holds a task, `{"file": F}` lists what the lesson leaves out.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes import loader
from pyrecipes.authoring.tasks import Task, tasks_of
from pyrecipes.authoring.workers import Here
from pyrecipes.authoring.written import Written
from pyrecipes.errors import NoSandboxError

if TYPE_CHECKING:
    from pyrecipes.model import Lesson


@cache
def _lesson(file: str) -> tuple[Lesson, list[Task]]:
    lesson = loader.load(Path(file))
    return lesson, tasks_of(lesson, Written(Path(file)))


def answer(request: dict[str, Any], worker: Here) -> dict[str, Any]:
    """Do what a request says."""
    lesson, tasks = _lesson(request["file"])
    found: dict[str, Any] = {}
    if "task" in request:
        found["faults"] = [
            (f.place.file, f.place.line, f.place.column, f.where, f.what)
            for f in worker.hold(tasks[request["task"]])
        ]
    else:
        found["uncovered"] = worker.uncovered(lesson)
    found["runs"], found["asked"] = worker.counts()
    return found


def main(level: str) -> None:
    """Answer the requests on standard input with a sandbox of a level (empty: the strongest)."""
    from pyrecipes.sandbox import open_sandbox

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks ends it
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        worker = Here(open_sandbox(level or None))
    except NoSandboxError as error:
        replies.write(json.dumps({"no_sandbox": str(error)}) + "\n")
        replies.close()
        return
    try:
        for line in sys.stdin:
            replies.write(json.dumps(answer(json.loads(line), worker)) + "\n")
            replies.flush()
    finally:
        worker.close()


if __name__ == "__main__":
    main(sys.argv[1])
