"""The listing's colours in the editor and at the live prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.lexers import Lexer

from pyrecipes.render.highlight import styles_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples


class PythonLexer(Lexer):
    """Colours Python as the listing does, without loading a library of lexers."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The styled text of each line."""
        spans = styles_of(document.text)
        starts = [0]
        for line in document.lines:
            starts.append(starts[-1] + len(line) + 1)

        def line_at(number: int) -> StyleAndTextTuples:
            if number >= len(document.lines):
                return []
            line, start = document.lines[number], starts[number]
            out: StyleAndTextTuples = []
            at = 0
            for first, last, style in spans:
                if first >= start + len(line):
                    break
                begin, end = max(first - start, 0), min(last - start, len(line))
                if end <= at:
                    continue
                if begin > at:
                    out.append(("", line[at:begin]))
                out.append((f"class:{style}", line[max(begin, at) : end]))
                at = end
            out.append(("", line[at:]))
            return out

        return line_at
