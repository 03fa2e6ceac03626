"""Screens of made-up values, and how they come out on a console."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pyrecipes.model import (
    CheckResult,
    Event,
    Exercise,
    Frame,
    Lesson,
    Limits,
    Place,
    Recipe,
    Recorded,
    Slip,
    Snippet,
    Standing,
    Stats,
    Transcript,
    Verdict,
)
from pyrecipes.render.cheatsheet import cheatsheet
from pyrecipes.render.dashboard import dashboard
from pyrecipes.render.lesson_list import lesson_list, recipes_learned
from pyrecipes.render.listing import listing
from pyrecipes.render.markdown import markdown
from pyrecipes.render.passed import passed, solution
from pyrecipes.render.stats import stats
from pyrecipes.render.theme import make_console
from pyrecipes.render.tracebacks import traceback
from pyrecipes.render.verdict import verdict
from pyrecipes.render.views.command import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

PLACE = Place("lessons/re.yaml")


def shown(
    renderable: RenderableType,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    env: dict[str, str] | None = None,
    **options: Any,
) -> str:
    """What a console of this width and encoding writes."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="")
    make_console(file, width=width, env=env or {"TERM": "dumb"}, **options).print(renderable)
    file.flush()
    return raw.getvalue().decode(encoding)


def ran(events: Iterable[Event], status: Any = "ok", **fields: Any) -> Transcript:
    """A transcript with these events."""
    return Transcript(status, 0, 3.0, "namespaces", False, tuple(events), **fields)


GROUPS = r"""import re
m = re.match(r'^(\d{3})-(\d{3,8})$', '010-12345')
m.groups()
for i in range(2):
    print('a', i)
    print('b', i, file=sys.stderr)
print('\u4e2d\u6587', tab)
for n in range(2000):
    print(n)
1 / 0 + 1
"""
EVENTS = (
    Event(3, "value", "('010', '12345')"),
    Event(5, "stdout", "a 0\n"),
    Event(6, "stderr", "b 0\n"),
    Event(5, "stdout", "a 1\n"),
    Event(6, "stderr", "b 1\n"),
    Event(7, "stdout", "中文\t\x1b[31m [bold]no markup[/bold]\n"),
    Event(9, "stdout", "".join(f"{n}\n" for n in range(2000))),
    Event(
        10,
        "error",
        "ZeroDivisionError: division by zero",
        frames=(Frame("main.py", 10, "<module>", "1 / 0 + 1", 0, 5),),
    ),
)
NOTES = {3: "groups() leaves out group 0, the whole match", 2: "two groups, and both ends are held"}

LANES = (
    Event(2, "stdout", "in worker\n", "MainProcess", "worker-1", 1.0),
    Event(2, "stdout", "in worker\n", "MainProcess", "worker-2", 1.5),
    Event(4, "value", "True", at_ms=2.0),
    Event(None, "stdout", "from a child\n", "Process-1", "MainThread", 3.0),
)

FRAMES = (
    Frame("main.py", 9, "<module>", "split_phone('x')", 0, 16),
    Frame("main.py", 4, "split_phone", "    return m.groups() + None", 11, 19),
)
ERROR = Event(4, "error", "ValueError: invalid literal for int() with base 10: 'x'", frames=FRAMES)

EXERCISE = Exercise(
    "phone",
    "write",
    "Split a phone number",
    "Write `split_phone(text)`.",
    PLACE,
    hints=("a nudge", "a stronger one", "nearly the answer"),
    solution={
        "main.py": "import re\n\n\ndef split_phone(s):\n    m = re.fullmatch('(..)-(.)', s)\n"
        "    if m is None:\n        raise ValueError(s)\n    return m.groups()\n"
    },
    explain="`fullmatch` asks for the *whole* text, so that **nothing** may follow.",
)
FAILED = Verdict(
    "re/phone",
    False,
    (
        CheckResult("split_phone('010-12345')", True),
        CheckResult(
            "split_phone('x')", False, "ValueError", ERROR.text, "", 4, ran([ERROR], "error")
        ),
        CheckResult("split_phone('010-1')", False, "('010', '12345')", "('010', '12354')"),
        CheckResult("prints", False, "a\nb c\nc\n", "a\nb  c\nc\nd\n"),
        CheckResult("prints", False, "a b\n", "a b"),
        CheckResult("prints", False, "a b", "a\tb ", "Tabs are not spaces."),
        CheckResult("run", False, "x", "", transcript=ran([], "timeout", stopped_at=7)),
    ),
    "That pattern also takes `x`.",
)

LESSON = Lesson(
    "re",
    "Regular expressions",
    "Find, take apart and change text by its pattern.",
    (
        Recipe(
            "groups",
            "Take a string apart with groups",
            "Text.",
            Snippet("import re\nm = re.match('(a)', 'ab')\nm.groups()\n"),
            PLACE,
            recorded={3: (Recorded("('a',)"),)},
            notes={3: "group 0 is not in it"},
            docs="https://docs.python.org/3/library/re.html#re.Match.groups",
            exercises=(EXERCISE, Exercise("zeros", "choice", "Who gets them?", "Say.", PLACE)),
        ),
        Recipe("sub", "Replace", "Text.", Snippet("re.sub('a', 'b', 'ab')\n"), PLACE),
    ),
    PLACE,
)

STANDINGS = (
    Standing("re", "Regular expressions", 5, 22, 3),
    Standing("glob", "Files by pattern", 8, 8),
    Standing("multiprocessing", "Several processes at once", 0, 10),
)
DAY = date(2026, 11, 24)
STATS = Stats(
    STANDINGS,
    DAY.isoformat(),
    {(DAY - timedelta(days=n)).isoformat(): n * 7 % 11 for n in range(0, 200, 3)},
    streak=3,
    longest=12,
    answers=1200,
    passed=80,
    reviews=44,
    measured=0.913,
    foretold=0.9,
    due=3,
    slips=(Slip("re/phone", "That pattern also takes `x`.", 4),),
)

MARKDOWN = """\
`fullmatch` asks for the *whole* text,
so that **nothing** follows — [the docs](https://docs.python.org/3/library/re.html).

- one
- two things that take so long to say that they need more than one line of eighty columns
  1. inner
  2. list

| wildcard | takes |
|---|---|
| `*` | any characters |
| `[a-z]` | one of a range |

```python
import re
re.match(r"x", "y")
```

> quoted [red]not markup[/red] <b>nor HTML</b>

## Head
"""

SCREENS: dict[str, Callable[[], RenderableType]] = {
    "listing": lambda: listing(GROUPS, NOTES, ran(EVENTS, "error")),
    "stopped": lambda: listing("while True:\n    pass\n", {}, ran([], "timeout", stopped_at=2)),
    "lanes": lambda: listing(
        "def f():\n    print('in worker')\nt.start()\nTrue\n", {4: "a note"}, ran(LANES)
    ),
    "traceback": lambda: traceback(ERROR),
    "failed": lambda: verdict(FAILED, EXERCISE, hints_seen=1),
    "passed": lambda: passed(EXERCISE, {"main.py": "import re\nprint(1)\n"}, shorter=True),
    "solution": lambda: solution(EXERCISE),
    "markdown": lambda: markdown(MARKDOWN),
    "dashboard": lambda: dashboard(STANDINGS, "pyrecipes review"),
    "lesson": lambda: lesson_list(LESSON, {"phone"}, here="zeros"),
    "learned": lambda: recipes_learned(LESSON),
    "stats": lambda: stats(STATS),
    "cheatsheet": lambda: cheatsheet(LESSON),
    "command": lambda: command(
        Snippet("", args=("--name", "a b"), stdin="one\n"),
        ran(
            [Event(1, "stdout", "hello\n"), Event(2, "stderr", "usage: x\n")],
            "error",
            limits=Limits(),
        ),
    ),
}
