"""Whatever a file holds: a Lesson or a LessonError."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyrecipes import loader
from pyrecipes.errors import LessonError
from pyrecipes.loader.schema import TABLES
from pyrecipes.model import Lesson

KEYS = sorted({key.name for keys in TABLES.values() for key in keys})
SOURCE = (Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml").read_bytes()

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["write", "choice", "predict", "order", "main.py", "x = 1", "f(1)", "#> x", "a\n#> b"]),
)  # fmt: skip
documents = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), scalars), inner, max_size=8),
    ),
    max_leaves=25,
)


def outcome(data: bytes) -> Lesson | LessonError:
    with TemporaryDirectory() as folder:
        path = Path(folder, "everything.yaml")
        path.write_bytes(data)
        try:
            return loader.load(path)
        except LessonError as error:
            found = error
    assert found.faults
    assert all(line.isprintable() for line in str(found).split("\n"))
    return found


@settings(max_examples=60, deadline=None)
@given(documents)
def test_any_yaml(document: object) -> None:
    assert isinstance(
        outcome(yaml.safe_dump(document, allow_unicode=True).encode()), Lesson | LessonError
    )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    assert isinstance(outcome(data), Lesson | LessonError)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, len(SOURCE) - 1),
    st.integers(0, 30),
    st.one_of(st.binary(max_size=6), st.sampled_from([b"\n", b"\n\n  ", b": ", b"- ", b"'", b"#> ", b"&a ", b"*a", b"|"])),
)  # fmt: skip
def test_a_lesson_damaged_somewhere(at: int, cut: int, put: bytes) -> None:
    assert isinstance(outcome(SOURCE[:at] + put + SOURCE[at + cut :]), Lesson | LessonError)
