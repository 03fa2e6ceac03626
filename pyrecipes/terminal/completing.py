"""Completion: the words of the text, Python's own, and what the live sandbox knows."""

from __future__ import annotations

import builtins
import keyword
import re
from typing import TYPE_CHECKING

from prompt_toolkit.completion import Completer, Completion

from pyrecipes.terminal.editing import word_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

_NAMES = frozenset(n for n in dir(builtins) if not n.startswith("_")) | frozenset(keyword.kwlist)

MOST = 200


class PythonCompleter(Completer):
    """Names and attributes that could go on from the cursor."""

    def __init__(self, live: Callable[[str], list[str]] | None) -> None:
        self.live = live

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Those that begin with what stands before the cursor."""
        word = word_before(document.text_before_cursor)
        if not word:
            return
        stem = word.rpartition(".")[2]
        found = set(self.live(word) if self.live else ())
        if "." not in word:
            found |= _NAMES | set(re.findall(r"\b[^\W\d]\w+", document.text))
            found.discard(word)
        matching = sorted(
            (name for name in found if name.startswith(word)),
            key=lambda name: (name[len(word) - len(stem) :].startswith("_"), name),
        )
        for name in matching[:MOST]:
            shown = name[len(word) - len(stem) :]
            yield Completion(shown, start_position=-len(stem))
