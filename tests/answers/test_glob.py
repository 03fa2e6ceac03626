"""The lesson `glob`: right answers that are not the solution's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers.table import cases, holds, told_of

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox

ANSWERS = {
    "count-files": (
        """
        import glob
        import os


        def how_many(folder, ending):
            return sum(1 for _ in glob.iglob(os.path.join(folder, '*.' + ending)))
        """,
        """
        from glob import glob


        def how_many(folder, ending):
            return len(glob('*.' + ending, root_dir=folder))
        """,
        """
        from pathlib import Path


        def how_many(folder, ending):
            return len(list(Path(folder).glob(f'*.{ending}')))
        """,
    ),
    "which-fit": (
        "5\n3\n['logs/logs']\n['logs/log1', 'logs/log2']",
        "5\n3\n['logs/logs']\n['logs/log1', 'logs/log2']\n",
    ),
    "chapters": (
        """
        from glob import glob


        def chapters(folder):
            return sorted(glob(f'{folder}/chapter[0123456789].md'))
        """,
        r"""
        import glob
        import re


        def chapters(folder):
            found = glob.glob(folder + '/chapter*.md')
            return sorted(path for path in found if re.search(r'chapter\d\.md$', path))
        """,
    ),
    "by-position": (
        """
        import glob
        import os


        def texts(folder):
            return sorted(glob.iglob(os.path.join(folder, '**', '*.txt'), recursive=True))
        """,
        """
        from pathlib import Path


        def texts(folder):
            return sorted(str(path) for path in Path(folder).rglob('*.txt'))
        """,
    ),
    "one-level": (
        "['site/blog/one.html']\n3\n['site/blog/2024/two.html']",
        "['site/blog/one.html']\n3\n['site/blog/2024/two.html']\n\n",
    ),
    "folders": (
        """
        import glob


        def folders(top):
            found = glob.glob(top + '/**/', recursive=1)
            return sorted(path for path in found if path != f'{top}/')
        """,
        """
        import glob


        def folders(top):
            found = glob.glob(top + '/*/**/', recursive=True)
            return sorted(path for path in found if path != None)
        """,
    ),
    "used-up": (
        """
        import glob
        import os


        def summary(pattern):
            sizes = [os.path.getsize(path) for path in glob.iglob(pattern)]
            return len(sizes), sum(sizes)
        """,
        """
        import glob
        import os


        def summary(pattern):
            count = total = 0
            for path in glob.iglob(pattern):
                count += 1
                total += os.stat(path).st_size
            return count, total
        """,
    ),
    "any-there": (
        """
        from glob import iglob


        def has_any(folder, pattern):
            return next(iglob(folder + '/**/' + pattern, recursive=True), None) is not None
        """,
        """
        import glob as g


        def has_any(folder, pattern):
            for _ in g.iglob('**/' + pattern, root_dir=folder, recursive=True):
                return True
            return False
        """,
    ),
    "everything": (
        """
        import os


        def all_files(folder):
            return sorted(
                os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
            )
        """,
        """
        import glob
        import os


        def all_files(folder):
            found = glob.iglob(folder + '/**', include_hidden=True, recursive=True)
            return sorted(filter(os.path.isfile, found))
        """,
    ),
    "missing": (
        """
        import glob
        import os


        def missing(original, copy):
            paths = glob.glob('**/*.txt', root_dir=original, recursive=True)
            return sorted(p for p in paths if not os.path.exists(os.path.join(copy, p)))
        """,
        """
        from pathlib import Path


        def missing(original, copy):
            def texts(folder):
                return {str(path.relative_to(folder)) for path in Path(folder).rglob('*.txt')}

            return sorted(texts(original) - texts(copy))
        """,
    ),
    "same-name": (
        """
        import glob
        import os


        def versions(folder, name):
            found = glob.iglob(glob.escape(name) + '.*', root_dir=folder)
            return sorted(os.path.join(folder, path) for path in found)
        """,
        """
        import glob


        def versions(folder, name):
            return sorted(glob.glob(glob.escape(folder + '/' + name) + '.*'))
        """,
    ),
    "first-lines": (
        """
        import os


        def first_lines(folder):
            lines = []
            for name in sorted(os.listdir(folder)):
                if name.endswith('.md') and not name.startswith('.'):
                    with open(os.path.join(folder, name)) as file:
                        lines.append(file.readline().strip())
            return lines
        """,
        """
        from glob import glob
        from pathlib import Path


        def first_lines(folder):
            return [
                Path(folder, name).read_text().splitlines()[0]
                for name in sorted(glob('*.md', root_dir=folder))
            ]
        """,
    ),
    "sorted-names": (
        """
        import os
        import glob
        def titles(folder):
            names = []
            for path in glob.glob(f'{folder}/*.md'):
                name = os.path.basename(path)
                names.append(name.removesuffix('.md'))
            return sorted(names)
        """,
        """
        def titles(folder):
            names = []
            for path in glob.glob(f'{folder}/*.md'):
                name = os.path.basename(path)
                names.append(name.removesuffix('.md'))
            return sorted(names)
        import glob
        import os
        """,
    ),
}


def test_each_exercise_has_two_other_answers() -> None:
    assert set(ANSWERS) == told_of("glob")
    assert all(len(several) >= 2 for several in ANSWERS.values())


@pytest.mark.parametrize(("of", "number"), cases(ANSWERS))
def test_an_answer_in_other_words_passes(of: str, number: int, sandbox: Sandbox) -> None:
    assert not holds("glob", of, ANSWERS[of][number], sandbox)
