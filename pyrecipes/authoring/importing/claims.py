"""What the notes say comes out, beside what came out."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.notes import Claim
from pyrecipes.authoring.recorded import visible
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyrecipes.model import Event

ARROW = re.compile(
    r"(?:->|=>|==>|>>+|=|⇒|→|outputs?:|prints:?|gives:?|returns:?|raises:?)\s*(.+)", re.I
)
ERROR = re.compile(r"(?:raises\s+)?((?:\w+\.)*\w*(?:Error|Exception|StopIteration|Interrupt))\b")
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@value
class Came:
    """What a statement printed and gave, as text: `shown` all of it, `printed` standard output,
    `given` the last value. `raised` is the exception as `Type: message`."""

    shown: str
    printed: str
    given: str = ""
    raised: str = ""

    def of(self, claim: Claim) -> str:
        """The part that a claim is about."""
        if claim.how == "gives":
            return self.given
        whole = claim.how == "printed" or (not claim.at and self.printed.strip())
        return self.printed if whole else self.shown


def in_comments(lines: Sequence[str], tree: ast.Module, at: Sequence[int]) -> Iterator[Claim]:
    """The claims in comments that end expression statements: `a.args  # [1, 2]`.

    A comment is one where it reads as a value, follows an arrow, or names an exception or a thing
    that the block defines; any other is prose.
    """
    comments = _comments("".join(f"{line}\n" for line in lines))
    for node in tree.body:
        last = node.end_lineno or node.lineno
        text = comments.get(last, "").strip()
        if not text or isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        number = at[last - 1] if last <= len(at) else 0
        if (match := ERROR.match(text)) and not isinstance(node, ast.Import | ast.ImportFrom):
            yield Claim(number, match[1], last, "raises")
        elif isinstance(node, ast.Expr) and (said := _said(text, node, tree)):
            yield Claim(number, said, last)


def _said(text: str, node: ast.Expr, tree: ast.Module) -> str:
    """The value that a comment says comes out, or nothing where it is prose."""
    if match := ARROW.fullmatch(text):
        return match[1].strip()
    if _evaluated(text) is not None or re.fullmatch(r"<[\w. ]+.*>|\w+\(.*=.*\)", text):
        return text
    defined = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    if text in defined and not isinstance(node.value, ast.Call):
        return text
    return ""


def _comments(code: str) -> dict[int, str]:
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT and token.line[: token.start[1]].strip():
                found[token.start[0]] = token.string.lstrip("#")
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def came(events: Sequence[Event]) -> Came:
    """What some events say, put together as a terminal would show it."""
    shown: list[str] = []
    for event in events:
        if event.kind == "error":
            continue
        text = event.text if event.kind != "value" else f"{event.text}\n"
        if event.kind == "value" and shown and not shown[-1].endswith("\n"):
            shown.append("\n")
        shown.append(text)
    printed = "".join(event.text for event in events if event.kind == "stdout")
    raised = next((event.text for event in events if event.kind == "error"), "")
    given = next((event.text for event in reversed(events) if event.kind == "value"), "")
    return Came("".join(shown), printed, given, raised)


def holds(claim: Claim, got: Came) -> bool:
    """True where what came out is what the notes say."""
    if claim.how == "raises":
        wanted = claim.text.partition(":")[0].rpartition(".")[2].strip()
        told = claim.text.partition(":")[2].strip()
        name, _, message = got.raised.partition(":")
        return (
            bool(got.raised)
            and name.rpartition(".")[2] == wanted
            and (not told or _alike(told, message.strip()))
        )
    if got.raised:
        return False
    return _alike(claim.text, got.of(claim))


def _alike(said: str, got: str) -> bool:
    """True for the same text, for the same value, and for text with `...` for what is left out."""
    one, other = _plain(said), _plain(got)
    if one == other:
        return True
    if "..." in one:
        pattern = ".*".join(re.escape(part.strip()) for part in one.split("..."))
        if re.fullmatch(r"\s*".join(pattern.split("\n")), other, re.DOTALL):
            return True
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    values = _evaluated(one), _evaluated(other)
    if None not in values:
        return values[0] == values[1] and type(values[0]) is type(values[1])
    return other[:1] + other[-1:] in {"''", '""'} and other[1:-1] == one


def _plain(text: str) -> str:
    text = ADDRESS.sub("0x...", COLOUR.sub("", text))
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def _evaluated(text: str) -> object:
    """The value of a literal; None for anything else, and for `None`."""
    if len(text) > 20_000:
        return None
    try:
        found: object = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return found


def difference(claim: Claim, got: Came, source: str) -> str:
    """How what came out differs from what the notes say, in one sentence."""
    what = f"`{source}`" if source else "the block"
    if got.raised:
        really = f"raises {_short(got.raised)}"
    else:
        text = got.of(claim)
        really = f"gives {_short(text)}" if text.strip() else "gives nothing"
    said = f"raises {_short(claim.text)}" if claim.how == "raises" else _short(claim.text)
    return f"says otherwise than Python: {what} {really}, the note says {said}{_why(claim, got)}"


def _why(claim: Claim, got: Came) -> str:
    """A likely cause of a difference, where there is one that can be told."""
    shown = got.shown.strip()
    thing = re.match(r"<(function|class|bound method|module|built-in)\b", shown)
    if thing and re.search(rf"\b{re.escape(claim.text.strip())}\b", shown):
        kind = {"bound method": "method", "built-in": "function"}.get(thing[1], thing[1])
        return f" (it is the {kind} itself, not its name)"
    one, other = _evaluated(claim.text), _evaluated(shown)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        if list(one[1:]) == list(other):
            return " (the first one is not among them)"
        if sorted(map(repr, one)) == sorted(map(repr, other)):
            return " (in another order)"
    if isinstance(one, str) != isinstance(other, str) and None not in (one, other):
        return " (a text is not a number)" if str(one) == str(other) else ""
    return ""


def _short(text: str) -> str:
    lines = ADDRESS.sub("0x...", text.strip("\n")).split("\n")
    shown = visible(lines[0]) if len(lines) == 1 else visible(" ⏎ ".join(lines))
    return shown if len(shown) <= 160 else shown[:157] + "..."
