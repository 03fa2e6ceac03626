"""A run's events put to their lines: what hangs together as one piece, in which order, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyrecipes.model import Event, EventKind, Frame


@value
class Chunk:
    """What one line gave in one go. `order` is its place among pieces of other lines that it
    takes turns with, None where the listing's order is the order anyway. `lane` is a label."""

    line: int | None
    kind: EventKind
    text: str
    lane: str = ""
    order: int | None = None
    frames: tuple[Frame, ...] = ()


def lanes(events: Sequence[Event]) -> Mapping[tuple[str, str], str]:
    """A label for each process and thread that put something out; empty where there is one."""
    seen = list(dict.fromkeys((e.process, e.thread) for e in events))
    if len(seen) < 2:
        return {}
    processes = {process for process, _ in seen}
    labels = {}
    for process, thread in seen:
        labels[process, thread] = lane_label(process, thread, several=len(processes) > 1)
    return labels


def lane_label(process: str, thread: str, *, several: bool) -> str:
    """What a thread goes by: its own name in the one or the main process, else its process's."""
    if not several or (process == "MainProcess" and thread != "MainThread"):
        return thread
    return process if thread == "MainThread" else f"{process}/{thread}"


def chunks(events: Sequence[Event]) -> list[Chunk]:
    """The pieces in their order: neighbours of one line, kind, process and thread are joined."""
    names = lanes(events)
    joined: list[tuple[Event, list[str]]] = []
    for event in events:
        if joined and event.kind in ("stdout", "stderr"):
            last = joined[-1][0]
            if (last.line, last.kind, last.process, last.thread) == (
                event.line,
                event.kind,
                event.process,
                event.thread,
            ):
                joined[-1][1].append(event.text)
                continue
        joined.append((event, [event.text]))
    turns = _turns([event.line for event, _ in joined])
    order = 0
    pieces = []
    for event, texts in joined:
        place = None
        if event.line in turns:
            order += 1
            place = order
        pieces.append(
            Chunk(
                event.line,
                event.kind,
                "".join(texts),
                names.get((event.process, event.thread), ""),
                place,
                event.frames,
            )
        )
    return pieces


def _turns(lines: Sequence[int | None]) -> set[int]:
    """The lines whose pieces did not come in the listing's order, and those they came between."""
    known = [line for line in lines if line is not None]
    turning = set()
    for ordered, out_of_turn in ((known, int.__lt__), (known[::-1], int.__gt__)):
        extreme = ordered[0] if ordered else 0
        for line in ordered:
            if out_of_turn(line, extreme):
                turning.add(line)
            else:
                extreme = line
    return turning
