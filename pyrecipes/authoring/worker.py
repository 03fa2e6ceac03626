"""The process of `workers.Apart`: reads a request a line, answers a line, until there are no more.

`{"file": F, "task": N}` holds a task, `{"file": F}` lists what the lesson leaves out. The first
request of a file brings its `lesson` along, as the cache of lessons keeps it.
"""

from __future__ import annotations

import json
import marshal
import os
import signal
import sys
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from pyrecipes.authoring.tasks import tasks_of
from pyrecipes.authoring.workers import Here
from pyrecipes.errors import NoSandboxError
from pyrecipes.loader.cache import from_plain

if TYPE_CHECKING:
    from pyrecipes.model import Lesson


def answer(request: dict[str, Any], worker: Here, known: dict[str, Lesson]) -> dict[str, Any]:
    """Do what a request says. `known` has the lessons by their files."""
    if "lesson" in request:
        known[request["file"]] = from_plain(marshal.loads(b64decode(request["lesson"])))
    lesson = known[request["file"]]
    found: dict[str, Any] = {}
    if "task" in request:
        found["wrong"] = worker.hold(tasks_of(lesson)[request["task"]])
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
    known: dict[str, Lesson] = {}
    try:
        for line in sys.stdin:
            replies.write(json.dumps(answer(json.loads(line), worker, known)) + "\n")
            replies.flush()
    finally:
        worker.close()


if __name__ == "__main__":
    main(sys.argv[1])
