"""The notes are read, never collected: some of them are tests."""

from __future__ import annotations

collect_ignore = ["notes"]
