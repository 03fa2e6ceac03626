"""One snippet that tries something, and what must hold.

A snippet prints HELD when what it tried was refused, and ESCAPED with the reason when not. All of
them harm nothing but canaries made for the test, even if every wall should be missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BOTH = ("namespaces", "landlock")
ONLY_NAMESPACES = ("namespaces",)

PRELUDE = """\
import ctypes, errno, os, sys
def held(ok, why=""):
    print("HELD" if ok else f"ESCAPED {why}")
def refused(do, *args, **named):
    try:
        result = do(*args, **named)
    except (OSError, ValueError) as error:
        return True
    return False
def call(x86, arm, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    number = arm if os.uname().machine == "aarch64" else x86
    values = [ctypes.c_char_p(a) if type(a) is bytes else ctypes.c_long(a) for a in args]
    result = libc.syscall(ctypes.c_long(number), *values)
    return ctypes.get_errno() if result == -1 else 0
def denied(*args):
    number = call(*args)
    held(number in (errno.EPERM, errno.ENOSYS), os.strerror(number) if number else "allowed")
"""


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    code: str
    status: str = ""
    """The status that the run must end with; without one, it must print HELD last."""
    levels: tuple[str, ...] = BOTH
    limits: dict[str, float] = field(default_factory=dict)
    before: str = ""
    """A run before this one, which may leave what it can."""
    stdin: str = ""

    @property
    def id(self) -> str:
        return f"{self.kind}: {self.name}"


def held(kind: str, levels: tuple[str, ...] = BOTH, **cases: str) -> list[Case]:
    """Cases that must print HELD."""
    return [Case(name.replace("_", " "), kind, code, levels=levels) for name, code in cases.items()]
