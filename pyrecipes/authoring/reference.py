"""The reference of the lesson format, made from the reader's own tables."""

# ruff: noqa: E501  (rows of Markdown tables)

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.loader.checks import KINDS, OUTCOMES
from pyrecipes.loader.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.loader.schema import Key

HEAD = """\
# The lesson format

<!-- Made from the reader's tables, see pyrecipes/authoring/reference.py; a test holds it to them. -->

A lesson is one YAML file in UTF-8, of at most 2 MB. Unknown keys, wrong types, missing keys and keys
that are there twice are faults, each told as `file:line:column: where: what`, all of a file at once.
A number, `true` or `false` where text is wanted needs no quotes, and what `gives` needs none either:
`gives: ('a', 1)`, `gives: [1, 2]`; but `gives: 'a'` is the name a, for YAML takes the quotes away.

`pyrecipes lessons schema` prints a JSON Schema for your editor; put this at the top of a lesson to use it:

```yaml
# yaml-language-server: $schema=lesson.schema.json
```

[How to write lessons](authors.md) walks through making one.
"""

TITLES = {
    "lesson": "The file",
    "recipe": "A recipe",
    "exercise": "An exercise",
    "check": "A check",
    "run": "`run` of a check",
    "option": "An option of a `choice`",
    "mistake": "A known mistake",
    "same": "A change that is no change",
}

TYPES = {
    "text": "text",
    "prose": "Markdown",
    "id": "id: small letters, digits, hyphens",
    "texts": "list of texts",
    "files": "mapping, path -> content",
    "answer": "text, or a mapping, path -> content",
    "python": "Python code",
    "expression": "Python expression, as it is written",
    "name": "name",
    "strategies": "mapping, name -> strategy",
    "flag": "true or false",
    "integer": "whole number",
    "number": "number",
    "table": "mapping, see below",
    "tables": "list of mappings, see below",
}

AFTER = {
    "recipe": """\
In `code`, comments of two kinds are not part of the snippet that runs. The tokenizer tells them from strings.

| comment | is |
| --- | --- |
| `#: text` at a line's end, or on a line of its own | a note on that line, or on the next line of code |
| `#> text` under a line | what that line printed or gave |
| `#>~ text` | the same, but `...` in it stands for anything; alone, `...` stands for any number of lines |
| `#>* text` | the same, in any order with its neighbours marked so |
| `#>*~ text` | both |

Nobody types `#>` by hand: `pyrecipes lessons record` runs the snippet three times and writes them, with
marks where the runs differ; a mark of yours that still fits is kept. They stand under the last line of
their statement, indented like it. An empty line of output is `#>` alone; what can't be seen is written as
an escape, `\\x1b`; an exception that ends the run is `Type: message`. Where several processes or threads
print, each line begins with `[NAME] `: the thread's name in the main process, the process's name in
another's main thread, else `PROCESS/THREAD`.

A path in `files` is relative and stays in the scratch folder that the snippet runs in.
""",
    "exercise": """\
The kinds:

| kind | the learner | judged by |
| --- | --- | --- |
| `write` | writes code | checks |
| `fix` | mends the starter | checks |
| `fill` | fills each `____` of the starter | checks |
| `predict` | says what `code` prints and gives | a real run of it |
| `choice` | chooses an option | the one that is right |
| `order` | puts the solution's lines in order, without the distractors | checks, by running |

`starter`, `solution` and a mistake's `code` are one text (the file `main.py`) or several files. The starter
names all files; the solution may leave out those that stay as in the starter, a mistake those that are as
in the solution.
""",
    "check": """\
`for` takes the strategies of Hypothesis by name: `integers()`, `text('ab ', max_size=10)`,
`lists(integers(), min_size=1)`. `gives` is worked out apart from the answer, where the answer can't reach
it. `uses` and `avoids` see through aliases: `re.compile`, `eval`, a method as `.sub`, a keyword such as
`for` or `lambda`. For a `call` the answer is loaded as a module, so its `if __name__ == '__main__':`
does not run; for a `run` it is the program.
""",
}


def reference(example: str) -> str:
    """The whole reference, as Markdown, with a lesson file as its example."""
    parts = [HEAD]
    for table, keys in TABLES.items():
        parts.append(f"## {TITLES[table]}\n")
        parts.append("\n".join(_rows(table, keys)) + "\n")
        if table in AFTER:
            parts.append(AFTER[table])
    parts.append(f"## All of it in one lesson\n\n```yaml\n{example}```\n")
    return "\n".join(parts)


def _rows(table: str, keys: tuple[Key, ...]) -> Iterator[str]:
    yield "| key | is | says |"
    yield "| --- | --- | --- |"
    for key in keys:
        kind = f"one of {', '.join(key.choices)}" if key.kind == "choice" else TYPES[key.kind]
        says = key.says
        if key.only:
            says += f" Only for {_and(key.only)}."
        if table == "check":
            says += _goes_with(key.name)
        yield f"| `{key.name}`{' *' if key.required else ''} | {kind} | {says} |"
    if any(key.required for key in keys):
        yield ""
        yield "The keys with a * must be there."


def _goes_with(name: str) -> str:
    """Which checks a key belongs to."""
    if name in KINDS:
        return " With exactly one of " + _and(OUTCOMES) + "." if name == "call" else ""
    return f" Goes with {_and([kind for kind, more in KINDS.items() if name in more])}."


def _and(words: list[str] | tuple[str, ...]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.stdout.write(reference(Path(sys.argv[1]).read_text(encoding="utf-8")))
