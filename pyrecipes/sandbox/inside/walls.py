"""The kernel's calls that build walls, through ctypes; all raise OSError with the call's name."""

from __future__ import annotations

import ctypes
import errno
import os
import struct

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

_libc = ctypes.CDLL(None, use_errno=True)
_long = ctypes.c_long
_text = ctypes.c_char_p
_libc.mount.argtypes = [_text, _text, _text, ctypes.c_ulong, _text]
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


def library() -> ctypes.CDLL:
    """The C library."""
    return _libc


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave shared namespaces for new ones."""
    _checked(_libc.unshare(flags), "unshare")


def setns(fd: int, kind: int) -> None:
    """Enter a namespace."""
    _checked(_libc.setns(fd, kind), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    _checked(
        _libc.mount(
            source.encode(), target.encode(), kind.encode() or None, flags, options.encode() or None
        ),
        f"mount {kind or 'bind'} on {target}",
    )


def bind(source: str, target: str, flags: int = MS_RDONLY | MS_NOSUID | MS_NODEV) -> None:
    """Show a file or folder, with all that is mounted under it, in a second place, restricted."""
    mount(source, target, flags=MS_BIND | MS_REC)
    restrict(target, flags, AT_RECURSIVE)


def restrict(target: str, flags: int, recursive: int = 0) -> None:
    """Add flags to a mount, keeping those that it has."""
    wanted = struct.pack("=QQQQ", flags, 0, 0, 0)
    _checked(
        _libc.syscall(
            _long(SYS_MOUNT_SETATTR),
            AT_FDCWD,
            ctypes.c_char_p(target.encode()),
            recursive,
            ctypes.c_char_p(wanted),
            _long(len(wanted)),
        ),
        "mount_setattr",
    )


def pivot(root: str, old: str) -> None:
    """Make `root` the root of all, and the old root appear at `old`."""
    number = SYS_PIVOT_ROOT[os.uname().machine]
    root_, old_ = ctypes.c_char_p(root.encode()), ctypes.c_char_p(old.encode())
    _checked(_libc.syscall(_long(number), root_, old_), "pivot_root")


def detach(target: str) -> None:
    """Take a mount, with all under it, out of sight."""
    _checked(_libc.umount2(target.encode(), MNT_DETACH), "umount")


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """prctl(2)."""
    _checked(_libc.prctl(option, first, second, 0, 0), "prctl")


def keep_capabilities_as(uid: int, gid: int) -> None:
    """Become another user without losing what root may do."""
    prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    _capset(_permitted())


def _permitted() -> int:
    header, data = _cap_header(), (ctypes.c_uint32 * 6)()
    _checked(_libc.capget(header, data), "capget")
    return data[1] | data[4] << 32


def _cap_header() -> ctypes.Array[ctypes.c_uint32]:
    return (ctypes.c_uint32 * 2)(0x20080522, 0)


def _capset(caps: int) -> None:
    low, high = caps & 0xFFFFFFFF, caps >> 32
    data = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    _checked(_libc.capset(_cap_header(), data), "capset")


def drop_capabilities() -> None:
    """Empty all five sets of capabilities, and let nothing give any back."""
    _libc.prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)
    cap = 0
    while _libc.prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) == 0:
        cap += 1
    if cap == 0 and ctypes.get_errno() != errno.EPERM:
        _checked(-1, "prctl")
    _capset(0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def filter_calls(program: bytes) -> None:
    """Load a seccomp filter, as `seccomp.rules` builds it."""
    buffer = ctypes.create_string_buffer(program)
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    fprog = ctypes.create_string_buffer(head)
    prctl(PR_SET_SECCOMP, 2, ctypes.addressof(fprog))


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
    fcntl.ioctl(handle.fileno(), 0x8914, struct.pack("16sH14x", b"lo", 0x1 | 0x40))
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
