"""The lesson `re`: right answers that are not the solution's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers.table import cases, holds, told_of

if TYPE_CHECKING:
    from pyrecipes.model import Sandbox

ANSWERS = {
    "clock": (
        r"""
        import re


        def is_time(text):
            return bool(re.match(r'[0-9][0-9]:[0-9][0-9]\Z', text))
        """,
        r"""
        def is_time(text):
            hour, colon, minute = text[:2], text[2:3], text[3:]
            return len(text) == 5 and colon == ':' and (hour + minute).isdecimal()
        """,
        r"""
        from re import compile

        TIME = compile(r'\d\d:\d\d')


        def is_time(text):
            return TIME.fullmatch(text)
        """,
    ),
    "first-number": (
        r"""
        import re


        def first_number(line):
            m = re.search(r'\d+', line)
            if not m:
                return -1
            return int(m.group())
        """,
        r"""
        import re


        def first_number(line):
            m = re.search(r'\d+', line)
            if m == None:
                return -1
            return int(m.group())
        """,
    ),
    "group-zero": (
        "('640', '480')\n'640x480'\n2",
        "('640', '480')  \n'640x480'\n2\n\n",
    ),
    "unassigned": (
        r"""
        import re


        def area_code(text):
            if m := re.match(r'^(\d{3})-(\d{3,8})$', text):
                return m[1]
        """,
        r"""
        import re


        def area_code(text):
            m = re.fullmatch(r'(\d{3})-\d{3,8}', text)
            return m and m.group(1)
        """,
    ),
    "phone": (
        r"""
        import re


        def split_phone(text):
            m = re.match(r'^(\d{3})-(\d{3,8})$', text)
            if not m:
                raise ValueError(f'not a phone number: {text!r}')
            area, number = m.groups()
            return area, number
        """,
        r"""
        def split_phone(text):
            area, number = text.split('-')
            if not (area.isdecimal() and number.isdecimal()):
                raise ValueError(text)
            if len(area) != 3 or not 3 <= len(number) <= 8:
                raise ValueError(text)
            return area, number
        """,
    ),
    "zeros": (
        "('5000', '')\n('5', '000')\n'aaa'\n'a'",
        "('5000', '')\n('5', '000')\n'aaa'\n'a'\n",
    ),
    "quoted": (
        r"""
        import re


        def quoted(line):
            return [m[1] for m in re.finditer(r'"(.*?)"', line)]
        """,
        r"""
        def quoted(line):
            parts = line.split('"')
            return parts[1:-1:2] if len(parts) % 2 else parts[1:-2:2]
        """,
    ),
    "ready-made": (
        r"""
        import re

        PHONE = re.compile(r'^(\d{3})-(\d{3,8})$')


        def phones(lines):
            return [m.groups() for line in lines if (m := PHONE.match(line))]
        """,
        r"""
        import re

        PHONE = re.compile(r'^(\d{3})-(\d{3,8})$')


        def phones(lines):
            return [m.groups() for m in map(PHONE.match, lines) if m]
        """,
    ),
    "log-line": (
        r"""
        import re

        LINE = re.compile(r'^(?P<level>[A-Z]+)\ (?P<date>[0-9-]{10})\ (?P<message>.+)$', re.VERBOSE)


        def parse(line):
            if m := LINE.match(line):
                return m.groupdict()
        """,
        r"""
        import re


        def parse(line):
            m = re.match(r'([A-Z]+) (\d{4}-\d{2}-\d{2}) (.+)', line)
            return dict(zip(('level', 'date', 'message'), m.groups())) if m else None
        """,
    ),
    "addresses": (
        r"""
        import re


        def addresses(line):
            return [m.group() for m in re.finditer(r'(\d{1,3}\.){3}\d{1,3}', line)]
        """,
        r"""
        import re


        def addresses(line):
            return re.findall(r'\d+\.\d+\.\d+\.\d+', line)
        """,
    ),
    "positions": (
        r"""
        import re


        def numbers_at(text):
            found = []
            for m in re.compile('[0-9]+').finditer(text):
                found.append((m.start(0), int(m[0])))
            return found
        """,
        r"""
        import re


        def numbers_at(text):
            return list(map(lambda m: (m.span()[0], int(m.group(0))), re.finditer(r'\d+', text)))
        """,
    ),
    "iso-dates": (
        r"""
        import re


        def iso(text):
            return re.sub(
                r'(?P<d>\d\d)[.](?P<m>\d\d)[.](?P<y>\d\d\d\d)', r'\g<y>-\g<m>-\g<d>', text
            )
        """,
        r"""
        import re


        def iso(text):
            def turned(m):
                return '-'.join(m.groups()[::-1])

            return re.sub(r'(\d{2})\.(\d{2})\.(\d{4})', turned, text)
        """,
    ),
    "louder": (
        r"""
        import re
        def louder(m):
            return m.group(1).upper()
        def shout(text):
            return re.sub(r'\*(\w+)\*', louder, text)
        """,
        r"""
        def louder(m):
            return m.group(1).upper()
        import re
        def shout(text):
            return re.sub(r'\*(\w+)\*', louder, text)
        """,
        r"""
        def shout(text):
            return re.sub(r'\*(\w+)\*', louder, text)
        def louder(m):
            return m.group(1).upper()
        import re
        """,
    ),
    "flag-as-count": (
        r"""
        import re


        def proper(text):
            return re.sub(r'(?i)python', 'Python', text)
        """,
        r"""
        import re

        PYTHON = re.compile('python', re.I)


        def proper(text):
            return PYTHON.sub('Python', text)
        """,
        r"""
        import re


        def proper(text):
            return re.sub(r'python', 'Python', text, 0, re.IGNORECASE)
        """,
    ),
    "fields": (
        r"""
        import re


        def fields(line):
            return [field.strip() for field in re.split('[,;]', line)]
        """,
        r"""
        def fields(line):
            return [field.strip() for field in line.replace(';', ',').split(',')]
        """,
    ),
    "kept": (
        "['2024', '05', '01']\n['2024', '-', '05']\n['', '5']\n['2024', '05-01']",
        "['2024', '05', '01']\n['2024', '-', '05']\n['', '5']\n['2024', '05-01']\n\n",
    ),
    "headings": (
        r"""
        import re


        def headings(text):
            return [m[1] for m in re.finditer(r'(?m)^# (.*)$', text)]
        """,
        r"""
        def headings(text):
            return [line[2:] for line in text.splitlines() if line.startswith('# ')]
        """,
    ),
    "verbose": (
        r"""
        import re

        PRICE = re.compile(r'''
            (\d+)       # whole euros
            \.(\d\d)    # cents
            \ EUR     # one space and the unit
        ''', re.X)


        def euros(text):
            m = PRICE.fullmatch(text)
            if m is None:
                return None
            return int(m[1]) * 100 + int(m[2])
        """,
        r"""
        import re

        PRICE = re.compile(r'''
            (\d+)       # whole euros
            \.(\d\d)    # cents
            [ ]EUR     # one space and the unit
        ''', re.X | re.A)


        def euros(text):
            m = PRICE.fullmatch(text)
            if m is None:
                return None
            return int(m[1]) * 100 + int(m[2])
        """,
    ),
    "count-phrase": (
        r"""
        def count(phrase, text):
            return text.lower().count(phrase.lower())
        """,
        r"""
        import re


        def count(phrase, text):
            return sum(1 for _ in re.finditer('(?i)' + re.escape(phrase), text))
        """,
    ),
    "broken": (
        r"""
        import re


        def fault(pattern):
            try:
                re.search(pattern, '')
                return None
            except re.error as error:
                return error.pos
        """,
        r"""
        import re


        def fault(pattern):
            try:
                re.compile(pattern)
            except Exception as error:
                return int(str(error).rsplit('position ', 1)[1].split()[0])
        """,
    ),
    "try-with-less": (
        "['stop', 'wait']\n['5', '80']\n['80']",
        "['stop', 'wait']\n['5', '80']\n['80']\n",
    ),
    "mentions": (
        r"""
        import re


        def mentions(text):
            return re.findall(r'\B@(\w+)', text)
        """,
        r"""
        import re


        def mentions(text):
            return [m['name'] for m in re.finditer(r'(^|\W)@(?P<name>\w+)', text)]
        """,
    ),
}


def test_each_exercise_has_two_other_answers() -> None:
    assert set(ANSWERS) == told_of("re")
    assert all(len(several) >= 2 for several in ANSWERS.values())


@pytest.mark.parametrize(("of", "number"), cases(ANSWERS))
def test_an_answer_in_other_words_passes(of: str, number: int, sandbox: Sandbox) -> None:
    assert not holds("re", of, ANSWERS[of][number], sandbox)
