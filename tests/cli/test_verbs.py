"""Each command by what it prints and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pyrecipes.loader.catalogue import Catalogue

PHONE = Catalogue().find("re/phone")[1]


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    """Standard error, which must be one line and no traceback."""
    assert run.stderr.count("\n") == 1, run.stderr
    assert run.stderr.startswith("pyrecipes"), run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


def test_help_names_every_command(program) -> None:
    from pyrecipes.cli import VERBS

    run = program("--help")
    assert run.returncode == 0
    for verb in VERBS:
        assert f"\n    {verb}" in run.stdout


def test_each_command_has_help_of_its_own(program) -> None:
    from pyrecipes.cli import VERBS

    for verb in ("run", "check", "lessons"):
        assert verb in VERBS
        run = program(verb, "--help")
        assert run.returncode == 0
        assert run.stdout.startswith(f"usage: pyrecipes {verb}")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["chek"], "did you mean `check`?"),
        (["lessons", "verfy"], "did you mean `verify`?"),
        (["list", "--jsn"], "--jsn"),
        (["show"], "LESSON[/ID]"),
        (["show", "nope"], "nope"),
        (["show", "re/nope"], "nope"),
        (["check", "re/groups"], "not an exercise"),
        (["check"], "name one"),
        (["check", "re/phone"], "no answer yet"),
        (["check", "re/phone", "--file", "/nonexistent.py"], "No such file"),
        (["run", "/nonexistent.py"], "No such file"),
        (["run", "--timeout", "0", "-"], "--timeout"),
        (["hint", "re/nope"], "nope"),
        (["progress", "undo"], "nothing to undo"),
        (["progress", "import", "/nonexistent"], "No such file"),
        (["completion", "tcsh"], "tcsh"),
    ],
)
def test_bad_arguments_are_one_line_and_status_2(program, args, said) -> None:
    run = program(*args)
    assert run.returncode == 2
    assert said in one_line(run)


def test_a_level_that_can_not_be_had_is_status_3(program) -> None:
    level = "landlock" if sys.platform == "darwin" else "seatbelt"
    run = program("run", "--isolation", level, "-", stdin="print(1)")
    assert run.returncode == 3
    assert level in one_line(run)
    run = program("run", "-", stdin="print(1)", env={"PYRECIPES_SANDBOX": "moon"})
    assert run.returncode == 3
    assert "moon" in one_line(run)


def test_run_json_ties_output_to_lines(program) -> None:
    code = "import sys\nfor i in range(2):\n    print(i)\n'a' + 'b'\nsys.exit(3)\n"
    run = program("run", "--json", "-", stdin=code)
    assert run.returncode == 1
    document = json.loads(run.stdout)
    assert list(document) == [
        "status", "exit_code", "wall_ms", "isolation", "truncated", "events",
    ]  # fmt: skip
    assert (document["status"], document["exit_code"]) == ("error", 3)
    assert [(e["line"], e["kind"], e["text"]) for e in document["events"]] == [
        (3, "stdout", "0\n"),
        (3, "stdout", "1\n"),
        (4, "value", "'ab'"),
    ]


def test_run_hands_over_arguments_and_input(program, tmp_path) -> None:
    script = tmp_path / "hello.py"
    script.write_text("import sys\nprint(sys.argv, input())\n")
    run = program("run", str(script), "--", "--arg", "x", stdin="typed\n")
    assert run.returncode == 0
    assert "['hello.py', '--arg', 'x'] typed" in run.stdout


def test_a_limit_is_said_in_plain_words(program) -> None:
    run = program("run", "--timeout", "0.5", "-", stdin="while True:\n    pass\n")
    assert run.returncode == 1
    assert "stopped after 0.5 s" in run.stdout
    assert "--timeout SECONDS" in run.stdout


def test_output_is_never_markup_nor_escapes(program) -> None:
    code = r"print('[red]x[/red] [/foo]', '\x1b[31m', '\u202e')"
    run = program("run", "-", stdin=code)
    assert "[red]x[/red] [/foo]" in run.stdout
    assert "\x1b" not in run.stdout
    assert "\u202e" not in run.stdout


def test_check_passes_the_solution_and_keeps_it(program) -> None:
    run = program("check", "re/phone", "--file", "-", stdin=PHONE.solution["main.py"])
    assert run.returncode == 0, run.stdout + run.stderr
    listed = json.loads(program("list", "re", "--json").stdout)
    passed = [e["id"] for e in listed["lessons"][0]["exercises"] if e["passed"]]
    assert passed == ["phone"]


def test_check_json_tells_a_known_mistake(program) -> None:
    mistake = PHONE.mistakes[0]
    run = program("check", "re/phone", "--json", "--file", "-", stdin=mistake.files["main.py"])
    assert run.returncode == 1
    (verdict,) = json.loads(run.stdout)
    assert verdict["exercise"] == "re/phone"
    assert verdict["feedback"].strip() == mistake.feedback.strip()
    assert {"check", "passed", "want", "got"} == set(verdict["checks"][0])


def test_check_without_a_name_takes_the_last(program, home) -> None:
    program("check", "re/phone", "--file", "-", stdin="")
    answer = home / "answers" / "re" / "phone.py"
    answer.parent.mkdir(parents=True)
    answer.write_text(PHONE.solution["main.py"])
    assert program("check").returncode == 0
    assert program("check", "--all").returncode == 0


def test_hints_come_one_by_one(program) -> None:
    said = [program("hint", "re/phone").stdout.splitlines()[0] for _ in range(4)]
    assert said == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"]


def test_solution_and_show(program) -> None:
    assert "def " in program("solution", "re/phone").stdout
    shown = json.loads(program("show", "re/groups", "--json").stdout)
    assert shown["status"] == "ok"
    assert shown["events"]


def test_edit_starts_from_the_starter(program, home) -> None:
    run = program("edit", "re/phone", env={"VISUAL": "", "EDITOR": "true"})
    assert run.returncode == 0, run.stderr
    answer = home / "answers" / "re" / "phone.py"
    assert answer.read_text() == PHONE.starter["main.py"]
    answer.write_text("mine\n")
    assert "kept" in program("reset", "re/phone").stdout
    assert answer.read_text() == PHONE.starter["main.py"]
    assert (home / "answers" / "re" / "phone.before-1.py").read_text() == "mine\n"
    assert (
        "set VISUAL or EDITOR"
        in program("edit", "re/phone", env={"VISUAL": "", "EDITOR": ""}).stderr
    )


def test_bare_it_says_where_you_stand(program) -> None:
    run = program()
    assert run.returncode == 0
    assert "Regular expressions" in run.stdout
    assert "pyrecipes learn" in run.stdout


def test_progress_goes_from_one_home_to_another(program, tmp_path) -> None:
    program("check", "re/phone", "--file", "-", stdin=PHONE.solution["main.py"])
    exported = tmp_path / "progress.json"
    assert program("progress", "export", str(exported)).returncode == 0
    other = {"PYRECIPES_HOME": str(tmp_path / "other")}
    run = program("progress", "import", str(exported), env=other)
    assert "1 answers and 1 reviews" in run.stdout
    assert json.loads(program("stats", "--json", env=other).stdout)["passed"] == 1
    assert program("progress", "reset", "re", env=other).returncode == 0
    assert json.loads(program("stats", "--json", env=other).stdout)["answers"] == 0
    assert program("progress", "undo", env=other).returncode == 0
    assert json.loads(program("stats", "--json", env=other).stdout)["answers"] == 1


def test_due_makes_nothing_where_nothing_is(program, home) -> None:
    run = program("due", "--quiet")
    assert (run.stdout, run.returncode) == ("0\n", 0)
    assert not home.exists()


def test_a_certificate_only_for_a_finished_lesson(program) -> None:
    run = program("certificate", "re")
    assert run.returncode == 1
    assert "not finished" in run.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_the_commands(program, shell) -> None:
    run = program("completion", shell)
    assert run.returncode == 0
    assert "certificate" in run.stdout
    assert "--isolation" in run.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("show re/pho", "re/phone"),
        ("show thr", "threading"),
        ("check glob/count", "glob/count-files"),
        ("learn re/grou", "re/groups"),
        ("lessons ver", "verify"),
        ("run --vi", "--view"),
    ],
)
def test_bash_completes_commands_options_and_names(program, tmp_path, words, found) -> None:
    (tmp_path / "completion").write_text(program("completion", "bash").stdout)
    code = rf"""
        source {tmp_path}/completion
        [[ $(complete -p pyrecipes) =~ -F\ ([^ ]+) ]]
        COMP_WORDS=(pyrecipes {words}) COMP_CWORD={len(words.split())}
        ${{BASH_REMATCH[1]}} pyrecipes {words.split()[-1]}
        echo "${{COMPREPLY[@]}}"
    """
    run = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.split()[:1] == [found], run.stderr


def test_a_closed_pipe_ends_quietly(home) -> None:
    environ = {**os.environ, "PYRECIPES_HOME": str(home)}
    program = subprocess.Popen(
        [sys.executable, "-m", "pyrecipes", "show", "re"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(30) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["--help"], ["list"], ["list", "--json"]])
def test_a_full_disk_is_one_line(home, args) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = subprocess.run(
            [sys.executable, "-m", "pyrecipes", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYRECIPES_HOME": str(home)},
            check=False,
        )
    assert run.returncode == 2
    assert "No space left" in one_line(run)


def test_without_utf8_it_still_prints(program) -> None:
    run = program("show", "re/groups", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert run.returncode == 0
    assert run.stdout.isascii()


def test_doctor_says_what_is_in_force(program, home) -> None:
    document = json.loads(program("doctor", "--json").stdout)
    works = [level["level"] for level in document["levels"] if level["works"]]
    assert document["isolation"] == works[0]
    assert document["home"] == str(home)
    text = program("doctor").stdout
    assert text.startswith(f"Sandbox in force: {works[0]}\n")
    assert "It keeps out:" in text


def test_a_level_that_was_asked_for_is_in_force(program) -> None:
    document = json.loads(program("doctor", "--json", "--isolation", "process").stdout)
    assert document["isolation"] == "process"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["run -", "list", "list nope", "stats"])
def test_a_closed_standard_stream_is_no_fault(home, command, closed) -> None:
    run = subprocess.run(
        f"{sys.executable} -m pyrecipes {command} {closed}",
        shell=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, "PYRECIPES_HOME": str(home)},
        timeout=60,
        check=False,
    )
    assert run.returncode == (2 if "nope" in command else 0), run.stderr
    assert "Traceback" not in run.stderr


def test_what_a_user_typed_can_not_flood_or_drive_the_terminal(program) -> None:
    for args in (("show", "x" * 10_000), ("x" * 10_000,), ("run", "x\x1b[31m"), ("x\x1b[31m",)):
        said = one_line(program(*args))
        assert len(said) < 1000
        assert "\x1b" not in said


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "²", "99999999999"])
def test_odd_widths_show_all_the_same(program, columns) -> None:
    run = program("list", env={"COLUMNS": columns, "LINES": "²"})
    assert run.returncode == 0, run.stderr
    assert "Regular expressions" in run.stdout


def test_a_program_without_end_is_not_read_to_its_end(program, tmp_path) -> None:
    assert "more than 1 MB" in one_line(program("run", "/dev/zero"))
    assert "no name" in one_line(program("run", ""))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_line_ends(program, tmp_path, ends) -> None:
    script = tmp_path / "ends.py"
    script.write_bytes(f"print(1){ends}print(2){ends}".encode())
    assert program("run", str(script)).stdout.count("│") == 2


def test_run_says_how_a_silent_script_ended(program) -> None:
    run = program("run", "-", stdin="import sys\nsys.exit(3)\n")
    assert run.returncode == 1
    assert "exit status 3" in run.stdout
    run = program("run")
    assert "ARG" not in one_line(run)


def test_run_takes_modules_along_when_told_to(program, tmp_path) -> None:
    (tmp_path / "mine.py").write_text("from kit.one import two\n")
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "one.py").write_text("two = 2\n")
    script = tmp_path / "script.py"
    script.write_text("import mine\nmine.two\n")
    alone = program("run", str(script))
    assert alone.returncode == 1
    assert "--with" in alone.stdout
    beside = ("--with", str(tmp_path / "mine.py"), "--with", str(tmp_path / "kit"))
    run = program("run", str(script), *beside)
    assert run.returncode == 0, run.stdout
    assert "=  2" in run.stdout


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("re/why-compile", ["1  ", "2  ", "4  "], "A pattern object also has"),
        ("re/group-zero", ["m.groups()", "len(m.groups())"], "('640', '480')"),
        ("re/louder", ["def louder(m):", "import re"], "never"),
        ("re/first-number", ["Fill the gaps", "def first_number"], "Calling a method"),
    ],
)
def test_show_gives_all_that_an_exercise_needs_and_not_its_answer(
    program, home, name, given, kept
) -> None:
    run = program("show", name)
    assert run.returncode == 0, run.stderr
    for words in (*given, f"pyrecipes check {name}", name.partition("/")[2]):
        assert words in run.stdout
    assert kept not in run.stdout


def test_the_solution_of_a_choice_is_the_right_option(program) -> None:
    run = program("solution", "re/why-compile")
    assert run.stdout.startswith("2  ")
    assert "␊" not in run.stdout


def test_faults_name_the_file_and_the_folder(program, tmp_path, monkeypatch) -> None:
    (tmp_path / "other.json").write_text("{}")
    assert "other.json" in one_line(program("progress", "import", str(tmp_path / "other.json")))
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "folder you are in is gone" in one_line(program("lessons", "list"))


def test_a_folder_that_lacks_a_file_of_the_answer(program, tmp_path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "__init__.py").write_text("")
    said = one_line(program("check", "packages/export", "--file", str(tmp_path)))
    assert "no texts/style.py and no texts/measure.py in it" in said
    assert "pyrecipes edit packages/export" in said


def test_help_has_no_empty_words(program) -> None:
    for args in ([], ["lessons"], ["packs"], ["progress"]):
        assert "None" not in program(*args, "--help").stdout
