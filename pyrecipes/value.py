"""Frozen values, without the time that importing `dataclasses` takes at every start."""

from __future__ import annotations

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_):
        """What it tells a type checker is nothing at run time."""
        return lambda decorator: decorator


@dataclass_transform(frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Give a class of annotated fields an `__init__`, equality, a hash and a repr, and freeze it.

    Fields come in the order they are written, those with a default last. A default is shared by
    all instances, so it must be immutable. There is no inheritance of fields.
    """
    names = tuple(cls.__annotations__)
    defaults = {name: getattr(cls, name) for name in names if hasattr(cls, name)}

    def first(self: Any, *args: Any, **named: Any) -> None:
        """Make the `__init__` when the first instance is made: many classes are not used."""
        signature = ", ".join(f"{n}=_defaults[{n!r}]" if n in defaults else n for n in names)
        body = "".join(f"\n    _set(self, {n!r}, {n})" for n in names)
        scope: dict[str, Any] = {"_defaults": defaults, "_set": object.__setattr__}
        exec(f"def __init__(self, {signature}):{body}\n", scope)
        cls.__init__ = scope["__init__"]  # type: ignore[method-assign]
        scope["__init__"](self, *args, **named)

    def fields(self: Any) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in names)

    def equal(self: Any, other: object) -> bool:
        return type(self) is type(other) and fields(self) == fields(other)

    def show(self: Any) -> str:
        inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{cls.__qualname__}({inner})"

    def refuse(self: Any, name: str, *_: object) -> None:
        raise AttributeError(f"{cls.__qualname__}.{name} can't be changed")

    methods: dict[str, Callable[..., Any]] = {
        "__init__": first,
        "__eq__": equal,
        "__hash__": lambda self: hash(fields(self)),
        "__repr__": show,
        "__setattr__": refuse,
        "__delattr__": refuse,
    }
    for name, method in methods.items():
        setattr(cls, name, method)
    cls.__match_args__ = names  # type: ignore[attr-defined, misc]
    return cls


def replace(instance: T, **changes: Any) -> T:
    """A copy of a value with some fields changed; TypeError for a field that it does not have."""
    fields = {name: getattr(instance, name) for name in type(instance).__annotations__}
    return type(instance)(**{**fields, **changes})
