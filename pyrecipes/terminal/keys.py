"""The keys that work at each point of a sitting, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.value import value

if TYPE_CHECKING:
    from pyrecipes.model import Exercise

QUIT = "q"
INTERRUPT = "ctrl-c"
ENTER = "enter"


@value
class Key:
    """A key, the one or two words shown beside it, and what `?` says of it. `also` is another key
    that does the same, and is not shown."""

    key: str
    label: str
    help: str
    also: str = ""

    @property
    def shown(self) -> str:
        """The key as it is shown."""
        return "Enter" if self.key == ENTER else self.key


_GO_ON = Key(ENTER, "next", "go on to the next recipe or exercise", also="n")
_EDIT = Key("e", "edit", "change the code in an editor and run it again; what changes is shown")
_TRY = Key("t", "try it", "a live Python prompt that starts with the snippet's names")
_AGAIN = Key("r", "run again", "run the code once more")
_ASSIGN = Key("a", "assignments", "run it with the value of each assignment shown too")
_VIEW = Key("v", "picture", "show what the snippet does as a picture")
_OWN = Key("x", "original", "bring back the recipe's own code")
FILES = Key("f", "files", "show the files in the folder from their first line to their last")
MOVES = (
    Key("n", "next", "go on to the next recipe or exercise"),
    Key("b", "back", "go back to the one before"),
    Key("s", "skip", "go to the next recipe, past the exercises of this one"),
    Key("j", "jump", "go to any recipe or exercise of the lesson, from a numbered list"),
    Key("/", "search", "find a recipe or an exercise by words in it"),
)
LAST = (
    Key("?", "keys", "what the keys do"),
    Key(QUIT, "quit", "end the sitting; you can go on from here at any time (also Ctrl-D)"),
)


def recipe_keys(
    *, ran: bool, picture: bool, files: bool = False, changed: bool = False
) -> tuple[Key, ...]:
    """The keys at a recipe's snippet, before and after its first run; `files` where some of
    them are folded, `changed` where the code is not the recipe's own."""
    view = (
        *((_VIEW,) if picture else ()),
        *((FILES,) if files else ()),
        *((_OWN,) if changed else ()),
    )
    if ran:
        return (_GO_ON, _AGAIN, _EDIT, _TRY, _ASSIGN, *view, *MOVES[1:], *LAST)
    first = Key(ENTER, "run", "run the snippet in the sandbox and see what each line gives")
    return (first, _EDIT, _TRY, _ASSIGN, *view, *MOVES, *LAST)


def answer_keys(task: Exercise, *, tried: bool, own_editor: bool, files: bool) -> tuple[Key, ...]:
    """The keys that work on the answer to an exercise."""
    hints = len(task.hints)
    reset = Key("x", "reset", "start afresh; what you wrote is kept beside")
    return (
        *_writing(task, tried, own_editor),
        *((Key("h", "hint", f"show the next of {hints} hints"),) if hints else ()),
        Key("=", "solution", "show the solution"),
        *(() if task.kind == "choice" else (reset,)),
        *((FILES,) if files else ()),
    )


def passed_keys(exercise: Exercise) -> tuple[Key, ...]:
    """The keys in the pause after a pass."""
    return (
        _GO_ON,
        *(() if exercise.kind == "choice" else (Key("i", "improve", "change your answer again"),)),
        *MOVES[1:],
        *LAST,
    )


def end_keys(*, left: bool, following: str | None) -> tuple[Key, ...]:
    """The keys at a lesson's end; `following` is the lesson that comes next."""
    first = (
        Key(ENTER, "what is left", "go to the first exercise that you have not passed")
        if left
        else Key(ENTER, f"learn {following}", "start the next lesson")
        if following
        else Key(ENTER, "quit", "end the sitting")
    )
    return (first, *MOVES[1:2], *MOVES[3:], *LAST)


def _writing(exercise: Exercise, tried: bool, own_editor: bool) -> tuple[Key, ...]:
    if exercise.kind == "choice":
        last = len(exercise.options)
        return tuple(
            Key(str(n), "" if n < last else "choose", f"choose {n}") for n in range(1, last + 1)
        )
    words = {"predict": "predict", "order": "put in order", "fill": "fill in"}
    label = words.get(exercise.kind, "edit again" if tried else "write")
    keys = [Key(ENTER, label, "write your answer here; it is saved as you type")]
    if len(exercise.starter) > 1:
        keys += [
            Key(str(n), name, f"edit {name}")
            for n, name in enumerate(exercise.starter, 1)
            if n < 10
        ]
    if own_editor:
        keys.append(Key("o", "own editor", "open the answer file in $VISUAL or $EDITOR"))
    keys.append(Key("c", "check", "check the answer as it lies in its file"))
    return tuple(keys)
