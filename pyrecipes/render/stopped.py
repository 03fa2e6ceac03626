"""Why a run was ended, in plain words, and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyrecipes.model import Limits, Transcript


def _seconds(seconds: float) -> str:
    return f"{seconds:g} s"


def stopped(transcript: Transcript) -> str:
    """One or two plain sentences on the limit that ended a run; empty where none did."""
    limits = transcript.limits
    reasons = {
        "timeout": (
            "it was still running. Look for a loop that never ends, or for something that waits "
            "for what never comes."
        ),
        "memory": (
            f"it wanted more than {limits.memory_mb:,} MB of memory. Build less at once (a "
            "generator instead of a list)."
        ),
        "processes": (
            f"it started more than {limits.processes} processes and threads. Look for one that "
            "starts others without end; under `spawn`, start them only below "
            "`if __name__ == '__main__':`."
        ),
        "output": (
            f"it printed more than {_bytes(limits)}. What came until then is shown. Print less, "
            "or look for a loop that never ends."
        ),
        "disk": (
            f"it wrote more than {limits.disk_mb:,} MB of files. Write less, and remove what is "
            "no longer needed."
        ),
        "killed": f"its process was ended by a signal{_signal(transcript)}.",
    }
    if transcript.status not in reasons:
        return ""
    after = f" after {limits.wall_s:g} s" if transcript.status == "timeout" else ""
    at = f" at line {transcript.stopped_at}" if transcript.stopped_at is not None else ""
    return f"stopped{after}{at}: {reasons[transcript.status]}"


def _bytes(limits: Limits) -> str:
    number = limits.output_bytes
    if number >= 1_000_000:
        return f"{number / 1_000_000:g} MB"
    return f"{number / 1000:g} kB" if number >= 1000 else f"{number} bytes"


def _signal(transcript: Transcript) -> str:
    import signal

    code = transcript.exit_code
    if code is None or code >= 0:
        return ""
    try:
        return f" ({signal.Signals(-code).name})"
    except ValueError:
        return f" ({-code})"
