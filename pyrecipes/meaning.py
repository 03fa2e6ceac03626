"""What an exception usually means to who is learning, as one plain sentence."""

from __future__ import annotations

import re

_STUB = "A `...` still stands where something is to be written."

# (exception, a pattern of its message, what it usually means); the first that fits is taken.
MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("NameError", r"name '(\w+)' is not defined. Did you", r"`\1` is misspelt, or not there yet."),
    ("NameError", r"name '(\w+)'", r"`\1` is used before anything is bound to it, or is misspelt."),
    (
        "UnboundLocalError",
        r"variable '(\w+)'",
        r"`\1` is assigned somewhere in this function, so it is local, and is read before that.",
    ),
    (
        "AttributeError",
        r"'NoneType' object has no attribute '(\w+)'",
        r"What `.\1` is asked of is None: the call before it found or returned nothing.",
    ),
    (
        "AttributeError",
        r"module '([\w.]+)' has no attribute '(\w+)'",
        r"`\1` has no `\2`: a misspelling, or a file of your own that is called `\1.py`.",
    ),
    (
        "AttributeError",
        r"type object '(\w+)' has no attribute '(\w+)'",
        r"The class `\1` has no `.\2`.",
    ),
    ("AttributeError", "'ellipsis' object", _STUB),
    (
        "AttributeError",
        r"'(\w+)' object has no attribute '(\w+)'",
        r"A value of type \1 has no `.\2`.",
    ),
    (
        "TypeError",
        r"'NoneType' object is not (\w+)",
        "This value is None: the call that made it found or returned nothing.",
    ),
    ("TypeError", "'ellipsis' object|type: 'ellipsis'|type ellipsis|'ellipsis' and", _STUB),
    (
        "TypeError",
        r"'(\w+)' object is not callable",
        r"A value of type \1 is called like a function here.",
    ),
    (
        "TypeError",
        r"'(\w+)' object is not subscriptable",
        r"A value of type \1 can't be indexed with [...].",
    ),
    (
        "TypeError",
        r"'(\w+)' object is not iterable",
        r"A value of type \1 can't be walked through item by item.",
    ),
    (
        "TypeError",
        r"missing \d+ required .*argument",
        "The call passes fewer arguments than the function needs.",
    ),
    (
        "TypeError",
        r"takes .* positional arguments? but",
        "The call passes more arguments by position than the function takes.",
    ),
    (
        "TypeError",
        r"unexpected keyword argument '(\w+)'",
        r"The function has no parameter called `\1`.",
    ),
    (
        "TypeError",
        r"can only concatenate str|must be str, not|unsupported operand",
        "Values of types that do not go together are combined: convert one of them.",
    ),
    (
        "TypeError",
        r"unhashable type: '(\w+)'",
        r"A \1 can change, so it can't be a key or a set's item: use a tuple or a frozenset.",
    ),
    ("TypeError", r"bytes-like object is required", "Text is given where bytes are needed."),
    ("TypeError", "", "A value has another type than what is done with it needs."),
    (
        "ValueError",
        r"invalid literal for int",
        "The text is no whole number: strip it, or test it first.",
    ),
    (
        "ValueError",
        r"could not convert string to float",
        "The text is no number: strip it, or test it first.",
    ),
    (
        "ValueError",
        r"not enough values to unpack",
        "There are fewer values on the right than names on the left.",
    ),
    (
        "ValueError",
        r"too many values to unpack",
        "There are more values on the right than names on the left.",
    ),
    ("ValueError", ".", "The type is right, but not the value."),
    ("IndexError", "", "The index is past the end: the last item is at length minus one."),
    ("KeyError", "", "The mapping has no such key: look with `in`, or use `.get`."),
    ("ZeroDivisionError", "", "Something is divided by zero: what if the input is empty?"),
    (
        "ModuleNotFoundError",
        r"No module named '([\w.]+)'",
        r"`\1` is misspelt, or not installed here.",
    ),
    (
        "ImportError",
        r"partially initialized module|circular import",
        "Two files import each other, or a file has the name of the module that it imports.",
    ),
    ("ImportError", r"cannot import name '(\w+)'", r"The module is there, but has no `\1`."),
    (
        "IndentationError",
        "expected an indented block",
        "What belongs to that line stands below it, four spaces further in.",
    ),
    ("IndentationError", "", "Lines that belong together need the same indentation."),
    ("TabError", "", "Tabs and spaces are mixed in the indentation: use spaces alone."),
    (
        "SyntaxError",
        "invalid character '[\u2018\u2019\u201a\u201c\u201d\u201e]'",
        "A curly quote, as word processors make them: type a straight one, ' or \".",
    ),
    (
        "SyntaxError",
        "invalid non-printable character",
        "Something invisible came in with a copied text: type that line's blanks anew.",
    ),
    ("SyntaxError", r"was never closed|EOF", "A bracket or a quote is opened and never closed."),
    ("SyntaxError", r"expected ':'", "The line that opens a block ends with a colon."),
    (
        "SyntaxError",
        r"Maybe you meant '=='",
        "A single = binds a name; == asks whether two values are equal.",
    ),
    ("SyntaxError", "", "Python can't read this line, or the one before it."),
    (
        "RecursionError",
        "",
        "The function calls itself without an end: the case that stops it is never reached.",
    ),
    ("FileNotFoundError", "", "There is no file of that name in the folder the program runs in."),
    ("IsADirectoryError", "", "The path is a folder, where a file is needed."),
    ("NotADirectoryError", "", "A part of the path is a file, where a folder is needed."),
    ("FileExistsError", "", "Something of that name is there already."),
    ("PermissionError", "", "The sandbox does not allow this, or the file is not yours to use."),
    ("UnicodeDecodeError", "", "The bytes are not text in that encoding: name the right one."),
    ("UnicodeEncodeError", "", "That encoding has no such character: use utf-8."),
    ("StopIteration", "", "The iterator has nothing left: `for`, or `next(it, default)`."),
    (
        "EOFError",
        "reading a line",
        "`input()` has no line left to read, since nobody can type while this runs: put the text "
        "into the code, or read fewer lines.",
    ),
    ("EOFError", "", "There is no more input to read."),
    ("AssertionError", "", "An `assert` does not hold."),
    ("NotImplementedError", "", "This part is still to be written."),
    ("BrokenBarrierError", "", "A thread left the barrier before all had come."),
    ("PicklingError", "", "Only what can be found by its name at a file's top level can be sent."),
    ("PatternError", "", "The pattern is no regular expression: a bracket or a quantifier is off."),
    ("re.error", "", "The pattern is no regular expression: a bracket or a quantifier is off."),
    ("TimeoutError", "", "What was waited for did not come in time."),
    ("ConnectionRefusedError", "", "Nobody listens at that address: start the server first."),
    ("OverflowError", "", "The number is too large for this."),
)


def meaning(kind: str, message: str = "") -> str:
    """What an exception of this type (`ValueError`, `re.error`) and message usually means.

    Empty for an exception that no sentence is known for.
    """
    short = kind.rpartition(".")[2]
    for name, pattern, sentence in MEANINGS:
        if name in (kind, short):
            found = re.search(pattern, message)
            if found:
                return found.expand(sentence) if found.re.groups else sentence
    return ""
