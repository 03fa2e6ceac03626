"""Any value as plain data: JSON types only, so that nothing of an answer is ever run by the host.

None, bool, str, small int, finite float and list stand for themselves. All else is a mapping with
its tag under `t`; `checker/compare.py` and `checker/shown.py` read them.
"""

from __future__ import annotations

import builtins
import sys
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CoroutineType,
    FunctionType,
    MethodType,
    ModuleType,
    SimpleNamespace,
)
from typing import Any

# An answer may patch the builtins once it runs: these names are then still the real ones.
globals().update(vars(builtins))

MAX_NODES = 50_000
MAX_TEXT = 1_000_000
MAX_DEPTH = 60
MAX_YIELDED = 1_000
SMALL = 2**53
IMMUTABLE = 1 << 8  # a type's flag, in C Py_TPFLAGS_IMMUTABLETYPE
AT, HEX_DIGITS = " at 0x", "0123456789abcdefABCDEF"
VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))


def encode(value: Any) -> Any:
    """The value as plain data. Bounded in depth and size; never raises for what a value does."""
    return _Encoder().encode(value, 0)


def describe(error: BaseException) -> tuple[str, str]:
    """An exception's type and message."""
    try:
        message = str.__str__(str(error))
    except BaseException:
        message = "(its message can't be made)"
    return type(error).__name__, message[:10_000]


class _Encoder:
    def __init__(self) -> None:
        self.nodes = MAX_NODES
        self.text = MAX_TEXT
        self.open: set[int] = set()

    def encode(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind is bool:
            return value
        self.nodes -= 1
        if self.nodes < 0 or depth > MAX_DEPTH:
            return {"t": "cut", "type": _name(kind)}
        if kind is str:
            return self._str(value)
        if kind is int:
            return value if -SMALL < value < SMALL else {"t": "int", "hex": hex(value)[:100_000]}
        if kind is float:
            return value if value - value == 0 else {"t": "float", "v": repr(value)}
        if id(value) in self.open:
            return {"t": "cycle", "type": _name(kind)}
        self.open.add(id(value))
        try:
            return self._compound(value, kind, depth + 1)
        except BaseException as error:
            return {"t": "broken", "type": _name(kind), "raised": list(describe(error))}
        finally:
            self.open.discard(id(value))

    def _str(self, value: str) -> Any:
        self.text -= len(value)
        if self.text < 0:
            return {"t": "cut", "type": "str", "length": len(value)}
        return value

    def _bytes(self, kind: str, value: bytes) -> Any:
        self.text -= 2 * len(value)
        if self.text < 0:
            return {"t": "cut", "type": kind, "length": len(value)}
        return {"t": kind, "hex": value.hex()}

    def _items(self, values: Any, depth: int) -> list[Any]:
        items = []
        for item in values:
            items.append(self.encode(item, depth))
            if self.nodes < 0:
                break
        return items

    def _pairs(self, pairs: Any, depth: int) -> list[Any]:
        out = []
        for key, item in pairs:
            out.append([self.encode(key, depth), self.encode(item, depth)])
            if self.nodes < 0:
                break
        return out

    def _compound(self, value: Any, kind: type, depth: int) -> Any:
        if kind is list:
            return self._items(value, depth)
        if kind is tuple or kind is set or kind is frozenset:
            return {"t": kind.__name__, "items": self._items(value, depth)}
        if kind is dict:
            return {"t": "dict", "items": self._pairs(value.items(), depth)}
        if kind is bytes or kind is bytearray:
            return self._bytes(kind.__name__, bytes(value))
        if kind is complex:
            parts = [self.encode(value.real, depth), self.encode(value.imag, depth)]
            return {"t": "complex", "items": parts}
        if kind is range:
            return {
                "t": "range",
                "items": self._items((value.start, value.stop, value.step), depth),
            }
        if kind in VIEWS:
            return {"t": "sequence", "type": _name(kind), "items": self._items(value, depth)}
        return self._special(value, kind, depth)

    def _special(self, value: Any, kind: type, depth: int) -> Any:
        name = _name(kind)
        if isinstance(value, type):
            return {"t": "named", "kind": "class", "name": _name(value)}
        if isinstance(value, (FunctionType, BuiltinFunctionType, MethodType)):
            return {"t": "named", "kind": "function", "name": str(value.__name__)}
        if kind is ModuleType:
            return {"t": "named", "kind": "module", "name": str(value.__name__)}
        if isinstance(value, (CoroutineType, AsyncGeneratorType)):
            if isinstance(value, CoroutineType):
                value.close()
            return {"t": "named", "kind": "coroutine", "name": str(value.__name__)}
        if _of_re(kind, "Match"):
            return self._match(value, depth)
        if _of_re(kind, "Pattern"):
            return {
                "t": "pattern",
                "pattern": self.encode(value.pattern, depth),
                "flags": int(value.flags),
            }
        if isinstance(value, BaseException):
            return {"t": "exception", "type": name, "items": self._items(value.args, depth)}
        found = self._library(value, kind, name, depth)
        if found is not None:
            return found
        fields = getattr(kind, "_fields", None)
        if isinstance(value, tuple) and type(fields) is tuple:
            items = self._items(tuple.__iter__(value), depth)
            return {
                "t": "namedtuple",
                "type": name,
                "fields": [str(f) for f in fields],
                "items": items,
            }
        declared = getattr(kind, "__dataclass_fields__", None)
        if type(declared) is dict:
            shown = [str(f) for f in declared if hasattr(value, f)]
            items = [self.encode(getattr(value, f), depth) for f in shown]
            return {"t": "dataclass", "type": name, "fields": shown, "items": items}
        for base, plainly in BASES:
            if isinstance(value, base):
                inner = self.encode(plainly(value), depth)
                return {"t": "sub", "type": name, "base": base.__name__, "v": inner}
        if hasattr(kind, "__next__") and hasattr(kind, "__iter__"):
            return self._iterator(value, name, depth)
        return self._object(value, kind, name, depth)

    def _match(self, value: Any, depth: int) -> Any:
        return {
            "t": "match",
            "spans": [list(span) for span in value.regs],
            "groups": self._items((value[0], *value.groups()), depth),
            "names": self._pairs(value.groupdict().items(), depth),
        }

    def _library(self, value: Any, kind: type, name: str, depth: int) -> Any:
        """Values of library types, where the library is loaded at all."""
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if isinstance(value, numpy.ndarray):
                return self._array(value, depth)
            if isinstance(value, numpy.generic):
                inner = self.encode(value.item(), depth)
                return {
                    "t": "scalar",
                    "dtype": str(value.dtype),
                    "kind": value.dtype.kind,
                    "v": inner,
                }
        if _is(value, "enum", "Enum"):
            inner = self.encode(value.value, depth)
            return {"t": "enum", "type": name, "name": str(value.name), "v": inner}
        if _is(value, "pathlib", "PurePath"):
            return {"t": "path", "type": name, "v": self._str(str(value))}
        if kind.__module__ in ("datetime", "decimal", "fractions", "uuid", "ipaddress"):
            return {"t": "scribed", "type": name, "v": self._str(repr(value))}
        if _is(value, "collections", "deque") or _is(value, "array", "array"):
            return {"t": "sequence", "type": name, "items": self._items(value, depth)}
        if _is(value, "io", "IOBase"):
            return {"t": "object", "type": name, "repr": name, "attributes": None}
        return None

    def _array(self, value: Any, depth: int) -> Any:
        if value.size > self.nodes:
            return {"t": "cut", "type": "ndarray", "length": int(value.size)}
        return {
            "t": "array",
            "dtype": str(value.dtype),
            "kind": value.dtype.kind,
            "shape": [int(n) for n in value.shape],
            "items": self._items(value.ravel().tolist(), depth),
        }

    def _iterator(self, value: Any, name: str, depth: int) -> Any:
        items: list[Any] = []
        out: dict[str, Any] = {"t": "iterator", "type": name, "items": items, "more": False}
        try:
            for item in value:
                if len(items) == MAX_YIELDED or self.nodes < 0:
                    out["more"] = True
                    break
                items.append(self.encode(item, depth))
        except BaseException as error:
            out["raised"] = list(describe(error))
        return out

    def _object(self, value: Any, kind: type, name: str, depth: int) -> Any:
        """By its own repr; where it has none, by its attributes."""
        attributes = None
        if getattr(kind, "__repr__", None) is object.__repr__ or kind is SimpleNamespace:
            text = name
            held = getattr(value, "__dict__", None)
            if type(held) is dict:
                attributes = self._pairs(held.items(), depth)
        else:
            text = _without_addresses(str.__str__(repr(value)))
        return {"t": "object", "type": name, "repr": self._str(text), "attributes": attributes}


# A value of a subclass as one of the built-in type itself, past all that the subclass overrides.
BASES: tuple[tuple[type, Any], ...] = (
    (str, str.__str__),
    (int, int.__int__),
    (float, float.__float__),
    (complex, lambda v: complex(complex.__pos__(v))),
    (bytes, lambda v: bytes(memoryview(v))),
    (bytearray, lambda v: bytes(memoryview(v))),
    (list, lambda v: [*list.__iter__(v)]),
    (tuple, lambda v: (*tuple.__iter__(v),)),
    (dict, lambda v: {k: dict.__getitem__(v, k) for k in dict.__iter__(v)}),
    (set, lambda v: {*set.__iter__(v)}),
    (frozenset, lambda v: frozenset({*frozenset.__iter__(v)})),
)


def _name(kind: type) -> str:
    return str.__str__(type.__dict__["__name__"].__get__(kind))[:200]


def _of_re(kind: type, name: str) -> bool:
    """Whether it is a type of `re`, which takes long to import. No answer can make such a type:
    those made by Python code can be changed."""
    flags = type.__dict__["__flags__"].__get__(kind)
    return bool(flags & IMMUTABLE) and (kind.__module__, kind.__name__) == ("re", name)


def _without_addresses(text: str) -> str:
    first, *rest = text.split(AT)
    return first + "".join(
        part.lstrip(HEX_DIGITS) if part and part[0] in HEX_DIGITS else AT + part for part in rest
    )


def _is(value: Any, module: str, name: str) -> bool:
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(value, kind)
