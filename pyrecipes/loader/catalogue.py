"""All lessons that are there: the built-in ones, then those of packs and folders."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrecipes import loader
from pyrecipes.errors import LessonError, NotFoundError
from pyrecipes.loader.cache import Cache, from_plain, stamp, to_plain
from pyrecipes.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyrecipes.loader.cache import Stamp
    from pyrecipes.model import Exercise, Lesson, Recipe

INDEX = "index"
PACK_FILE = "pack.yaml"
ORDER_FILE = "order.txt"


@value
class Source:
    """A folder of lesson files; `pack` is the name of the pack that it belongs to."""

    folder: Path
    pack: str = ""


@value
class Entry:
    """What a list shows of a lesson: its recipes as (id, title), its exercises as (id, kind,
    title, id of the recipe)."""

    id: str
    title: str
    summary: str
    pack: str
    path: str
    recipes: tuple[tuple[str, str], ...]
    exercises: tuple[tuple[str, str, str, str], ...]


class Catalogue:
    """Lessons by id. Where two have the same id, the one of the earlier source counts.

    `cache` is a folder to keep read lessons in, `sources` come after the built-in lessons;
    `builtin` is where those are, unless it is the usual place. `faulty` has, after `entries` or
    `lessons`, the files that could not be read, with their LessonError.
    """

    def __init__(
        self,
        cache: Path | None = None,
        sources: Iterable[Source] = (),
        builtin: Path | None = None,
    ) -> None:
        self._cache = Cache(cache)
        self._sources = (Source(builtin or builtin_folder()), *sources)
        self._read: dict[str, Lesson] = {}
        self._entries: tuple[Entry, ...] | None = None
        self.faulty: dict[Path, LessonError] = {}

    def paths(self) -> dict[str, tuple[Path, str]]:
        """Lesson id -> its file and its pack, without reading any."""
        found: dict[str, tuple[Path, str]] = {}
        for source in self._sources:
            for path in lesson_files(source.folder):
                found.setdefault(path.stem, (path, source.pack))
        return found

    def entries(self) -> tuple[Entry, ...]:
        """Every lesson in short; from the cache it reads one small file. Faulty files are left
        out, see `faulty`."""
        if self._entries is None:
            self._entries = self._index()
        return self._entries

    def lessons(self) -> tuple[Lesson, ...]:
        """Every lesson whole, faulty files left out."""
        return tuple(self.lesson(entry.id) for entry in self.entries())

    def lesson(self, id_: str) -> Lesson:
        """A lesson by its id. Raises NotFoundError, or LessonError where its file is faulty."""
        if id_ not in self._read:
            path, pack = self.paths().get(id_, (None, ""))
            if path is None:
                raise NotFoundError(f"there is no lesson {id_!r}{self._near(id_)}")
            self._read[id_] = self._load(path, pack)
        return self._read[id_]

    def find(self, name: str) -> tuple[Lesson, Recipe | Exercise | None]:
        """The lesson that `re` or `re/phone` names, with the recipe or exercise where there is one.

        Raises NotFoundError with the nearest name that there is.
        """
        if name.endswith((".yaml", ".yml")):
            raise NotFoundError(
                f"{name} is a file, not a lesson's id: `pyrecipes lessons preview {name}` shows "
                "it, `pyrecipes packs add FOLDER` makes the lessons of a folder yours"
            )
        lesson_id, slash, id_ = name.partition("/")
        if not slash:
            return self.lesson(name), None
        lesson = self.lesson(lesson_id)
        items: tuple[Recipe | Exercise, ...] = (*lesson.recipes, *lesson.exercises)
        for item in items:
            if item.id == id_:
                return lesson, item
        raise NotFoundError(f"lesson {lesson_id!r} has no {id_!r}{self._near(name)}")

    def recipe_or_exercise(self, name: str) -> Recipe | Exercise:
        """What a full name such as `re/phone` names. Raises NotFoundError."""
        _, item = self.find(name)
        if item is None:
            raise NotFoundError(f"{name!r} names a lesson; say which recipe, as in {name}/...")
        return item

    def _load(self, path: Path, pack: str) -> Lesson:
        key = stamp(path)
        name = f"{path.stem}-{zlib.crc32(f'{path}|{pack}'.encode()):08x}"
        plain = self._cache.get(name, key)
        if plain is not None:
            lesson: Lesson = from_plain(plain)
            return lesson
        lesson = loader.load(path, pack=pack)
        self._cache.put(name, key, to_plain(lesson))
        return lesson

    def _index(self) -> tuple[Entry, ...]:
        files = self.paths()
        key: Stamp = tuple(self._stamp(path, pack) for path, pack in files.values())
        plain: list[tuple[Any, ...]] | None = self._cache.get(INDEX, key)
        if plain is not None:
            return tuple(Entry(*fields) for fields in plain)
        entries = []
        for id_, (path, _) in files.items():
            try:
                entries.append(_entry(self.lesson(id_), path))
            except LessonError as error:
                self.faulty[path] = error
        if not self.faulty:
            fields = Entry.__match_args__
            self._cache.put(INDEX, key, [tuple(getattr(e, f) for f in fields) for e in entries])
        return tuple(entries)

    def _stamp(self, path: Path, pack: str) -> Stamp:
        return (*stamp(path), pack)

    def _near(self, name: str) -> str:
        """`; did you mean ...?` for a name that is not there."""
        import difflib

        known = [
            each
            for entry in self.entries()
            for each in (
                entry.id,
                *(f"{entry.id}/{recipe[0]}" for recipe in entry.recipes),
                *(f"{entry.id}/{exercise[0]}" for exercise in entry.exercises),
            )
        ]
        if ending := [each for each in known if each.endswith("/" + name)]:
            return f"; did you mean {ending[0]}?"
        near = difflib.get_close_matches(name, known, n=1)
        if near:
            return f"; did you mean {near[0]}?"
        return "; `pyrecipes list` names those there are"


def builtin_folder() -> Path:
    """Where the built-in lessons are: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "lessons"
    return inside if inside.is_dir() else package.parent / "lessons"


def lesson_files(folder: Path) -> list[Path]:
    """The lesson files of a folder; none where there is no such folder.

    Those that its `order.txt` names, one id a line, come first and in that order, the others by
    name.
    """
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    except OSError:
        return []
    order = folder / ORDER_FILE
    wanted = order.read_text(encoding="utf-8").split() if order.is_file() else []
    places = {id_: place for place, id_ in enumerate(wanted)}
    names.sort(key=lambda path: places.get(path.stem, len(places)))
    return [path for path in names if path.name != PACK_FILE and path.is_file()]


def _entry(lesson: Lesson, path: Path) -> Entry:
    return Entry(
        id=lesson.id,
        title=lesson.title,
        summary=lesson.summary,
        pack=lesson.pack,
        path=str(path),
        recipes=tuple((recipe.id, recipe.title) for recipe in lesson.recipes),
        exercises=tuple(
            (exercise.id, exercise.kind, exercise.title, recipe.id)
            for recipe in lesson.recipes
            for exercise in recipe.exercises
        ),
    )
