"""The kinds where the answer is told, not run: `predict` and `choice`."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from pyrecipes.checker.compare import Rules, difference, text_difference
from pyrecipes.checker.finding import Finding, visible
from pyrecipes.checker.literal import NotLiteralError, literal
from pyrecipes.model import MAIN, CheckResult, Limits, Transcript

if TYPE_CHECKING:
    from pyrecipes.checker.wanted import Memory
    from pyrecipes.model import Exercise, Files, Sandbox


def expected(exercise: Exercise, sandbox: Sandbox, memory: Memory) -> Transcript:
    """The run of the code that a `predict` is about."""
    kept = memory.of(exercise)
    if kept.shown is None:
        if exercise.snippet is None:
            raise ValueError(f"{exercise.id} is no predict: it has no code")
        kept.shown = sandbox.run(exercise.snippet, Limits())
    return kept.shown


def output_of(transcript: Transcript) -> str:
    """What a run shows, as one types it: printed text, values as at the prompt, its last error."""
    parts: list[str] = []
    for event in transcript.events:
        ended = event.text if event.kind == "stdout" else f"{event.text}\n"
        if event.kind != "stderr":
            if event.kind != "stdout" and parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            parts.append(ended)
    return "".join(parts)


def predict(exercise: Exercise, answer: Files, sandbox: Sandbox, memory: Memory) -> Finding:
    """Hold what a learner foretells to what the code prints."""
    want = output_of(expected(exercise, sandbox, memory))
    got = answer.get(MAIN, "")
    wanted, given = _lines(want), _lines(got)
    title = "what the code prints"
    if len(wanted) == len(given) and all(map(_same, wanted, given)):
        return Finding(CheckResult(title, True, visible(want), visible(got)), "passed")
    if not given:  # and nothing is given away
        return Finding(CheckResult(title, False, note="nothing is foretold yet"), "[]")
    note = text_difference("\n".join(wanted), "\n".join(given))
    alike = sum(1 for _ in takewhile(bool, map(_same, wanted, given)))
    result = CheckResult(title, False, visible(want), visible(got), note, alike + 1)
    return Finding(result, json.dumps(given))


def choose(exercise: Exercise, answer: Files) -> tuple[Finding, str]:
    """Hold a choice to the right option; also the chosen option's feedback."""
    right = [number for number, option in enumerate(exercise.options, 1) if option.right]
    want, text = " or ".join(map(str, right)), answer.get(MAIN, "").strip()
    count = len(exercise.options)
    chosen = _chosen(exercise, text)
    if not 1 <= chosen <= count:
        note = f"answer with the number of an option, 1 to {count}"
        return Finding(CheckResult("your choice", False, "", visible(text), note), ""), note
    option = exercise.options[chosen - 1]
    passed = chosen in right
    got = f"{chosen}: {option.text}"
    result = CheckResult("your choice", passed, want if passed else "", got)
    return Finding(result, text), option.feedback


def _chosen(exercise: Exercise, text: str) -> int:
    """The number of the option that an answer names: `2`, `2.`, `(2)` or its text; 0 for none."""
    number = text.strip("(). \t")
    if number.isascii() and number.isdigit() and len(number) < 4:
        return int(number)
    same = _plain(text)
    texts = [_plain(option.text) for option in exercise.options]
    return texts.index(same) + 1 if same and texts.count(same) == 1 else 0


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split()).rstrip(".").casefold()


def _lines(text: str) -> list[str]:
    """The lines of a text, without spaces at their ends and empty lines around them."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    return lines


def _same(want: str, got: str) -> bool:
    """The same line, or the same value written differently."""
    if want == got:
        return True
    pair: list[Any] = []
    for line in (want, got):
        try:
            pair.append(literal(line))
        except NotLiteralError:
            return False
    return difference(pair[0], pair[1], Rules(exact=True)) is None
