"""Sockets with what is inside, and descriptors through them: `socket` takes long to import."""

from __future__ import annotations

import _socket
from _socket import AF_UNIX, SCM_RIGHTS, SOCK_SEQPACKET, SOL_SOCKET, socket

__all__ = ["packets", "receive", "send", "socket"]

FD_BYTES = 4
MOST_FDS = 8


def packets() -> tuple[socket, socket]:
    """Two sockets that are each other's end, and keep messages apart."""
    return _socket.socketpair(AF_UNIX, SOCK_SEQPACKET)


def send(end: socket, data: bytes | memoryview, fds: list[int]) -> int:
    """Send bytes, and with the first of them file descriptors; how many bytes were taken."""
    rights = b"".join(fd.to_bytes(FD_BYTES, "little") for fd in fds)
    return end.sendmsg([data], [(SOL_SOCKET, SCM_RIGHTS, rights)])


def receive(end: socket, size: int) -> tuple[bytes, list[int]]:
    """Bytes, and the file descriptors that came with them."""
    data, ancillary, _, _ = end.recvmsg(size, _socket.CMSG_SPACE(MOST_FDS * FD_BYTES))
    rights = b"".join(content for _, _, content in ancillary)
    starts = range(0, len(rights), FD_BYTES)
    return data, [int.from_bytes(rights[n : n + FD_BYTES], "little") for n in starts]
