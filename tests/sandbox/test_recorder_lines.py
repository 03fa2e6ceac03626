"""Generated programs: each print and each value is on the line that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyrecipes.model import Snippet

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox

SIMPLE = st.sampled_from(["print", "value", "raw", "stderr", "two lines", "nothing"])
PROGRAM = st.recursive(
    st.lists(SIMPLE, min_size=1, max_size=4),
    lambda inner: st.lists(
        st.one_of(SIMPLE, st.tuples(st.sampled_from(["if", "for", "def", "with", "try"]), inner)),
        min_size=1,
        max_size=4,
    ),
    max_leaves=12,
)


def written(block: list[object], depth: int, lines: list[str], top: bool) -> None:
    """Lay out a block; each output holds its own line number."""
    indent = "    " * depth
    for item in block:
        line = len(lines) + 1
        if item == "print":
            lines.append(f"{indent}print('p {line}')")
        elif item == "value":
            lines.append(f"{indent}'v {line}'" if top else f"{indent}x = 'v'")
        elif item == "raw":
            lines.append(f"{indent}n = os.write(1, b'p {line}\\n')")
        elif item == "stderr":
            lines.append(f"{indent}print('e {line}', file=sys.stderr)")
        elif item == "two lines":
            lines.append(f"{indent}print(")
            lines.append(f"{indent}    'p {line}')")
        elif item == "nothing":
            lines.append(f"{indent}pass")
        elif isinstance(item, tuple):
            kind, inner = item
            if kind == "def":
                lines.append(f"{indent}def f{line}():")
                written(inner, depth + 1, lines, top=False)
                lines.append(f"{indent}f{line}()")
            else:
                head = {"if": "if True:", "for": "for i in range(2):", "try": "try:"}
                lines.append(indent + head.get(kind, "with contextlib.nullcontext():"))
                written(inner, depth + 1, lines, top)
                if kind == "try":
                    lines.extend([f"{indent}finally:", f"{indent}    pass"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(block=PROGRAM)
def test_each_output_names_its_own_line(sandbox: Sandbox, block: list[object]) -> None:
    lines = ["import contextlib, os, sys"]
    written(block, 0, lines, top=True)
    found = sandbox.run(Snippet("\n".join(lines)))
    assert found.status == "ok"
    kinds = {"p": "stdout", "e": "stderr", "v": "value"}
    order = []
    for event in found.events:
        for text in event.text.strip("'\n").split("\n"):
            kind, line = text.split()
            assert (event.kind, event.line) == (kinds[kind], int(line))
            order.append((kind, int(line)))
    assert order == truth(lines)


def truth(lines: list[str]) -> list[tuple[str, int]]:
    """What the program does, found by running it here with harmless stand-ins."""
    out: list[tuple[str, int]] = []

    def note(text: str, **_: object) -> None:
        out.append((text[0], int(text[2:])))

    source = "\n".join(lines[1:])
    source = source.replace("'v ", "'v ").replace("n = os.write(1, b'p ", "note('p ")
    source = source.replace("\\n')", "')")
    body = [
        line.replace("'v ", "note('v ") + ")" if line.strip().startswith("'v ") else line
        for line in source.split("\n")
    ]
    import contextlib
    import sys

    code = "\n".join(body)
    exec(code, {"print": note, "note": note, "contextlib": contextlib, "sys": sys})
    return out


def test_a_file_hides_the_module_of_its_name_that_was_loaded_ahead(sandbox) -> None:
    files = {"statistics.py": "mean = 'mine'\n", "logging/__init__.py": "x = 1\n", "os.py": "1/0\n"}
    code = "import statistics, logging, os\nstatistics.mean, logging.x, os.sep\n"
    sandbox.run(Snippet("1"))  # the next is prepared with modules loaded
    run = sandbox.run(Snippet(code, files))
    assert [event.text for event in run.events] == ["('mine', 1, '/')"]
    assert sandbox.run(Snippet("import statistics\nstatistics.mean([1])")).events[0].text == "1"
