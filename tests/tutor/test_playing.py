from __future__ import annotations

from pyrecipes.tutor.playing import Change


def test_a_run_is_compared_with_the_last(sit) -> None:
    player = sit().player
    first = player.run()
    assert first.changes is None
    assert not first.edited
    assert first.transcript.stdout == "done\n"
    second = player.run(player.code.replace("3]", "4]").replace("done", "so"))
    assert second.edited
    assert second.changes == (
        Change("gone", "6"), Change("gone", "done"), Change("new", "7"), Change("new", "so"),
    )  # fmt: skip
    assert player.run().changes == ()


def test_what_was_typed_is_remembered_through_the_sitting(sit) -> None:
    sitting = sit()
    sitting.player.run("print(1)")
    sitting.next()
    sitting.back()
    assert sitting.player.code == "print(1)"
    assert sitting.player.snippet.code == "print(1)"


def test_assignments_are_shown_on_demand_and_not_compared_with_a_run_without(sit) -> None:
    player = sit().player
    player.run()
    run = player.run(assignments=True)
    assert run.changes is None
    assert [e.text for e in run.transcript.events if e.line == 1] == ["numbers = [1, 2, 3]"]


def test_an_error_is_compared_as_a_line_of_its_own(sit) -> None:
    player = sit().player
    player.run("print('a', end='')")
    run = player.run("print('a', end='')\n1 / 0")
    assert run.changes == (Change("new", "ZeroDivisionError: division by zero"),)
