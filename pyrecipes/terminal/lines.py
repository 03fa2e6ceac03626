"""Lines being put in order, without a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ordering:
    """Lines in an order, some of them left out. Positions count from 0, numbers from 1."""

    def __init__(self, lines: Sequence[str], chosen: Sequence[int]) -> None:
        self.lines = list(lines)
        self.chosen = list(chosen)
        self.out = [at for at in range(len(lines)) if at not in self.chosen]
        self.at = 0
        self.typed = ""

    def step(self, by: int) -> None:
        """Go to another line."""
        self.at = max(0, min(self.at + by, len(self.lines) - 1))

    def move(self, by: int) -> None:
        """Move the line up or down among those that are in."""
        to = self.at + by
        if self.at < len(self.chosen) and 0 <= to < len(self.chosen):
            self.chosen.insert(to, self.chosen.pop(self.at))
            self.at = to

    def toggle(self) -> None:
        """Take the line out, or put it in at the end."""
        if self.at < len(self.chosen):
            self.out.append(self.chosen.pop(self.at))
        elif self.out:
            self.chosen.append(self.out.pop(self.at - len(self.chosen)))
            self.at = len(self.chosen) - 1

    def take(self) -> bool:
        """Take the order from the numbers that were typed; False where they make none."""
        numbers = parse_order(self.typed, len(self.lines))
        self.typed = ""
        if numbers is None:
            return False
        self.chosen = numbers
        self.out = [at for at in range(len(self.lines)) if at not in numbers]
        self.at = 0
        return True


def parse_order(text: str, count: int) -> list[int] | None:
    """The positions that numbers such as `3 1 2` name; None where they name no order."""
    words = re.split(r"[\s,]+", text.strip())
    if len(words) == 1 and count < 10 and text.strip().isdecimal():
        words = list(text.strip())
    try:
        numbers = [int(word) - 1 for word in words]
    except ValueError:
        return None
    if len(set(numbers)) < len(numbers) or not all(0 <= n < count for n in numbers):
        return None
    return numbers
