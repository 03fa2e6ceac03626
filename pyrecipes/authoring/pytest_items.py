"""Lessons as pytest's files and items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pyrecipes import loader
from pyrecipes.authoring.finding import find
from pyrecipes.authoring.formats import fault_line
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.authoring.tasks import faults, hold, tasks_of
from pyrecipes.authoring.written import Written
from pyrecipes.errors import LessonError, PyrecipesError
from pyrecipes.loader.document import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.authoring.tasks import Task
    from pyrecipes.model import Fault

SANDBOX = pytest.StashKey[MemoSandbox]()


class Lessons:
    """The plugin that `--pyrecipes PATH` brings in. UsageError for a path without lessons."""

    def __init__(self, config: pytest.Config, paths: list[str]) -> None:
        here = config.invocation_params.dir
        try:
            found = find(paths, here)
        except PyrecipesError as error:
            raise pytest.UsageError(str(error)) from None
        self._files = {(here / path).resolve() for path in found}
        named = config.args if config.args_source is config.ArgsSource.ARGS else []
        config.args[:] = list(dict.fromkeys([*named, *(str(here / path) for path in found)]))

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Make a lesson file's collector."""
        if file_path.resolve() in self._files:
            return LessonFile.from_parent(parent, path=file_path)
        return None

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Close the sandbox, if one was opened."""
        sandbox = session.config.stash.get(SANDBOX, None)
        if sandbox is not None:
            sandbox.close()


class LessonFile(pytest.File):
    """A lesson file: one item for the file as such, one for each recipe and exercise."""

    def collect(self) -> Iterator[pytest.Item]:
        """The file's items."""
        here = Path.cwd()
        inside = self.path.is_relative_to(here)
        file = str(self.path.relative_to(here) if inside else self.path)
        try:
            lesson = loader.load(self.path, file)
            written = Written(self.path, file)
        except LessonError as error:
            yield Whole.from_parent(self, name=self.path.stem, faults=error.faults)
            return
        yield Whole.from_parent(self, name=lesson.id, faults=in_order(written.unfinished()))
        for task in tasks_of(lesson):
            yield Held.from_parent(self, name=task.item.id, task=task, written=written)


class FaultyError(Exception):
    """What is wrong with an item."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(fault_line, faults)))


class _Item(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A failure reads as verify's."""
        if isinstance(excinfo.value, FaultyError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class Whole(_Item):
    """That the file can be read, and nothing in it is still to be written."""

    def __init__(self, *, faults: tuple[Fault, ...], **options: Any) -> None:
        super().__init__(**options)
        self._faults = faults

    def runtest(self) -> None:
        """Tell the faults that reading the file found."""
        if self._faults:
            raise FaultyError(self._faults)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands, and its name."""
        return self.path, 0, f"{self.name}: the file"


class Held(_Item):
    """A recipe or exercise, held to what it says."""

    def __init__(self, *, task: Task, written: Written, **options: Any) -> None:
        super().__init__(**options)
        self._task = task
        self._written = written

    def runtest(self) -> None:
        """Run it."""
        stash = self.config.stash
        if SANDBOX not in stash:
            from pyrecipes.sandbox import open_sandbox

            stash[SANDBOX] = MemoSandbox(open_sandbox(), Remembered())
        if wrong := hold(self._task, stash[SANDBOX]):
            raise FaultyError(faults(self._task, wrong, self._written))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands in the file, and its full name."""
        return self.path, self._task.item.place.line - 1, self._task.name
