"""The system calls a run may make, as a seccomp filter built as bytes: deny all but a known few.

The numbers are frozen here since `libseccomp` is not on every machine, and since a kernel newer
than this file must not open a call that nobody looked at: what is in neither list gives ENOSYS, as
on an older kernel, so that libraries fall back. What is known and bad gives EPERM.

A filter sees numbers only, not what a pointer points to: so `clone3`, whose flags lie in memory,
gives ENOSYS, and the C library goes back to `clone`, whose flags are in a register.
"""

from __future__ import annotations

import itertools
import sys
from _struct import pack

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOW, EPERM, ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026

# Read: from-to. Names with numbers are in the kernel's `unistd_64.h` and `asm-generic/unistd.h`.
CALLS = {
    "x86_64": (
        "0-15 17-28 32-40 42-52 54-55 57-63 72-100 102 104-115 117-125 127-133 137-138 140-152 158 "
        "160 186-205 211 213 217-219 221-226 228-235 239 247 251-255 257-271 273-278 280-297 299 "
        "306-307 309 314-316 318 322 324-332 334 424 434 436-437 439 441 448-449 451-452 454-456 "
        "463-466",
        "29-31 64-71 101 103 116 126 134 136 139 153-156 159 161-176 179-180 206-210 212 216 220 "
        "227 237-238 240-246 248-250 256 272 279 298 300-301 303-305 308 310-313 317 319-321 323 "
        "333 425-433 438 440 442-447 450 453 457-462 467",
    ),
    "aarch64": (
        "5-17 19-28 30-38 43-50 52-57 59 61-80 82-88 90 93-96 98-103 107-111 113-115 118-141 "
        "143-158 160 163-166 168-169 172-179 200-216 221-223 226-233 236 240 242-243 260 267 269 "
        "274-276 278 281 283-291 293 424 434 436-437 439 441 448-449 451-452 454-456 463-466",
        "0-4 18 39-42 51 58 60 81 89 91 97 104-106 112 116-117 142 159 161-162 170-171 180-197 "
        "217-219 224-225 234-235 237-239 241 262-266 268 270-273 277 279-280 282 292 294 425-433 "
        "438 440 442-447 450 453 457-462 467",
    ),
}
MODES = {  # chmod, chown, utime, setxattr, removexattr and their kin
    "x86_64": "90-94 132 188-190 197-199 235 260-261 268 280 452 463 466",
    "aarch64": "5-7 14-16 52-55 88 452 463 466",
}
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NUMBERS = {  # of the calls whose arguments decide
    "x86_64": {
        "clone": 56,
        "prctl": 157,
        "ioctl": 16,
        "socket": 41,
        "socketpair": 53,
        "prlimit64": 302,
        "personality": 135,
        "clone3": 435,
        "kill": 62,
        "tkill": 200,
        "tgkill": 234,
        "rt_sigqueueinfo": 129,
        "rt_tgsigqueueinfo": 297,
        "pidfd_send_signal": 424,
        "fcntl": 72,
    },
    "aarch64": {
        "clone": 220,
        "prctl": 167,
        "ioctl": 29,
        "socket": 198,
        "socketpair": 199,
        "prlimit64": 261,
        "personality": 92,
        "clone3": 435,
        "kill": 129,
        "tkill": 130,
        "tgkill": 131,
        "rt_sigqueueinfo": 138,
        "rt_tgsigqueueinfo": 240,
        "pidfd_send_signal": 424,
        "fcntl": 25,
    },
}

NAMESPACE_FLAGS = 0x7E020080  # of clone: user, pid, net, ipc, uts, cgroup, mount, time
AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
# PR_{SET,GET}_PDEATHSIG, {GET,SET}_DUMPABLE, {SET,GET}_NAME, CAPBSET_READ, {GET,SET}_TIMERSLACK,
# {SET,GET}_NO_NEW_PRIVS, {SET,GET}_THP_DISABLE, SET_VMA (what glibc names memory with)
PRCTL = (1, 2, 3, 4, 15, 16, 23, 29, 30, 38, 39, 41, 42, 0x53564D41)
# TIOCSTI puts input into a terminal, TIOCLINUX and TIOCCONS reach the console, TIOCSETD changes a
# terminal's discipline; TIOCSCTTY would get one.
IOCTL = (0x5412, 0x541C, 0x541D, 0x5423, 0x540E)

LD, JEQ, JGE, JSET, AND, RET = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
F_SETOWN, F_SETOWN_EX, F_SETSIG = 8, 15, 10

Op = tuple[int, int, int, int]


def _op(code: int, value: int, yes: int = 0, no: int = 0) -> Op:
    return (code, yes, no, value)


def _argument(index: int) -> Op:
    """Load an argument's low half (both machines are little-endian)."""
    return _op(LD, 16 + 8 * index)


def _one_of(index: int, values: tuple[int, ...], found: int, other: int) -> list[Op]:
    tests = [_op(JEQ, v, len(values) - i) for i, v in enumerate(values)]
    return [_argument(index), *tests, _op(RET, other), _op(RET, found)]


def rules(
    machine: str,
    *,
    network: bool = True,
    unix: bool = True,
    signals: bool = True,
    modes: bool = True,
) -> bytes:
    """A filter for a machine (`x86_64`, `aarch64`); KeyError for others.

    For where no namespace holds these: without `network` there are no internet sockets, without
    `unix` no sockets with a path, without `signals` no signal to other processes than the one that
    loads the filter, without `modes` no change to a file's mode, owner, times and attributes.
    """
    number = NUMBERS[machine]
    families = [AF_UNIX] * unix + [AF_INET, AF_INET6] * network
    blocks: dict[int, list[Op]] = {}
    for text, verdict in zip(CALLS[machine], (ALLOW, EPERM), strict=True):
        for call in _each(text):
            blocks[call] = [_op(RET, verdict)]
    blocks[number["clone"]] = [
        _argument(0),
        _op(JSET, NAMESPACE_FLAGS & ~0x80, 0, 1),  # 0x80 is part of clone's exit signal
        _op(RET, EPERM),
        _op(RET, ALLOW),
    ]
    blocks[number["clone3"]] = [_op(RET, ENOSYS)]
    blocks[number["prctl"]] = _one_of(0, PRCTL, ALLOW, EPERM)
    blocks[number["ioctl"]] = _one_of(1, IOCTL, EPERM, ALLOW)
    blocks[number["personality"]] = _one_of(0, (0, 0xFFFFFFFF), ALLOW, EPERM)
    blocks[number["prlimit64"]] = _one_of(0, (0,), ALLOW, EPERM)
    blocks[number["socketpair"]] = _one_of(0, (AF_UNIX,), ALLOW, EPERM)
    blocks[number["socket"]] = [  # streams and datagrams of a few families
        _argument(1),
        _op(AND, 0xF),
        _op(JEQ, 3, 1),
        _op(JEQ, 10, 0, 1),
        _op(RET, EPERM),
        *_one_of(0, tuple(families), ALLOW, EPERM),
    ]
    if not modes:
        for call in _each(MODES[machine]):
            blocks[call] = [_op(RET, EPERM)]
    if not signals:
        blocks |= _only_itself(number)
    return _assembled(machine, blocks)


def _each(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _only_itself(number: dict[str, int]) -> dict[int, list[Op]]:
    """No signal to others. A child has another pid than its parent, which loaded the filter: it
    can't signal itself either."""
    import os

    own = _one_of(0, (os.getpid(),), ALLOW, EPERM)
    owner = _one_of(1, (F_SETOWN, F_SETOWN_EX, F_SETSIG), EPERM, ALLOW)
    denied = [_op(RET, EPERM)]
    return {
        number["kill"]: own,
        number["tgkill"]: own,
        number["tkill"]: own,
        number["rt_sigqueueinfo"]: denied,
        number["rt_tgsigqueueinfo"]: denied,
        number["pidfd_send_signal"]: denied,
        number["fcntl"]: owner,
    }


def _assembled(machine: str, blocks: dict[int, list[Op]]) -> bytes:
    """Calls with the same verdict side by side become one range; ranges are tried in order."""
    default = [_op(RET, ENOSYS)]
    ranges: list[tuple[int, list[Op]]] = []
    for call in range(max(blocks) + 2):
        block = blocks.get(call, default)
        if not ranges or ranges[-1][1] != block:
            ranges.append((call, block))
    program = [
        _op(LD, 4),  # the entry's architecture: a 32-bit call on a 64-bit kernel has its own
        _op(JEQ, AUDIT_ARCH[machine], 1),
        _op(RET, EPERM),
        _op(LD, 0),
    ]
    if machine == "x86_64":  # x32's numbers
        program += [_op(JGE, 0x40000000, 0, 1), _op(RET, EPERM)]
    for (_, block), (following, _) in itertools.pairwise(ranges):
        program += [_op(JGE, following, len(block)), *block]
    program += ranges[-1][1]
    return b"".join(pack("=HBBI", *op) for op in program)


def machine() -> str:
    """This machine's name as `rules` takes it; KeyError where its calls are not known."""
    import os

    name = {"arm64": "aarch64", "amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    if name not in CALLS or sys.maxsize < 2**32 or sys.byteorder != "little":
        raise KeyError(name)
    return name
