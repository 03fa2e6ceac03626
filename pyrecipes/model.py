"""The words of the project as frozen values, in the order data meets them.

lesson file --loader--> Lesson --(Snippet)--> Sandbox --> Transcript --> render
                        Answer --checker--(Sandbox)--> Verdict --> progress --> review
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyrecipes.value import value

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from typing import Any, Literal, Protocol

    Level = Literal["namespaces", "landlock", "seatbelt", "process"]
    Status = Literal["ok", "error", "timeout", "memory", "processes", "output", "disk", "killed"]
    EventKind = Literal["value", "stdout", "stderr", "error"]
    ExerciseKind = Literal["write", "fix", "fill", "predict", "choice", "order"]
    View = Literal["regex", "tree", "timeline", "array", "command"]
else:
    Protocol = object

Files = Mapping[str, str]
"""Relative path (with `/`) -> content."""

NONE: Mapping[Any, Any] = MappingProxyType({})

MAIN = "main.py"
"""The name that a snippet, or the one file of an answer, goes by inside the sandbox."""


@value
class Place:
    """Where in a file something stands; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


# --- what is run, and what it did -----------------------------------------------------------


@value
class Limits:
    """What one run may use, summed over all its processes."""

    wall_s: float = 5.0
    cpu_s: float = 10.0
    memory_mb: int = 512
    processes: int = 64
    disk_mb: int = 64
    output_bytes: int = 1_000_000


@value
class Probe:
    """An expression to evaluate over a program's names once it has run.

    `given` are statements run first, in a copy of the program's names.
    """

    expression: str
    given: str = ""


@value
class Snippet:
    """Source code with all that it needs to run.

    `module` is the `__name__` it runs under. `assignments` asks for the value of each assignment
    too. `requires` are the distributions that it imports; a sandbox may load them ahead.
    """

    code: str
    files: Files = NONE
    args: tuple[str, ...] = ()
    stdin: str = ""
    name: str = MAIN
    module: str = "__main__"
    assignments: bool = False
    requires: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()


@value
class Frame:
    """One of the learner's own frames in a traceback. Columns count characters from 0."""

    file: str
    line: int
    function: str
    source: str = ""
    column: int | None = None
    end_column: int | None = None


@value
class Event:
    """One output, tied to the line of the main file, the process and the thread that made it.

    `text` is as it was written; for `error` it is the exception as `Type: message`, and `frames`
    its traceback, outermost first. `at_ms` counts from the start of the run.
    """

    line: int | None
    kind: EventKind
    text: str
    process: str = "MainProcess"
    thread: str = "MainThread"
    at_ms: float = 0.0
    frames: tuple[Frame, ...] = ()


@value
class Result:
    """What a probe gave: `data` as `inside/plain.py` encodes it (JSON types only), or what it
    raised as `(type, message)` with the names of the type's bases, and what it printed."""

    data: Any = None
    raised: tuple[str, str] | None = None
    bases: tuple[str, ...] = ()
    printed: str = ""
    line: int | None = None


@value
class Transcript:
    """What a run did. `stopped_at` is the main file's line that was running when a limit ended it.
    `results` has one for each probe, fewer where the run ended before."""

    status: Status
    exit_code: int | None
    wall_ms: float
    isolation: Level
    truncated: bool
    events: tuple[Event, ...]
    stopped_at: int | None = None
    limits: Limits = Limits()
    results: tuple[Result, ...] = ()

    @property
    def stdout(self) -> str:
        """All that was written to standard output."""
        return "".join(e.text for e in self.events if e.kind == "stdout")

    @property
    def error(self) -> Event | None:
        """The exception that ended the run, if one did."""
        errors = [e for e in self.events if e.kind == "error"]
        return errors[-1] if errors else None


class Sandbox(Protocol):
    """Where a snippet runs. Made once a sitting; each run is apart from all others."""

    @property
    def isolation(self) -> Level:
        """The level in force."""

    def run(self, snippet: Snippet, limits: Limits = ...) -> Transcript:
        """Run a snippet to its end, or to its limits. Never raises for what the snippet does."""

    def expect(self, snippet: Snippet) -> None:
        """Get ready for a snippet that will be run soon, where that helps; does not wait."""

    def session(self, snippet: Snippet | None = None) -> LiveSession:
        """An interpreter that keeps its names from input to input; first runs the snippet."""

    def close(self) -> None:
        """End all that this sandbox started."""

    def __enter__(self) -> Sandbox: ...

    def __exit__(self, *_: object) -> None: ...


class LiveSession(Protocol):
    """A sandboxed interpreter at a prompt."""

    def run(self, source: str, limits: Limits = ...) -> Transcript:
        """Run one input as the prompt would."""

    def complete(self, text: str) -> list[str]:
        """The names or attributes that could end `text`, whole."""

    def interrupt(self) -> None:
        """End the input that is running, as Ctrl-C does; safe to call from another thread."""

    @property
    def alive(self) -> bool:
        """False once the interpreter has ended."""

    def close(self) -> None: ...

    def __enter__(self) -> LiveSession: ...

    def __exit__(self, *_: object) -> None: ...


# --- lessons ---------------------------------------------------------------------------------


@value
class Recorded:
    """A line of recorded output. `varies`: `...` in it stands for anything. `any_order`: it comes
    in any order with its neighbours that are marked so."""

    text: str
    varies: bool = False
    any_order: bool = False


@value
class Check:
    """One thing that is asked of an answer. `kind` says which of the other fields are set.

    call: `call` gives `gives`, raises `raises`, or prints `prints`; with `each` (name -> strategy
    of Hypothesis) it does what the solution does on generated inputs. `given` are statements run
    before both. `within` is a tolerance for floats, `exact` asks for the very type.
    run: the program with `args`, `stdin` and `files` prints `prints` and exits with `exit`.
    uses, avoids: `name` is (not) in the source. tests: `tests` are pytest tests.
    """

    kind: Literal["call", "run", "uses", "avoids", "tests"]
    place: Place
    call: str = ""
    gives: str | None = None
    raises: str | None = None
    prints: str | None = None
    given: str = ""
    each: Mapping[str, str] = NONE
    within: float | None = None
    exact: bool = False
    args: tuple[str, ...] = ()
    stdin: str = ""
    files: Files = NONE
    exit: int | None = None
    name: str = ""
    tests: str = ""


@value
class Option:
    """One of a choice's options."""

    text: str
    feedback: str
    right: bool = False


@value
class Mistake:
    """An answer that must fail, and what to say to who wrote it. A `choice` has none of its own;
    a `predict`'s `files` hold the wrong text under MAIN."""

    files: Files
    feedback: str
    place: Place


@value
class Survivor:
    """A change of the solution that behaves the same, and why (for the mutation report)."""

    change: str
    reason: str


@value
class Exercise:
    """A task. An answer is `Files`: one file called MAIN, or the files that `starter` names.

    predict: the answer is the text that `code` prints; `snippet` is that code. choice: the answer
    is the option's number, from 1, as text. order: the answer is the lines in their order;
    `starter` holds them (with the `distractors`) shuffled.
    """

    id: str
    kind: ExerciseKind
    title: str
    prompt: str
    place: Place
    starter: Files = NONE
    hints: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    solution: Files = NONE
    explain: str = ""
    mistakes: tuple[Mistake, ...] = ()
    files: Files = NONE
    snippet: Snippet | None = None
    options: tuple[Option, ...] = ()
    distractors: tuple[str, ...] = ()
    same: tuple[Survivor, ...] = ()
    requires: tuple[str, ...] = ()
    of: str = ""


@value
class Recipe:
    """One idea: a text, a snippet with what it gave and notes on its lines, and exercises.

    `variants` are other guises of the exercises, for review: each is `of` one of them.
    `recorded` and `notes` go by the line of the snippet's code, from 1.
    """

    id: str
    title: str
    text: str
    snippet: Snippet
    place: Place
    recorded: Mapping[int, tuple[Recorded, ...]] = NONE
    notes: Mapping[int, str] = NONE
    docs: str = ""
    view: View | None = None
    exercises: tuple[Exercise, ...] = ()
    variants: tuple[Exercise, ...] = ()


@value
class Lesson:
    """One lesson file. `docs` of its recipes are whole addresses. `pack` names where it is from."""

    id: str
    title: str
    summary: str
    recipes: tuple[Recipe, ...]
    place: Place
    modules: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    docs: str = ""
    pack: str = ""

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in their order."""
        return tuple(exercise for recipe in self.recipes for exercise in recipe.exercises)


@value
class Fault:
    """Something wrong in a lesson file; `where` is a path: `recipes[3].exercises[0].kind`."""

    place: Place
    where: str
    what: str

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.where}: {self.what}"
            if self.where
            else f"{self.place}: {self.what}"
        )


# --- answers and what became of them ----------------------------------------------------------


@value
class CheckResult:
    """What one check found. `note` is one plain sentence, `transcript` the run that showed it.

    Not `tried`: something before it kept the check from being made at all; `note` says what.
    """

    check: str
    passed: bool
    want: str = ""
    got: str = ""
    note: str = ""
    line: int | None = None
    transcript: Transcript | None = None
    tried: bool = True


@value
class Verdict:
    """What checking an answer gave. `mistake` is the number of the known mistake it is, from 0."""

    exercise: str
    passed: bool
    checks: tuple[CheckResult, ...]
    feedback: str = ""
    wall_ms: float = 0.0
    mistake: int | None = None
    shorter: bool = False


# --- how far a learner is ----------------------------------------------------------------------


@value
class Standing:
    """How far a learner is with one lesson: exercises passed of all, and cards that are due."""

    lesson: str
    title: str
    done: int
    total: int
    due: int = 0


@value
class Slip:
    """A known mistake that was made `count` times: what it was told, and where."""

    exercise: str
    feedback: str
    count: int


@value
class Stats:
    """What is known of a learner. `days` goes by ISO date and counts answers and reviews; `today`
    is its last day. Retention is a share of 0 to 1: `measured` of the reviews that were recalled,
    `foretold` by the schedule; None before the first review. `next_due` is the
    moment when the next card is due, in ISO form.
    """

    lessons: tuple[Standing, ...]
    today: str
    days: Mapping[str, int] = NONE
    streak: int = 0
    longest: int = 0
    answers: int = 0
    passed: int = 0
    reviews: int = 0
    measured: float | None = None
    foretold: float | None = None
    due: int = 0
    next_due: str | None = None
    slips: tuple[Slip, ...] = ()
