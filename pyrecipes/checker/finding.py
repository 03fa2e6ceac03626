"""What examining an answer found, check by check."""

from __future__ import annotations

from pyrecipes.model import MAIN, CheckResult, Exercise, Files, Probe, Snippet, Transcript
from pyrecipes.value import value


@value
class Finding:
    """A check's result. `sign` is what the answer did there: a known mistake does the same.

    `detail` tells those apart that have the same sign: an exception's message, standard error.
    """

    result: CheckResult
    sign: str
    detail: str = ""


def snippet_of(
    exercise: Exercise,
    answer: Files,
    *,
    extra: Files | None = None,
    args: tuple[str, ...] = (),
    stdin: str = "",
    module: str = "__main__",
    probes: tuple[Probe, ...] = (),
) -> Snippet:
    """An answer with what it needs to run. The exercise's files come before the answer's own.

    The program is its main.py; a package without one is only imported, by what a check asks.
    """
    others = {name: text for name, text in answer.items() if name != MAIN}
    return Snippet(
        answer.get(MAIN, ""),
        {**others, **exercise.files, **(extra or {})},
        args,
        stdin,
        MAIN,
        module,
        requires=exercise.requires,
        probes=probes,
    )


def stopped(transcript: Transcript) -> str:
    """Why a run did not come to its own end, as one plain sentence; empty where it did."""
    at = f", at line {transcript.stopped_at}" if transcript.stopped_at else ""
    limits = transcript.limits
    return {
        "timeout": f"it was still running after {limits.wall_s:g} s{at}: an endless loop?",
        "memory": f"it took more than {limits.memory_mb} MB of memory{at}: build less at once",
        "processes": f"it started more than {limits.processes} processes and threads{at}",
        "output": f"it wrote more than {limits.output_bytes:,} bytes{at}",
        "disk": f"it filled its {limits.disk_mb} MB of disk{at}",
        "killed": f"it was killed{at}",
    }.get(transcript.status, "")


def visible(text: str) -> str:
    """Printed text with all that can't be seen made visible, line breaks kept."""
    return "".join(c if c == "\n" or c.isprintable() else repr(c)[1:-1] for c in text[:20_000])
