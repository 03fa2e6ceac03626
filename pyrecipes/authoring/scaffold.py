"""A lesson file to start from, which shows the format by using it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrecipes.authoring.finding import FOLDER
from pyrecipes.errors import PyrecipesError
from pyrecipes.loader.reader import ID, short

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
# A lesson of pyrecipes. Write what is still TODO; the rest works as it is, to be changed.
#   pyrecipes lessons record FILE    writes the #> lines: what the code really gives
#   pyrecipes lessons verify FILE    holds the lesson to what it says
#   pyrecipes lessons preview FILE   shows it as a learner sees it, again at each save
lesson: {id}
title: TODO a title
summary: TODO one sentence for the list of lessons.
# modules: [{module}]            # public names of these modules that no recipe uses are listed
# docs: https://docs.python.org/3/library/{module}.html
recipes:
  - id: first
    title: TODO what one can do after this
    text: |
      TODO Markdown. Says why, not only what.
    code: |
      words = 'tea and cake'.split()  #: a note, shown beside its line
      len(words)
    exercises:
      - id: count-words
        kind: write                 # write | fix | fill | predict | choice | order
        title: Count words
        prompt: |
          Write `count_words(text)`: how many words `text` has.
        starter: |
          def count_words(text):
              ...
        hints:                      # three, each stronger than the one before
          - Which method takes a text apart at its spaces?
          - "`text.split()` gives a list of the words."
          - The number of words is the length of that list; return it.
        checks:
          - call: count_words('tea and cake')
            gives: 3
          - call: count_words('')
            gives: 0
          - for: {{text: "text('ab ', max_size=10)"}}   # on made-up texts: the same as the solution
            call: count_words(text)
        solution: |
          def count_words(text):
              return len(text.split())
        explain: |
          `split()` without an argument takes any run of spaces as one, and leaves no empty words.
        mistakes:                   # answers that must fail, each with what to say to its writer
          - code: |
              def count_words(text):
                  return len(text)
            feedback: That counts the characters.
          - code: |
              def count_words(text):
                  return text.count(' ') + 1
            feedback: Two spaces in a row are no word, and an empty text has none at all.
      - id: what-it-prints
        kind: predict
        title: Split by a comma
        prompt: What does this show?
        code: |
          'a,b,,c'.split(',')
        hints:
          - A separator that is given is taken one by one.
          - Between the two commas there is something, if only an empty text.
          - Four texts come out, and the third is empty.
        explain: |
          With a separator, two in a row have an empty text between them.
        mistakes:
          - code: "['a', 'b', 'c']"
            feedback: That is what you get at runs of spaces; a separator of your own counts each.
          - code: "['a', 'b', ',c']"
            feedback: The separator itself is never in the parts.
"""


def new(lesson: str, folder: Path | None, here: Path) -> Path:
    """Write the scaffold of a lesson and return its path.

    It goes into `folder`, or into the folder `lessons` of `here` where there is one, else into
    `here`. Raises PyrecipesError for an id that is none, and for a file that is there already.
    """
    if not ID.fullmatch(lesson):
        what = "small letters, digits and hyphens, a letter first"
        raise PyrecipesError(f"{short(lesson)} is no lesson id; one is like `re`: {what}")
    if folder is None:
        folder = here / FOLDER if (here / FOLDER).is_dir() else here
    path = folder / f"{lesson}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE.format(id=lesson, module=lesson.replace("-", "_")))
    except FileExistsError:
        raise PyrecipesError(f"{path} is there already; choose another id or folder") from None
    except OSError as error:
        raise PyrecipesError(f"{path}: can't be written: {error.strerror}") from None
    return path
