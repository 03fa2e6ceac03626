"""The lesson format as tables: what the reader reads by, and what the JSON Schema and the
reference are made from."""

from __future__ import annotations

from typing import Literal

from pyrecipes.value import value

Kind = Literal[
    "text",
    "prose",
    "id",
    "texts",
    "files",
    "answer",
    "python",
    "expression",
    "name",
    "strategies",
    "flag",
    "integer",
    "number",
    "choice",
    "table",
    "tables",
]

KINDS = ("write", "fix", "fill", "predict", "choice", "order")
WRITTEN = ("write", "fix", "fill")
VIEWS = ("regex", "tree", "timeline", "array", "command")


@value
class Key:
    """A key of a table: the type of its value, whether it must be there, and what it says.

    `table` names the table of a `table` or `tables`; `choices` are a `choice`'s words. `only` are
    the kinds of exercise that may have it, `needed` those that must.
    """

    name: str
    kind: Kind
    says: str
    required: bool = False
    table: str = ""
    choices: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


SNIPPET = (
    Key("files", "files", "Path -> content of files laid out in the scratch folder first."),
    Key("args", "texts", "The program's arguments, `sys.argv[1:]`."),
    Key("stdin", "text", "What the program reads from standard input."),
)

TABLES: dict[str, tuple[Key, ...]] = {
    "lesson": (
        Key("lesson", "id", "The lesson's id, which is the file's name without `.yaml`.", True),
        Key("title", "text", "The lesson's title.", True),
        Key("summary", "text", "One sentence for the list of lessons.", True),
        Key("modules", "texts", "Modules whose public names this lesson is to cover."),
        Key("requires", "texts", "Distributions that the snippets import, such as numpy."),
        Key("docs", "text", "The address of the topic's page in the documentation."),
        Key("recipes", "tables", "The lesson's ideas, in their order.", True, "recipe"),
    ),
    "recipe": (
        Key("id", "id", "Unique in the lesson, among recipes and exercises.", True),
        Key("title", "text", "What one can do after it.", True),
        Key(
            "docs", "text", "An address, or its part after the lesson's `docs`, such as `#re.sub`."
        ),
        Key("text", "prose", "Markdown: says why, not only what.", True),
        *SNIPPET,
        Key("code", "python", "The snippet, with `#>` recorded lines and `#:` notes.", True),
        Key("view", "choice", "A picture beside the listing.", choices=VIEWS),
        Key("exercises", "tables", "The exercises of this idea.", table="exercise"),
        Key(
            "variants",
            "tables",
            "Other guises of its exercises, asked in their place now and then in review.",
            table="exercise",
        ),
    ),
    "exercise": (
        Key("id", "id", "Unique in the lesson, among recipes and exercises.", True),
        Key("of", "id", "In `variants`: the id of the exercise in whose place it is asked."),
        Key("kind", "choice", "What the learner is to do.", True, choices=KINDS),
        Key("title", "text", "A few words for the list.", True),
        Key("prompt", "prose", "Markdown: the task.", True),
        Key(
            "starter",
            "answer",
            "What the learner starts from; a `fill` has `____` for each gap.",
            only=WRITTEN,
            needed=WRITTEN,
        ),
        Key(
            "code",
            "python",
            "The program whose output is to be predicted.",
            only=("predict",),
            needed=("predict",),
        ),
        Key(
            "files",
            "files",
            "Path -> content of files laid out in the scratch folder first.",
            only=(*WRITTEN, "predict", "order"),
        ),
        Key("args", "texts", "The program's arguments.", only=("predict",)),
        Key("stdin", "text", "The program's standard input.", only=("predict",)),
        Key("hints", "texts", "Three: a nudge, a stronger one, nearly the answer.", True),
        Key("given", "python", "Statements run before each call.", only=(*WRITTEN, "order")),
        Key(
            "checks",
            "tables",
            "What is asked of an answer.",
            table="check",
            only=(*WRITTEN, "order"),
            needed=(*WRITTEN, "order"),
        ),
        Key(
            "options",
            "tables",
            "What there is to choose from; one is right.",
            table="option",
            only=("choice",),
            needed=("choice",),
        ),
        Key(
            "solution",
            "answer",
            "An answer that passes; an `order` shuffles its lines.",
            only=(*WRITTEN, "order"),
            needed=(*WRITTEN, "order"),
        ),
        Key("distractors", "texts", "Lines that don't belong, shuffled in.", only=("order",)),
        Key("explain", "prose", "Markdown, shown after a pass beside the solution."),
        Key(
            "mistakes",
            "tables",
            "Answers that must fail.",
            table="mistake",
            only=(*WRITTEN, "predict", "order"),
        ),
        Key(
            "same",
            "tables",
            "Changes of the solution that behave the same.",
            table="same",
            only=WRITTEN,
        ),
    ),
    "check": (
        Key("call", "expression", "An expression over the answer's names."),
        Key("gives", "expression", "What the call gives, as an expression."),
        Key("raises", "name", "The exception that the call raises."),
        Key("prints", "text", "What the call, or the run, prints."),
        Key("for", "strategies", "Name -> Hypothesis strategy: the same as the solution on each."),
        Key("given", "python", "Statements run before the call, for both sides."),
        Key("within", "number", "How far floats may be off."),
        Key("exact", "flag", "The very type is asked for, not only an equal value."),
        Key("run", "table", "Run the answer as a program.", table="run"),
        Key("exit", "integer", "The exit status of the run."),
        Key("uses", "name", "A name, method (`.sub`) or keyword that the source must use."),
        Key("avoids", "name", "A name, method or keyword that the source must not use."),
        Key("tests", "python", "pytest tests that import the answer from `main`."),
    ),
    "run": (
        Key("args", "texts", "The program's arguments."),
        Key("stdin", "text", "The program's standard input."),
        Key("files", "files", "Path -> content of files laid out first."),
    ),
    "option": (
        Key("text", "text", "The option, as Markdown.", True),
        Key("feedback", "prose", "What to say to who chose it.", True),
        Key("right", "flag", "True for the one that is right."),
    ),
    "mistake": (
        Key("code", "answer", "The wrong answer; of a `predict`, the wrong text.", True),
        Key("feedback", "prose", "What to say to who wrote it.", True),
    ),
    "same": (
        Key("change", "text", "The change, as the mutation report words it.", True),
        Key("reason", "text", "Why nothing can tell it from the solution.", True),
    ),
}
