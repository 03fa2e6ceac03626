"""What only Python itself knows, asked inside the sandbox: what can be imported, what a module
has, which arguments a function takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyrecipes.model import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyrecipes.model import Sandbox

MODULES = """
import contextlib, importlib, importlib.util, io, json, sys
found = {}
for name in json.loads(sys.stdin.read()):
    try:
        there = importlib.util.find_spec(name) is not None
    except Exception:
        there = False
    names = []
    if there and name in sys.stdlib_module_names and name not in ('antigravity', 'this', 'idlelib'):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(BaseException):
            module = importlib.import_module(name)
            names = list(getattr(module, '__all__', ())) or [
                key for key, value in vars(module).items()
                if key[0] != '_' and not isinstance(value, type(sys))
            ]
    found[name] = [there, names]
print(json.dumps(found))
"""

SIGNATURES = """
import importlib, inspect, json, sys
found = []
for dotted, count, keywords in json.loads(sys.stdin.read()):
    told = None
    try:
        parts = dotted.split('.')
        thing, rest = importlib.import_module(parts[0]), parts[1:]
        for number, part in enumerate(rest):
            if not hasattr(thing, part) and inspect.ismodule(thing):
                importlib.import_module('.'.join(parts[:number + 2]))
            thing = getattr(thing, part)
        signature = inspect.signature(thing)
        try:
            signature.bind(*[None] * count, **dict.fromkeys(keywords))
        except TypeError as error:
            only = [p.name for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
            told = [str(error), str(signature), only]
    except Exception:
        pass
    found.append(told)
print(json.dumps(found))
"""

Call = tuple[str, int, tuple[str, ...]]


def modules(names: Iterable[str], sandbox: Sandbox) -> Mapping[str, tuple[bool, tuple[str, ...]]]:
    """Name -> whether it can be imported, and the names that a standard module has."""
    wanted = sorted(set(names))
    found = _asked(MODULES, wanted, sandbox) if wanted else {}
    if not isinstance(found, dict):
        return {}
    return {str(name): (bool(there), tuple(has)) for name, (there, has) in found.items()}


def misfits(
    calls: Iterable[Call], sandbox: Sandbox
) -> Mapping[Call, tuple[str, str, tuple[str, ...]]]:
    """Call (dotted name, number of arguments, keywords) -> why it does not fit, the signature,
    and what can only be given by keyword; calls that fit are left out."""
    wanted = sorted(set(calls))
    found = _asked(SIGNATURES, wanted, sandbox) if wanted else []
    if not isinstance(found, list):
        return {}
    return {
        call: (str(told[0]), str(told[1]), tuple(told[2]))
        for call, told in zip(wanted, found, strict=False)
        if told
    }


def _asked(code: str, question: object, sandbox: Sandbox) -> Any:
    run = sandbox.run(Snippet(code, stdin=json.dumps(question)))
    lines = run.stdout.strip().split("\n")
    try:
        return json.loads(lines[-1])
    except ValueError:
        return None
