from __future__ import annotations

import pytest

from pyrecipes.errors import NotFoundError, StoreError
from pyrecipes.model import MAIN
from pyrecipes.tutor.steps import steps_of

RIGHT = "def total(a, b):\n    return a + b\n"
WRONG = "def total(a, b):\n    return a - b\n"


def test_steps_are_each_recipe_followed_by_its_exercises(lesson) -> None:
    steps = steps_of(lesson)
    assert [s.id for s in steps] == [
        "sums", "total", "guess", "pick", "most", "gap", "lines", "parts",
    ]  # fmt: skip
    assert [s.number for s in steps] == list(range(1, 9))


def test_next_goes_through_all_and_ends(sit) -> None:
    sitting = sit()
    for _ in range(7):
        sitting.next()
        assert not sitting.ended
    sitting.next()
    assert sitting.ended
    assert sitting.back()
    assert sitting.step.id == "parts"
    assert not sitting.ended


def test_back_stops_at_the_first(sit) -> None:
    sitting = sit()
    assert not sitting.back()
    sitting.next()
    assert sitting.back()
    assert sitting.step.id == "sums"


def test_skip_goes_to_the_next_recipe(sit) -> None:
    sitting = sit("total")
    sitting.skip()
    assert sitting.step.id == "most"
    sitting.skip()
    assert sitting.ended


@pytest.mark.parametrize("to", ["gap", "6", " gap ", "sit/gap"])
def test_jump_by_id_and_number(sit, to) -> None:
    sitting = sit()
    sitting.jump(to)
    assert sitting.step.id == "gap"


@pytest.mark.parametrize("to", ["", "0", "9", "nothing", "-1"])
def test_jump_to_nothing_stays(sit, to) -> None:
    sitting = sit("guess")
    with pytest.raises(NotFoundError, match="give an id, or a number up to 8"):
        sitting.jump(to)
    assert sitting.step.id == "guess"


def test_search_finds_words_in_text_code_and_prompts(sit) -> None:
    sitting = sit()
    assert [s.id for s in sitting.search("GREATEST")] == ["most", "gap"]
    assert [s.id for s in sitting.search("done print")] == ["sums"]
    assert sitting.search("nowhere at all") == []
    assert sitting.search("  ") == []


def test_every_move_is_kept_and_resumed_from(sit, store) -> None:
    sit().jump("gap")
    assert store.last() == "sit/gap"
    again = sit()
    assert again.resumed
    assert again.step.id == "gap"
    again.skip()
    assert sit().step.id == "gap" or again.ended


def test_a_lesson_that_ended_resumes_at_what_is_left(sit) -> None:
    sitting = sit("total")
    assert sitting.check({MAIN: RIGHT}).passed
    sitting.jump("parts")
    sitting.next()
    assert sitting.ended
    assert sit().step.id == "guess"


def test_a_place_that_is_gone_from_the_lesson_starts_at_the_first(sit, store) -> None:
    store.put_place("sit", "was-there-once")
    assert sit().step.id == "sums"


def test_a_wrong_answer_is_kept_and_told(sit, store) -> None:
    sitting = sit("total")
    verdict = sitting.check({MAIN: WRONG})
    assert not verdict.passed
    assert verdict.feedback.strip() == "That takes away."
    assert sitting.answer() == {MAIN: WRONG}
    assert store.passed("sit") == frozenset()
    assert sitting.failed_now == 1


def test_a_pass_counts_once(sit, store) -> None:
    sitting = sit("total")
    assert sitting.check({MAIN: RIGHT}).passed
    assert sitting.check().passed
    assert sitting.passed_now == ["total"]
    assert store.passed("sit") == {"total"}
    assert sitting.left[0].id == "guess"
    assert not sitting.complete


def test_the_whole_lesson(sit) -> None:
    sitting = sit()
    answers = {
        "total": {MAIN: RIGHT},
        "guess": {MAIN: "9\n"},
        "pick": {MAIN: "1"},
        "gap": {MAIN: "def greatest(*all):\n    return max(all)\n"},
        "lines": {MAIN: "print(1)\nprint(2)\n"},
        "parts": None,
    }
    for name, files in answers.items():
        sitting.jump(name)
        assert sitting.check(files or sitting.exercise.solution).passed, name
    assert sitting.complete
    assert sitting.left == []


def test_hints_come_one_by_one_and_the_last_stays(sit) -> None:
    sitting = sit("total")
    assert [sitting.hint().number for _ in range(4)] == [1, 2, 3, 3]
    assert sitting.hint().text.strip() == "Return `a` and `b` added."
    assert sit("total").hints_seen == 3
    assert sit("guess").hints_seen == 0


def test_reset_keeps_what_was_written_beside(sit) -> None:
    sitting = sit("total")
    sitting.write({MAIN: WRONG})
    kept = sitting.reset()
    assert kept.read_text() == WRONG
    assert sitting.answer() == sitting.exercise.starter
    assert sitting.reset() is None


def test_text_put_aside_never_covers_another(sit) -> None:
    sitting = sit("total")
    assert sitting.put_aside(sitting.path, "one") == "total.other-1.py"
    assert sitting.put_aside(sitting.path, "two") == "total.other-2.py"
    assert sitting.path.with_name("total.other-1.py").read_text() == "one"


def test_the_order_of_an_answer_among_the_lines(sit) -> None:
    lines = ["b", "a", "a", "c"]
    assert sit().order(lines, "a\nb\na\n") == [1, 0, 2]
    assert sit().order(lines, "a\nz\na\na\n") == [1, 2]
    assert sit().order(lines, "") == []


def test_progress_that_cannot_be_kept_does_not_end_the_sitting(sit, store, monkeypatch) -> None:
    def full(*_):
        raise StoreError("progress was not saved: the disk is full")

    sitting = sit("total")
    for method in ("put_place", "set_last", "add", "put_hints"):
        monkeypatch.setattr(store, method, full)
    assert sitting.check({MAIN: RIGHT}).passed
    assert sitting.hint().number == 1
    sitting.next()
    assert sitting.step.id == "guess"
    assert sitting.trouble == "progress was not saved: the disk is full"
