"""Takes apart what comes out of a run: frames, and the bytes between them.

`inside/recorder.py` says how frames look. Bytes that are in no frame were written behind the
recorder's back (by C code or by another program); they belong to the last line that was marked.
"""

from __future__ import annotations

import bisect
import json
import re
import struct

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any

    from pyrecipes.model import EventKind

HEADER = struct.Struct("<8sHBiQBB")
TEXT, MARK, VALUE, RECORD, MORE = 1, 2, 3, 4, 128
CHANNEL, STDOUT, STDERR = 0, 1, 2
STREAMS: dict[int, EventKind] = {STDOUT: "stdout", STDERR: "stderr"}
RECORD_LIMIT = 8_000_000

Key = tuple[int, str, str]


class Piece:
    """A part of one stream: some bytes with their line, process, thread and time."""

    __slots__ = ("at", "data", "key", "kind", "record", "since")

    def __init__(
        self,
        at: int,
        kind: EventKind,
        key: Key,
        data: bytes,
        record: Any = None,
        since: int | None = None,
    ) -> None:
        self.at = at
        self.kind = kind
        self.key = key
        self.data = data
        self.record = record
        self.since = since  # not framed: written at some time from here to `at`


class Parser:
    """Takes one pipe's bytes apart into pieces, in their order."""

    def __init__(self, stream: int, nonce: bytes) -> None:
        self.stream = stream
        self.nonce = nonce
        self.rest = b""
        self.raw = b""
        self.key: Key = (0, "MainProcess", "MainThread")
        self.at = 0
        self.parts: dict[Key, list[bytes]] = {}

    def feed(self, data: bytes, now: int) -> list[Piece]:
        """The pieces that are complete with these bytes, which came at a time."""
        data = self.rest + data
        pieces: list[Piece] = []
        start = 0
        while True:
            at = data.find(self.nonce, start)
            if at < 0:
                keep = self._held_back(data, start)
                self._raw(pieces, data[start : len(data) - keep], now)
                self.rest = data[len(data) - keep :]
                return pieces
            if len(data) - at < HEADER.size:
                self._raw(pieces, data[start:at], now)
                self.rest = data[at:]
                return pieces
            _, size, kind, line, sent, process, thread = HEADER.unpack_from(data, at)
            body = at + HEADER.size + process + thread
            if len(data) < body + size:
                self._raw(pieces, data[start:at], now)
                self.rest = data[at:]
                return pieces
            names = data[at + HEADER.size : body].decode("utf-8", "replace")
            sent = min(sent, now)
            if at > start:
                self._raw(pieces, data[start:at], sent)
            self.at = max(self.at, sent)
            self._frame(
                pieces, kind, (line, names[:process], names[process:]), data[body : body + size]
            )
            start = body + size

    def end(self, now: int) -> list[Piece]:
        """What is left when the pipe is closed."""
        pieces: list[Piece] = []
        self._raw(pieces, self.rest, now)
        self.rest = b""
        return pieces

    def _held_back(self, data: bytes, start: int) -> int:
        """How many of the last bytes may be the start of a frame."""
        for size in range(min(len(self.nonce) - 1, len(data) - start), 0, -1):
            if data.endswith(self.nonce[:size]):
                return size
        return 0

    def _raw(self, pieces: list[Piece], data: bytes, now: int) -> None:
        if not data:
            return
        if self.stream == CHANNEL:
            self.raw += data[:RECORD_LIMIT]
            return
        since, self.at = self.at, max(self.at, now)
        pieces.append(Piece(self.at, STREAMS[self.stream], self.key, data, since=since))

    def _frame(self, pieces: list[Piece], kind: int, key: Key, data: bytes) -> None:
        if kind == MARK:
            self.key = key
        elif self.stream != CHANNEL:
            last = pieces[-1] if pieces else None
            same = last is not None and last.since is None and last.key == key
            if last is not None and same and (not last.data.endswith(b"\n") or data == b"\n"):
                last.data += data  # one `print`
                return
            pieces.append(Piece(self.at, STREAMS[self.stream], key, data))
        else:
            parts = self.parts.setdefault(key, [])
            parts.append(data)
            if not kind & MORE:
                whole = b"".join(self.parts.pop(key))
                record = None if kind == VALUE else _loaded(whole)
                text = whole if kind == VALUE else b""
                pieces.append(Piece(self.at, "value", key, text, record))


def _loaded(data: bytes) -> Any:
    """A record, or an empty one: what comes from inside may be anything."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def ordered(pieces: list[Piece]) -> list[Piece]:
    """Pieces in the order in which they were written.

    Those without a frame are known by the time when they were seen. What the same thread told
    from another line since then, or as the value or the error of that line, came after them.
    """
    framed = sorted((p for p in pieces if p.since is None), key=lambda piece: piece.at)
    times = [piece.at for piece in framed]
    keyed: list[tuple[int, int, Piece]] = [(piece.at, 1, piece) for piece in framed]
    latest = dict.fromkeys(STREAMS.values(), 0)
    for piece in pieces:
        if piece.since is None:
            if piece.kind in latest:
                latest[piece.kind] = max(latest[piece.kind], piece.at)
            continue
        at = piece.at
        for index in range(bisect.bisect_right(times, piece.since), len(framed)):
            later = framed[index]
            if later.at >= at:
                break
            if later.key[1:] == piece.key[1:] and (
                later.key[0] != piece.key[0] or later.kind in ("value", "error")
            ):
                at = later.at
                break
        latest[piece.kind] = max(latest[piece.kind], at)
        keyed.append((latest[piece.kind], 0, piece))
    keyed.sort(key=lambda entry: entry[:2])
    for at, _, piece in keyed:
        piece.at = at
    return [piece for _, _, piece in keyed]


def line_of_dump(dump: str, main: str) -> int | None:
    """The innermost line of the main file in faulthandler's dump of all threads.

    The main thread's comes first, if it is in that file at all.
    """
    stacks = re.split(r"^(?:Current thread|Thread) ", dump, flags=re.MULTILINE)[1:]
    current = re.search(r"^Current thread ", dump, re.MULTILINE)
    if current is not None:
        first = dump[current.end() :].split("\nThread ", maxsplit=1)[0]
        stacks = [first, *stacks]
    for stack in stacks:
        for file, line in re.findall(r'^  File "(.*)", line (\d+) in ', stack, re.MULTILINE):
            if file == main or file.endswith("/" + main):
                return int(line)
    return None
