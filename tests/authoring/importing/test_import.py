"""Notes of several styles, imported: reports and lessons as golden text, and held by verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyrecipes.authoring.importing import report
from pyrecipes.authoring.importing.importer import import_notes
from pyrecipes.authoring.verify import verify
from pyrecipes.errors import NotFoundError, PyrecipesError

NOTES = Path(__file__).parent / "notes"

MISTAKES = [
    "`found` is never assigned; meant is `found = re.match(",
    "`found.groups()` gives ('ada', 'example'), the note says ('ada@example.org', 'ada', 'exam",
    "names a placeholder: `address` is never assigned",
    "`add_argument('--size', width, int)`: only names of the option go by position",
    "`options.width` is not there: the parser makes `options.size`",
    "`glob.glob` takes `recursive` by keyword only",
    "`glob.iglob` takes `recursive` by keyword only",
    "`**` crosses folders only with `recursive=True`",
    "`one.make` gives <function dense at 0x...>, the note says dense (it is the function itself",
    "`p` is not defined; did you mean `P`?",
    "`args(**settings)` calls `args`; the keyword is meant",
    "names placeholders: `job`, `settings`",
    "there is no module `multiprocess`; did you mean `multiprocessing`?",
    "meant is `print('hello %s from %s' % (name, __name__))`",
    "meant is `import queue, time`",
    "`queque` is not defined; did you mean `queue`?",
    "a lambda as `callable` can't be pickled",
    "`JobManger` is not defined; did you mean `JobManager`?",
    "`easy_install` is gone",
    "`sharply` is misspelt: its link is of `shapely`",
    "`pypiwin32` is an old name",
]


def imported(name: str, folder: Path, sandbox) -> tuple[str, list[Path]]:
    """The report of an import, with the paths as a reader of any machine would have them."""
    made = import_notes(NOTES / name, folder, sandbox)
    paths = [Path(each.name) for each in made.paths]
    return "\n".join(report.lines(made.drafts, paths, name)) + "\n", list(made.paths)


@pytest.mark.parametrize(
    "name",
    ["evenings.md", "readme.md", "scripts.md", "averages.ipynb", "dice.ipynb", "exercism"],
)
def test_report_and_lessons(name: str, tmp_path: Path, sandbox, golden) -> None:
    told, paths = imported(name, tmp_path, sandbox)
    golden(f"importing/{name}.report.txt", told)
    golden(f"importing/{name}.yaml", "\n".join(path.read_text("utf-8") for path in paths))
    found = verify(paths, lambda: sandbox, 1)
    others = [str(each) for each in found.faults if "is still to be written: TODO" not in str(each)]
    assert others == []
    assert found.faults


def test_nine_topics_and_every_mistake(tmp_path: Path, sandbox) -> None:
    told, paths = imported("evenings.md", tmp_path, sandbox)
    assert [path.stem for path in paths] == [
        "my-own-package",
        "re",
        "argparse",
        "glob",
        "namedtuple",
        "multiprocessing-many-at-once",
        "threading",
        "numpy",
        "fetching-modules",
    ]
    missing = [each for each in MISTAKES if each not in told]
    assert missing == []


def test_each_line_is_the_line_in_the_notes(tmp_path: Path, sandbox) -> None:
    told, _ = imported("evenings.md", tmp_path, sandbox)
    lines = (NOTES / "evenings.md").read_text("utf-8").split("\n")
    for word in ("queque", "JobManger", "easy_install", "sharply", "pypiwin32"):
        number = int(next(each for each in told.split("\n") if f"`{word}`" in each).split(":")[1])
        assert word in lines[number - 1]


def test_what_is_there_stays(tmp_path: Path, sandbox) -> None:
    notes = tmp_path / "tea.md"
    notes.write_text("# tea\n```\n1 + 1\n```\n# cake\nwords\n", "utf-8")
    (tmp_path / "cake.yaml").write_text("mine", "utf-8")
    with pytest.raises(PyrecipesError, match=r"cake.yaml is there already; .*--force"):
        import_notes(notes, tmp_path, sandbox)
    assert (tmp_path / "cake.yaml").read_text("utf-8") == "mine"
    assert not (tmp_path / "tea.yaml").exists()
    import_notes(notes, tmp_path, sandbox, force=True)
    assert (tmp_path / "cake.yaml").read_text("utf-8") != "mine"


def test_no_link_is_followed_out(tmp_path: Path, sandbox) -> None:
    notes = tmp_path / "tea.md"
    notes.write_text("# tea\nwords\n", "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "tea.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PyrecipesError, match="is there already"):
        import_notes(notes, out, sandbox)
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_runs_outside_the_sandbox(tmp_path: Path, sandbox) -> None:
    mark = tmp_path / "escaped"
    notes = tmp_path / "evil.md"
    code = f"import pathlib\npathlib.Path({str(mark)!r}).write_text('x')\n"
    notes.write_text(f"# a\n```python\n{code}```\n```\n>>> exec({code!r})\n```\n", "utf-8")
    made = import_notes(notes, tmp_path / "out", sandbox)
    assert not mark.exists()
    assert any("does not run" in each.text for each in made.drafts[0].findings)


def test_an_example_that_does_not_pass_its_tests_is_told(tmp_path: Path, sandbox) -> None:
    import shutil

    folder = tmp_path / "leap"
    shutil.copytree(NOTES / "exercism" / "leap", folder)
    (folder / ".meta" / "exemplar.py").write_text("def leap_year(year):\n    return True\n")
    made = import_notes(folder, tmp_path / "out", sandbox)
    assert any("the solution does not pass" in each.text for each in made.drafts[0].findings)


def test_exercises_stay_in_their_folder(tmp_path: Path, sandbox) -> None:
    (tmp_path / ".meta").mkdir()
    config = '{"files": {"solution": ["../../etc/passwd"], "test": ["t.py"], "example": ["e.py"]}}'
    (tmp_path / ".meta" / "config.json").write_text(config)
    with pytest.raises(PyrecipesError, match="no path inside the folder"):
        import_notes(tmp_path, tmp_path / "out", sandbox)


def test_a_folder_without_exercises(tmp_path: Path, sandbox) -> None:
    with pytest.raises(PyrecipesError, match="holds no exercise"):
        import_notes(tmp_path, tmp_path / "out", sandbox)
    with pytest.raises(NotFoundError, match="no such file"):
        import_notes(tmp_path / "none.md", tmp_path / "out", sandbox)


def findings(text: str, folder: Path, sandbox) -> list[str]:
    """What is found in some notes, as `line: text`."""
    (folder / "notes.md").write_text(text, "utf-8")
    made = import_notes(folder / "notes.md", folder / "out", sandbox, force=True)
    return [f"{each.line}: {each.text}" for draft in made.drafts for each in draft.findings]


def test_a_misspelt_module_is_told_once(tmp_path: Path, sandbox) -> None:
    text = "```python\nimport colections\ncolections.Counter('aab')['a']  # 2\n```\n"
    assert findings(text, tmp_path, sandbox) == [
        "2: does not run: there is no module `colections`; did you mean `collections`?"
    ]


def test_another_distribution_is_no_misspelling(tmp_path: Path, sandbox) -> None:
    told = findings("```python\nimport urllib3\n```\n", tmp_path, sandbox)
    assert told[0].startswith("2: does not run: ModuleNotFoundError: No module named 'urllib3'")


def test_what_a_function_prints_counts_for_its_caller(tmp_path: Path, sandbox) -> None:
    text = (
        "```\n>>> def hi(name):\n...     print('hi', name)\n>>> hi('a')\nhi a\n"
        ">>> hi('b')\nhi B\n>>> hi('c')\nhi c\n```\n"
    )
    assert findings(text, tmp_path, sandbox) == [
        "7: says otherwise than Python: `hi('b')` gives hi b, the note says hi B"
    ]


def test_comments_that_are_prose_are_no_claims(tmp_path: Path, sandbox) -> None:
    text = "```python\nlen('abc')  # counts characters\nlen('abc')  # 4\n```\n"
    assert findings(text, tmp_path, sandbox) == [
        "3: says otherwise than Python: `len('abc')` gives 3, the note says 4"
    ]
