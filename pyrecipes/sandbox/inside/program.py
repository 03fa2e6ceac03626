"""Runs one program in this process just as a fresh `python main.py ARGS` would, recorded."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from . import failure, marks
from .recorder import Recorder

if TYPE_CHECKING:
    from types import TracebackType

CHANNEL_FD = 200  # out of the way, so that the program's first own file gets number 3


def execute(request: dict[str, Any], channel: int) -> int:
    """Lay out the request's files in the current folder, run its main file, answer its probes.

    Gives the exit code that `python main.py` would have; the caller ends the process with it, by
    `os._exit`, since all that an interpreter does at its end is done. Does not return where a
    KeyboardInterrupt ends the program: the process then ends by SIGINT, as Python's does. Nor in
    a child that the program forked: it ends here.
    """
    root = os.getcwd()
    recorder = begin(request, channel, root)
    recorder.record({"begin": True})
    code = _run(request, recorder)
    code = finish(request["module"], root, code)
    if os.getpid() != recorder.pid:  # a child that the program forked
        os._exit(1 if code == -2 else code & 0xFF)
    if code == -2:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return code & 0xFF if os.name == "posix" else code


def begin(request: dict[str, Any], channel: int, root: str) -> Recorder:
    """Lay the files out, make this interpreter as a fresh one, and start to record."""
    main = os.path.join(root, *request["name"].split("/"))
    lay_out(root, {**request["files"], request["name"]: request["code"]})
    recorder = Recorder(request["nonce"], main, root, _out_of_the_way(channel))
    as_fresh(request, main)
    recorder.install()
    if "stack" in request["code"] or any("stack" in text for text in request["files"].values()):
        from . import stacks  # it needs modules that few programs do

        stacks.end_at_own()
    return recorder


def ready() -> None:
    """What each program needs and no request decides: new seeds, and an answer to the host's
    signal that asks where the program is, given even while C code runs."""
    if "random" in sys.modules:
        sys.modules["random"].seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    if os.name == "posix":
        import _signal  # type: ignore[import-not-found]
        import faulthandler

        number = getattr(_signal, "SIGRTMAX", _signal.SIGUSR2)
        faulthandler.register(number, file=CHANNEL_FD, all_threads=True, chain=False)


EARLY = {"abc", "codecs", "encodings", "genericpath", "io", "os", "posixpath", "site", "stat"}
"""What Python has loaded before a program's first line, beside modules in C."""


def lay_out(root: str, files: dict[str, str]) -> None:
    """Write files, given by their relative paths, under a folder."""
    for path, content in files.items():
        target = os.path.join(root, *path.split("/"))
        folder = os.path.dirname(target)
        if folder != root:
            os.makedirs(folder, exist_ok=True)
        with open(target, "wb") as file:
            file.write(content.encode("utf-8", "surrogatepass"))


def _out_of_the_way(channel: int) -> int:
    os.dup2(channel, CHANNEL_FD, inheritable=False)
    os.close(channel)
    return CHANNEL_FD


def as_fresh(request: dict[str, Any], main: str) -> None:
    """Make `sys` what it is at the start of `python main.py ARGS`."""
    import io

    sys.argv = [request["name"], *request["args"]]
    sys.orig_argv = [sys.executable, request["name"], *request["args"]]
    folder = os.path.dirname(main)
    sys.path[:] = [folder, *(entry for entry in sys.path if entry not in ("", folder))]
    stdin = io.FileIO(0, "r", closefd=False)
    stdin.name = "<stdin>"
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(  # type: ignore[misc]
        io.BufferedReader(stdin), "utf-8", "strict"
    )
    sys.stdin.mode = "r"  # type: ignore[misc]
    _forget(request["files"])


def _forget(files: dict[str, str]) -> None:
    """Let a file of the program's hide the module of its name, as beside a fresh interpreter: of
    those that were loaded ahead, only what Python itself had loaded stays."""
    for top in {path.partition("/")[0].removesuffix(".py") for path in files}:
        if top in sys.modules and top not in EARLY and top not in sys.builtin_module_names:
            for name in [n for n in sys.modules if n == top or n.startswith(f"{top}.")]:
                del sys.modules[name]


def _run(request: dict[str, Any], recorder: Recorder) -> int:
    """Run the main file in a new module; the exit code."""
    names = module(request["module"], recorder.main)
    try:
        source = request["code"].encode("utf-8", "surrogatepass")
        code = marks.compiled(source, recorder.main, recorder.hooks(), request["assignments"])
        exec(code, names)
    except BaseException as error:
        return ended(error, recorder)
    if request["probes"] and os.getpid() == recorder.pid:
        from . import probes

        probes.answer(request["probes"], names, recorder.answer, recorder.main)
    return 0


def module(name: str, main: str) -> dict[str, Any]:
    """The names of a new module, which has taken its place in `sys.modules`."""
    made = type(sys)(name)
    names = made.__dict__
    if name == "__main__":
        import _frozen_importlib_external as external

        made.__loader__ = external.SourceFileLoader(name, main)
    if sys.version_info < (3, 14):
        names["__annotations__"] = {}
    names["__builtins__"] = sys.modules["builtins"]
    made.__file__ = main
    names["__cached__"] = None
    sys.modules.pop(name, None)  # it comes last, and what the program imports after it
    sys.modules[name] = made
    return names


def ended(error: BaseException, recorder: Recorder) -> int:
    """Tell of the exception that ended the program, as Python would; the exit code."""
    forget_own_frames(error)
    if isinstance(error, SystemExit):
        return exit_code(error, recorder)
    trace = error.__traceback__
    recorder.pinned = failure.line_in(error, recorder.main)
    hook = sys.excepthook
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    sent = os.getpid() == recorder.pid and recorder.record(
        failure.described(error, os.fsdecode(recorder.prefix)), recorder.pinned
    )
    if hook is not sys.__excepthook__ or not sent:
        _call_hook(hook, error, trace)
    recorder.pinned = 0
    return -2 if isinstance(error, KeyboardInterrupt) else 1


def _call_hook(hook: Any, error: BaseException, trace: TracebackType | None) -> None:
    try:
        hook(type(error), error, trace)
    except BaseException as second:
        sys.stderr.write("Error in sys.excepthook:\n")
        sys.__excepthook__(type(second), second, second.__traceback__)
        sys.stderr.write("\nOriginal exception was:\n")
        sys.__excepthook__(type(error), error, trace)


def forget_own_frames(error: BaseException) -> None:
    """Drop the frames that are not the program's from the top of its traceback."""
    here = os.path.dirname(__file__)
    trace = error.__traceback__
    while trace is not None and os.path.dirname(trace.tb_frame.f_code.co_filename) == here:
        trace = trace.tb_next
    error.__traceback__ = trace


def exit_code(error: SystemExit, recorder: Recorder) -> int:
    """The exit code that a SystemExit stands for; its text, if it has one, is written."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xFF if os.name == "posix" else int(code)
    recorder.pinned = failure.line_in(error, recorder.main)
    if sys.stderr is not None:
        sys.stderr.write(f"{code}\n")
    recorder.pinned = 0
    return 1


# --- the end of the interpreter ---------------------------------------------------------------


def finish(name: str, root: str, code: int) -> int:
    """What an interpreter does at its end: join threads, call `atexit`, free the program's own.

    Gives the exit code: 120 where the last of the output can't be written, as Python does.
    """
    import atexit
    import gc
    import itertools

    threading = sys.modules.get("threading")
    if threading is not None:
        try:
            threading._shutdown()
        except BaseException as error:
            sys.unraisablehook(_Unraisable(error, "threading._shutdown"))  # type: ignore[arg-type]
    atexit._run_exitfuncs()
    code = 120 if not flushed() and code == 0 else code
    canary = _Canary()
    # Only those after the program's own: looking at a module copies its page of memory.
    for other in list(itertools.takewhile(name.__ne__, reversed(sys.modules))):
        if str(getattr(sys.modules[other], "__file__", None) or "").startswith(root + os.sep):
            del sys.modules[other]
    module = sys.modules.pop(name, None)
    if module is not None:
        module.__dict__["\0"] = canary
    del module
    sys.last_type = sys.last_value = sys.last_traceback = None
    gc.collect()
    for names in [r for r in gc.get_referrers(canary) if type(r) is dict and "\0" in r]:
        _clear(names)
    gc.collect()
    flushed()
    if "ctypes" in sys.modules and os.name == "posix":
        sys.modules["ctypes"].CDLL(None).fflush(None)
    return code


class _Canary:
    """Shows whether a module's names are still reachable."""


class _Unraisable:
    def __init__(self, error: BaseException, what: str) -> None:
        self.exc_type = type(error)
        self.exc_value = error
        self.exc_traceback = error.__traceback__
        self.err_msg = f"Exception ignored in {what}"
        self.object = None


def _clear(names: dict[str, Any]) -> None:
    """Free a module's names in the interpreter's order: `_private` ones first."""
    for private in (True, False):
        for key in list(names):
            if key != "__builtins__" and (key[:1] == "_" and key[1:2] != "_") in (private, True):
                names[key] = None


def flushed() -> bool:
    """Write what the standard streams still hold; False where that fails for output."""
    fine = True
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not getattr(stream, "closed", False):
                stream.flush()
        except Exception:
            fine = fine and stream is sys.stderr
    return fine
