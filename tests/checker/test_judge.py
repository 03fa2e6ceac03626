"""Answers of all kinds to their verdicts, in the real sandbox."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pyrecipes.checker import Memory, check
from pyrecipes.model import MAIN, Check, Mistake, Option, Snippet
from pyrecipes.value import replace
from tests.checker.making import PLACE, call, each, exercise, run

if TYPE_CHECKING:
    from pyrecipes.model import Exercise, Limits, Sandbox, Transcript, Verdict

PHONE = exercise(
    call("split_phone('010-12345')", "('010', '12345')"),
    call("split_phone('nonsense')", raises="ValueError"),
    call("list(split_phone('021-1234567'))", "['0' + '21', str(1234567)]"),
    Check("avoids", PLACE, name="eval"),
    solution="def split_phone(s):\n    a, b = s.split('-')\n    return a, b\n",
    mistakes=(
        "def split_phone(s):\n    return s.split('-')\n",
        "def split_phone(s):\n    return tuple(s.partition('-'))\n",
    ),
)


def judged(task: Exercise, code: str, sandbox: Sandbox, memory: Memory | None = None) -> Verdict:
    return check(task, {MAIN: code}, sandbox, "lesson/made", memory)


class Counting:
    """A sandbox that counts its runs."""

    def __init__(self, inner: Sandbox) -> None:
        self.inner, self.runs = inner, 0
        self.isolation = inner.isolation

    def run(self, snippet: Snippet, limits: Limits) -> Transcript:
        self.runs += 1
        return self.inner.run(snippet, limits)


@pytest.mark.parametrize(
    "code",
    [
        "def split_phone(s):\n    a, b = s.split('-')\n    return a, b\n",
        "import re\ndef split_phone(s):\n    m = re.fullmatch(r'(\\d+)-(\\d+)', s)\n"
        "    if not m: raise ValueError(s)\n    return m.groups()\n",
        "from typing import NamedTuple\nclass P(NamedTuple):\n    a: str\n    b: str\n"
        "class Bad(ValueError): pass\n"
        "def split_phone(s):\n    if '-' not in s: raise Bad\n    return P(*s.split('-'))\n",
    ],
)
def test_any_answer_that_behaves_right_passes(sandbox: Sandbox, code: str) -> None:
    verdict = judged(PHONE, code, sandbox)
    assert verdict.passed, verdict
    assert verdict.feedback == ""
    assert verdict.exercise == "lesson/made"
    assert [result.check for result in verdict.checks] == [
        "split_phone('010-12345')",
        "split_phone('nonsense')",
        "list(split_phone('021-1234567'))",
        "avoids eval",
    ]


def test_literal_checks_cost_one_run(sandbox: Sandbox) -> None:
    counting = Counting(sandbox)
    task = exercise(call("f(1)", "2"), call("f(2)", "3"), call("f('')", raises="TypeError"))
    assert judged(task, "def f(x): return x + 1", counting).passed
    assert counting.runs == 1


def test_what_is_wanted_is_worked_out_once(sandbox: Sandbox) -> None:
    counting, memory = Counting(sandbox), Memory()
    for _ in range(3):
        assert judged(PHONE, PHONE.solution[MAIN], counting, memory).passed
    assert counting.runs == 4


@pytest.mark.parametrize("number", [0, 1])
def test_a_known_mistake_is_told_by_what_it_does(sandbox: Sandbox, number: int) -> None:
    other = [
        "import re\ndef split_phone(s):\n    return re.split('-', s)\n",
        "def split_phone(number):\n    a, sep, b = number.partition('-')\n    return (a, sep, b)",
    ]
    for code in (PHONE.mistakes[number].files[MAIN], other[number]):
        verdict = judged(PHONE, code, sandbox)
        assert not verdict.passed
        assert (verdict.mistake, verdict.feedback) == (number, f"mistake {number}")


def test_another_wrong_answer_is_no_known_mistake(sandbox: Sandbox) -> None:
    verdict = judged(PHONE, "def split_phone(s): return (s, s)", sandbox)
    assert verdict.mistake is None
    assert verdict.feedback.startswith("item 0: ")


NOTES = [
    ("def f(x): return x", "yours gives 1, not 2"),
    ("def f(x): print(x + 1)", "it prints, where it is to give the value: `return` it"),
    ("def f(x): x + 1", "yours gives None: is a `return` missing?"),
    ("def f(x): yield x + 1", "yours gives a generator, where an int is wanted"),
    ("async def f(x): return x", "it has to be awaited"),
    ("def ff(x): return x", "your answer defines no `f`; it has `ff`"),
    ("", "your answer defines no `f`"),
    ("def f(): return 2", "The call passes more arguments by position"),
    ("def f(x):\n    return y", "line 2 raises NameError"),
    ("def f(x):\n    return None.group()", "line 2 raises AttributeError"),
    ("1 / 0", "your answer ends with ZeroDivisionError at line 1. Something is divided by zero"),
    ("import sys\nsys.exit()", "your answer ended the program here, with exit code 0"),
    ("def f(x):\n    import os\n    os._exit(3)", "ended the program here, with exit code 3"),
    ("def f(x:", "line 1: '(' was never closed"),
    ("def f(x): return f(x)", "The function calls itself without an end"),
]


@pytest.mark.parametrize(("code", "note"), NOTES)
def test_one_plain_sentence_on_what_is_wrong(sandbox: Sandbox, code: str, note: str) -> None:
    verdict = judged(exercise(call("f(1)", "2"), solution="def f(x): return x + 1"), code, sandbox)
    assert not verdict.passed
    assert note in verdict.feedback


def test_an_endless_loop_is_named_with_its_line(sandbox: Sandbox) -> None:
    task = exercise(call("f(1)", "2"), call("f(2)", "3"), run(prints="x"))
    verdict = judged(task, "def f(x):\n    while True:\n        x += 1\n", sandbox)
    assert "an endless loop?" in verdict.feedback
    assert verdict.checks[0].line in (2, 3)
    assert [result.note for result in verdict.checks[1:]] == [
        "not tried, since the run was over before",
        "not tried, since the run before it had to be stopped",
    ]


def test_an_answer_that_ends_the_program_gets_a_verdict_for_each_check(sandbox: Sandbox) -> None:
    task = exercise(*(call(f"f({n})", f"{n}") for n in range(3)))
    code = "import os\ndef f(n):\n    if n == 1: os._exit(0)\n    return n\n"
    verdict = judged(task, code, sandbox)
    assert [result.passed for result in verdict.checks] == [True, False, True]


def test_given_names_do_not_reach_the_next_check(sandbox: Sandbox) -> None:
    task = exercise(call("f(a)", "a + 1", given="a = 1"), call("f(a)", raises="NameError"))
    task = replace(task, solution={MAIN: "def f(x): return x + 1"})
    assert judged(task, "def f(x): return x + 1", sandbox).passed


def test_printed_text_is_compared_as_it_is_seen(sandbox: Sandbox) -> None:
    task = exercise(call("f()", prints="a\nb\n"))
    assert judged(task, "def f(): print('a '); print('b')", sandbox).passed
    verdict = judged(task, "def f(): print('a\\tb')", sandbox)
    assert verdict.checks[0].got == "a\\tb\n"
    assert "only spaces and line breaks differ" in verdict.feedback
    verdict = judged(task, "def f(): return 'a'", sandbox)
    assert verdict.feedback == "it prints nothing: it gives a value instead"


RAISES = exercise(call("f()", raises="LookupError"))


@pytest.mark.parametrize(
    ("code", "passed", "note"),
    [
        ("def f(): raise LookupError", True, ""),
        ("def f(): return {}['a']", True, ""),
        ("def f(): return 1", False, "it gives 1 and raises nothing"),
        ("def f(): return int('a')", False, "it raises ValueError, where LookupError is wanted"),
    ],
)
def test_raises(sandbox: Sandbox, code: str, passed: bool, note: str) -> None:
    verdict = judged(RAISES, code, sandbox)
    assert (verdict.passed, verdict.feedback) == (passed, note)


def test_raises_exactly(sandbox: Sandbox) -> None:
    task = exercise(call("f()", raises="LookupError", exact=True))
    assert not judged(task, "def f(): return {}['a']", sandbox).passed


def test_dotted_exceptions(sandbox: Sandbox) -> None:
    task = exercise(call("f()", raises="re.error"))
    assert judged(task, "import re\ndef f(): re.compile('(')", sandbox).passed


PROGRAM = exercise(
    run(args=("a", "b c"), stdin="in\n", files={"data.txt": "file\n"}, prints="a b c in file"),
    run(args=(), exit=2),
)
PROGRAM_CODE = """\
import sys
if len(sys.argv) < 2:
    sys.exit(2)
print(*sys.argv[1:], input(), open('data.txt').read().strip())
"""


def test_programs(sandbox: Sandbox) -> None:
    verdict = judged(PROGRAM, PROGRAM_CODE, sandbox)
    assert verdict.passed, verdict
    assert verdict.checks[0].check == "python main.py a 'b c'"


@pytest.mark.parametrize(
    ("code", "note"),
    [
        (PROGRAM_CODE.replace("(2)", "(1)"), "its exit code is 1; 2 is wanted"),
        (PROGRAM_CODE.replace("print", "max"), "it prints nothing"),
        (PROGRAM_CODE.replace("input()", "1"), "printed: first difference at character 7: 'i' is"),
        (PROGRAM_CODE.replace("data.txt", "date.txt"), "it ends with FileNotFoundError at line 4"),
        ("while True: pass", "an endless loop?"),
    ],
)
def test_programs_that_fall_short(sandbox: Sandbox, code: str, note: str) -> None:
    verdict = judged(PROGRAM, code, sandbox)
    assert not verdict.passed
    assert note in verdict.feedback


def test_several_files(sandbox: Sandbox) -> None:
    task = exercise(
        call("total([1, 2])", "3"),
        run(prints="3\n"),
        solution="",
        files={"numbers.txt": "1 2"},
    )
    files = {
        MAIN: "from tools import total\nif __name__ == '__main__':\n"
        "    print(total(map(int, open('numbers.txt').read().split())))\n",
        "tools.py": "def total(numbers): return sum(numbers)\n",
        "numbers.txt": "9 9",
    }
    assert check(task, files, sandbox).passed
    broken = check(task, {**files, "tools.py": "def total(:"}, sandbox)
    assert broken.feedback.startswith("tools.py, line 1: ")


FILL = exercise(call("f(1)", "2"), kind="fill", solution="def f(x):\n    return x + 1\n")


def test_an_open_gap_is_told_before_anything_is_run(sandbox: Sandbox) -> None:
    counting = Counting(sandbox)
    verdict = judged(FILL, "def f(x):\n    return ____\n", counting)
    assert verdict.feedback == "line 2 still has a gap: put something in place of ____"
    assert counting.runs == 0
    assert judged(FILL, "def f(x):\n    return 1 + x\n", sandbox).passed


ORDER = exercise(
    call("f(3)", "6"),
    kind="order",
    solution="def f(n):\n    a = n\n    b = n\n    return a + b\n",
    distractors=("    return a - b",),
    starter={MAIN: "    return a - b\n    b = n\n    a = n\ndef f(n):\n    return a + b\n"},
)


@pytest.mark.parametrize(
    ("code", "passed"),
    [
        ("def f(n):\n    a = n\n    b = n\n    return a + b\n", True),
        ("def f(n):\n    b = n\n    a = n\n    return a + b\n", True),
        ("def f(n):\n    b = n\n    a = n\n    return a - b\n", False),
        ("def f(n):\n    return a + b\n    b = n\n    a = n\n", False),
        ("def f(n):\n    return 6\n", False),
        ("def f(n):\n    a = n\n    a = n\n    b = n\n    return a + b\n", False),
        ("    a = n\ndef f(n):\n    b = n\n    return a + b\n", False),
    ],
)
def test_any_order_that_behaves_right(sandbox: Sandbox, code: str, passed: bool) -> None:
    assert judged(ORDER, code, sandbox).passed == passed


PREDICT = exercise(
    kind="predict",
    snippet=Snippet("print('a', 1)\n(1, 'b')\n{'x': 1}\nint('no')\n"),
    mistakes=("a1\n",),
)
SHOWN = "a 1\n(1, 'b')\n{'x': 1}\nValueError: invalid literal for int() with base 10: 'no'\n"


@pytest.mark.parametrize(
    ("text", "passed", "mistake"),
    [
        (SHOWN, True, None),
        ("\n" + SHOWN.replace("\n", " \r\n"), True, None),
        (SHOWN.replace("(1, 'b')", '(1,"b")'), True, None),
        (SHOWN.replace("(1, 'b')", "[1, 'b']"), False, None),
        (SHOWN.replace("1}", "1.0}"), False, None),
        ("a1", False, 0),
        ("", False, None),
    ],
)
def test_predict(sandbox: Sandbox, text: str, passed: bool, mistake: int | None) -> None:
    verdict = judged(PREDICT, text, sandbox)
    assert (verdict.passed, verdict.mistake) == (passed, mistake), verdict


def test_a_wrong_prediction_names_its_first_wrong_line(sandbox: Sandbox) -> None:
    text = SHOWN.replace("(1, 'b')", '(1,"b")').replace("1}", "1.0}")  # the same, and another
    (check,) = judged(PREDICT, "\n" + text, sandbox).checks
    assert check.line == 3
    (short,) = judged(PREDICT, "a 1\n", sandbox).checks
    assert short.line == 2


CHOICE = exercise(
    kind="choice",
    options=(Option("one", "No: ..."), Option("two", "Yes: ...", True)),
)


@pytest.mark.parametrize(
    ("text", "passed", "feedback"),
    [
        ("2", True, "Yes: ..."),
        (" 1\n", False, "No: ..."),
        ("3", False, "answer with the number of an option, 1 to 2"),
        ("second", False, "answer with the number of an option, 1 to 2"),
        ("\u0662", False, "answer with the number of an option, 1 to 2"),
        ("9" * 5_000, False, "answer with the number of an option, 1 to 2"),
    ],
)
def test_choice(sandbox: Sandbox, text: str, passed: bool, feedback: str) -> None:
    verdict = judged(CHOICE, text, sandbox)
    assert (verdict.passed, verdict.feedback) == (passed, feedback)
    assert "2" not in verdict.checks[0].want or passed


TESTS = exercise(
    Check(
        "tests",
        PLACE,
        tests="from main import f\n\ndef test_sum():\n    assert f([1, 2]) == 3\n\n"
        "def test_none():\n    assert f([]) == 0\n",
    ),
    mistakes=("def f(n): return max(n, default=0)",),
)


def test_tests_with_what_pytest_says(sandbox: Sandbox) -> None:
    assert judged(TESTS, "f = sum", sandbox).passed
    verdict = judged(TESTS, "def f(n): return 3", sandbox)
    assert [(r.check, r.passed) for r in verdict.checks] == [
        ("test_sum", True),
        ("test_none", False),
    ]
    assert "assert 3 == 0" in verdict.feedback
    assert "where 3 = f([])" in verdict.checks[1].got
    assert judged(TESTS, "def f(n): return n[-1] if n else 0", sandbox).mistake == 0
    verdict = judged(TESTS, "g = sum", sandbox)
    assert "cannot import name 'f'" in verdict.checks[0].got


def test_shorter_than_the_solution(sandbox: Sandbox) -> None:
    short = "def split_phone(s): a, b = s.split('-'); return a, b"
    assert judged(PHONE, short, sandbox).shorter
    assert not judged(PHONE, PHONE.solution[MAIN], sandbox).shorter


def test_a_check_that_can_not_be_worked_out_says_so(sandbox: Sandbox) -> None:
    task = exercise(call("f(1)", "nowhere + 1"), solution="def f(x): return x")
    assert "this check can't be judged" in judged(task, "def f(x): return x", sandbox).feedback


SORTED = exercise(
    call("f([2, 1])", "[1, 2]"),
    each("f(s)", s="lists(integers())"),
    solution="def f(s): return sorted(s)",
    mistakes=("def f(s): return sorted(set(s))",),
)


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("def f(s): return sorted(set(s))", "mistake 0"),
        ("def f(s): return [*{*s}] if len(s) > 1 else s", None),
        (
            "def f(s): return sorted(s)[:3]",
            "for s = [0, 0, 0, 0] yours gives [0, 0, 0], it should give [0, 0, 0, 0]",
        ),
        (
            "def f(s): return sorted(s, key=abs)",
            "for s = [-1, 0] yours gives [0, -1], it should give [-1, 0]",
        ),
        (
            "def f(s): return sorted(s) if s else s[0]",
            "for s = [] yours gives IndexError: list index out of range, it should give []",
        ),
    ],
)
def test_the_smallest_input_on_which_they_differ(
    sandbox: Sandbox, code: str, note: str | None
) -> None:
    first, again = (judged(SORTED, code, sandbox) for _ in range(2))
    assert not first.passed
    assert note is None or first.feedback == note
    assert (first.feedback, first.mistake) == (again.feedback, again.mistake)


def test_generated_inputs_wait_for_the_fixed_checks(sandbox: Sandbox) -> None:
    verdict = judged(SORTED, "def f(s): return s", sandbox)
    assert verdict.checks[1].note == "tried once the others pass"


def test_inputs_keep_to_their_strategies(sandbox: Sandbox) -> None:
    task = exercise(
        each("f(s, n)", s="from_regex(r'[0-9]{3}-[0-9]{3,8}', fullmatch=True)", n="integers(5, 9)"),
        solution="def f(s, n): return s.split('-')[1], n",
    )
    verdict = judged(task, "def f(s, n): return s[4:7], n", sandbox)
    assert verdict.feedback == (
        "for s = '000-0000'; n = 5 yours gives ('000', 5), it should give ('0000', 5)"
    )


def test_generated_inputs_do_not_take_long(sandbox: Sandbox) -> None:
    judged(SORTED, SORTED.solution[MAIN], sandbox)
    began = time.perf_counter()
    assert judged(SORTED, "def f(s): return sorted(s)", sandbox).passed
    assert time.perf_counter() - began < 1


def test_mistakes_with_a_syntax_fault(sandbox: Sandbox) -> None:
    task = replace(PHONE, mistakes=(Mistake({MAIN: "def f(s)\n    pass"}, "a colon", PLACE),))
    assert judged(task, "def f(s)\n    pass", sandbox).feedback == "a colon"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def f(x)\n    return 1\n", "ends with a colon"),
        ("def f(x):\nreturn 1\n", "four spaces further in"),
        ("def f(x):\n    y = 1\n   return y\n", "same indentation"),
        ("def f(x):\n    return (1\n", "never closed"),
        ("def f(x):\n    return \u201ca\u201d\n", "curly quote"),
        ("def f(x):\n    return\u00a01\n", "invisible"),
        ("def f(x):\n    y = 1\n\treturn y\n", "use spaces alone"),
    ],
)
def test_a_syntax_error_says_what_it_means(sandbox: Sandbox, code: str, words: str) -> None:
    task = exercise(call("f(1)", "2"), solution="def f(x): return x + 1")
    assert words in judged(task, code, sandbox).feedback


def test_an_own_exception_without_words_is_not_explained(sandbox: Sandbox) -> None:
    task = exercise(call("f(1)", "2"), solution="def f(x): return x + 1")
    verdict = judged(task, "def f(x):\n    raise ValueError\n", sandbox)
    assert verdict.feedback == "line 2 raises ValueError"


def test_an_empty_prediction_is_told_nothing(sandbox: Sandbox) -> None:
    task = exercise(kind="predict", snippet=Snippet("print(6 * 7)\n"))
    verdict = judged(task, "\n", sandbox)
    assert not verdict.passed
    assert "42" not in str(verdict.checks)


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("2", True),
        ("2.", True),
        ("(2)\n", True),
        ("2)", True),
        ("the right one", True),
        ("The  right one.", True),
        ("1.", False),
        ("", False),
        ("3", False),
        ("2 1", False),
    ],
)
def test_a_choice_may_be_written_in_several_ways(sandbox: Sandbox, text: str, passed: bool) -> None:
    options = (Option("The wrong one.", "No."), Option("The `right` one.", "Yes.", True))
    assert judged(exercise(kind="choice", options=options), text, sandbox).passed == passed


def test_a_class_of_the_wanted_name_is_told_from_a_named_tuple(sandbox: Sandbox) -> None:
    solution = "from collections import namedtuple\nP = namedtuple('P', 'x')\n"
    task = exercise(call("P(1)", "P(1)"), call("P._fields", "('x',)"), solution=solution)
    verdict = judged(task, "class P:\n    def __init__(self, x): self.x = x\n", sandbox)
    notes = [result.note for result in verdict.checks]
    assert notes == [
        "yours gives a P too, but it is no named tuple",
        "it raises AttributeError. The class `P` has no `._fields`.",
    ]


def test_a_program_that_raises_is_told_that_alone(sandbox: Sandbox) -> None:
    task = exercise(run(prints="x"), solution="print('x')")
    verdict = judged(task, "print('y')\n[][0]\n", sandbox)
    assert verdict.feedback.startswith("it ends with IndexError at line 2. The index")
    assert "printed" not in verdict.feedback
    assert ".;" not in verdict.feedback
