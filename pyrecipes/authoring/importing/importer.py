"""Notes, notebooks and exercises -> lesson files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.holding import exercise_faults
from pyrecipes.authoring.importing.ids import numbered, slug
from pyrecipes.authoring.importing.notes import Finding, at
from pyrecipes.authoring.importing.reading import MAX_NOTEBOOK, read_text
from pyrecipes.authoring.importing.topic import draft_of
from pyrecipes.authoring.importing.writing import written
from pyrecipes.authoring.memo import MemoSandbox, Remembered
from pyrecipes.errors import LessonError, PyrecipesError
from pyrecipes.value import replace, value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyrecipes.authoring.importing.drafts import Draft
    from pyrecipes.model import Sandbox

MARKDOWN = {".md", ".markdown", ".mdown", ".txt", ".rmd", ".mdx", ""}


@value
class Imported:
    """What an import made: the drafts, and the file that each was written to."""

    drafts: tuple[Draft, ...]
    paths: tuple[Path, ...]


def import_notes(
    path: Path,
    folder: Path,
    sandbox: Sandbox,
    *,
    force: bool = False,
    said: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Make lesson files of Markdown notes, a notebook, or a folder of Exercism's.

    They go into `folder`; a file that is there is left alone unless `force`. Nothing of the notes
    runs but in the sandbox. `said` is told of each part as it is begun. Raises NotFoundError and
    PyrecipesError for what can't be imported, and where a file is in the way, before anything is
    written.
    """
    drafts = _with_ids(_drafts(path, sandbox, said))
    if not drafts:
        raise PyrecipesError(f"{path}: holds nothing to import: no text and no code")
    paths = tuple(folder / f"{draft.id}.yaml" for draft in drafts)
    there = [each for each in paths if each.exists() or each.is_symlink()]
    if there and not force:
        what = f"{there[0]} is there already" + (
            f", and {len(there) - 1} more" if len(there) > 1 else ""
        )
        raise PyrecipesError(f"{what}; -o DIR writes elsewhere, --force overwrites")
    texts = [written(draft, path.name) for draft in drafts]
    drafts = tuple(
        _held(path, draft, text, sandbox) for draft, text in zip(drafts, texts, strict=True)
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, text in zip(paths, texts, strict=True):
            with target.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise PyrecipesError(f"{error.filename}: can't be written: {error.strerror}") from None
    return Imported(drafts, paths)


def _drafts(path: Path, sandbox: Sandbox, said: Callable[[str], None]) -> list[Draft]:
    if path.is_dir():
        from pyrecipes.authoring.importing.exercism import exercises_of

        return [exercises_of(path, said)]
    if path.suffix.lower() == ".ipynb":
        from pyrecipes.authoring.importing.notebook import topics_of

        topics = topics_of(read_text(path, MAX_NOTEBOOK), path)
    elif path.suffix.lower() in MARKDOWN:
        from pyrecipes.authoring.importing import markdown

        topics = markdown.topics_of(read_text(path), path.stem)
    else:
        read_text(path)
        known = "Markdown (.md), a notebook (.ipynb), or a folder of Exercism's"
        raise PyrecipesError(f"{path}: what is imported is {known}")
    return [draft_of(topic, sandbox, said) for topic in topics]


def _with_ids(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts whose ids, and those of their recipes, are ids and unique."""
    lessons: set[str] = set()
    found = []
    for draft in drafts:
        lesson = numbered(draft.id, lessons, "notes")
        lessons.add(lesson)
        taken = {each.id for recipe in draft.recipes for each in recipe.exercises}
        recipes = []
        for number, recipe in enumerate(draft.recipes, 1):
            other = f"{lesson}-{number}"
            id_ = numbered(recipe.id or slug(recipe.title), taken, other)
            taken.add(id_)
            recipes.append(replace(recipe, id=id_))
        found.append(replace(draft, id=lesson, recipes=tuple(recipes)))
    return tuple(found)


def _held(path: Path, draft: Draft, text: str, sandbox: Sandbox) -> Draft:
    """The draft with what is wrong with its exercises; PyrecipesError unless its text loads."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{draft.id}.yaml")
        file.write_text(text, "utf-8", newline="\n")
        try:
            lesson = loader.load(file, file.name)
        except LessonError as error:
            first = str(error).split("\n", 1)[0]
            what = f"can't be made a lesson of: {first}"
            raise PyrecipesError(f"{path}{at(draft.line)}: {what}") from None
    memo = MemoSandbox(sandbox, Remembered())
    found = [
        Finding(0, "fails", f"{exercise.title}: the {where.rpartition('.')[2]} {what}")
        for exercise in lesson.exercises
        for where, _, what in exercise_faults(exercise, exercise.id, memo, exercise.id)
    ]
    return replace(draft, findings=(*draft.findings, *found))
