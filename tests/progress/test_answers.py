"""Answers as files."""

from __future__ import annotations

import os

import pytest

from pyrecipes.errors import StoreError
from pyrecipes.model import Exercise, Place
from pyrecipes.progress.answers import Answers, write_whole

ONE = Exercise("phone", "write", "", "", Place("x"), starter={"main.py": "start\n"})
TWO = Exercise("pack", "write", "", "", Place("x"), starter={"a.py": "a\n", "b/c.py": "c\n"})


def test_an_answer_is_the_starter_until_it_is_written(tmp_path) -> None:
    answers = Answers(tmp_path)
    assert answers.read("re/phone", ONE) == {"main.py": "start\n"}
    answers.write("re/phone", ONE, {"main.py": "mine\n"})
    assert answers.read("re/phone", ONE) == {"main.py": "mine\n"}
    assert (tmp_path / "re" / "phone.py").read_text() == "mine\n"
    assert sorted(p.name for p in (tmp_path / "re").iterdir()) == ["phone.py"]


def test_several_files_lie_in_a_folder(tmp_path) -> None:
    answers = Answers(tmp_path)
    answers.write("packages/pack", TWO, {"a.py": "x\n", "b/c.py": "y\n"})
    assert (tmp_path / "packages" / "pack" / "b" / "c.py").read_text() == "y\n"
    (tmp_path / "packages" / "pack" / "a.py").unlink()
    assert answers.read("packages/pack", TWO) == {"a.py": "a\n", "b/c.py": "y\n"}


def test_reset_keeps_the_old_answer_beside(tmp_path) -> None:
    answers = Answers(tmp_path)
    answers.write("re/phone", ONE, {"main.py": "mine\n"})
    kept = answers.reset("re/phone", ONE)
    assert kept is not None
    assert kept.read_text() == "mine\n"
    assert answers.read("re/phone", ONE) == dict(ONE.starter)
    assert answers.reset("re/phone", ONE) is None


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfx = 1\r\n", b"x = 1\r", b"x = 1\n"])
def test_any_editor_will_do(tmp_path, raw) -> None:
    answers = Answers(tmp_path)
    path = answers.path("re/phone", ONE)
    path.parent.mkdir()
    path.write_bytes(raw)
    assert answers.read("re/phone", ONE) == {"main.py": "x = 1\n"}


def test_a_file_that_is_no_text_is_named(tmp_path) -> None:
    answers = Answers(tmp_path)
    path = answers.path("re/phone", ONE)
    path.parent.mkdir()
    path.write_bytes(b"a\n\xff\n")
    with pytest.raises(StoreError, match=r"phone\.py:2: not UTF-8"):
        answers.read("re/phone", ONE)


def test_a_link_stays_a_link_and_rights_stay(tmp_path) -> None:
    real = tmp_path / "real.py"
    real.write_text("old\n")
    real.chmod(0o640)
    link = tmp_path / "link.py"
    link.symlink_to(real)
    write_whole(link, "new\n")
    assert link.is_symlink()
    assert real.read_text() == "new\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_no_room_is_one_line_and_the_old_answer_stays(tmp_path, monkeypatch) -> None:
    path = tmp_path / "answer.py"
    path.write_text("old\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        write_whole(path, "new\n")
    assert path.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["answer.py"]
