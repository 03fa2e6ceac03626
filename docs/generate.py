"""Write the generated parts of the documentation: help texts, tables, screens.

`just docs` runs it; `tests/docs/test_drift.py` fails where a file is not as it would write it.
Screens come from real runs of the program's own lessons.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 84


def generated() -> dict[Path, str]:
    """Each generated file (or file with generated parts) and what is to be in it."""
    os.environ["COLUMNS"] = "90"
    return {
        ROOT / "README.md": with_part(ROOT / "README.md", "lessons", lessons()),
        ROOT / "docs" / "commands.md": commands(),
        ROOT / "docs" / "lesson-format.md": lesson_format(),
        ROOT / "docs" / "sandbox.md": with_part(ROOT / "docs" / "sandbox.md", "levels", levels()),
        **{ROOT / "docs" / "screens" / f"{name}.svg": text for name, text in screens().items()},
    }


def commands() -> str:
    """Every command's help text."""
    from pyrecipes.cli import build_parser

    parser = build_parser()
    parts = ["# Commands\n", _block(parser.format_help())]
    verbs: Any = next(action for action in parser._actions if action.dest == "verb")
    for verb, child in verbs.choices.items():
        parts += [f"## pyrecipes {verb}\n", *_help(child)]
    return "\n".join(parts)


def lesson_format() -> str:
    """The reference of the lesson format."""
    from pyrecipes.authoring.reference import reference

    example = ROOT / "tests" / "fixtures" / "lessons" / "everything.yaml"
    return reference(example.read_text(encoding="utf-8"))


def _help(parser: Any) -> Iterator[str]:
    yield _block(parser.format_help())
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for child in action.choices.values():
                yield f"### {child.prog}\n"
                yield from _help(child)


def _block(text: str) -> str:
    return f"```\n{text.rstrip()}\n```\n"


def levels() -> str:
    """The table of what each level keeps out."""
    from pyrecipes.sandbox.levels import as_markdown

    return as_markdown()


def lessons() -> str:
    """The table of lessons."""
    from pyrecipes.loader.catalogue import Catalogue

    rows = (f"| `{lesson.id}` | {lesson.summary} |" for lesson in Catalogue().lessons())
    return "\n".join(["| lesson | what you learn |", "| --- | --- |", *rows])


def with_part(path: Path, name: str, text: str) -> str:
    """A file's text with what stands between `<!-- name -->` and `<!-- end -->` written anew."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    old = path.read_text(encoding="utf-8")
    if not pattern.search(old):
        sys.exit(f"{path}: there is no part {name}")
    return pattern.sub(lambda found: found[1] + text.rstrip() + found[2], old)


def screens() -> dict[str, str]:
    """The README's pictures."""
    from pyrecipes.checker import check
    from pyrecipes.loader.catalogue import Catalogue
    from pyrecipes.model import Standing
    from pyrecipes.render.dashboard import dashboard
    from pyrecipes.render.listing import listing
    from pyrecipes.render.svg import svg
    from pyrecipes.render.verdict import verdict
    from pyrecipes.render.views import view
    from pyrecipes.sandbox import open_sandbox
    from pyrecipes.value import replace

    catalogue = Catalogue()
    groups = catalogue.find("re/groups")[1]
    queue = catalogue.find("multiprocessing/queue")[1]
    phone = catalogue.find("re/phone")[1]
    figures = {"re": (1, 2), "glob": (0.5, 1), "argparse": (0.2, 0)}  # share done, number due
    rows = [
        Standing(e.id, e.title, round(len(e.exercises) * share), len(e.exercises), due)
        for e in catalogue.entries()
        for share, due in [figures.get(e.id, (0, 0))]
    ]
    with open_sandbox() as sandbox:
        run = sandbox.run(groups.snippet)
        mistake = check(phone, phone.mistakes[0].files, sandbox, "re/phone")
        mistake = replace(mistake, wall_ms=0.0)
        picture = view("regex", groups, run, sandbox.run)
        many = sandbox.run(queue.snippet)
        return {
            "listing": svg(listing(groups, transcript=run), title="re/groups", width=WIDTH),
            "processes": svg(
                listing(queue, transcript=many), title="multiprocessing/queue", width=WIDTH
            ),
            "regex": svg(picture, title="re/groups", width=WIDTH),
            "verdict": svg(verdict(mistake, phone), title="pyrecipes check re/phone", width=WIDTH),
            "dashboard": svg(dashboard(rows, "pyrecipes review"), title="pyrecipes", width=WIDTH),
        }


def main() -> None:
    """Write what is to be there."""
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
