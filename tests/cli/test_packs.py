"""Packs of lessons: added, learned from, removed; hostile ones refused."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest

PACK = """name: kitchen
version: "1.2"
author: Ada
licence: CC-BY-4.0
"""
LESSON = """lesson: soup
title: Soup
summary: How to make it.
recipes:
  - id: boil
    title: Boil
    text: Water first.
    code: |
      'wa' + 'ter'
      #> 'water'
    exercises:
      - id: double
        kind: write
        title: Double
        prompt: Write `double(n)`.
        starter: |
          def double(n):
              ...
        hints: [Think of twice., Multiply., By two.]
        checks:
          - call: double(4)
            gives: "8"
        solution: |
          def double(n):
              return n * 2
        explain: Twice.
        mistakes:
          - code: |
              def double(n):
                  return n + 2
            feedback: That adds.
          - code: |
              def double(n):
                  return n
            feedback: That is the number itself.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "kitchen-pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "soup.yaml").write_text(LESSON)
    return folder


def zipped(pack: Path, *more: tuple[str, bytes]) -> str:
    path = pack.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in pack.iterdir():
            archive.write(file, f"kitchen/{file.name}")
        for name, data in more:
            archive.writestr(name, data)
    return str(path)


def refused(run, said: str) -> None:
    assert run.returncode == 2, run.stdout + run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("packed", [False, True])
def test_a_pack_is_added_learned_from_and_removed(program, pack, packed) -> None:
    source = zipped(pack) if packed else str(pack)
    run = program("packs", "add", source, "--yes")
    assert run.returncode == 0, run.stderr
    assert "kitchen 1.2, by Ada, licence CC-BY-4.0" in run.stdout
    assert "lessons: soup" in run.stdout
    assert "needs: nothing but Python" in run.stdout
    shutil.rmtree(pack)
    assert json.loads(program("show", "soup/boil", "--json").stdout)["status"] == "ok"
    answer = "def double(n):\n    return n + n\n"
    run = program("check", "soup/double", "--file", "-", stdin=answer)
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(program("packs", "list", "--json").stdout)["packs"][0]["name"] == "kitchen"
    assert program("packs", "remove", "kitchen").returncode == 0
    assert program("show", "soup").returncode == 2
    assert json.loads(program("stats", "--json").stdout)["answers"] == 1


def test_it_can_be_updated(program, pack) -> None:
    assert program("packs", "add", str(pack), "--yes").returncode == 0
    (pack / "pack.yaml").write_text(PACK.replace("1.2", "1.3"))
    run = program("packs", "add", str(pack), "--yes")
    assert run.returncode == 0, run.stderr
    assert "1.3" in program("packs", "list").stdout


def test_an_installed_distribution_brings_a_pack(program, pack, tmp_path) -> None:
    site = tmp_path / "site"
    shutil.copytree(pack, site / "kitchen_lessons" / "data")
    (site / "kitchen_lessons" / "__init__.py").write_text("raise SystemExit('imported')\n")
    info = site / "kitchen_lessons-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kitchen-lessons\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[pyrecipes.lessons]\nx = kitchen_lessons.data\n")
    run = program("packs", "add", "kitchen-lessons", "--yes", env={"PYTHONPATH": str(site)})
    assert run.returncode == 0, run.stderr


def test_without_yes_nobody_is_asked_at_a_pipe(program, pack) -> None:
    refused(program("packs", "add", str(pack)), "--yes")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pack.yaml": PACK + "colour: red\n"}, "colour: unknown key"),
        ({"pack.yaml": PACK.replace("kitchen", "../up")}, "pack.yaml:1:7: name: must be"),
        ({"pack.yaml": "name: kitchen\n"}, "version: is missing"),
        ({"pack.yaml": PACK + "least: 99.0\n"}, "wants pyrecipes 99.0"),
        ({"pack.yaml": PACK + "requires: [no-such-thing]\n"}, "pip install no-such-thing"),
        ({"soup.yaml": LESSON.replace("'water'", "'milk'")}, "soup.yaml:9:7"),
        ({"soup.yaml": LESSON.replace("return n * 2", "return n * 3")}, "was not added"),
        ({"re.yaml": LESSON.replace("soup", "re")}, "one of that name already"),
    ],
)
def test_a_pack_that_is_not_right_is_refused(program, pack, change, said, home) -> None:
    for name, text in change.items():
        (pack / name).write_text(text)
    refused(program("packs", "add", str(pack), "--yes"), said)
    assert not (home / "packs" / "kitchen").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/tmp/canary-of-pyrecipes", "leaves its folder"),
        ("../../canary", "leaves its folder"),
        ("kitchen/../../canary", "leaves its folder"),
        ("C:canary", "leaves its folder"),
    ],
)
def test_a_zip_can_not_write_elsewhere(program, pack, name, said) -> None:
    refused(program("packs", "add", zipped(pack, (name, b"x")), "--yes"), said)


def test_a_zip_with_a_link_is_refused(program, pack) -> None:
    path = zipped(pack)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("kitchen/more.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    refused(program("packs", "add", path, "--yes"), "is a link")


def test_a_folder_with_a_link_is_refused(program, pack) -> None:
    (pack / "more.yaml").symlink_to("/etc/passwd")
    refused(program("packs", "add", str(pack), "--yes"), "is a link")


def test_a_bomb_is_refused(program, pack) -> None:
    path = zipped(pack, ("kitchen/big.yaml", b"a" * 30_000_000))
    assert Path(path).stat().st_size < 200_000
    refused(program("packs", "add", path, "--yes"), "MB")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", os.urandom(2000)])
def test_what_is_no_zip_is_one_line(program, tmp_path, data) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(data)
    refused(program("packs", "add", str(path), "--yes"), "no zip file")


def test_what_is_nothing_at_all(program) -> None:
    refused(program("packs", "add", "no-such-thing", "--yes"), "no installed distribution")
    refused(program("packs", "add", "pytest", "--yes"), "no entry point")
    refused(program("packs", "remove", "../x"), "no pack")


def test_markup_and_escapes_of_a_pack_are_only_text(program, pack) -> None:
    (pack / "pack.yaml").write_text(PACK.replace("Ada", '"[red]\\x1b[31mAda"'))
    run = program("packs", "add", str(pack), "--yes")
    assert "[red]" in run.stdout
    assert "\x1b" not in run.stdout
    assert sys.executable not in run.stdout
