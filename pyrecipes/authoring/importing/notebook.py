"""A Jupyter notebook -> topics: Markdown cells as Markdown, code cells with their outputs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pyrecipes.authoring.importing.blocks import tell
from pyrecipes.authoring.importing.markdown import group, sections_of
from pyrecipes.authoring.importing.notes import CELL, Block, Claim, Section
from pyrecipes.errors import PyrecipesError
from pyrecipes.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyrecipes.authoring.importing.notes import Topic

MAGIC = re.compile(r"\s*(?:%|!|\?)|[^#'\"]*\?\??\s*$")
OWN = "# IPython's own: "


def topics_of(text: str, path: Path) -> tuple[Topic, ...]:
    """The topics of a notebook's text. PyrecipesError for what is none, or one of other code."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, ValueError) else "it is nested too deep"
        raise PyrecipesError(f"{path}: is not a notebook: {what}") from None
    cells = _cells(root)
    if cells is None:
        raise PyrecipesError(f"{path}: is not a notebook: it has no list of cells")
    language = _language(root)
    if language not in {"", "python"}:
        raise PyrecipesError(f"{path}: is a notebook of {language}; only Python can be imported")
    sections: list[Section] = [Section(path.stem, 0, CELL + 1)]
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict):
            continue
        source = _text(cell.get("source", cell.get("input", "")))
        if cell.get("cell_type") == "code":
            block = _block(source, number * CELL + 1, cell)
            if block is not None:
                sections[-1] = replace(sections[-1], parts=(*sections[-1].parts, block))
        elif cell.get("cell_type") in {"markdown", "heading"} and source.strip():
            if cell["cell_type"] == "heading":
                source = f"{'#' * int(cell.get('level') or 1)} {source}"
            first, *more = sections_of(f"{source}\n", path.stem, number * CELL + 1, whole=True)
            sections[-1] = replace(sections[-1], parts=(*sections[-1].parts, *first.parts))
            sections += more
    return group([each for each in sections if each.level or each.parts], path.stem)


def _cells(root: Any) -> list[Any] | None:
    """The cells, of either age of the format."""
    if not isinstance(root, dict):
        return None
    cells = root.get("cells")
    sheets = root.get("worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    return cells if isinstance(cells, list) else None


def _language(root: dict[str, Any]) -> str:
    found: Any = root.get("metadata")
    for key in ("kernelspec", "language"):
        found = found.get(key) if isinstance(found, dict) else None
    return found.lower() if isinstance(found, str) else ""


def _text(source: Any) -> str:
    """A text that is stored whole or as a list of lines."""
    if isinstance(source, list):
        source = "".join(each for each in source if isinstance(each, str))
    return re.sub("\r\n?", "\n", source) if isinstance(source, str) else ""


def _block(source: str, line: int, cell: dict[str, Any]) -> Block | None:
    """A code cell as a block; what only IPython understands becomes a comment."""
    if not source.strip():
        return None
    lines = source.rstrip("\n").split("\n")
    first = next(each for each in lines if each.strip())
    if re.match(r"\s*%%(?!time|capture|prun)", first):
        tag = "bash" if re.match(r"\s*%%(?:bash|sh|script)\b", first) else "other"
        return tell(lines, line, tag, "", after_code=False)
    if all(re.match(r"\s*!", each) for each in lines if each.strip()):
        commands = [re.sub(r"^\s*!\s*", "", each) for each in lines]
        return tell(commands, line, "bash", "", after_code=False)
    plain = [f"{OWN}{each.strip()}" if MAGIC.match(each) else each for each in lines]
    block = tell(plain, line, "python", "", after_code=False)
    if block.kind != "python":
        return block
    silent = plain[-1].rstrip().endswith(";")
    return replace(block, claims=(*block.claims, *_claims(cell, block, silent=silent)))


def _claims(cell: dict[str, Any], block: Block, *, silent: bool) -> Iterator[Claim]:
    """What the stored outputs of a cell say."""
    outputs = cell.get("outputs")
    printed = ""
    last = len(block.lines)
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream" and output.get("name", output.get("stream")) != "stderr":
            printed += _text(output.get("text", ""))
        elif kind in {"execute_result", "pyout"} and not silent:
            data = output.get("data", output)
            text = _text(data.get("text/plain", data.get("text", ""))) if data else ""
            if text.strip():
                yield Claim(block.at(last), text, last, "gives")
        elif kind in {"error", "pyerr"}:
            name, told = str(output.get("ename", "")), str(output.get("evalue", ""))
            yield Claim(block.at(last), f"{name}: {told}".rstrip(": "), 0, "raises")
    if printed.strip():
        yield Claim(block.line, printed.rstrip("\n"), 0, "printed")
