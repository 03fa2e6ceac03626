"""Runs inside the sandbox, imported by nobody outside: watches a snippet's calls for a picture.

Every call `f(...)` of the snippet becomes `_watch_call(line, text, args, f)(...)`, every `with x:`
`with _watch_with(line, text, x):`. What is of interest is kept; of processes and threads in a
file, one JSON object a line, so that children made by fork and spawn are heard too. Standard
library only.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import threading
import time
import warnings
from typing import Any

LOG = os.path.abspath("_pyrecipes_log")  # noqa: PTH100
MOST = 400
MARK = "@@pyrecipes-view "
RECORDS: list[dict[str, Any]] = []


def log(record: dict[str, Any]) -> None:
    """Keep one record; after MOST of one process, none."""
    if len(RECORDS) < MOST:
        RECORDS.append(record)


def log_in_file(record: dict[str, Any]) -> None:
    """Keep one record where the parent of this process finds it; after MOST, none."""
    if len(RECORDS) < MOST:
        RECORDS.append(record)
        with open(LOG, "a", encoding="ascii") as file:  # noqa: PTH123
            file.write(json.dumps(record) + "\n")


def report() -> None:
    """Write all records as one line to standard output."""
    records = RECORDS
    if os.path.exists(LOG):  # noqa: PTH110
        with open(LOG, encoding="ascii") as file:  # noqa: PTH123
            records = [json.loads(line) for line in file]
    sys.__stdout__.write("\n" + MARK + json.dumps(records) + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


class Rewriter(ast.NodeTransformer):
    """Puts the watchers into a snippet."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Hand each function through `_watch_call` before it is called."""
        text = ast.unparse(node)[:200]
        args = [ast.Constant(ast.unparse(arg)[:40]) for arg in node.args]
        self.generic_visit(node)
        names = ast.Tuple(list(args), ast.Load())
        before = [ast.Constant(node.lineno), ast.Constant(text), names]
        watcher = ast.Name("_watch_call", ast.Load())
        node.func = ast.Call(watcher, [*before, node.func], [])
        return node

    def visit_With(self, node: ast.With) -> ast.AST:
        """Hand each context manager through `_watch_with`."""
        texts = [ast.unparse(item.context_expr)[:60] for item in node.items]
        self.generic_visit(node)
        for item, text in zip(node.items, texts, strict=True):
            watcher = ast.Name("_watch_with", ast.Load())
            before = [ast.Constant(node.lineno), ast.Constant(text)]
            item.context_expr = ast.Call(watcher, [*before, item.context_expr], [])
        return node


def compiled(kind: str, source: str, name: str, names: dict[str, Any]) -> Any:
    """The snippet with watchers of this kind in it; they are put into `names`."""
    watch = {"regex": watch_regex, "tree": watch_tree, "array": watch_array}.get(kind, watch_time)
    names["_watch_call"] = watch
    names["_watch_with"] = watch_with if kind == "timeline" else lambda line, text, manager: manager
    tree = ast.fix_missing_locations(Rewriter().visit(ast.parse(source)))
    return compile(tree, name, "exec")


# --- regular expressions -------------------------------------------------------------------------

WAYS = ("match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split")


def watch_regex(line: int, text: str, args: tuple[str, ...], function: Any) -> Any:
    """Note what a call of re, or of a compiled pattern's method, finds and where."""
    import re

    name = getattr(function, "__name__", "")
    if name not in WAYS:
        return function
    owner = getattr(function, "__self__", None)
    if not isinstance(owner, re.Pattern) and function is not getattr(re, name, None):
        return function

    def watched(*given: Any, **named: Any) -> Any:
        try:
            values = dict(named)
            order = ["string"] if isinstance(owner, re.Pattern) else ["pattern", "string"]
            if name in ("sub", "subn"):
                order.insert(len(order) - 1, "repl")
            values.update(zip(order, given, strict=False))
            pattern = owner if owner is not None else values["pattern"]
            flags = values.get("flags", given[2] if len(given) > 2 and len(order) == 2 else 0)
            explain(line, text, name, re.compile(pattern, flags), values["string"])
        except Exception:  # whatever is wrong with the call, the call itself says it
            pass
        return function(*given, **named)

    return watched


def explain(line: int, text: str, how: str, pattern: Any, subject: Any) -> None:
    """Log one use of a pattern."""
    import re

    if not isinstance(subject, str) or not isinstance(pattern.pattern, str):
        return
    if how in ("match", "search", "fullmatch"):
        found = [getattr(pattern, how)(subject)]
    else:
        found = []
        for match in pattern.finditer(subject):
            found.append(match)
            if len(found) >= 20:
                break
    found = [match for match in found if match is not None]
    names = {number: name for name, number in pattern.groupindex.items()}
    record: dict[str, Any] = {
        "line": line,
        "call": text,
        "how": how,
        "pattern": pattern.pattern[:300],
        "subject": subject[:400],
        "names": [names.get(number, "") for number in range(pattern.groups + 1)],
        "found": [[match.span(n) for n in range(pattern.groups + 1)] for match in found],
    }
    if not found and len(pattern.pattern) <= 300 and len(subject) <= 2000:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            way = "search" if how not in ("match", "fullmatch") else "match"
            flags = pattern.flags & ~re.DEBUG
            record["stopped"] = furthest(pattern.pattern, flags, way, subject)
    log(record)


def furthest(pattern: str, flags: int, way: str, subject: str) -> list[Any]:
    """How much of the pattern still matches: its length, the text's span, the piece that fails."""
    import re

    ends = []
    for length in range(len(pattern) + 1):
        try:
            ends.append((length, re.compile(pattern[:length], flags)))
        except (re.error, OverflowError, RecursionError):
            continue
    for at in range(len(ends) - 1, -1, -1):
        length, compiled_prefix = ends[at]
        match = getattr(compiled_prefix, way)(subject)
        if match is not None:
            # The next piece ends where the one after it would begin: quantifiers belong to it.
            stop = at + 1
            while stop < len(ends) and pattern[ends[stop][0] : ends[stop][0] + 1] in tuple("*+?{"):
                stop += 1
            end = ends[stop][0] if stop < len(ends) else len(pattern)
            return [length, match.start(), match.end(), pattern[length:end]]
    return [0, 0, 0, pattern]


# --- files ---------------------------------------------------------------------------------------


def watch_tree(line: int, text: str, args: tuple[str, ...], function: Any) -> Any:
    """Note the paths that a call gives."""
    import glob
    import pathlib

    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", None)
    if function not in (glob.glob, glob.iglob, os.listdir, os.scandir) and not (
        isinstance(owner, pathlib.PurePath) and name in ("glob", "rglob", "iterdir")
    ):
        return function

    def watched(*given: Any, **named: Any) -> Any:
        result = function(*given, **named)
        if function is os.scandir:
            return result
        listed = list(result)
        base = "."
        if function is os.listdir:
            base = os.fspath(given[0]) if given else "."
        elif named.get("root_dir"):
            base = os.fspath(named["root_dir"])
        paths = [os.path.abspath(os.path.join(base, os.fspath(p))) for p in listed]  # noqa: PTH100, PTH118
        if all(isinstance(path, str) for path in paths):
            root, entries = walk(paths)
            matched = [os.path.relpath(path, root) for path in paths[:300]]
            log({"line": line, "call": text, "entries": entries, "matched": matched})
        return listed if isinstance(result, list) else iter(listed)

    return watched


def walk(paths: list[str]) -> tuple[str, list[str]]:
    """The folder that holds the paths, the current one where it does, and all that is in it."""
    root = os.getcwd()  # noqa: PTH109
    inside = all(path == root or path.startswith(root + os.sep) for path in paths)
    if not inside:
        root = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    entries: list[str] = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in [*(name + "/" for name in folders), *sorted(files)]:
            if name.startswith("_pyrecipes"):
                continue
            entries.append(os.path.relpath(os.path.join(folder, name), root))  # noqa: PTH118
            if name.endswith("/"):
                entries[-1] += "/"
            if len(entries) >= 300:
                return root, entries
    return root, entries


# --- arrays --------------------------------------------------------------------------------------


def watch_array(line: int, text: str, args: tuple[str, ...], function: Any) -> Any:
    """Note the arrays that go into a call, and those that come out."""
    numpy = sys.modules.get("numpy")
    if numpy is None or function is print:
        return function

    def watched(*given: Any, **named: Any) -> Any:
        result = function(*given, **named)
        before = [
            array(name, value)
            for name, value in zip(args, given, strict=False)
            if isinstance(value, numpy.ndarray)
        ]
        owner = getattr(function, "__self__", None)
        if isinstance(owner, numpy.ndarray):
            before.insert(0, array(text.partition("." + function.__name__)[0], owner))
        results = result if isinstance(result, tuple) else (result,)
        after = [array("", value) for value in results[:4] if isinstance(value, numpy.ndarray)]
        if after:
            log({"line": line, "call": text, "before": before[:3], "after": after})
        return result

    return watched


def array(name: str, value: Any) -> dict[str, Any]:
    """What is drawn of an array: its shape, and its items where they are few."""
    items = None
    if value.size <= 100 and value.ndim <= 3:
        items = [str(item)[:12] for item in value.ravel().tolist()]
    shape = [int(size) for size in value.shape]
    return {"name": name[:40], "shape": shape, "dtype": str(value.dtype), "items": items}


# --- processes and threads -----------------------------------------------------------------------

DEEDS = ("start", "release", "put", "set")
WAITS = ("join", "acquire", "get", "wait", "result", "recv")


def lane() -> list[str]:
    """Which process and thread this is."""
    process = sys.modules.get("multiprocessing.process")
    name = process.current_process().name if process else "MainProcess"
    return [name, threading.current_thread().name]


def what(owner: Any, text: str) -> str:
    """How to call what is waited for: a thread or process by its name, else as it was written."""
    name = getattr(owner, "name", None)
    if isinstance(name, str) and hasattr(owner, "start"):
        return name
    return text.rpartition(".")[0] or text


def concurrent(owner: Any) -> bool:
    """Whether an object is one that processes and threads wait for or start."""
    home = type(owner).__module__.partition(".")[0]
    return home in ("threading", "_thread", "multiprocessing", "concurrent", "queue", "_queue")


def watch_time(line: int, text: str, args: tuple[str, ...], function: Any) -> Any:
    """Note prints, starts and waits with their times."""
    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", None)
    if function is print:

        def printing(*given: Any, **named: Any) -> Any:
            said = " ".join(str(value) for value in given)[:80]
            log_in_file({"line": line, "kind": "print", "what": said, "lane": lane(), "at": now()})
            return function(*given, **named)

        return printing
    if name not in (*WAITS, *DEEDS) or not concurrent(owner):
        return function

    def watched(*given: Any, **named: Any) -> Any:
        begin = now()
        try:
            return function(*given, **named)
        finally:
            kind = name if name in (*DEEDS, "acquire") else "wait"
            record = {"line": line, "kind": kind, "what": what(owner, text.partition("(")[0])}
            log_in_file({**record, "lane": lane(), "at": begin, "end": now()})

    return watched


def watch_with(line: int, text: str, manager: Any) -> Any:
    """Note how long a lock was waited for and held."""
    lock = concurrent(manager) and hasattr(manager, "acquire") and hasattr(manager, "release")
    return Held(line, text, manager) if lock else manager


class Held:
    """A lock in a with statement."""

    def __init__(self, line: int, text: str, lock: Any) -> None:
        self.line, self.text, self.lock = line, text, lock

    def __enter__(self) -> Any:
        begin = now()
        entered = self.lock.__enter__()
        record = {"line": self.line, "kind": "acquire", "what": self.text}
        log_in_file({**record, "lane": lane(), "at": begin, "end": now()})
        return entered

    def __exit__(self, *error: object) -> Any:
        record = {"line": self.line, "kind": "release", "what": self.text}
        log_in_file({**record, "lane": lane(), "at": now(), "end": now()})
        return self.lock.__exit__(*error)


def now() -> float:
    """Milliseconds on a clock that all processes share."""
    return time.monotonic() * 1000
