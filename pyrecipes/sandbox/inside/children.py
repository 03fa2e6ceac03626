"""Recorders for the processes that multiprocessing starts with an interpreter of their own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .recorder import Recorder

CODE = sys._getframe().f_code  # this file's own, for processes that can't see the file
STARTER = """\
import marshal, os, sys
for name, code in marshal.load(os.fdopen({fd}, 'rb')).items():
    module = sys.modules[name] = type(sys)(name)
    module.__package__, module.__path__ = '_pyrecipes', []
    if code: exec(code, module.__dict__)
    setattr(sys.modules['_pyrecipes'], name.rpartition('.')[2], module)
sys.modules['_pyrecipes.children'].child{facts}
del marshal, os, sys, name, code, module
"""
_SERVER = "from multiprocessing.forkserver import"


def patched() -> bool:
    """Whether there is nothing (more) to do for `multiprocessing`."""
    util = sys.modules.get("multiprocessing.util")
    start = getattr(util, "spawnv_passfds", None)
    return start is None or hasattr(start, "pyrecipes")


def patch_spawn(recorder: Recorder) -> None:
    """Let spawned children and the fork server start with a recorder of their own."""
    util: Any = sys.modules["multiprocessing.util"]
    plain = util.spawnv_passfds

    def spawnv_passfds(path: Any, args: Any, passfds: Any) -> Any:
        args = list(args)
        at = args.index("-c") + 1 if "-c" in args else 0
        if not args[at].startswith(("from multiprocessing.spawn import", _SERVER)):
            return plain(path, args, passfds)
        label = "ForkServer" if args[at].startswith(_SERVER) else ""
        facts = (recorder.nonce, recorder.main, recorder.prefix, recorder.line(2), label)
        source = _own_code()
        try:
            args[at] = STARTER.format(fd=source, facts=facts) + args[at]
            return plain(path, args, [*passfds, source])
        finally:
            os.close(source)

    spawnv_passfds.pyrecipes = True  # type: ignore[attr-defined]
    util.spawnv_passfds = spawnv_passfds


def _own_code() -> int:
    """A pipe that holds the code of the modules that a recorder needs."""
    import marshal

    from . import marks, recorder

    modules = {"marks": marks.CODE, "children": CODE, "recorder": recorder.CODE}
    code = marshal.dumps(
        {"_pyrecipes": None, **{f"_pyrecipes.{name}": code for name, code in modules.items()}}
    )
    reading, writing = os.pipe()
    with open(writing, "wb") as file:
        file.write(code)  # far less than what a pipe holds
    return reading


def child(nonce: bytes, main: str, prefix: bytes, line: int, label: str) -> None:
    """Start recording in a process that multiprocessing has started with a new interpreter."""
    import runpy

    from .recorder import Recorder

    recorder = Recorder(nonce, main, os.fsdecode(prefix), None)
    recorder.started = line
    recorder.label = label
    recorder.install()
    plain = runpy._get_code_from_file  # type: ignore[attr-defined]
    hooks = recorder.hooks(silent=True)

    def marked(*args: Any) -> Any:
        from . import marks

        if args[-1] != main:
            return plain(*args)
        with open(main, "rb") as file:
            code = marks.compiled(file.read(), main, hooks)
        found = plain(*args)
        return (code, *found[1:]) if isinstance(found, tuple) else code

    runpy._get_code_from_file = marked  # type: ignore[attr-defined]
