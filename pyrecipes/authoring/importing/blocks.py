"""Tell what kind of block some lines are, and what they say comes out."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pyrecipes.authoring.importing.notes import Block, Claim
from pyrecipes.authoring.importing.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyrecipes.authoring.importing.notes import Kind

PYTHON = {"python", "py", "python3", "py3", "pycon", "ipython", "ipython3", "python-repl"}
SHELL = {"sh", "bash", "shell", "zsh", "fish", "cmd", "bat", "powershell", "ps1", "shell-session"}
OPEN = {"", "console", "text", "txt", "plain", "plaintext", "none", "code"}
OUTPUT = {"output", "out", "stdout", "result"}

FILE = re.compile(
    r"\s*(?:#|//|<!--)\s*(?:file:?\s+)?`?((?:[\w-]+/)*[\w-]+\.[A-Za-z]{1,5})`?\s*(?:-->)?\s*$"
)
COMMAND = re.compile(
    r"\s*(?:\$\s*|%\s+|>\s+)?(?:sudo\s+)?"
    r"(?:python[\d.]*|pip[\d.]*|easy_install|conda|git|cd|ls|cat|mkdir|curl|wget|apt(?:-get)?|brew"
    r"|npm|docker|uv|poetry|pytest|source|export|touch|echo)(?:\s|$)"
)
PROMPT = re.compile(r"\s*\$ ?\S")
DOCTEST = re.compile(r"\s*>>>( |$)")
IPYTHON = re.compile(r"\s*In ?\[\d*\]: ?")
SAYS = re.compile(
    r"(?:output|prints?|gives?|results?|returns?|outcome|yields?|shows?|displays?|输出|结果)\W*$",
    re.I,
)
LIKE_PYTHON = re.compile(
    r"\s*(?:(?:import|from|def|class|for|while|if|elif|else|try|except|finally|with|return|print"
    r"|raise|pass|lambda|async|assert|del)\b.*|(?:@|#|>>).*"
    r"|[\w.\[\]'\", ]+\s*[-+*/|&]?=[^=].*|[\w.]+\(.*|\)+)$"
)


def tell(lines: Sequence[str], line: int, tag: str, before: str, after_code: bool) -> Block:
    """A block of the given lines, the first of which is the notes' line `line`.

    `tag` is the language that the notes name, `before` the prose just above (since the last block
    of code, if `after_code`).
    """
    shown = "\n".join(lines)
    filled = [each for each in lines if each.strip()]
    first = filled[0] if filled else ""
    named = FILE.match(first)
    name = named[1] if named else ""
    kind: Kind = "other"
    if tag not in PYTHON | SHELL | OPEN | OUTPUT or not filled:
        name = ""
    elif tag not in SHELL and any(DOCTEST.match(each) or IPYTHON.match(each) for each in filled):
        return _session(lines, line, shown)
    elif tag in SHELL or (tag in OPEN and (PROMPT.match(first) or _commands(filled))):
        kind = "shell"
    elif tag in OUTPUT:
        kind = "output"
    elif name and not name.endswith(".py"):
        kind = "file"
    elif tag in OPEN and after_code and _is_output(shown, before, tag):
        kind = "output"
    elif tag in PYTHON or _is_python(filled, shown):
        if name.rpartition("/")[2] not in {"__init__.py", "__main__.py"} and "/" not in name:
            return _plain(lines, line, shown, name)
        kind = "file"
    numbers = tuple(range(line, line + len(lines)))
    return Block(kind, f"{shown}\n" if shown else "", line, numbers, shown, name=name, tag=tag)


def _commands(filled: Sequence[str]) -> bool:
    """True for commands without a prompt, which Python could not read."""
    return bool(COMMAND.match(filled[0])) and parse("\n".join(filled)).tree is None


def _is_output(shown: str, before: str, tag: str) -> bool:
    """True for a block that shows what the one above it gives."""
    said = bool(SAYS.search(before.strip()))
    if said or not before.strip():
        tree = parse(shown).tree
        return said or tag in {"text", "txt", "console"} or tree is None or _literal(shown)
    return False


def _is_python(filled: Sequence[str], shown: str) -> bool:
    """True for what Python reads, or nearly."""
    tree = parse(shown).tree
    if tree is not None:
        words = all(
            isinstance(each, ast.Expr) and isinstance(each.value, ast.Name | ast.Constant)
            for each in tree.body
        )
        return not words
    like = sum(bool(LIKE_PYTHON.match(each)) for each in filled)
    return like * 2 >= len(filled)


def _literal(text: str) -> bool:
    try:
        ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _plain(lines: Sequence[str], line: int, shown: str, name: str) -> Block:
    """Python as it stands in a file; lines that begin with `>>` say what comes out."""
    code: list[str] = []
    numbers: list[int] = []
    claims: list[Claim] = []
    open_claim = False
    for number, text in enumerate(lines, line):
        if match := re.match(r"\s*>>(?!>)\s?(.*)$|\s*#\s*(?:>>+|=>|->|Out(?:put)?:)\s?(.*)$", text):
            said = (match[1] if match[1] is not None else match[2]).rstrip()
            if code and open_claim:
                claims[-1] = Claim(claims[-1].line, f"{claims[-1].text}\n{said}", claims[-1].at)
            elif code:
                at = max((n for n, each in enumerate(code, 1) if each.strip()), default=1)
                claims.append(Claim(number, said, at))
            open_claim = bool(code)
            continue
        open_claim = open_claim and not text.strip()
        code.append(text)
        numbers.append(number)
    while code and not code[-1].strip():
        code.pop()
        numbers.pop()
    source = "".join(f"{each}\n" for each in code)
    return Block("python", source, line, tuple(numbers), shown, tuple(claims), name)


def _session(lines: Sequence[str], line: int, shown: str) -> Block:
    """A session at a prompt: `>>>` and `...`, or `In [1]:` and `Out[1]:`."""
    code: list[str] = []
    numbers: list[int] = []
    claims: list[Claim] = []
    said: list[tuple[int, str]] = []
    indent = ""
    entered = False

    def close() -> None:
        while said and not said[-1][1].strip():
            said.pop()
        if said and code:
            claims.append(_claim(said, len(code)))
        said.clear()

    for number, text in enumerate(lines, line):
        prompt = re.match(r"(\s*)(?:>>>|In ?\[\d*\]:)(?: (.*)|$)", text)
        more = re.match(r"\s*\.\.\.:?(?: (.*)|$)", text) if entered else None
        if prompt:
            close()
            indent = prompt[1]
            code.append(prompt[2] or "")
            numbers.append(number)
            entered = True
        elif more and not said:
            code.append(more[1] or "")
            numbers.append(number)
        elif text.strip() or said:
            entered = False
            out = re.sub(r"^\s*Out ?\[\d*\]: ?", "", text.removeprefix(indent))
            said.append((number, "" if out.strip() == "<BLANKLINE>" else out))
    close()
    source = "".join(f"{each}\n" for each in code)
    return Block("python", source, line, tuple(numbers), shown, tuple(claims))


def _claim(said: Sequence[tuple[int, str]], at: int) -> Claim:
    """What a session shows under an input; of a traceback its last line."""
    number, first = said[0]
    if first.startswith(("Traceback (most recent call last)", "-----")):
        number, last = said[-1]
        return Claim(number, last.strip(), at, "raises")
    return Claim(number, "\n".join(text.rstrip() for _, text in said), at)
