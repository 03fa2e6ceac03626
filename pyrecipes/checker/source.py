"""What an answer's source says: whether it is Python, what it defines, uses and avoids."""

from __future__ import annotations

import ast
import builtins
import contextlib
import warnings
from typing import TYPE_CHECKING, Any

from pyrecipes.meaning import meaning
from pyrecipes.model import Check, CheckResult, Files

if TYPE_CHECKING:
    from collections.abc import Iterator

READABLE = "Python can read your answer"
KEYWORDS: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "try": (ast.Try, ast.TryStar),
    "with": (ast.With, ast.AsyncWith),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef),
    "class": (ast.ClassDef,),
    "lambda": (ast.Lambda,),
    "yield": (ast.Yield, ast.YieldFrom),
    "await": (ast.Await,),
    "async": (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith),
    "match": (ast.Match,),
    "global": (ast.Global,),
    "nonlocal": (ast.Nonlocal,),
    "del": (ast.Delete,),
    "assert": (ast.Assert,),
    "raise": (ast.Raise,),
    "return": (ast.Return,),
    "break": (ast.Break,),
    "continue": (ast.Continue,),
    "import": (ast.Import, ast.ImportFrom),
}


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What Python warns of when it reads a learner's text is not for the host's screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def syntax_fault(files: Files) -> CheckResult | None:
    """What keeps an answer from being Python at all, before anything is run; None if nothing."""
    for name, text in files.items():
        if not name.endswith(".py"):
            continue
        try:
            with quiet():
                compile(text, name, "exec", dont_inherit=True)
        except SyntaxError as error:
            line = error.lineno or 1
            where = f"line {line}" if len(files) == 1 else f"{name}, line {line}"
            lines = text.splitlines()
            got = lines[line - 1].strip() if 0 < line <= len(lines) else ""
            note = f"{where}: {error.msg}. {meaning(type(error).__name__, error.msg)}"
            return CheckResult(READABLE, False, got=got, note=note, line=line)
        except (ValueError, RecursionError, MemoryError) as error:
            return CheckResult(READABLE, False, note=f"{name}: {error}")
    return None


def defined(text: str) -> list[str]:
    """The names that a file binds at its top level, functions and classes first."""
    with quiet():
        tree = ast.parse(text)
    first, then = [], []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node in tree.body:
                first.append(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            then.append(node.id)
    return list(dict.fromkeys([*first, *then]))


def code_lines(files: Files) -> int:
    """How many lines of an answer hold code."""
    count = 0
    for text in files.values():
        kept = (line.strip() for line in text.splitlines())
        count += sum(bool(line) and not line.startswith("#") for line in kept)
    return count


def judge(check: Check, files: Files) -> CheckResult:
    """A `uses` or `avoids` check; the files are known to be Python."""
    found = [
        (name, line)
        for name, text in files.items()
        if name.endswith(".py")
        for line in lines_using(check.name, text, imports=check.kind == "avoids")
    ]
    many = len(files) > 1
    title = f"{check.kind} {check.name}"
    if check.kind == "uses":
        if found:
            return CheckResult(title, True, line=found[0][1])
        note = f"your answer does not use `{check.name}`"
        return CheckResult(title, False, want=check.name, note=note)
    if not found:
        return CheckResult(title, True)
    name, line = found[0]
    where = f"line {line} of {name}" if many else f"line {line}"
    note = f"{where} uses `{check.name}`, which this task is to be done without"
    return CheckResult(title, False, got=check.name, note=note, line=line)


def lines_using(name: str, text: str, imports: bool = False) -> list[int]:
    """The lines where `name` is used, by whatever alias; with `imports` where it is imported too.

    `name` is dotted (`re.compile`), a builtin, a method (`.finditer`), or a statement's keyword.
    """
    with quiet():
        tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    if name in KEYWORDS:
        kinds = KEYWORDS[name]
        return sorted(_line(node) for node in nodes if isinstance(node, kinds))
    if name.startswith("."):
        return sorted(line for attribute, line in _attributes(nodes) if attribute == name[1:])
    scope = _Names(nodes)
    if name in scope.own and hasattr(builtins, name):
        return []
    uses = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)
    used = [(scope.of(node), node) for node in nodes if isinstance(node, uses)]
    lines = [_line(node) for full, node in used if full and _is(full, name)]
    if imports:
        lines += [line for full, line in _imported(nodes) if _is(full, name)]
    return sorted(set(lines))


def _is(full: str, name: str) -> bool:
    if full == name or full.startswith(name + "."):
        return True
    short = "." not in name and not hasattr(builtins, name)
    return full == f"builtins.{name}" or (short and full.rpartition(".")[2] == name)


def _line(node: Any) -> int:
    return int(node.lineno)


def _attributes(nodes: list[ast.AST]) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, ast.Attribute):
            yield node.attr, node.end_lineno or node.lineno
        elif isinstance(node, ast.Call) and _named(node.func, "getattr", "methodcaller"):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, node.lineno


def _named(node: ast.expr, *names: str) -> bool:
    last = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return last in names


def _imported(nodes: list[ast.AST]) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module or ''}.{alias.name}", node.lineno


class _Names:
    """What the names of a file stand for: by import, and by plain assignment of such a name."""

    def __init__(self, nodes: list[ast.AST]) -> None:
        self.stands_for: dict[str, str] = {}
        self.stars: list[str] = []
        self.own: set[str] = set()
        for node in nodes:
            self._import(node)
        for node in nodes:
            self._bind(node)

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                short = alias.asname or alias.name.partition(".")[0]
                self.stands_for[short] = alias.name if alias.asname else short
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name == "*":
                    self.stars.append(node.module or "")
                else:
                    full = f"{node.module or ''}.{alias.name}"
                    self.stands_for[alias.asname or alias.name] = full

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.own.add(node.name)
        elif isinstance(node, (ast.Assign, ast.NamedExpr, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            full = self.of(node.value) if node.value else None
            for target in targets:
                if isinstance(target, ast.Name):
                    if full:
                        self.stands_for.setdefault(target.id, full)
                    if full != target.id:
                        self.own.add(target.id)

    def of(self, node: ast.AST) -> str | None:
        """The full name that an expression stands for."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                return self.stands_for.get(name) or self._starred(name)
            case ast.Attribute(value=inner, attr=attribute):
                owner = self.of(inner)
                return f"{owner}.{attribute}" if owner else None
            case ast.Call(
                func=ast.Name(id="getattr"), args=[inner, ast.Constant(value=str(name)), *_]
            ):
                owner = self.of(inner)
                return f"{owner}.{name}" if owner else None
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]) if _named(
                function, "__import__", "import_module"
            ):
                return name
            case ast.Subscript(value=inner, slice=ast.Constant(value=str(name))):
                return name if self._globals(inner) else None
        return None

    def _starred(self, name: str) -> str:
        if self.stars and not hasattr(builtins, name) and name not in self.own:
            return f"{self.stars[-1]}.{name}"
        return name

    def _globals(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            return _named(node.func, "globals", "vars")
        return isinstance(node, ast.Attribute) and node.attr == "__dict__"
