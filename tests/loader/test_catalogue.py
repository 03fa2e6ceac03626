"""Lessons by id, and kept so that a start reads no YAML."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from pyrecipes import loader
from pyrecipes.errors import LessonError, NotFoundError
from pyrecipes.loader.catalogue import Catalogue, Source, lesson_files

FILE = Path(__file__).parent.parent / "fixtures" / "lessons" / "everything.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "lessons"
    path.mkdir()
    copy(FILE, path)
    return path


def test_the_built_in_lessons_are_there() -> None:
    catalogue = Catalogue()
    assert {"re", "argparse"} <= set(catalogue.paths())
    assert catalogue.lesson("re").id == "re"


def test_entries_and_finding(folder: Path) -> None:
    catalogue = Catalogue(builtin=folder)
    (entry,) = catalogue.entries()
    assert entry.recipes[1] == ("join", "Put it together again")
    assert entry.exercises[0] == ("count", "write", "Count the arguments", "split")
    assert catalogue.find("everything") == (catalogue.lesson("everything"), None)
    assert catalogue.recipe_or_exercise("everything/gap").title == "Fill the gap"
    assert catalogue.recipe_or_exercise("everything/join").title == "Put it together again"
    assert catalogue.lessons() == (loader.load(folder / "everything.yaml"),)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("everythin", "there is no lesson 'everythin'; did you mean everything?"),
        ("everything/cuont", "lesson 'everything' has no 'cuont'; did you mean everything/count?"),
        ("gap", "there is no lesson 'gap'; did you mean everything/gap?"),
        ("zzz", "there is no lesson 'zzz'; `pyrecipes list` names those there are"),
        ("", "there is no lesson ''; `pyrecipes list` names those there are"),
    ],
)
def test_what_is_not_there(folder: Path, name: str, wanted: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        Catalogue(builtin=folder).find(name)
    assert str(caught.value) == wanted


def test_the_cache_gives_the_same_and_imports_no_yaml(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    whole = Catalogue(cache, builtin=folder).lessons()
    assert Catalogue(cache, builtin=folder).lessons() == whole
    code = f"""
import sys
from pathlib import Path
from pyrecipes.loader.catalogue import Catalogue
catalogue = Catalogue(Path({str(cache)!r}), builtin=Path({str(folder)!r}))
assert catalogue.entries()[0].id == 'everything'
assert catalogue.lesson('everything').exercises
assert 'yaml' not in sys.modules and 'dataclasses' not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_changed_file_is_read_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = folder / "everything.yaml"
    Catalogue(cache, builtin=folder).entries()
    path.write_text(path.read_text().replace("All that a lesson can say", "Changed"))
    assert Catalogue(cache, builtin=folder).entries()[0].title == "Changed"
    assert Catalogue(cache, builtin=folder).lesson("everything").title == "Changed"


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100, None])
def test_a_damaged_cache_is_not_used(folder: Path, tmp_path: Path, damage: bytes | None) -> None:
    cache = tmp_path / "cache"
    whole = Catalogue(cache, builtin=folder).lessons()
    for file in cache.iterdir():
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2] if damage is None else damage)
    assert Catalogue(cache, builtin=folder).lessons() == whole


def test_a_cache_that_can_not_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert Catalogue(tmp_path / "cache", builtin=folder).lesson("everything").id == "everything"


def test_packs_come_after_and_shadow_nothing(folder: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    copy(FILE, pack / "everything.yaml")
    (pack / "other.yaml").write_text(
        FILE.read_text().replace("lesson: everything", "lesson: other")
    )
    (pack / "pack.yaml").write_text("name: more\n")
    (pack / "broken.yaml").write_text("lesson: broken\n")
    catalogue = Catalogue(sources=[Source(pack, "more")], builtin=folder)
    assert [(entry.id, entry.pack) for entry in catalogue.entries()] == [
        ("everything", ""),
        ("other", "more"),
    ]
    assert catalogue.lesson("other").pack == "more"
    assert list(catalogue.faulty) == [pack / "broken.yaml"]
    with pytest.raises(LessonError):
        catalogue.lesson("broken")


def test_two_writers_leave_a_whole_file(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    code = f"""
from pathlib import Path
from pyrecipes.loader.catalogue import Catalogue
for _ in range(5):
    assert Catalogue(Path({str(cache)!r}), builtin=Path({str(folder)!r})).lessons()
    for file in Path({str(cache)!r}).glob('e*'):
        file.unlink(missing_ok=True)
"""
    running = [subprocess.Popen([sys.executable, "-c", code], env=os.environ) for _ in range(2)]
    assert [each.wait() for each in running] == [0, 0]
    assert not list(cache.glob("*.tmp"))


def test_lessons_come_in_the_order_that_a_teacher_chose(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"{name}.yaml").touch()
    (tmp_path / "order.txt").write_text("c\na\nnowhere\n")
    assert [path.stem for path in lesson_files(tmp_path)] == ["c", "a", "b", "d"]


def test_the_path_of_a_file_is_told_from_an_id() -> None:
    with pytest.raises(NotFoundError, match=r"is a file.*lessons preview /tmp/a\.yaml"):
        Catalogue().find("/tmp/a.yaml")
