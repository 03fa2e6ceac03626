"""The lessons' Markdown as text: paragraphs, lists, code, tables, quotes, emphasis and links.

Built on markdown-it-py's tokens, not on rich.markdown: that one costs twice the time to import.
Text of nothing but paragraphs needs not even that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.text import Text

from pyrecipes.render.highlight import python_lines
from pyrecipes.render.layout import Drawn, Indent, Row, Stack, columns
from pyrecipes.render.safe import prose, safe_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token
    from rich.console import RenderableType

    from pyrecipes.render.theme import Look

_PYTHON = {"", "python", "py", "python3"}
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_OTHER = re.compile(
    r"[\\[\]<>&|_~\t\r\x00]|``|!\[|:/| \n|^ |^(?:[-+=#]|\*[ \n*]|\d+[.)])", re.MULTILINE
)
_CODE = re.compile(r"(?<!`)`(?! )[^`\n]+(?<! )`(?!`)")
_SPAN = re.compile(
    r"`(?![ \n])([^`]+)(?<![ \n])`|(?<!\*)(\*\*?)(?=[^\s*])((?:[^*`]|`[^`]+`)+)(?<=[^\s*])\2(?!\*)"
)


def markdown(text: str, look: Look | None = None) -> RenderableType:
    """A Markdown text as a renderable. HTML in it is shown as it was typed."""
    tokens: list[Any] | None = _plain(text)
    if tokens is None:
        from markdown_it import MarkdownIt

        tokens = [*MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)]
    return Drawn(lambda at: _spaced(_Blocks(tokens, at).until(None)), look)


class _Token:
    """As much of markdown-it's token as a paragraph needs."""

    def __init__(self, kind: str, content: str = "", children: list[_Token] | None = None) -> None:
        self.type = kind
        self.content = content
        self.children = children
        self.markup = {"em": "*", "strong": "**"}.get(kind.partition("_")[0], "")


def _plain(text: str) -> list[_Token] | None:
    """The tokens of a text that is only paragraphs with code spans and emphasis, as most are; None
    for any other. Importing markdown-it takes longer than showing such a text."""
    if _OTHER.search(_CODE.sub("x", text)):  # in code these mean nothing
        return None
    tokens: list[_Token] = []
    for paragraph in _BLANK.split(text.strip("\n")) if text.strip() else ():
        inline = _plain_inline("\n".join(line.strip() for line in paragraph.split("\n")))
        if inline is None:
            return None
        tokens.append(_Token("inline", children=inline))
    return tokens


def _plain_inline(text: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    at = 0
    for span in [*_SPAN.finditer(text), None]:
        between = text[at : span.start() if span else len(text)]
        if "`" in between or "*" in between:
            return None
        for number, line in enumerate(between.split("\n")):
            tokens += [_Token("softbreak")] * bool(number) + [_Token("text", line)]
        if span is None:
            break
        at = span.end()
        if span[1]:
            tokens.append(_Token("code_inline", span[1].replace("\n", " ")))
        else:
            inner = _plain_inline(span[3])
            if inner is None or not _flanks(text, span):
                return None
            kind = "strong" if len(span[2]) == 2 else "em"
            tokens += [_Token(f"{kind}_open"), *inner, _Token(f"{kind}_close")]
    return tokens


def _flanks(text: str, span: re.Match[str]) -> bool:
    """Whether no sign of punctuation inside an emphasis meets a letter outside."""
    outside = text[span.start() - 1 : span.start()], text[span.end() : span.end() + 1]
    inside = span[3][0], span[3][-1]
    return all(i.isalnum() or not o.isalnum() for i, o in zip(inside, outside, strict=True))


def _spaced(blocks: list[RenderableType]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for block in blocks:
        if parts:
            parts.append(Text())
        parts.append(Row("", block) if isinstance(block, Text) else block)
    return parts


class _Blocks:
    """Walks once over the tokens of a text."""

    def __init__(self, tokens: list[Token], look: Look) -> None:
        self.tokens = iter(tokens)
        self.look = look

    def until(self, close: str | None) -> list[RenderableType]:
        """The blocks up to the closing token."""
        blocks: list[RenderableType] = []
        for token in self.tokens:
            if token.type == close:
                break
            blocks += self._block(token)
        return blocks

    def _block(self, token: Token) -> Iterator[RenderableType]:
        match token.type:
            case "inline":
                yield self._inline(token)
            case "heading_open":
                for block in self.until("heading_close"):
                    if isinstance(block, Text):
                        block.stylize("heading")
                    yield block
            case "fence" | "code_block":
                yield self._code(token)
            case "bullet_list_open" | "ordered_list_open":
                yield self._list(token)
            case "blockquote_open":
                quoted = self.until("blockquote_close")
                yield Indent(_spaced(quoted), 4)
            case "table_open":
                yield self._table()
            case "hr":
                yield Text(self.look.signs.rule * min(self.look.width, 40), style="quiet")

    def _code(self, token: Token) -> RenderableType:
        code = token.content.rstrip("\n")
        if token.info.strip().lower() in _PYTHON:
            lines = python_lines(code, self.look)
        else:
            lines = safe_lines(code, self.look)
        return Stack(Row("    ", line) for line in lines)

    def _list(self, opened: Token) -> RenderableType:
        close = opened.type.replace("open", "close")
        number = int(opened.attrGet("start") or 1)
        rows: list[RenderableType] = []
        for token in self.tokens:
            if token.type == close:
                break
            if token.type != "list_item_open":
                continue
            ordered = opened.type == "ordered_list_open"
            head = f"{number}. " if ordered else f"{self.look.signs.bullet} "
            number += 1
            items = self.until("list_item_close")
            first = items[0] if items else Text()
            rest = items[1:]
            if not isinstance(first, Text):
                first, rest = Text(), items
            rows.append(Row(Text(f"  {head}", style="quiet"), first))
            if rest:
                rows.append(Indent(rest, 2 + len(head)))
        return Stack(rows)

    def _table(self) -> RenderableType:
        rows: list[list[Text | str]] = []
        heads = 0
        for token in self.tokens:
            match token.type:
                case "table_close":
                    break
                case "tr_open":
                    rows.append([])
                case "thead_close":
                    heads = len(rows)
                case "inline":
                    rows[-1].append(self._inline(token))
        if self.look.plain and heads:
            return Stack(_spoken(rows))
        lines = columns([["", *row] for row in rows], gap=3)
        width = max((line.cell_len for line in lines), default=0)
        if width > self.look.width:
            return self._narrow_table(rows)
        for line in lines[:heads]:
            line.stylize("label")
        return Stack(lines)

    def _narrow_table(self, rows: list[list[Text | str]]) -> RenderableType:
        """A table that wraps in its last column."""
        from rich.table import Table

        table = Table.grid(padding=(0, 3, 0, 0))
        for _ in range(max(map(len, rows))):
            table.add_column(overflow="fold")
        for row in rows:
            table.add_row(*row)
        return Indent([table], 3)

    def _inline(self, token: Token) -> Text:
        return _Inline(self.look).text(token.children or [])


class _Inline:
    """The inline tokens of one paragraph as Text."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.styles: list[str] = []
        self.links: list[tuple[int, str]] = []
        self.out = Text()

    def text(self, tokens: list[Token]) -> Text:
        """The whole paragraph."""
        for token in tokens:
            self._token(token)
        return self.out

    def _say(self, text: str, style: str = "") -> None:
        self.out.append(prose(text, self.look), style=" ".join([*self.styles, style]).strip())

    def _token(self, token: Token) -> None:
        match token.type:
            case "code_inline":
                self._say(token.content if self.look.colour else f"`{token.content}`", "code")
            case "softbreak":
                self.out.append(" ")
            case "hardbreak":
                self.out.append("\n")
            case "em_open" | "strong_open":
                self._mark(token)
                self.styles.append("italic" if token.type == "em_open" else "bold")
            case "em_close" | "strong_close":
                self.styles.pop()
                self._mark(token)
            case "link_open":
                self.links.append((len(self.out), str(token.attrGet("href") or "")))
                self.styles.append("address")  # rich reads "link" with a second word as one
            case "link_close":
                self.styles.pop()
                start, address = self.links.pop()
                if address and self.out.plain[start:] != address:
                    self._say(f" <{address}>", "quiet")
            case "image":
                self._say(token.content)
            case _:
                self._say(token.content)

    def _mark(self, token: Token) -> None:
        if not self.look.colour and not self.look.plain:
            self._say(token.markup)


def _spoken(rows: list[list[Text | str]]) -> Iterator[Text]:
    """A table's rows as sentences, each cell with its column's head."""
    heads = rows[0]
    for row in rows[1:]:
        line = Text("- ")
        for at, cell in enumerate(row):
            head = heads[at] if at < len(heads) else ""
            line.append_text(Text.assemble("; " if at else "", head, ": " if head else "", cell))
        yield line
