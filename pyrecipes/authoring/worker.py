"""The process of `workers.Apart`: reads a request a line, answers a line, until there are no more.

`{"file": F, "task": N}` holds a task, `{"file": F}` lists what the lesson leaves out. The first
request of a file brings its `lesson` along, as the cache of lessons keeps it. Each has a `number`,
which the answer repeats: several are worked on at once.
"""

from __future__ import annotations

import json
import marshal
import os
import signal
import sys
import traceback
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any

from pyrecipes.authoring.tasks import tasks_of
from pyrecipes.authoring.workers import Here
from pyrecipes.errors import NoSandboxError
from pyrecipes.loader.cache import from_plain

if TYPE_CHECKING:
    from pyrecipes.model import Lesson


def answer(request: dict[str, Any], worker: Here, known: dict[str, Lesson]) -> dict[str, Any]:
    """Do what a request says. `known` has the lessons by their files."""
    lesson = known[request["file"]]
    found: dict[str, Any] = {}
    if "task" in request:
        found["wrong"] = worker.hold(tasks_of(lesson)[request["task"]])
    else:
        found["uncovered"] = worker.uncovered(lesson)
    found["runs"], found["asked"] = worker.counts()
    return found


def main(level: str, lanes: int) -> None:
    """Answer the requests on standard input, so many at once, with a sandbox of a level (empty: the
    strongest)."""
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
    one_at_a_time = Lock()

    def serve(request: dict[str, Any]) -> None:
        try:
            reply = json.dumps({**answer(request, worker, known), "number": request["number"]})
            with one_at_a_time:
                replies.write(reply + "\n")
                replies.flush()
        except BaseException:  # a fault of ours: the one who asks would wait for ever
            traceback.print_exc()
            os._exit(1)

    with ThreadPoolExecutor(lanes) as pool:
        for line in sys.stdin:
            request = json.loads(line)
            if "lesson" in request:
                lesson = from_plain(marshal.loads(b64decode(request["lesson"])))
                known[request["file"]] = lesson
            pool.submit(serve, request)
    worker.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
