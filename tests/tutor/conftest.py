"""A lesson with each kind of exercise, a real store and a real sandbox."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pyrecipes.checker import check
from pyrecipes.loader import load
from pyrecipes.progress.answers import Answers
from pyrecipes.progress.store import Store
from pyrecipes.tutor.sitting import Sitting

LESSON = Path(__file__).parents[1] / "fixtures" / "lessons" / "sit.yaml"


@pytest.fixture(scope="session")
def lesson():
    return load(LESSON)


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "progress.db", lambda: datetime(2026, 5, 1, 9, tzinfo=UTC))
    yield store
    store.close()


@pytest.fixture
def sit(lesson, store, sandbox, tmp_path):
    """Makes a sitting; the same store and answers each time."""

    def make(start=None):
        return Sitting(
            lesson,
            store,
            Answers(tmp_path / "answers"),
            lambda: sandbox,
            lambda name, exercise, answer: check(exercise, answer, sandbox, name),
            start=start,
        )

    return make
