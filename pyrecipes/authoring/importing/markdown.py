"""Markdown -> topics: headings, prose as it is written, and blocks of code."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.blocks import tell
from pyrecipes.authoring.importing.notes import Block, Prose, Section, Topic
from pyrecipes.authoring.importing.packages import near_module
from pyrecipes.authoring.importing.parsing import meanings, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


def topics_of(text: str, name: str) -> tuple[Topic, ...]:
    """The topics of a Markdown text; `name` is the title of what stands under no heading."""
    return group(sections_of(text, name), name)


def sections_of(text: str, name: str, line: int = 1, *, whole: bool = False) -> list[Section]:
    """The sections of a Markdown text whose first line is the notes' line `line`.

    What stands before the first heading is a section of level 0, called `name`; it is left out
    where it is empty, unless the sections are wanted `whole`.
    """
    from markdown_it import MarkdownIt

    skip = _front_matter(text)
    lines = text.split("\n")
    body = "\n".join([""] * skip + lines[skip:])
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    sections = [_Open(name, 0, line)]
    reached = skip
    for number, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "heading_open" and token.level == 0:
            sections[-1].prose(lines, reached, start, line)
            title = _plain_title(str(tokens[number + 1].content))
            sections.append(_Open(title or name, int(token.tag[1:]), line + start))
            reached = end
        elif token.type in {"fence", "code_block"} and start >= reached:
            sections[-1].prose(lines, reached, start, line)
            sections[-1].block(token, line)
            reached = end
    sections[-1].prose(lines, reached, len(lines), line)
    return [each.closed() for each in sections if whole or each.level or each.parts]


class _Open:
    """A section that is being read."""

    def __init__(self, title: str, level: int, line: int) -> None:
        self.title = title
        self.level = level
        self.line = line
        self.parts: list[Block | Prose] = []

    def prose(self, lines: Sequence[str], start: int, end: int, first: int) -> None:
        """Add lines of prose, without empty ones around them."""
        while start < end and not lines[start].strip():
            start += 1
        while start < end and not lines[end - 1].strip():
            end -= 1
        if start < end:
            text = "\n".join(each.rstrip() for each in lines[start:end])
            self.parts.append(Prose(first + start, text))

    def block(self, token: Token, first: int) -> None:
        """Add a block of code."""
        start = (token.map or [0, 0])[0]
        fenced = token.type == "fence"
        lines = token.content.removesuffix("\n").split("\n") if token.content else []
        if not fenced:
            while lines and not lines[0].strip():
                lines.pop(0)
        tag = re.split(r"[\s{},:]+", token.info.strip().lower().lstrip("{."))[0] if fenced else ""
        before = ""
        last: Block | None = None
        for part in reversed(self.parts):
            if isinstance(part, Block):
                last = part
                break
            before = f"{part.text}\n{before}"
        after_code = last is not None and last.kind in {"python", "shell"}
        self.parts.append(tell(lines, first + start + fenced, tag, before, after_code))

    def closed(self) -> Section:
        """The section."""
        return Section(self.title, self.level, self.line, tuple(self.parts))


def group(sections: Sequence[Section], name: str) -> tuple[Topic, ...]:
    """Sections as topics: one for each heading of the highest level.

    A single heading above all others is the notes' own title: it is one topic, unless most of
    those below name modules. A part that only imports modules other than the one that its topic
    names is a topic of its own.
    """
    levels = sorted({each.level for each in sections if each.level})
    if not levels:
        return (Topic(name, 1, tuple(sections)),) if sections else ()
    top = levels[0]
    below = [each for each in sections if len(levels) > 1 and each.level == levels[1]]
    alone = sum(each.level == top for each in sections) == 1
    if alone and sum(bool(module_named(each.title)) for each in below) * 2 > max(len(below), 2):
        top = levels[1]
    topics: list[tuple[str, int, list[Section]]] = []
    for section in sections:
        starts = 0 < section.level <= top
        if not topics or starts or _apart(topics[-1][0], section):
            if starts and section.level < top and not section.parts:
                continue
            topics.append((section.title, section.line, []))
        topics[-1][2].append(section)
    return tuple(_topic(*each) for each in topics if any(one.parts for one in each[2]))


def _topic(title: str, line: int, sections: list[Section]) -> Topic:
    """A topic; where its heading only leads to one other, that one names it too."""
    filled = [each for each in sections if each.parts]
    if not sections[0].parts and len(sections) == 2:
        title = f"{title}: {sections[1].title}"
    return Topic(title, line, tuple(filled))


def _apart(title: str, section: Section) -> bool:
    """True for a part about other modules than the one that the topic's title names."""
    module = module_named(title)
    if not module or module_named(section.title):
        return False
    found = {top for top in _imports(section) if top}
    return bool(found) and not any(module in {top, near_module(top)} for top in found)


def _imports(section: Section) -> Iterator[str]:
    for part in section.parts:
        text = part.code if isinstance(part, Block) else part.text
        for line in text.split("\n"):
            if re.match(r"\s*(import|from)\s+\w", line):
                tree = parse(line.strip()).tree
                if tree is not None:
                    yield from (each.partition(".")[0] for each in meanings(tree).values())
                elif match := re.match(r"\s*(?:import|from)\s+(\w+)", line):
                    yield match[1]


def module_named(title: str) -> str:
    """The module that a title names, as its first word or beside the word "module"; or nothing."""
    beside = r"(?i:\b(?:module|library)\s+)(\w+)|(\w+)\s+(?i:module|library)\b"
    for match in (*re.finditer(r"^\W*([A-Za-z_]\w*)", title), *re.finditer(beside, title)):
        word = next(each for each in match.groups() if each)
        if word in sys.stdlib_module_names:
            return word
        if word.lower() in {"numpy", "pandas"}:
            return word.lower()
    return ""


def _plain_title(title: str) -> str:
    """A heading's text without Markdown's marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
    text = re.sub(r"[`*]|\s#+\s*$|<[^>]*>", "", text)
    return " ".join(text.split())[:120].strip()


def _front_matter(text: str) -> int:
    """How many lines of settings stand before the notes."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:60], 2):
            if line.rstrip() in {"---", "..."}:
                return number
    return 0
