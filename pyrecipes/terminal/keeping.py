"""A text that is being edited and its file: saved as it is typed, and never over another's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.errors import PyrecipesError

if TYPE_CHECKING:
    from pyrecipes.terminal.front import Draft


class Keeper:
    """Keeps the file up to date with the text, and notices where others write to the file.

    `notice` is what the person should know now.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.known = draft.text
        self.notice = ""

    def look(self, text: str) -> str | None:
        """Save what was typed. Returns the file's text where others changed it and nothing was
        typed since; where both changed, the file's is kept beside and what was typed is saved."""
        if self.draft.load is None or self.draft.save is None:
            return None
        try:
            outside = self.draft.load()
            if outside == self.known:
                self._save(text)
                return None
            if text in (self.known, outside):
                self.known = outside
                if text == outside:
                    return None
                self.notice = "The file was changed outside; this is its text now."
                return outside
            if self.draft.aside:
                name = self.draft.aside(outside)
                self.notice = f"The file was changed outside too; that text is kept as {name}."
            self._save(text)
        except (OSError, PyrecipesError) as error:
            self.notice = f"Not saved: {error}"
        return None

    def keep(self, text: str) -> None:
        """Save what was typed, at the end."""
        self.look(text)

    def _save(self, text: str) -> None:
        if text != self.known and self.draft.save is not None:
            self.draft.save(text)
            self.known = text
