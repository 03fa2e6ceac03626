"""`pyrecipes show`: a recipe, or a whole lesson, with its annotated output from a real run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyrecipes.cli import parser as options
from pyrecipes.model import Exercise

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pyrecipes.cli.context import Context
    from pyrecipes.model import Recipe, Transcript


def add(parser: ArgumentParser) -> None:
    """The arguments of `show`."""
    parser.add_argument("name", metavar="LESSON[/ID]", help="a lesson, or one recipe: re/groups")
    options.as_json(parser)
    options.plain(parser)
    options.level(parser)


def run(args: Namespace, context: Context) -> int:
    """Run and print the recipe, or each of the lesson's recipes."""
    sandbox = context.sandbox(args, warm="/" not in args.name)
    lesson, item = context.catalogue.find(args.name)
    if lesson.pack:
        sandbox = context.sandbox(args, trusted=False)
    if isinstance(item, Exercise):
        if not args.json:
            console = context.console(args)
            for part in _exercise(args.name, item, str(context.answers.path(args.name, item))):
                console.print(part)
            return 0
        recipes = [recipe for recipe in lesson.recipes if item in recipe.exercises]
    else:
        recipes = [item] if item is not None else list(lesson.recipes)
    runs = ((recipe, sandbox.run(recipe.snippet)) for recipe in recipes)
    if args.json:
        from pyrecipes.cli.context import print_json

        documents = [_as_json(lesson.id, recipe, transcript) for recipe, transcript in runs]
        print_json(documents if item is None else documents[0])
        return 0
    from pyrecipes.render.files import files
    from pyrecipes.render.listing import listing
    from pyrecipes.render.markdown import markdown

    console = context.console(args)
    for recipe, transcript in runs:
        console.print(f"{lesson.id}/{recipe.id}  {recipe.title}", style="bold")
        console.print()
        console.print(markdown(recipe.text))
        if recipe.snippet.files:
            console.print()
        for part in files(recipe.snippet.files, whole=True):
            console.print(part)
        console.print(listing(recipe, transcript=transcript))
        if recipe.docs:
            console.print(recipe.docs, style="dim", soft_wrap=True)
        console.print()
    return 0


def _exercise(name: str, task: Exercise, path: str) -> Iterator[RenderableType]:
    """An exercise as it stands in the tutor, and how to answer it without."""
    from rich.text import Text

    from pyrecipes.render.files import files
    from pyrecipes.render.listing import listing
    from pyrecipes.render.markdown import markdown
    from pyrecipes.terminal.screens import numbered, options

    yield Text(f"{name}  {task.title}", style="bold")
    yield Text()
    yield markdown(task.prompt)
    yield Text()
    yield from files(task.files, whole=True)
    if task.snippet is not None:
        yield listing(task.snippet)
    elif task.options:
        yield options(task)
    else:
        for file, text in task.starter.items():
            if len(task.starter) > 1:
                yield Text(file, style="label")
            yield numbered(text.splitlines()) if task.kind == "order" else listing(text)
    yield Text()
    yield Text(f"Your answer: {path}", style="quiet", overflow="fold")
    yield Text(f"Check it: pyrecipes check {name}", style="quiet", overflow="fold")


def _as_json(lesson: str, recipe: Recipe, transcript: Transcript) -> dict[str, Any]:
    from pyrecipes.cli.run import as_json

    return {
        "recipe": f"{lesson}/{recipe.id}",
        "title": recipe.title,
        "text": recipe.text,
        "code": recipe.snippet.code,
        **as_json(transcript),
    }
