"""The kernel's calls that build walls; all raise OSError with the call's name.

They are called through `_ctypes`: `ctypes` itself takes 5 ms to import, twice for each sandbox.
"""

from __future__ import annotations

import _ctypes
import errno
import os
from _struct import pack, unpack

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from typing import Any

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_RECURSIVE, AT_FDCWD = 0x8000, -100

SYS_MOUNT_SETATTR = 442  # the same on all machines
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_SET_SECCOMP = 1, 4, 8, 22
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_SET_CHILD_SUBREAPER = 24, 38, 47, 36
CAP_HEADER = pack("=2I", 0x20080522, 0)


class _Int(_ctypes._SimpleCData):  # type: ignore[type-arg]
    _type_ = "i"


class _Long(_ctypes._SimpleCData):  # type: ignore[type-arg]
    _type_ = "l"


class _Byte(_ctypes._SimpleCData):  # type: ignore[type-arg]
    _type_ = "B"


class _Function(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_USE_ERRNO
    _restype_ = _Int


_library = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
_functions: dict[str, _Function] = {
    name: _Function(_ctypes.dlsym(_library, name))
    for name in (*("capget", "capset", "mount", "prctl", "setns", "syscall", "umount2", "unshare"),)
}


def _call(name: str, *arguments: Any) -> int:
    """Call a function of the C library: whole numbers go as `long`, bytes as their address."""
    return int(_functions[name](*(_Long(a) if isinstance(a, int) else a for a in arguments)))


def syscall(number: int, *arguments: Any) -> int:
    """syscall(2): below 0 where it failed."""
    return _call("syscall", number, *arguments)


def _buffer(content: bytes) -> Any:
    """Memory that may be written to, with its own address."""
    kind: Any = type("Buffer", (_ctypes.Array,), {"_type_": _Byte, "_length_": len(content)})
    return kind.from_buffer_copy(content)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = _ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave shared namespaces for new ones."""
    _checked(_call("unshare", flags), "unshare")


def setns(fd: int, kind: int) -> None:
    """Enter a namespace."""
    _checked(_call("setns", fd, kind), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    _checked(
        _call(
            "mount",
            source.encode(),
            target.encode(),
            kind.encode() or None,
            flags,
            options.encode() or None,
        ),
        f"mount {kind or 'bind'} on {target}",
    )


def bind(source: str, target: str, flags: int = MS_RDONLY | MS_NOSUID | MS_NODEV) -> None:
    """Show a file or folder, with all that is mounted under it, in a second place, restricted."""
    mount(source, target, flags=MS_BIND | MS_REC)
    restrict(target, flags, AT_RECURSIVE)


def restrict(target: str, flags: int, recursive: int = 0) -> None:
    """Add flags to a mount, keeping those that it has."""
    wanted = pack("=QQQQ", flags, 0, 0, 0)
    at = target.encode()
    _checked(
        syscall(SYS_MOUNT_SETATTR, AT_FDCWD, at, recursive, wanted, len(wanted)), "mount_setattr"
    )


def pivot(root: str, old: str) -> None:
    """Make `root` the root of all, and the old root appear at `old`."""
    number = SYS_PIVOT_ROOT[os.uname().machine]
    _checked(syscall(number, root.encode(), old.encode()), "pivot_root")


def detach(target: str) -> None:
    """Take a mount, with all under it, out of sight."""
    _checked(_call("umount2", target.encode(), MNT_DETACH), "umount")


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """prctl(2)."""
    _checked(_call("prctl", option, first, second, 0, 0), "prctl")


def keep_capabilities_as(uid: int, gid: int) -> None:
    """Become another user without losing what root may do."""
    prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    _capset(_permitted())


def _permitted() -> int:
    data = _buffer(bytes(24))
    _checked(_call("capget", _buffer(CAP_HEADER), data), "capget")
    _, low, _, _, high, _ = unpack("=6I", data)
    return int(low | high << 32)


def _capset(caps: int) -> None:
    low, high = caps & 0xFFFFFFFF, caps >> 32
    data = pack("=6I", low, low, 0, high, high, 0)
    _checked(_call("capset", _buffer(CAP_HEADER), data), "capset")


def drop_capabilities() -> None:
    """Empty all five sets of capabilities, and let nothing give any back."""
    _call("prctl", PR_CAP_AMBIENT, 4, 0, 0, 0)
    cap = 0
    while _call("prctl", PR_CAPBSET_DROP, cap, 0, 0, 0) == 0:
        cap += 1
    if cap == 0 and _ctypes.get_errno() != errno.EPERM:
        _checked(-1, "prctl")
    _capset(0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def filter_calls(program: bytes) -> None:
    """Load a seccomp filter, as `seccomp.rules` builds it."""
    rules = _buffer(program)
    head = _buffer(pack("HxxxxxxP", len(program) // 8, _ctypes.addressof(rules)))
    prctl(PR_SET_SECCOMP, 2, _ctypes.addressof(head))


def map_ids(uid: int, gid: int, inner_uid: int, inner_gid: int) -> None:
    """In a new user namespace: show the user's one uid and gid as these."""
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{inner_uid} {uid} 1")
    _write("/proc/self/gid_map", f"{inner_gid} {gid} 1")


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def loopback_up() -> None:
    """Bring up `lo` in a new network namespace."""
    import _socket
    import fcntl

    handle = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    fcntl.ioctl(handle.fileno(), 0x8914, pack("16sH14x", b"lo", 0x1 | 0x40))
    handle.close()


def host_name(name: str) -> None:
    """Name the machine, in a namespace that has a name of its own."""
    import _socket

    _socket.sethostname(name)


def limit(kind: int, value: int) -> None:
    """Lower a resource limit, never above what is allowed already."""
    import resource

    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
