"""Compile a program so that it tells what its top-level expressions gave and where it is.

Hooks are constants in the code objects, not names, so that nothing new shows in `globals()`,
`dir()` or `builtins`: an expression statement `x` becomes `HOOK @ x`, where HOOK is a string in
the syntax tree and an object with `__matmul__` in the compiled code.
"""

from __future__ import annotations

import _ast
import sys
from types import CodeType
from typing import Any

VALUE = "\0pyrecipes value"
NAMED = "\0pyrecipes named"
MARK = "\0pyrecipes mark"
CODE = sys._getframe().f_code  # this file's own, for processes that can't see the file

# What may write to file descriptors 1 and 2 behind the back of `sys.stdout`. Statements in
# functions are marked only where one of these is called, so that the others keep their speed.
RAW_CALLS = frozenset(
    ("write", "writev", "writelines", "flush", "close", "sendfile", "system", "popen", "Popen")
    + ("run", "call", "check_call", "check_output", "communicate", "wait", "spawnv", "spawnvp")
    + ("spawnl", "spawnlp", "posix_spawn", "posix_spawnp", "fork", "execv", "execvp", "puts")
    + ("printf", "putchar", "fflush", "dump_traceback", "create_subprocess_exec")
    + ("create_subprocess_shell",)
)  # fmt: skip

_FUNCTIONS = (_ast.FunctionDef, _ast.AsyncFunctionDef)
_BODIES = ("body", "orelse", "finalbody")


def compiled(
    source: bytes,
    path: str,
    hooks: dict[str, Any],
    assignments: bool = False,
    prompt: bool = False,
    flags: int = 0,
) -> CodeType:
    """The code of a whole file with its hooks in place. Raises what `compile` raises.

    `prompt`: it is an input at a prompt, whose first string is a value and no docstring. `flags`
    are those of the `__future__` imports in force.
    """
    if b"\0" in source:  # Python 3.11 tells of it in another way than for a file
        raise SyntaxError("source code cannot contain null bytes")
    text: bytes | str = source
    if b"coding" not in source[:400]:  # from bytes, the columns of syntax errors would be wrong
        try:
            text = source.decode()
        except UnicodeDecodeError:
            pass  # Python tells of it
    tree: Any = compile(text, path, "exec", flags | _ast.PyCF_ONLY_AST, dont_inherit=True)
    raw = any(word.encode() in source for word in RAW_CALLS)
    _Marker(raw, assignments).module(tree, prompt)
    return bound(compile(tree, path, "exec", flags, dont_inherit=True), hooks)


def bound(code: CodeType, hooks: dict[str, Any]) -> CodeType:
    """The same code with each hook's string replaced by its object, in nested code too."""
    consts = tuple(
        bound(const, hooks)
        if isinstance(const, CodeType)
        else hooks.get(const, const)
        if type(const) is str
        else const
        for const in code.co_consts
    )
    return code.replace(co_consts=consts)


class _Marker:
    """Puts hooks into a module's tree."""

    def __init__(self, raw: bool, assignments: bool) -> None:
        self.raw = raw
        self.assignments = assignments

    def module(self, tree: Any, prompt: bool) -> None:
        body = tree.body
        first = 0
        if body and _is_docstring(body[0]) and not prompt:
            first = 1
        while first < len(body) and _is_future(body[first]):
            first += 1
        tree.body = body[:first] + self.block(body[first:], top=True)

    def block(self, body: list[Any], top: bool) -> list[Any]:
        """The statements of a block with their hooks. `top`: not in a function or class."""
        out: list[Any] = []
        for statement in body:
            inner = top
            if isinstance(statement, (*_FUNCTIONS, _ast.ClassDef)):
                inner = False
            if (top or self.raw) and _needs_mark(statement, top):
                out.append(_mark(statement))
            if inner or self.raw:
                self.nested(statement, inner)
            if top and type(statement) is _ast.Expr:
                statement.value = _hooked(VALUE, statement.value, statement)
            out.append(statement)
            if top and self.assignments:
                out.extend(_named(statement, name) for name in _targets(statement))
        return out

    def nested(self, statement: Any, top: bool) -> None:
        for field in _BODIES:
            body = getattr(statement, field, None)
            if isinstance(body, list) and body:
                setattr(statement, field, self.block(body, top))
        for field in ("handlers", "cases"):
            for part in getattr(statement, field, ()):
                part.body = self.block(part.body, top)


def _is_docstring(statement: Any) -> bool:
    return (
        type(statement) is _ast.Expr
        and type(statement.value) is _ast.Constant
        and type(statement.value.value) is str
    )


def _is_future(statement: Any) -> bool:
    return type(statement) is _ast.ImportFrom and statement.module == "__future__"


def _needs_mark(statement: Any, top: bool) -> bool:
    """Whether a statement may write to the real file descriptors before its own blocks run."""
    kind = type(statement)
    if top and kind is _ast.Import:
        return not all(alias.name in sys.modules for alias in statement.names)
    if top and kind is _ast.ImportFrom:
        return not _is_there(statement)
    stack = [
        child
        for field in statement._fields
        if field not in _BODIES and field not in ("handlers", "cases")
        for child in _children(statement, field)
    ]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is _ast.Call:
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            if name in RAW_CALLS or (top and name != "print"):
                return True
        elif kind is _ast.Constant or kind is _ast.Name or kind is _ast.Lambda:
            continue
        for field in node._fields:
            stack.extend(_children(node, field))
    return False


def _is_there(statement: Any) -> bool:
    """Whether all that an import is from is loaded already, so that nothing runs."""
    module = None if statement.level else sys.modules.get(statement.module)
    if module is None:
        return False
    return all(alias.name == "*" or hasattr(module, alias.name) for alias in statement.names)


def _children(node: Any, field: str) -> list[Any]:
    value = getattr(node, field, None)
    if isinstance(value, _ast.AST):
        return [value]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, _ast.AST)]
    return []


def _targets(statement: Any) -> list[str]:
    """The names that an assignment statement binds, in their order."""
    kind = type(statement)
    if kind is _ast.Assign:
        stack = list(statement.targets)
    elif kind is _ast.AugAssign or (kind is _ast.AnnAssign and statement.value is not None):
        stack = [statement.target]
    else:
        return []
    names: list[str] = []
    while stack:
        node = stack.pop(0)
        if type(node) is _ast.Name:
            names.append(node.id)
        elif type(node) in (_ast.Tuple, _ast.List):
            stack = [*node.elts, *stack]
        elif type(node) is _ast.Starred:
            stack.insert(0, node.value)
    return list(dict.fromkeys(names))


def _place(at: Any) -> dict[str, Any]:
    return {
        "lineno": at.lineno,
        "col_offset": at.col_offset,
        "end_lineno": at.end_lineno,
        "end_col_offset": at.end_col_offset,
    }


def _hooked(hook: str, value: Any, at: Any) -> Any:
    place = _place(at)
    return _ast.BinOp(_ast.Constant(hook, **place), _ast.MatMult(), value, **place)


def _mark(statement: Any) -> Any:
    decorators = getattr(statement, "decorator_list", None)
    at = decorators[0] if decorators else statement
    return _ast.Expr(_hooked(MARK, _ast.Constant(at.lineno, **_place(at)), at), **_place(at))


def _named(statement: Any, name: str) -> Any:
    place = _place(statement)
    pair = _ast.Tuple(
        [_ast.Constant(name, **place), _ast.Name(name, _ast.Load(), **place)],
        _ast.Load(),
        **place,
    )
    return _ast.Expr(_hooked(NAMED, pair, statement), **place)
