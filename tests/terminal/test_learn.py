"""A sitting driven by keys, each script in both ways."""

from __future__ import annotations

from tests.terminal.driving import Piped, paste

RIGHT = "def total(a, b):\n    return a + b\n"


def test_enter_runs_and_then_goes_on(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("Enter")
    screen = at.wait_for("Enter next")
    assert "=  6" in screen
    assert "← all of them" in screen
    assert "│  done" in screen
    at.send("Enter")
    at.wait_for("Write total(a, b)")
    at.send("q")
    at.wait_for("Go on from here: pyrecipes learn sit")
    assert at.end() == 0


def test_keys_that_work_are_in_view_and_explained(sit) -> None:
    at = sit()
    screen = at.wait_for("Enter run")
    for key in ("e edit", "t try it", "n next", "b back", "s skip", "j jump", "/ search", "q quit"):
        assert key in screen
    at.send("?")
    at.wait_for("see what each line gives")
    at.send("b")
    at.wait_for("This is the first step.")


def test_nothing_that_was_read_is_lost(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("Enter")
    at.wait_for("Enter next")
    at.send("s")
    at.wait_for("The greatest of all")
    at.send("q")
    at.end()
    everything = at.all()
    for text in ("A lesson to sit through", "sum adds up", "all of them", "max gives the greatest"):
        assert text in everything


def test_edit_runs_again_and_shows_what_changed(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("Enter")
    at.wait_for("Enter next")
    at.send("e")
    at.wait_for("Ctrl-S run")
    at.send("Enter", "sum([10, 20])", "Ctrl-S")
    screen = at.wait_for("Changed since the last run:")
    assert "+ 30" in screen


def test_assignments_are_shown_on_demand(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("a")
    at.wait_for("=  numbers = [1, 2, 3]")


def test_jump_by_number_search_back_and_skip(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("j")
    at.wait_for("number or id:")
    at.send("6", "Enter")
    at.wait_for("The greatest of three.")
    at.send("/")
    at.wait_for("search:")
    at.send("adds up", "Enter")
    at.wait_for("sit 1 of 8")
    at.send("s")
    at.wait_for("sit 5 of 8")
    at.send("b")
    at.wait_for("sit 4 of 8")
    at.send("j")
    at.wait_for("number or id:")
    at.send("99", "Enter")
    at.wait_for("there is no '99'")


def test_it_resumes_where_it_was_left(sit) -> None:
    at = sit("gap")
    at.wait_for("The greatest of three.")
    at.send("Ctrl-D")
    assert at.end() == 0
    again = sit()
    again.wait_for("You go on where you left, at gap.")


def test_ctrl_c_at_the_keys_leaves(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("Ctrl-C")
    assert at.end() == 130
    assert "Go on from here" in at.all()


def test_a_wrong_answer_then_a_right_one_and_the_pause(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return a - b", "Ctrl-S")
    at.wait_for("That takes away.")
    at.wait_for("Enter edit again")
    answer = tmp_path / "answers" / "sit" / "total.py"
    assert answer.read_text() == "def total(a, b):\n    return a - b\n"
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("Ctrl-E")
    at.send(*["Backspace"] * 3, "+ b", "Ctrl-S")
    screen = at.wait_for("i improve")
    assert "Plus adds." in screen
    assert "1/6 passed" in screen
    at.send("Enter")
    at.wait_for("What is printed")


def test_a_whole_function_can_be_pasted(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send(paste("def total(a, b):\n    if a:\n        return a + b\n\n    return b"))
    screen = at.wait_for("5     return b")
    assert "..." not in screen.partition("Ctrl-S")[0].rpartition("sit/total.py")[2]
    at.send("Ctrl-S")
    at.wait_for("i improve")


def test_hints_solution_and_reset(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("h hint")
    at.send("h")
    at.wait_for("Hint 1 of 3")
    at.send("h")
    at.wait_for("Hint 2 of 3")
    at.send("h", "h")
    at.wait_for("That was the last one already.")
    at.send("=")
    at.wait_for("return a + b")
    at.send("x")
    at.wait_for("It starts afresh.")


def test_ctrl_c_in_the_editor_keeps_what_was_typed(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return 'half", "Ctrl-C")
    at.wait_for("What you wrote is kept.")
    answer = tmp_path / "answers" / "sit" / "total.py"
    assert "return 'half" in answer.read_text()
    at.send("Enter")
    at.wait_for("return 'half")


def test_ctrl_d_quits_from_the_editor_and_from_the_order(sit, tmp_path) -> None:
    at = sit("lines")
    at.wait_for("Enter put in order")
    at.send("Enter")
    at.wait_for("Ctrl-D quit")
    at.send("Ctrl-D")
    assert at.end() == 0
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("\x1b<", "# first", "Ctrl-D")
    assert at.end() == 0
    assert (tmp_path / "answers" / "sit" / "total.py").read_text().startswith("# first")


def test_predict(sit) -> None:
    at = sit("guess")
    at.wait_for("Enter predict")
    at.send("Enter")
    at.wait_for("What does it print?")
    at.send("45", "Ctrl-S")
    at.wait_for("Numbers are added")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("Backspace", "Backspace", "9", "Ctrl-S")
    at.wait_for("Nine it is.")


def test_choice_by_number(sit) -> None:
    at = sit("pick")
    at.wait_for("2 choose")
    at.send("2")
    at.wait_for("No, it starts from zero.")
    at.send("1")
    screen = at.wait_for("The start is 0.")
    assert "Nothing adds up to zero." in screen


def test_a_gap_is_filled_where_the_cursor_is(sit, tmp_path) -> None:
    at = sit("gap")
    at.wait_for("Enter fill in")
    at.send("Enter")
    at.wait_for("Tab next gap")
    at.send("max", "Ctrl-S")
    at.wait_for("i improve")
    text = (tmp_path / "answers" / "sit" / "gap.py").read_text()
    assert text == "def greatest(a, b, c):\n    return max(a, b, c)\n"


def test_lines_are_ordered_by_their_numbers(sit) -> None:
    at = sit("lines")
    at.wait_for("Enter put in order")
    at.send("Enter")
    at.wait_for("Up/Down choose a line")
    at.send("1", "Space", "2", "Enter")
    at.wait_for("left out")
    at.send("Enter")
    at.wait_for("The other way round.")
    at.send("Enter")
    at.wait_for("left out")
    at.send("d", "Enter")
    at.wait_for("One after the other.")


def test_several_files_are_edited_each(sit, tmp_path) -> None:
    at = sit("parts")
    at.wait_for("2 other.py")
    at.send("1")
    at.wait_for("parts/main.py")
    at.send("() + 1", "Ctrl-S")
    at.wait_for("i improve")
    assert (tmp_path / "answers/sit/parts/main.py").read_text().endswith("other.one() + 1\n")
    assert (tmp_path / "answers/sit/parts/other.py").exists()
    at.send("Enter")
    at.wait_for("Not passed yet:")
    at.send("Enter")
    at.wait_for("Write total(a, b)")


def test_try_it_is_a_live_prompt_with_the_snippets_names(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("t")
    at.wait_for("Ctrl-D leave")
    at.send("numbers[1:]", "Enter")
    at.wait_for("[2, 3]")
    at.send("for n in numbers:", "Enter", "print(n * 100)", "Enter", "Enter")
    at.wait_for("300")
    at.send("1 / 0", "Enter")
    at.wait_for("ZeroDivisionError")
    at.send("half an", "Ctrl-C")
    at.send("2 ** 20", "Enter")
    at.wait_for("1048576")
    at.send("Ctrl-D")
    at.wait_for("Enter run")


def test_an_answer_edited_outside_is_taken_where_nothing_was_typed(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    answer = tmp_path / "answers" / "sit" / "total.py"
    answer.parent.mkdir(parents=True, exist_ok=True)
    answer.write_text(RIGHT)
    at.wait_for("The file was changed outside; this is its text now.")
    at.send("Ctrl-S")
    at.wait_for("i improve")


def test_typed_and_edited_outside_at_once_loses_neither(sit, tmp_path) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    answer = tmp_path / "answers" / "sit" / "total.py"
    answer.parent.mkdir(parents=True, exist_ok=True)
    answer.write_text("# from outside\n")
    at.send("return a + b", "Ctrl-S")
    at.wait_for("i improve")
    texts = [path.read_text() for path in answer.parent.iterdir()]
    assert RIGHT in texts or "# from outside\nreturn a + b" in "".join(texts)
    assert any("# from outside" in text for text in texts)
    assert any("return a + b" in text for text in texts)


def test_a_whole_lesson_by_keyboard_alone(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("Enter")
    at.wait_for("Enter next")
    at.send("Enter")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("return a", "Ctrl-S")
    at.wait_for("Enter edit again")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send(" + b", "Ctrl-C")
    at.wait_for("Enter edit again")
    at.send("c")
    at.wait_for("1/6 passed")
    at.send("Enter")
    at.wait_for("Enter predict")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("9", "Ctrl-S")
    at.wait_for("2/6 passed")
    at.send("Enter")
    at.wait_for("2 choose")
    at.send("1")
    at.wait_for("3/6 passed")
    at.send("Enter")
    at.wait_for("sit 5 of 8")
    at.send("Enter")
    at.wait_for("r run again")
    at.send("Enter")
    at.wait_for("Enter fill in")
    at.send("Enter")
    at.wait_for("Tab next gap")
    at.send("max", "Ctrl-S")
    at.wait_for("4/6 passed")
    at.send("Enter")
    at.wait_for("Enter put in order")
    at.send("Enter")
    at.wait_for("Up/Down choose a line")
    at.send("21", "Enter")
    at.wait_for("left out")
    at.send("Enter")
    at.wait_for("5/6 passed")
    at.send("Enter")
    at.wait_for("2 other.py")
    at.send("Enter")
    at.wait_for("parts/main.py")
    at.send("() + 1", "Ctrl-S")
    at.wait_for("6/6 passed")
    at.send("Enter")
    at.wait_for("all of it is yours.")
    at.wait_for("Enter quit")
    at.send("Enter")
    assert at.end() == 0
    assert "6 exercises passed: total, guess, pick, gap, lines, parts." in at.all()


def test_vi_keys(tmp_path, sandbox) -> None:
    at = Piped(tmp_path, sandbox, start="total", vi=True)
    try:
        at.wait_for("Enter write")
        at.send("Enter")
        at.wait_for("Ctrl-S check")
        at.send("return a + c")
        at.wait_for("return a + c")
        at.wait_for("Esc vi's keys")
        at.send("Esc")
        at.wait_for("i insert")
        at.send("rb")
        at.wait_for("return a + b")
        at.send("Ctrl-S")
        at.wait_for("i improve")
    finally:
        at.close()


def test_a_wrong_prediction_does_not_show_the_right_one(sit) -> None:
    at = sit("guess")
    at.wait_for("Enter predict")
    at.send("Enter")
    at.wait_for("What does it print?")
    at.send("8", "Ctrl-S")
    screen = at.wait_for("Something else is printed there.")
    assert "you said  8" in screen
    assert "9" not in screen.partition("Not yet")[2].replace("of 8", "")
    at.send("=")
    assert "│  9" in at.wait_for("Nine it is.")


def test_input_in_a_changed_snippet_is_explained(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("e")
    at.wait_for("Ctrl-S run")
    at.send("Enter", "name = input()", "Ctrl-S")
    at.wait_for("has no line left to read, since nobody can type while this runs")


def test_a_changed_snippet_is_kept_shown_and_can_be_undone(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("e")
    at.wait_for("Ctrl-S run")
    at.send("Enter", "sum([10, 20])", "Ctrl-C")
    screen = at.wait_for("x original")
    assert "What you changed is kept" in screen
    assert "sum([10, 20])" in screen
    at.send("n")
    at.wait_for("Enter write")
    at.send("b")
    at.wait_for("As you changed it:")
    at.send("Enter")
    at.wait_for("=  30")
    at.send("x")
    at.wait_for("- 30")
    assert "x original" not in at.wait_for("Enter next")


def test_the_screen_after_a_tall_editor_is_not_empty(sit) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send(paste("".join(f"line_{n} = {n}\n" for n in range(30))))
    at.wait_for("line_29")
    at.send("Ctrl-C")
    screen = at.wait_for("What you wrote is kept.")
    assert "line_29" in screen
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("Ctrl-C")
    screen = at.wait_for("Enter write")
    assert "line_29" in screen
    assert len(screen.strip().splitlines()) > 15


def test_the_menu_of_completions_hides_no_keys(sit) -> None:
    at = sit("total")
    at.wait_for("Enter write")
    at.send("Enter")
    at.wait_for("Ctrl-S check")
    at.send("one = 1; two = 2", "Enter", "Enter", "Enter", "a = s", "Tab")
    screen = at.wait_for("staticmethod")
    assert "Ctrl-S check  Ctrl-T hint  Ctrl-Z undo  Ctrl-C back to the keys" in screen


def test_an_order_that_was_left_is_kept(sit, tmp_path) -> None:
    at = sit("lines")
    at.wait_for("Enter put in order")
    at.send("Enter")
    at.wait_for("Up/Down choose a line")
    at.send("2", "Enter", "Ctrl-C")
    at.wait_for("What you wrote is kept.")
    assert len((tmp_path / "answers" / "sit" / "lines.py").read_text().splitlines()) == 1


def test_a_changed_snippet_stays_in_the_scrollback_after_quitting_from_its_editor(sit) -> None:
    at = sit()
    at.wait_for("Enter run")
    at.send("e")
    at.wait_for("Ctrl-S run")
    at.send("Enter", "sum([10, 20])", "Ctrl-D")
    assert at.end() == 0
    assert "sum([10, 20])" in at.all()
