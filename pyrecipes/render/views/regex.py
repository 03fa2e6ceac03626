"""A regular expression's picture: the text, each group's span under it, where a failure stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from pyrecipes.render.layout import Drawn, Row, columns
from pyrecipes.render.safe import count, prose, safe_line
from pyrecipes.render.theme import LANES
from pyrecipes.render.views.watching import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from pyrecipes.model import Snippet
    from pyrecipes.render.theme import Look
    from pyrecipes.render.views.watching import Run

MOST_USES = 8
MOST_MATCHES = 6
MOST_ROWS = 12

Span = tuple[int, int]

_FIELDS = (("line", int), ("how", str), ("pattern", str), ("subject", str))


def regex(snippet: Snippet, run: Run) -> RenderableType | None:
    """What each use of a pattern found; None where there was none, or where it never ended."""
    uses = [use for use in told("regex", snippet, run, _FIELDS) if _sound(use)]
    return Drawn(lambda look: _uses(uses, look)) if uses else None


def _sound(use: dict[str, Any]) -> bool:
    """Whether what came out of the sandbox has the shape that the picture needs."""
    names, found, size = use.get("names"), use.get("found"), len(use["subject"])
    if not isinstance(names, list) or not isinstance(found, list) or not names:
        return False
    if not all(isinstance(name, str) for name in names):
        return False
    for spans in found:
        if not isinstance(spans, list) or len(spans) != len(names):
            return False
        for span in spans:
            if not (isinstance(span, list) and [type(at) for at in span] == [int, int]):
                return False
            if not -1 <= span[0] <= span[1] <= 10 * size + 100_000:
                return False
    stopped = use.get("stopped")
    types = [int, int, int, str]
    return stopped is None or (isinstance(stopped, list) and [type(x) for x in stopped] == types)


def _uses(uses: Sequence[dict[str, Any]], look: Look) -> Iterator[RenderableType]:
    for number, use in enumerate(uses[:MOST_USES]):
        if number:
            yield Text()
        head = Text.assemble((f"line {use['line']}  ", "number"), (f"{use['how']}  ", "label"))
        yield Row(head, _pattern(use["pattern"], look))
        yield from _speak(use, look) if look.plain else _draw(use, look)
    if len(uses) > MOST_USES:
        yield Text(f"{look.signs.more} {count(len(uses) - MOST_USES, 'more use')}", style="quiet")


def style_of(group: int) -> str:
    """The style of a group; the whole match has its own."""
    return "value" if group == 0 else f"lane.{(group - 1) % LANES}"


def _pattern(pattern: str, look: Look) -> Text:
    """The pattern with each of its groups in the group's colour."""
    text = safe_line(pattern, look)
    if text.plain == pattern:
        for group, (start, end) in enumerate(group_spans(pattern), 1):
            text.stylize(style_of(group), start, end)
    return text


def group_spans(pattern: str) -> list[Span]:
    """Where in a pattern its groups stand, in the order of their numbers."""
    spans: list[list[int]] = []
    open_groups: list[int | None] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            close = pattern.find("]", at + (3 if pattern[at + 1 : at + 2] == "^" else 2))
            at = close if close > 0 else len(pattern)
        elif char == "(":
            numbered = pattern[at + 1 : at + 2] != "?" or pattern[at + 1 : at + 4] == "?P<"
            open_groups.append(len(spans) if numbered else None)
            if numbered:
                spans.append([at, len(pattern)])
        elif char == ")" and open_groups:
            group = open_groups.pop()
            if group is not None:
                spans[group][1] = at + 1
        at += 1
    return [(start, end) for start, end in spans]


class _Ruler:
    """The text's characters as they are shown, and the column at which each of them stands."""

    def __init__(self, subject: str, look: Look) -> None:
        tab = Text("\\t" if look.ascii else "→")
        shown = [tab if char == "\t" else safe_line(char, look) for char in subject]
        self.shown = shown
        self.columns = [0]
        for text in shown:
            self.columns.append(self.columns[-1] + max(text.cell_len, 0))

    def column(self, at: int) -> int:
        """The column of a position; one that is past what is shown is at its end."""
        return self.columns[min(max(at, 0), len(self.shown))]

    def line(self) -> Text:
        """The text itself."""
        return Text().join(self.shown)


def _draw(use: dict[str, Any], look: Look) -> Iterator[RenderableType]:
    ruler = _Ruler(use["subject"], look)
    labels = [name or str(number) for number, name in enumerate(use["names"])]
    label_width = max(*map(len, labels), 2) if use["found"] else 2
    label_width = min(label_width, 16)
    line = ruler.line()
    for spans in use["found"]:
        for group, (start, end) in enumerate(spans):
            if group or len(spans) == 1:
                line.stylize(style_of(group), _chars(ruler, start), _chars(ruler, end))
    room = max(look.width - label_width - 4, 16)
    rows = _span_rows(use, labels, ruler, look)
    total = ruler.columns[-1]
    wide = total <= room // 2 and len(use["found"]) == 1
    for left in range(0, max(total, 1), room):
        yield Row(" " * (label_width + 4), _window(line, left, left + room))
        for label, group, bar in rows[:MOST_ROWS]:
            part = bar[left : left + room]
            if part.strip() or wide:
                head = Text(f"  {label[:label_width]:<{label_width}}  ", style=style_of(group))
                bars = Text(part.ljust(total + 3) if wide else part, style_of(group))
                if wide:
                    bars.append_text(_took(use, use["found"][0][group], group, look))
                yield Row(head, bars)
        if "stopped" in use:
            yield from _stop(use, ruler, label_width + 4, (left, left + room), look)
    if len(rows) > MOST_ROWS:
        yield Text(f"  {look.signs.more} {count(len(rows) - MOST_ROWS, 'more row')}", "quiet")
    if not wide:
        yield from _facts(use, labels, label_width, look)


def _took(use: dict[str, Any], span: Span, group: int, look: Look) -> Text:
    """From where to where a group is, and what it holds."""
    start, end = span
    if start < 0:
        return Text("took no part", style="quiet")
    text = Text(f"{f'{start} to {end}':<8}  ", style="quiet")
    held = safe_line(repr(use["subject"][start:end]), look, style_of(group))
    return Text.assemble(text, held)


def _chars(ruler: _Ruler, at: int) -> int:
    """The position of a character of the subject in the line that is shown."""
    return sum(len(text) for text in ruler.shown[: max(at, 0)])


def _window(line: Text, left: int, right: int) -> Text:
    """The part of a line between two columns, whole characters only."""
    from rich.cells import cell_len

    start = end = column = 0
    for at, char in enumerate(line.plain):
        if column < left:
            start = at + 1
        if column < right:
            end = at + 1
        column += cell_len(char)
    part = line[start:end]
    part.no_wrap = True
    return part


def _span_rows(
    use: dict[str, Any], labels: list[str], ruler: _Ruler, look: Look
) -> list[tuple[str, int, str]]:
    """A row for each group: its label, its number, and bars under what it took."""
    rows = []
    for group, label in enumerate(labels):
        bar = [" "] * (ruler.columns[-1] + 1)
        took = [spans[group] for spans in use["found"] if spans[group][0] >= 0]
        before = -1
        for start, end in took:
            first, last = ruler.column(start), ruler.column(end)
            if first == last:
                bar[first] = "|" if look.ascii else "╵"
                continue
            # Neighbours without a gap are told apart by their first sign.
            sign = look.signs.rule
            edge = "+" if look.ascii else "╰"
            bar[first:last] = [edge if first == before else sign, *[sign] * (last - first - 1)]
            before = last
        if took or len(use["found"]) == 1:
            rows.append((label, group, "".join(bar).rstrip()))
    return rows


def _facts(
    use: dict[str, Any], labels: list[str], width: int, look: Look
) -> Iterator[RenderableType]:
    """What was taken from where: a row for each group of one match, or for each of several."""
    matches = use["found"]

    if matches:
        yield Text()
    if len(matches) == 1:
        for group, span in enumerate(matches[0]):
            head = Text(f"  {labels[group][:width]:<{width}}  ", style=style_of(group))
            yield Row(head, _took(use, span, group, look))
        return
    table: list[list[Text | str]] = []
    for spans in matches[:MOST_MATCHES]:
        row: list[Text | str] = [" " * width, Text("{} to {}".format(*spans[0]), style="quiet")]
        for group, (start, end) in enumerate(spans):
            held = repr(use["subject"][start:end]) if start >= 0 else "none"
            row.append(safe_line(held, look, style_of(group) if start >= 0 else "quiet"))
        table.append(row)
    yield from columns(table)
    if len(matches) > MOST_MATCHES:
        more = f"{len(matches) - MOST_MATCHES:,} more"
        yield Text(f"{' ' * (width + 4)}{look.signs.more} {more}", style="quiet")


def _stopped(use: dict[str, Any], look: Look) -> str:
    """One sentence on where a failing pattern stopped."""
    length, start, end, piece = use["stopped"]
    matched = safe_line(use["pattern"][:length], look).plain
    rest = safe_line(piece, look).plain
    if not rest:
        return "the pattern ends here, the text goes on"
    if not matched:
        return (
            f"{rest} is nowhere"
            if use["how"] not in ("match", "fullmatch")
            else (f"{rest} does not match at the beginning")
        )
    return f"{matched} matches {start} to {end}, then {rest} does not"


def _stop(
    use: dict[str, Any], ruler: _Ruler, margin: int, window: Span, look: Look
) -> Iterator[RenderableType]:
    length, start, end, _ = use["stopped"]
    first, last = ruler.column(start), ruler.column(end)
    sentence = _stopped(use, look)
    if length and last > first and first < window[1] and last > window[0]:
        bar = look.signs.rule * (min(last, window[1]) - max(first, window[0]))
        yield Row(" " * (margin + max(first - window[0], 0)), Text(bar, style="quiet"))
    at = last - window[0]
    if not 0 <= at <= window[1] - window[0] or (at == window[1] - window[0] and last in window):
        return
    mark = Text.assemble((look.signs.spot, "spot"), (f" {sentence}", "error"), no_wrap=True)
    if margin + at + mark.cell_len <= look.width:
        yield Row(" " * (margin + at), mark)
    else:
        yield Row(" " * (margin + at), Text(look.signs.spot, style="spot"))
        yield Row(" " * margin, Text(sentence, style="error"))


def _speak(use: dict[str, Any], look: Look) -> Iterator[RenderableType]:
    yield Row("text: ", safe_line(repr(use["subject"]), look))
    if "stopped" in use:
        yield Row("no match: ", Text(_stopped(use, look)))
    for number, spans in enumerate(use["found"], 1):
        for group, (start, end) in enumerate(spans):
            name = use["names"][group] or str(group)
            label = f"match {number}" if group == 0 else f"  group {prose(name, look)}"
            if start < 0:
                yield Text(f"{label}: took no part")
            else:
                took = safe_line(repr(use["subject"][start:end]), look).plain
                yield Text(f"{label}: {took}, {start} to {end}")
