"""Processes and threads as lanes over time: what they said, whom they waited for, locks held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row
from pyrecipes.render.outputs import lane_label
from pyrecipes.render.safe import count, safe_line
from pyrecipes.render.theme import LANES
from pyrecipes.render.views.watching import told
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Snippet, Transcript
    from pyrecipes.render.theme import Look
    from pyrecipes.render.views.watching import Run

MOST_LANES = 10
MOST_MOMENTS = 40
WAIT_MS = 1.0
"""A wait that is shorter is not worth a line of its own."""

_LATEST = 1e15
"""No clock of ours has run for so many milliseconds: what says so is no time (nor is nan)."""

_FIELDS = (("line", int), ("kind", str), ("what", str), ("lane", list), ("at", float))


@value
class Moment:
    """What one lane did. `kind` is one of `inside.py`'s, or an event's."""

    lane: str
    kind: str
    what: str
    at: float
    end: float
    line: int | None = None


def timeline(snippet: Snippet, transcript: Transcript, run: Run) -> RenderableType | None:
    """The lanes of a run; None where there is only one.

    With waits and locks where the watchers could see them, else from the transcript's events.
    """
    moments = _watched(snippet, run) or _recorded(transcript)
    if len({moment.lane for moment in moments}) < 2:
        return None
    return Drawn(lambda look: _timeline(moments, look))


def _watched(snippet: Snippet, run: Run) -> list[Moment]:
    found = []
    for record in told("timeline", snippet, run, _FIELDS):
        lane, end = record["lane"], record.get("end", record["at"])
        named = len(lane) == 2 and all(isinstance(name, str) for name in lane)
        if named and isinstance(end, float) and 0 <= record["at"] <= end < _LATEST:
            found.append((lane, record, end))
    several = len({lane[0] for lane, _, _ in found}) > 1
    moments = [
        Moment(
            lane_label(*lane, several=several),
            record["kind"],
            record["what"],
            record["at"],
            end,
            record["line"],
        )
        for lane, record, end in found
    ]
    return _from_zero(sorted(moments, key=lambda moment: moment.at))


def _recorded(transcript: Transcript) -> list[Moment]:
    several = len({event.process for event in transcript.events}) > 1
    return _from_zero(
        [
            Moment(
                lane_label(event.process, event.thread, several=several),
                event.kind,
                event.text.strip(),
                event.at_ms,
                event.at_ms,
                event.line,
            )
            for event in transcript.events
            if event.text.strip()
        ]
    )


def _from_zero(moments: list[Moment]) -> list[Moment]:
    start = min((moment.at for moment in moments), default=0.0)
    return [Moment(m.lane, m.kind, m.what, m.at - start, m.end - start, m.line) for m in moments]


def _timeline(moments: Sequence[Moment], look: Look) -> Iterator[RenderableType]:
    lanes = list(dict.fromkeys(moment.lane for moment in moments))
    styles = {lane: f"lane.{number % LANES}" for number, lane in enumerate(lanes)}
    if not look.plain:
        yield from _tracks(moments, lanes[:MOST_LANES], styles, look)
        if len(lanes) > MOST_LANES:
            more = count(len(lanes) - MOST_LANES, "more lane")
            yield Text(f"{look.signs.more} {more}", style="quiet")
        yield Text()
    yield from _story(moments, styles, look)


def _tracks(
    moments: Sequence[Moment], lanes: Sequence[str], styles: dict[str, str], look: Look
) -> Iterator[RenderableType]:
    """A track for each lane: where it did something, where it waited, where it held a lock."""
    names = [safe_line(lane, look) for lane in lanes]
    width = min(max(name.cell_len for name in names), 20)
    room = max(look.width - width - 4, 16)
    total = max(*(moment.end for moment in moments), 0.001)

    def column(at: float) -> int:
        return min(int(at / total * (room - 1)), room - 1)

    signs = _TRACK_ASCII if look.ascii else _TRACK
    for lane, name in zip(lanes, names, strict=True):
        mine = [moment for moment in moments if moment.lane == lane]
        track = [" "] * room
        first, last = column(mine[0].at), column(max(moment.end for moment in mine))
        track[first : last + 1] = signs["on"] * (last - first + 1)
        for start, end in _held(mine):
            track[column(start) : column(end) + 1] = signs["held"] * (
                column(end) - column(start) + 1
            )
        for moment in mine:
            if moment.kind in ("wait", "acquire") and moment.end - moment.at >= WAIT_MS:
                start, end = column(moment.at), column(moment.end)
                track[start : end + 1] = signs["wait"] * (end - start + 1)
        for moment in mine:
            if moment.kind not in ("wait", "acquire", "release"):
                track[column(moment.at)] = signs["did"]
        name.truncate(width, pad=True, overflow="ellipsis")
        name.stylize(styles[lane])
        line = Text("".join(track).rstrip(), style=styles[lane])
        yield Text.assemble("  ", name, "  ", line, no_wrap=True)
    end_label = f"{total:.0f} ms" if total >= 10 else f"{total:.1f} ms"
    axis = "0 ms".ljust(room - len(end_label)) + end_label
    yield Text(" " * (width + 4) + axis, style="quiet", no_wrap=True)
    used = {"wait": "waits", "held": "holds a lock", "did": "does something"}
    kinds = {"did"}
    if any(m.kind in ("wait", "acquire") and m.end - m.at >= WAIT_MS for m in moments):
        kinds.add("wait")
    if any(m.kind == "release" for m in moments):
        kinds.add("held")
    key = "   ".join(f"{signs[kind]} {word}" for kind, word in used.items() if kind in kinds)
    yield Text(" " * (width + 4) + key, style="quiet", no_wrap=True)


_TRACK = {"on": "─", "held": "━", "wait": "·", "did": "●"}
_TRACK_ASCII = {"on": "-", "held": "=", "wait": ".", "did": "o"}


def _held(moments: Sequence[Moment]) -> Iterator[tuple[float, float]]:
    """From when to when one lane held each lock."""
    since: dict[str, float] = {}
    for moment in moments:
        if moment.kind == "acquire":
            since[moment.what] = moment.end
        elif moment.kind == "release" and moment.what in since:
            yield since.pop(moment.what), moment.at


def _story(
    moments: Sequence[Moment], styles: dict[str, str], look: Look
) -> Iterator[RenderableType]:
    """What happened, a line each, in the order of time."""
    told_of = [(m, _sentence(m)) for m in moments]
    lines = [(m, sentence) for m, sentence in told_of if sentence]
    width = min(max((len(m.lane) for m, _ in lines), default=0), 20)
    for moment, sentence in lines[:MOST_MOMENTS]:
        name = safe_line(moment.lane, look, styles[moment.lane])
        said = safe_line(sentence, look)
        if look.plain:
            yield Row(Text.assemble(f"{moment.at:.1f} ms, ", name, ": "), said)
            continue
        name.truncate(width, pad=True, overflow="ellipsis")
        at = Text(f"  {moment.at:>7.1f} ms  ", style="quiet")
        yield Row(Text.assemble(at, name, "  "), said)
    if len(lines) > MOST_MOMENTS:
        more = count(len(lines) - MOST_MOMENTS, "more moment")
        yield Text(f"  {look.signs.more} {more}", style="quiet")


def _sentence(moment: Moment) -> str:
    """What is said of a moment; empty where it is not worth a line."""
    waited, what = moment.end - moment.at, moment.what
    waits = f"waits {waited:.1f} ms for {what}" if waited >= WAIT_MS else ""
    sentences = {
        "start": f"starts {what}",
        "wait": waits,
        "acquire": f"{waits}, then holds it" if waits else f"holds {what}",
        "release": f"gives {what} back",
        "put": f"puts into {what}",
        "set": f"sets {what}",
    }
    return sentences.get(moment.kind, what.split("\n")[0])
