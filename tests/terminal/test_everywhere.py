"""The command itself in real terminals: sizes, colours, screen readers, resizing, no terminal."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.terminal.driving import Terminal, until

RIGHT = """import re


def is_time(text):
    return re.fullmatch(r'\\d\\d:\\d\\d', text) is not None
"""
WRONG = RIGHT.replace("fullmatch", "match")


def plain_run(home, *words, stdin="", **env):
    return subprocess.run(
        [sys.executable, "-m", "pyrecipes", *words],
        input=stdin,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYRECIPES_HOME": str(home), "LANG": "C.UTF-8", **env},
        timeout=60,
        check=False,
    )


def test_the_first_screen_needs_one_key(terminal) -> None:
    at = terminal("learn", "re")
    screen = at.wait_for("Enter begin")
    assert "Regular expressions" in screen
    assert "Enter always does" in screen
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("q")
    assert at.end() == 0
    again = terminal("learn")
    again.wait_for("Enter run")
    again.send("Ctrl-D")
    assert again.end() == 0


def test_without_a_terminal_it_plays_the_lesson(tmp_path) -> None:
    done = plain_run(tmp_path, "learn", "glob")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "Exercise glob/" in done.stdout
    assert "value: " in done.stdout


def test_without_a_terminal_only_the_recipe_that_is_named(tmp_path) -> None:
    done = plain_run(tmp_path, "learn", "re/match")
    assert "re/match:" in done.stdout
    assert "re/groups:" not in done.stdout


def test_a_terminal_with_plain_goes_line_by_line(terminal) -> None:
    at = terminal("learn", "re/clock", "--plain")
    at.wait_for("Keys: Enter begin")
    at.send("Enter")
    at.wait_for("Keys: Enter write")
    at.send("h", "Enter")
    at.wait_for("Hint 1 of 3")
    at.send("wrong", "Enter")
    at.wait_for("There is no key 'wrong' here.")
    at.send("Enter")
    at.wait_for("A line with only . ends it")
    for line in [*RIGHT.splitlines(), "."]:
        at.send(line, "Enter")
    at.wait_for("Keys: Enter next")
    at.send("q", "Enter")
    assert at.end() == 0
    assert "\x1b[" not in at.all()
    assert "─" not in at.all()


def test_a_dumb_terminal_gets_lines(terminal) -> None:
    at = terminal("learn", "re/match", env={"TERM": "dumb"})
    at.wait_for("Keys: Enter begin")
    at.send("Enter")
    at.wait_for("Keys: Enter run")
    at.send("Enter")
    at.wait_for("Keys: Enter next")
    at.send("Ctrl-D")
    assert at.end() == 0


def test_no_colour_where_none_is_wanted(tmp_path) -> None:
    at = Terminal(["-m", "pyrecipes", "learn", "re/match"], tmp_path, env={"NO_COLOR": "1"})
    try:
        at.wait_for("Enter begin")
        at.send("Enter")
        at.wait_for("Enter run")
        colours = {cell.fg for row in at.emulated.display.buffer.values() for cell in row.values()}
        assert colours == {"default"}
    finally:
        at.close()


@pytest.mark.parametrize("own", [{}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
@pytest.mark.parametrize("name", ["LC_ALL", "LANG"])
def test_an_ascii_locale_gets_ascii(terminal, name, own) -> None:
    at = terminal("learn", "re/match", env={"LANG": "", name: "C", **own})
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("Enter")
    at.wait_for("Enter next")
    assert at.all().isascii()


@pytest.mark.parametrize("columns", [30, 40, 120])
def test_any_width(terminal, columns) -> None:
    at = terminal("learn", "re/match", columns=columns, rows=40)
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("Enter")
    screen = at.wait_for("Enter next")
    assert "q quit" in screen


def test_resizing_in_the_editor_keeps_the_text(terminal) -> None:
    at = terminal("learn", "re/clock")
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return 'kept here'")
    at.wait_for("kept here")
    at.resize(50, 20)
    at.send("# and on")
    at.wait_for("# and on")
    at.send("Ctrl-C")
    at.wait_for("Enter write")


def test_ctrl_c_ends_a_run_and_nothing_else(terminal, tmp_path) -> None:
    at = terminal("learn", "re/match")
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("t")
    at.wait_for("Ctrl-D leave")
    at.send("import time; print('go'); time.sleep(60)", "Enter")
    at.wait_for(">>> import time")
    at.send("Ctrl-C")
    at.wait_for("KeyboardInterrupt")
    at.send("'still ' + 'here'", "Enter")
    at.wait_for("'still here'")
    at.send("Ctrl-D")
    at.wait_for("Enter run")


def test_completion_from_the_live_sandbox(terminal) -> None:
    at = terminal("repl", "re/match")
    at.wait_for("Tab complete")
    at.send("re.fullm", "Tab")
    at.wait_for(">>> re.fullmatch")
    at.send("('a', 'a')", "Enter")
    at.wait_for("<re.Match object")
    at.send("Ctrl-D")
    assert at.end() == 0


def test_repl_without_a_terminal_reads_standard_input(tmp_path) -> None:
    done = plain_run(tmp_path, "repl", stdin="x = 6\nfor n in (1, 2):\n    print(n * x)\n\nx\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["6", "12", "6"]


def test_watch_checks_at_each_save(terminal, tmp_path) -> None:
    at = terminal("watch", "re/clock")
    at.wait_for("n next")
    answer = tmp_path / "answers" / "re" / "clock.py"
    answer.write_text(WRONG)
    at.wait_for("hint 1 of 3 is there")
    at.send("h")
    at.wait_for("Hint 1 of 3")
    beside = answer.with_name(".clock.swp")
    beside.write_text(RIGHT)
    beside.replace(answer)  # as editors save
    at.wait_for("1/23 passed")
    at.send("n")
    assert "own editor" not in at.wait_for("first-number")  # none is set
    at.send("q")
    assert at.end() == 0
    assert "1 exercise passed: clock." in at.screen()
    assert "Go on from here: pyrecipes watch re" in at.screen()


def test_watch_without_keys_says_what_each_save_gave(terminal, tmp_path) -> None:
    at = terminal("watch", "re/clock", "--plain")
    at.wait_for("Checked at each save.")
    (tmp_path / "answers" / "re" / "clock.py").write_text(RIGHT)
    at.wait_for("Passed")
    at.send("Ctrl-C")
    assert at.end() == 130


def test_review_asks_anew_rates_and_says_when_the_next_is_due(terminal, tmp_path) -> None:
    from datetime import UTC, datetime, timedelta

    from pyrecipes.model import Verdict
    from pyrecipes.progress.store import Store

    with_past = Store.open(tmp_path / "progress.db", lambda: datetime.now(UTC) - timedelta(days=90))
    with_past.add("re/clock", Verdict("re/clock", True, ()))
    with_past.close()
    at = terminal("review")
    at.wait_for("1 exercise due.")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return re.fullmatch(r'\\d\\d:\\d\\d', text) is not None", "Ctrl-S")
    screen = at.wait_for("4 easy")
    assert "Enter good" in screen
    at.send("2")
    assert at.end() == 0
    said = at.all()
    assert "Hard. It comes back in " in said
    assert "1 exercise reviewed, 1 remembered." in said
    assert "The next is due in " in said


def test_review_with_nothing_due(tmp_path) -> None:
    done = plain_run(tmp_path, "review")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing is due.")


def test_ones_own_editor(terminal, tmp_path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(f"import sys\nopen(sys.argv[1], 'w').write({RIGHT!r})\n")
    at = terminal("learn", "re/clock", env={"EDITOR": f"{sys.executable} {editor}"})
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("o own editor")
    at.send("o")
    at.wait_for("1/23 passed")
    at.send("i")
    at.wait_for("o own editor")


def test_an_editor_that_is_not_there(terminal) -> None:
    at = terminal("learn", "re/clock", env={"VISUAL": "no-such-editor --wait"})
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("o own editor")
    at.send("o")
    at.wait_for("set EDITOR to an editor that is there")
    at.wait_for("Enter write")


def test_a_kill_in_the_editor_loses_nothing_and_is_resumed_from(terminal, tmp_path) -> None:
    at = terminal("learn", "re/clock")
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return 'typed before the end'")
    answer = tmp_path / "answers" / "re" / "clock.py"
    until(lambda: answer.exists() and "typed before the end" in answer.read_text())
    at.child.kill(signal.SIGKILL)
    at.end()
    again = terminal("learn")
    screen = again.wait_for("Enter write")
    assert "typed before the end" in screen


def test_inputs_of_an_earlier_live_prompt_come_back(terminal) -> None:
    first = terminal("repl")
    first.wait_for("Tab complete")
    first.send("40 + 2", "Enter")
    first.wait_for("42")
    first.send("Ctrl-D")
    assert first.end() == 0
    again = terminal("repl")
    again.wait_for("Tab complete")
    again.send("Up")
    again.wait_for(">>> 40 + 2")


def test_ctrl_c_in_a_run_goes_back_to_the_keys(terminal) -> None:
    at = terminal("learn", "re/match")
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("e")
    at.wait_for("Ctrl-S run")
    at.send("Enter", "while True: pass", "Ctrl-S")
    at.wait_for("Running…  Ctrl-C ends it")
    at.send("Ctrl-C")
    screen = at.wait_for("Enter run")
    assert "Interrupted." in screen
    assert "Running…" not in screen
    at.send("s")
    at.wait_for("0/23 passed")
    at.send("Enter")
    at.wait_for("Enter next")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (40, 15), (120, 40)])
def test_a_long_list_to_jump_from_fits_the_screen(terminal, columns, rows) -> None:
    at = terminal("learn", "re/sub", columns=columns, rows=rows)
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("Enter run")
    at.send("j")
    screen = at.wait_for("number or id:")
    assert "→" in screen
    lines = screen.splitlines()
    assert "19" in lines[next(n for n, line in enumerate(lines) if "→" in line)]
    if columns >= 80:
        assert "  1  " in screen
        assert " 34  " in screen
    else:
        assert "steps before" in screen
        assert "steps after" in screen
    at.send("33", "Enter")  # seen or not
    at.wait_for("re 33 of 34")


def test_long_files_are_folded_and_shown_by_a_key(terminal) -> None:
    at = terminal("learn", "multiprocessing/connect", rows=70)
    at.wait_for("Enter begin")
    at.send("Enter")
    screen = at.wait_for("f files")
    assert "more lines" in screen
    assert "def get_results" not in screen
    at.send("f")
    at.wait_for("def get_results")


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_what_is_left_after_an_input_that_did_not_end(terminal, plain) -> None:
    at = terminal("repl", *plain)
    at.wait_for(">>>")
    at.send("x = 40", "Enter")
    at.send("while True: pass", "Enter", "Enter")
    at.wait_for("Ctrl-C ends it")
    screen = at.wait_for("What was defined before is still there.")
    assert "--timeout" not in screen
    at.send("x + 2", "Enter")
    at.wait_for("42")
    at.send("import os; os._exit(3)", "Enter")
    at.wait_for("The interpreter has ended, with all its names.")
    assert at.end() == 0


def test_plain_text_says_in_words_where_one_is_and_begins_a_line_after_ctrl_c(terminal) -> None:
    at = terminal("learn", "re/clock", "--plain", rows=80)
    at.wait_for("Keys: Enter begin")
    at.send("Enter")
    at.wait_for("Keys: Enter write")
    at.send("j", "Enter")
    screen = at.wait_for("number or id:")
    assert "\n1: Ask the right question" in screen
    assert "\n2: The whole text, and nothing else (clock, exercise, you are here)\n" in screen
    assert "\n34: " in screen
    at.send("Ctrl-C")
    at.wait_for("number or id: ^C\nre 2 of 34")
    at.send("Ctrl-C")
    at.wait_for("> ^C\nSee you.")
    assert at.end() == 130


@pytest.mark.parametrize(("env", "offered"), [({}, False), ({"EDITOR": "true"}, True)])
def test_the_editor_offers_an_own_editor_only_where_one_is_set(terminal, env, offered) -> None:
    at = terminal("learn", "re/clock", env=env)
    at.wait_for("Enter begin")
    at.send("Enter")
    at.wait_for("x reset")
    at.send("Enter")
    screen = at.wait_for("Ctrl-C back")
    assert ("Ctrl-O own editor" in screen) == offered


def test_ctrl_c_at_the_live_prompt_loses_nothing_that_was_typed(terminal) -> None:
    at = terminal("repl")
    at.wait_for("Up earlier input")
    at.send("len('something long')")
    at.wait_for("something long")
    at.send("Ctrl-C", "print('gone')", "Enter")
    screen = at.wait_for("\ngone\n>>>\n Enter run")
    assert "something" not in screen
    at.send("Up", "Up")
    at.wait_for("len('something long')")


def test_an_enter_that_was_typed_while_it_started_is_taken(terminal) -> None:
    at = terminal("learn", "re")
    at.send("Enter")
    at.wait_for("Enter run")
