"""A folder of Exercism's -> a lesson: one exercise each, held by its own tests."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pyrecipes.authoring.importing.drafts import Draft, DraftExercise, DraftRecipe
from pyrecipes.authoring.importing.ids import numbered, slug
from pyrecipes.authoring.importing.notes import Finding
from pyrecipes.authoring.importing.reading import read_text
from pyrecipes.errors import PyrecipesError
from pyrecipes.loader.reader import bad_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NO_CODE = "# Exercism has no snippet for this.\n"
CONFIG = ".meta/config.json"
MAX_EXERCISES = 500
HINTS = 3


def exercises_of(folder: Path, said: Callable[[str], None]) -> Draft:
    """The lesson of an exercise's folder, or of a folder of such folders.

    PyrecipesError where there is none, and where one can't be used: without a stub, tests or an
    example that solves it.
    """
    folders = [folder] if (folder / CONFIG).is_file() else _inside(folder)
    if not folders:
        what = f"holds no exercise of Exercism's: there is no {CONFIG} in it"
        raise PyrecipesError(f"{folder}: {what}; for notes name the file")
    recipes: list[DraftRecipe] = []
    taken: set[str] = set()
    for each in folders:
        said(each.name)
        id_ = numbered(slug(each.resolve().name), taken, "exercise")
        taken.add(id_)
        recipes.append(_recipe(each, id_))
    name = folder.resolve().name
    findings = tuple(
        Finding(
            0, "note", f"{recipe.title}: {', '.join(recipe.exercises[0].starter)}, {_told(recipe)}"
        )
        for recipe in recipes
    )
    return Draft(slug(name), _words(name), 0, tuple(recipes), findings)


def _told(recipe: DraftRecipe) -> str:
    """How many hints an exercise came with."""
    count = sum(not hint.startswith("TODO") for hint in recipe.exercises[0].hints)
    return f"with its tests and {count} of {HINTS} hints"


def _inside(folder: Path) -> list[Path]:
    """The exercises in a folder, two folders deep at most."""
    try:
        found = {
            path.parent.parent
            for pattern in (f"*/{CONFIG}", f"*/*/{CONFIG}")
            for path in folder.glob(pattern)
        }
    except OSError as error:
        raise PyrecipesError(f"{folder}: can't be read: {error.strerror}") from None
    if len(found) > MAX_EXERCISES:
        raise PyrecipesError(f"{folder}: holds more than {MAX_EXERCISES} exercises")
    return sorted(found)


def _recipe(folder: Path, id_: str) -> DraftRecipe:
    config = _config(folder)
    named = config.get("files") if isinstance(config.get("files"), dict) else {}
    stubs = _named(folder, named, "solution")
    tests = _named(folder, named, "test")
    examples = _named(folder, named, "example") or _named(folder, named, "exemplar")
    for what, found in (("stub", stubs), ("test", tests), ("example", examples)):
        if not found:
            raise PyrecipesError(f"{folder / CONFIG}: names no {what} that is there")
    names = list(stubs)
    solution = dict(zip(names, examples.values(), strict=False))
    editor = _named(folder, named, "editor")
    about = _read(folder, ".docs/introduction.md", ".docs/introduction.append.md")
    prompt = _read(folder, ".docs/instructions.md", ".docs/instructions.append.md")
    title = str(config.get("title") or _words(folder.resolve().name))
    blurb = config.get("blurb")
    hints = _hints(folder)
    missing = [f"TODO hint {n} of {HINTS}" for n in range(len(hints) + 1, HINTS + 1)]
    exercise = DraftExercise(
        id_,
        title,
        prompt or str(blurb or "TODO the task"),
        {name: stubs[name] for name in names},
        solution,
        (*hints, *missing),
        "\n\n".join(tests.values()),
        {path: text for path, text in editor.items() if path not in stubs},
    )
    todos = ("a snippet that shows what the exercise needs",)
    return DraftRecipe(
        title,
        0,
        about or str(blurb or ""),
        NO_CODE,
        todos=todos,
        exercises=(exercise,),
        id=f"about-{id_}",
    )


def _config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        what = " ".join(str(error).split()) if isinstance(error, ValueError) else "nested too deep"
        raise PyrecipesError(f"{path}: is not JSON: {what}") from None
    if not isinstance(config, dict):
        raise PyrecipesError(f"{path}: is not an exercise's settings")
    return config


def _named(folder: Path, named: Any, key: str) -> dict[str, str]:
    """The files that the settings name under a key, which must lie inside the folder."""
    found: dict[str, str] = {}
    paths = named.get(key) if isinstance(named, dict) else None
    for path in paths if isinstance(paths, list) else ():
        if not isinstance(path, str) or bad_path(path):
            raise PyrecipesError(f"{folder / CONFIG}: {path!r} is no path inside the folder")
        if (folder / path).is_file():
            if not (folder / path).resolve().is_relative_to(folder.resolve()):
                raise PyrecipesError(f"{folder / path}: leads out of the folder")
            found[path] = read_text(folder / path)
    return found


def _read(folder: Path, *paths: str) -> str:
    """Markdown files, put together, without the heading that names them."""
    texts = [read_text(folder / path) for path in paths if (folder / path).is_file()]
    if not texts:
        return ""
    texts[0] = re.sub(r"\A\s*#\s.*\n+", "", texts[0])
    return "\n".join(text.strip() + "\n" for text in texts).strip() + "\n"


def _hints(folder: Path) -> tuple[str, ...]:
    """Three of the hints at most, from the first to the last; links are only named."""
    found = []
    for item in re.split(r"\n(?=[-*] )", "\n" + _read(folder, ".docs/hints.md")):
        if match := re.match(r"[-*] (.+?)(?=\n\n|\n#|\Z)", item, re.DOTALL):
            text = " ".join(match[1].split())
            text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
            found.append(re.sub(r"\s*\n\[[^\]]+\]: \S+.*", "", text))
    if len(found) <= HINTS:
        return tuple(found)
    return (found[0], found[len(found) // 2], found[-1])


def _words(name: str) -> str:
    return re.sub(r"[-_]+", " ", name).strip().capitalize() or "Exercises"
