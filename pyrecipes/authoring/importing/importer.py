"""Notes, notebooks and exercises -> lesson files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pyrecipes import loader
from pyrecipes.authoring.importing.reading import MAX_NOTEBOOK, read_text
from pyrecipes.authoring.importing.topic import TopicReader, numbered, slug
from pyrecipes.authoring.importing.writing import written
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
    _all_load(path, drafts, texts)
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
        from pyrecipes.authoring.importing.exercism import draft_of

        return [draft_of(path, said)]
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
    return [TopicReader(topic, sandbox).draft(said) for topic in topics]


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


def _all_load(path: Path, drafts: Sequence[Draft], texts: Sequence[str]) -> None:
    """PyrecipesError unless each text is a lesson file that can be read."""
    with tempfile.TemporaryDirectory() as folder:
        for draft, text in zip(drafts, texts, strict=True):
            file = Path(folder, f"{draft.id}.yaml")
            file.write_text(text, "utf-8", newline="\n")
            try:
                loader.load(file, f"{draft.id}.yaml")
            except LessonError as error:
                first = str(error).split("\n", 1)[0]
                what = f"{path}:{draft.line}: can't be made a lesson of"
                raise PyrecipesError(f"{what}: {first}") from None
