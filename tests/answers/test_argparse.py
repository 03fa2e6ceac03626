"""The lesson `argparse`: right answers that are not the solution's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers.table import cases, holds, told_of

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox
    from tests.answers.table import Answers

TODO_MAIN = """
import argparse

import commands

parser = argparse.ArgumentParser()
subs = parser.add_subparsers(dest='command', required=True)

add = subs.add_parser('add')
add.add_argument('words', nargs='+')
add.set_defaults(run=commands.add)

done = subs.add_parser('done')
done.add_argument('number', type=int)
done.set_defaults(run=commands.done)

args = parser.parse_args()
args.run(args)
"""

ANSWERS: Answers = {
    "custom-param": (
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('--arg', type=str, default='nothing', dest='param')
        args = parser.parse_args()
        print(args.param)
        """,
        """
        from argparse import ArgumentParser

        def main():
            parser = ArgumentParser(description='Say it.')
            parser.add_argument('-a', '--arg', help='what to say')
            arg = parser.parse_args().arg
            print('nothing' if arg is None else arg)

        main()
        """,
    ),
    "ho": (
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('--times', default='3', type=int)
        parser.add_argument('--word', default='ho', type=str)
        args = vars(parser.parse_args())
        print(*[args['word']] * args['times'])
        """,
        """
        import argparse

        parser = argparse.ArgumentParser(prog='ho')
        parser.add_argument('-w', '--word', default='ho')
        parser.add_argument('-n', '--times', type=int, default=3)
        args = parser.parse_args()
        print(' '.join(args.word for _ in range(args.times)))
        """,
    ),
    "minus": (
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument("first", type=float)
        parser.add_argument('second', type=float)
        args = parser.parse_args()
        print(args.first - args.second)
        """,
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('first', metavar='FIRST', type=float)
        parser.add_argument('second', type=float)
        args = parser.parse_args()
        print(args.first - args.second)
        """,
    ),
    "type-bool": ("False\nTrue\nTrue\nFalse", "False\nTrue\nTrue\nFalse\n\n"),
    "volume": (
        """
        import argparse


        def volume(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('--verbose', '-v', dest='level', action='count', default=1)
            parser.add_argument('--quiet', '-q', action='store_const', const=True)
            args = parser.parse_args(argv)
            return 0 if args.quiet else args.level
        """,
        """
        import argparse


        def volume(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('-v', '--verbose', action='append_const', const=1, default=[])
            parser.add_argument('-q', '--quiet', action='store_false', dest='loud')
            args = parser.parse_args(argv)
            return args.loud * (1 + len(args.verbose))
        """,
    ),
    "how-many": ("['a']\n'yes'\n'no'", "['a']\n'yes'\n'no'\n"),
    "tags": (
        """
        import argparse


        def tags(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('--tag', action='append')
            return parser.parse_args(argv).tag or []
        """,
        """
        import argparse


        def tags(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('--tag', action='extend', nargs=1, dest='tags', default=[])
            return list(parser.parse_args(argv).tags)
        """,
    ),
    "hello-all": (
        """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument('names', nargs='*')
        args = parser.parse_args()
        for name in args.names:
            print('hello', name)
        """,
        """import argparse
parser = argparse.ArgumentParser()
parser.add_argument('names', nargs='*')
args = parser.parse_args()
for name in args.names:
    print('hello', name)""",
    ),
    "port": (
        """
        from argparse import ArgumentParser, ArgumentTypeError


        def port(text):
            if int(text) in range(1, 2**16):
                return int(text)
            raise ArgumentTypeError('a port is a number from 1 to 65535')


        if __name__ == '__main__':
            parser = ArgumentParser()
            parser.add_argument('number', type=port)
            print(parser.parse_args().number)
        """,
        """
        import argparse


        def port(text):
            try:
                number = int(text)
            except ValueError:
                raise argparse.ArgumentTypeError(f'{text!r} is no number') from None
            if number <= 0 or number > 65535:
                raise argparse.ArgumentTypeError(f'{number} is out of range')
            return number


        if __name__ == '__main__':
            parser = argparse.ArgumentParser()
            parser.add_argument('number', type=port)
            args = parser.parse_args()
            print(args.number)
        """,
    ),
    "choices": (
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('--size', type=int, choices=range(1, 4), default=1)
        args = parser.parse_args()
        print(args.size * 10)
        """,
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('--size', choices=['1', '2', '3'], default='1')
        args = parser.parse_args()
        print(int(args.size) * 10)
        """,
    ),
    "source": (
        """
        import argparse


        def source(argv):
            parser = argparse.ArgumentParser()
            group = parser.add_mutually_exclusive_group(required=True)
            for kind in ('file', 'text'):
                group.add_argument(f'--{kind}')
            given = vars(parser.parse_args(argv))
            return next((kind, value) for kind, value in given.items() if value is not None)
        """,
        """
        import argparse


        def source(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('--file')
            parser.add_argument('--text')
            args = parser.parse_args(argv)
            if (args.file is None) == (args.text is None):
                parser.error('give either --file or --text')
            return ('text', args.text) if args.file is None else ('file', args.file)
        """,
    ),
    "todo": (
        {
            "main.py": TODO_MAIN,
            "commands.py": """
            def add(args):
                print('added:', *args.words)


            def done(args):
                print(f'done: number {args.number}')
            """,
        },
        {
            "main.py": TODO_MAIN.replace(
                "subs = parser.add_subparsers(dest='command', required=True)",
                "subs = parser.add_subparsers(dest='command')\nsubs.required = True",
            ).replace("args.run(args)", "run = args.run\nrun(args)"),
            "commands.py": """
            def add(args):
                print('added: ' + ' '.join(args.words))


            def done(options):
                print('done: number', options.number)
            """,
        },
        {
            "main.py": TODO_MAIN.replace(", required=True", "").replace(
                "args.run(args)",
                "if args.command is None:\n    parser.error('which command?')\nargs.run(args)",
            ),
            "commands.py": """
            def add(args):
                print('added:', ' '.join(args.words))


            def done(args):
                number = args.number
                print('done: number', number)
            """,
        },
    ),
    "greet-help": (
        """
        import argparse

        parser = argparse.ArgumentParser('greet', description='Say hello.')
        parser.add_argument('--times', type=int, default=1, metavar='N',
                            help='how often (default: 1)')
        parser.add_argument('name', help='who to greet')
        args = parser.parse_args()
        print(f'hello {args.name}\\n' * args.times, end='')
        """,
        """
        import argparse


        def main():
            parser = argparse.ArgumentParser(
                prog='greet',
                description='Say hello.',
                formatter_class=argparse.ArgumentDefaultsHelpFormatter,
            )
            parser.add_argument('name', help='who to greet')
            parser.add_argument('--times', metavar='N', default=1, type=int, help='how often')
            args = parser.parse_args()
            for _ in range(args.times):
                print('hello', args.name)


        if __name__ == '__main__':
            main()
        """,
    ),
    "countdown": (
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('first', type=int)
        parser.add_argument('last', type=int)
        args = parser.parse_args()
        if not args.first >= args.last:
            parser.error(f'{args.first} is smaller than {args.last}')
        print(*reversed(range(args.last, args.first + 1)), sep='\\n')
        """,
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('bounds', type=int, nargs=2)
        number, stop = parser.parse_args().bounds
        if number < stop:
            parser.print_usage(__import__('sys').stderr)
            parser.exit(2, 'the first has to be the larger one')
        while number >= stop:
            print(number)
            number -= 1
        """,
    ),
    "argv": (
        """
        import argparse
        import sys


        def main(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('a', type=int)
            parser.add_argument('b', type=int)
            args = parser.parse_args(argv)
            return args.a * args.b


        if __name__ == '__main__':
            print(main(sys.argv[1:]))
        """,
        """
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument('factors', type=int, nargs=2)


        def main(argv=None):
            a, b = parser.parse_args(args=argv).factors
            return a * b


        if __name__ == '__main__':
            print(main())
        """,
    ),
    "pass-on": (
        """
        import argparse


        def split(argv):
            parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
            parser.add_argument('--jobs', default=1, type=int)
            known = parser.parse_known_args(argv)
            return known[0].jobs, known[1]
        """,
        """
        import argparse


        def split(argv):
            parser = argparse.ArgumentParser()
            parser.add_argument('-j', '--jobs', dest='n', default='1', type=int)
            args, others = parser.parse_known_args(args=argv)
            return (args.n, others)
        """,
    ),
}


def test_each_exercise_has_two_other_answers() -> None:
    assert set(ANSWERS) == told_of("argparse")
    assert all(len(several) >= 2 for several in ANSWERS.values())


@pytest.mark.parametrize(("of", "number"), cases(ANSWERS))
def test_an_answer_in_other_words_passes(of: str, number: int, sandbox: Sandbox) -> None:
    assert not holds("argparse", of, ANSWERS[of][number], sandbox)
