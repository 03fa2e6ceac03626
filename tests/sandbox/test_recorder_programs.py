# ruff: noqa: E501
"""Programs, what each line of them gives, and that all bytes are those of `python main.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pyrecipes.model import Snippet
from pyrecipes.sandbox import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrecipes.model import Sandbox, Transcript

# name: (code, the events as (line, kind, text) or None where only the bytes count, more of Snippet)
CASES: dict[str, tuple[str, list[tuple[int | None, str, str]] | None, dict[str, Any]]] = {}


def case(
    name: str, code: str, events: list[tuple[int | None, str, str]] | None = None, **more: Any
) -> None:
    CASES[name] = (textwrap.dedent(code).lstrip("\n"), events, more)


case("print", "print(1)", [(1, "stdout", "1\n")])
case("value", "1 + 1", [(1, "value", "2")])
case("none has no value", "None\nprint(None)", [(2, "stdout", "None\n")])
case("string value", "x = 'a'\nx\n'b'", [(2, "value", "'a'"), (3, "value", "'b'")])
case("docstring", "'doc'\nprint(__doc__)", [(2, "stdout", "doc\n")])
case("multi-line value", "(\n  1,\n  2,\n)", [(1, "value", "(1, 2)")])
case("multi-line call", "print(\n  1,\n  2,\n)", [(1, "stdout", "1 2\n")])
case(
    "values in blocks",
    """
    if True:
        1
    for i in range(2):
        i
    with open(__file__) as f:
        f.read(2)
    try:
        2
    finally:
        3
    """,
    [(2, "value", "1"), (4, "value", "0"), (4, "value", "1"), (6, "value", "'if'")]
    + [(8, "value", "2"), (10, "value", "3")],
)
case(
    "values under main",
    "if __name__ == '__main__':\n    'yes'\n",
    [(2, "value", "'yes'")],
)
case("no values in functions", "def f():\n    1\n    return 2\nf()", [(4, "value", "2")])
case("no values in classes", "class A:\n    1\n    'x'\nA.__name__", [(4, "value", "'A'")])
case(
    "print in a function",
    "def f(x):\n    print(x)\nf(1)\nf(2)",
    [(2, "stdout", "1\n"), (2, "stdout", "2\n")],
)
case(
    "two prints in a loop",
    "for i in range(2):\n    print('a', i)\n    print('b', i)",
    [
        (2, "stdout", "a 0\n"),
        (3, "stdout", "b 0\n"),
        (2, "stdout", "a 1\n"),
        (3, "stdout", "b 1\n"),
    ],
)
case(
    "print without end",
    "print('a', end='')\nprint('b', end='')\nprint()",
    [(1, "stdout", "a"), (2, "stdout", "b"), (3, "stdout", "\n")],
)
case(
    "write and stderr",
    "import sys\nn = sys.stdout.write('a\\n')\nprint('e', file=sys.stderr)\nsys.stderr.write('f\\n')",
    [(2, "stdout", "a\n"), (3, "stderr", "e\n"), (4, "stderr", "f\n"), (4, "value", "2")],
)
case(
    "buffer",
    "import sys\nn = sys.stdout.buffer.write(b'a\\xc3\\xa9\\n')\nprint('b')",
    [(2, "stdout", "aé\n"), (3, "stdout", "b\n")],
)
case(
    "split character",
    "import sys\nfor b in (b'\\xc3', b'\\xa9', b'\\n'):\n    n = sys.stdout.buffer.write(b)",
)
case("invalid bytes", "import sys\nn = sys.stdout.buffer.write(b'\\xff\\x00\\n')")
case(
    "os.write",
    "import os\nprint('a')\nn = os.write(1, b'raw\\n')\nprint('b')\nn = os.write(2, b'err\\n')",
    [(2, "stdout", "a\n"), (3, "stdout", "raw\n"), (4, "stdout", "b\n"), (5, "stderr", "err\n")],
)
case(
    "os.write in a function and a loop",
    "import os\ndef f(i):\n    print(i)\n    os.write(1, b'raw\\n')\n    print('end')\nfor i in range(2):\n    f(i)",
    [(3, "stdout", "0\n"), (4, "stdout", "raw\n"), (5, "stdout", "end\n")]
    + [(3, "stdout", "1\n"), (4, "stdout", "raw\n"), (5, "stdout", "end\n")],
)
case(
    "dup and fdopen",
    """
    import os
    with os.fdopen(os.dup(1), 'w') as out:
        out.write('one\\n')
    print('two')
    with open(1, 'w', closefd=False) as out:
        n = out.write('three\\n')
    print('four')
    """,
    None,
)
case("dunder stdout", "import sys\nprint('a', file=sys.__stdout__)", [(2, "stdout", "a\n")])
case(
    "replaced stdout",
    """
    import io, sys
    old, sys.stdout = sys.stdout, io.StringIO()
    print('hidden')
    text = sys.stdout.getvalue()
    sys.stdout = old
    text
    """,
    [(6, "value", "'hidden\\n'")],
)
case(
    "redirect_stdout",
    "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as f:\n    print('x')\nprint(f.getvalue())",
    [(4, "stdout", "x\n\n")],
)
case(
    "redirect to stderr",
    "import contextlib, sys\nwith contextlib.redirect_stdout(sys.stderr):\n    print('x')",
    [(3, "stderr", "x\n")],
)
case("reconfigure", "import sys\nsys.stdout.reconfigure(encoding='latin-1')\nprint('\\xe9')")
case(
    "detach",
    "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), 'utf-8')\nprint('x')",
)
case(
    "codecs writer",
    "import codecs, sys\nsys.stdout = codecs.getwriter('utf-8')(sys.stdout.buffer)\nprint('é')",
)
case(
    "dup2 to a file",
    """
    import os, sys
    saved = os.dup(1)
    with open('out.txt', 'w') as f:
        os.dup2(f.fileno(), 1)
    print('into the file')
    sys.stdout.flush()
    os.dup2(saved, 1)
    print('back', open('out.txt').read())
    """,
    [(4, "value", "1"), (7, "value", "1"), (8, "stdout", "back into the file\n\n")],
)
case(
    "closed stdout",
    "import sys\nsys.stdout.close()\ntry:\n    print(1)\nexcept ValueError as e:\n    print(e, file=sys.stderr)",
)
case("stdout is None", "import sys\nsys.stdout = None\nprint(1)\nsys.stderr.write('x\\n')")
case(
    "isatty and names",
    "import sys\nprint(sys.stdout.isatty(), sys.stdout.name, sys.stdout.mode, sys.stdout.fileno(), sys.stdout.encoding, sys.stderr.errors, type(sys.stdout), sys.stdin.name, sys.stdin.mode)",
)
case(
    "buffer kinds",
    "import sys\nprint(type(sys.stdout.buffer), type(sys.stdin.buffer), sys.stdout.buffer.raw.name)",
)
case(
    "writelines",
    "import sys\nsys.stdout.writelines(['a\\n', 'b\\n'])",
    [(2, "stdout", "a\n"), (2, "stdout", "b\n")],
)
case("long output", "for i in range(3000):\n    print(i, 'x' * 20)")
case("one long line", "print('x' * 200_000)")
case("many bytes", "import sys\nn = sys.stdout.buffer.write(bytes(range(256)) * 100)")
case("control characters", "print('\\x1b[31m', '\\r', '\\x00', '\\u202e')")
case(
    "subprocess",
    "import subprocess, sys\nprint('a')\nsubprocess.run([sys.executable, '-c', 'print(1, flush=True); import sys; sys.stderr.write(\"e\\\\n\")'], check=True).returncode\nprint('b')",
    [
        (2, "stdout", "a\n"),
        (3, "stdout", "1\n"),
        (3, "stderr", "e\n"),
        (3, "value", "0"),
        (4, "stdout", "b\n"),
    ],
)
case(
    "subprocess of a file",
    "import subprocess, sys\ndef go():\n    subprocess.run([sys.executable, 'tool.py', 'x'])\ngo()",
    [(3, "stdout", "tool x\n")],
    files={"tool.py": "import sys\nprint('tool', sys.argv[1])\n"},
)
case(
    "captured subprocess",
    "import subprocess\nsubprocess.run(['echo', 'x'], capture_output=True, text=True).stdout",
    [(2, "value", "'x\\n'")],
)
case(
    "os.system",
    "import os\nos.system('echo sys')\nprint('after')",
    [(2, "stdout", "sys\n"), (2, "value", "0"), (3, "stdout", "after\n")],
)
case("popen", "import subprocess\np = subprocess.Popen(['echo', 'x'])\np.wait()")
case(
    "ctypes puts",
    "import ctypes\nlibc = ctypes.CDLL(None)\nn = libc.puts(b'from C')\nn = libc.fflush(None)\nprint('b')",
)
case("ctypes without flush", "import ctypes\nn = ctypes.CDLL(None).puts(b'from C')")
case(
    "a thread",
    "import threading\ndef f():\n    print('in', threading.current_thread().name)\nt = threading.Thread(target=f, name='T')\nt.start()\nt.join()",
    [(3, "stdout", "in T\n")],
)
case(
    "a thread of print",
    "import threading\nt = threading.Thread(target=print, args=('x',))\nt.start()\nt.join()",
    [(3, "stdout", "x\n")],
)
case(
    "an executor",
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    list(pool.map(lambda x: x * 2, range(3)))",
    [(3, "value", "[0, 2, 4]")],
)
case(
    "an error in a thread",
    "import threading\ndef f():\n    1/0\nt = threading.Thread(target=f)\nt.start()\nt.join()\nprint('on')",
)
case("a timer", "import threading\nthreading.Timer(0.01, print, ['tick']).start()")
case(
    "a thread that ends last",
    "import threading, time\ndef f():\n    time.sleep(.05)\n    print('late')\nthreading.Thread(target=f).start()\nprint('early')",
    [(6, "stdout", "early\n"), (4, "stdout", "late\n")],
)
case(
    "a daemon thread",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint('done')",
)
for method in ("fork", "spawn", "forkserver"):
    case(
        f"process {method}",
        f"""
        import multiprocessing as mp, os, sys
        def f(q):
            print('child', mp.current_process().name)
            n = os.write(1, b'raw\\n')
            print('err', file=sys.stderr)
            q.put(1)
        if __name__ == '__main__':
            c = mp.get_context('{method}')
            q = c.Queue()
            p = c.Process(target=f, args=(q,), name='W')
            p.start()
            q.get()
            p.join()
            p.exitcode
        """,
        [(3, "stdout", "child W\n"), (4, "stdout", "raw\n"), (5, "stderr", "err\n")]
        + [(12, "value", "1"), (14, "value", "0")],
    )
    case(
        f"print target {method}",
        f"import multiprocessing as mp\nif __name__ == '__main__':\n    p = mp.get_context('{method}').Process(target=print, args=('x',))\n    p.start()\n    p.join()",
        [(4, "stdout", "x\n")],
    )
    case(
        f"pool {method}",
        f"import multiprocessing as mp\ndef sq(x):\n    return x * x\nif __name__ == '__main__':\n    with mp.get_context('{method}').Pool(2) as p:\n        p.map(sq, range(4))",
        [(6, "value", "[0, 1, 4, 9]")],
    )
    case(
        f"error in {method}",
        f"import multiprocessing as mp\ndef f():\n    raise ValueError('x')\nif __name__ == '__main__':\n    p = mp.get_context('{method}').Process(target=f)\n    p.start()\n    p.join()\n    print(p.exitcode)",
    )
case(
    "os.fork",
    "import os\npid = os.fork()\nif pid == 0:\n    print('child')\n    os._exit(3)\n_, status = os.waitpid(pid, 0)\nos.waitstatus_to_exitcode(status)",
    None,
)
case(
    "fork to the end",
    "import os\npid = os.fork()\nif pid:\n    n = os.waitpid(pid, 0)\nprint('parent' if pid else 'child', flush=True)",
)
case(
    "fork and fail",
    "import os\npid = os.fork()\nif pid == 0:\n    1/0\nn = os.waitpid(pid, 0)[1]\nprint(n)",
)
case(
    "manager",
    "import multiprocessing as mp\nif __name__ == '__main__':\n    with mp.Manager() as m:\n        d = m.dict()\n        d['a'] = 1\n        dict(d)",
    [(6, "value", "{'a': 1}")],
)
case(
    "error",
    "print('a')\n1/0\nprint('b')",
    [(1, "stdout", "a\n"), (2, "error", "ZeroDivisionError: division by zero")],
)
case(
    "error in a function",
    "def f(x):\n    return 1 / x\nf(0)",
    [(2, "error", "ZeroDivisionError: division by zero")],
)
case(
    "own exception", "class E(Exception):\n    pass\nraise E('x', 1)", [(3, "error", "E: ('x', 1)")]
)
case("exception without text", "raise ValueError", [(1, "error", "ValueError")])
case(
    "notes",
    "e = ValueError('x')\ne.add_note('a note')\nraise e",
    [(3, "error", "ValueError: x\na note")],
)
case(
    "chained",
    "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('r') from e",
    [(4, "error", "RuntimeError: r")],
)
case(
    "module of an exception",
    "import json\njson.loads('{')",
    [
        (
            2,
            "error",
            "json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        )
    ],
)
case(
    "suggestion",
    "value = 1\nvalu",
    [(2, "error", "NameError: name 'valu' is not defined. Did you mean: 'value'?")],
)
case("syntax error", "print(1)\nx ===\n", [(2, "error", "SyntaxError: invalid syntax")])
case(
    "indentation error",
    "if 1:\nprint(1)",
    [(2, "error", "IndentationError: expected an indented block after 'if' statement on line 1")],
)
case(
    "compile-time error",
    "print(1)\nreturn 1",
    [(2, "error", "SyntaxError: 'return' outside function")],
)
case("assert", "assert 1 == 2, 'no'", [(1, "error", "AssertionError: no")])
case(
    "recursion",
    "def f():\n    f()\nf()",
    [(2, "error", "RecursionError: maximum recursion depth exceeded")],
)
case("exit", "print('a')\nexit()\nprint('b')", [(1, "stdout", "a\n")])
case("exit code", "import sys\nsys.exit(3)", [])
case("exit text", "import sys\nsys.exit('bye')", [(2, "stderr", "bye\n")])
case("exit big", "import sys\nsys.exit(257)", [])
case("exit true", "import sys\nsys.exit(True)", [])
case("exit zero", "raise SystemExit(0)", [])
case("os._exit", "import os\nprint('a', flush=True)\nos._exit(4)", [(2, "stdout", "a\n")])
case("abort", "import os\nos.abort()", [])
case("killed", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", [])
case("keyboard interrupt", "raise KeyboardInterrupt", [(1, "error", "KeyboardInterrupt")])
case(
    "atexit",
    "import atexit\natexit.register(print, 'bye')\n@atexit.register\ndef last():\n    print('last')\nprint('main')",
)
case("atexit after an error", "import atexit\natexit.register(print, 'bye')\n1/0")
case(
    "del at the end",
    "class A:\n    def __init__(self, n):\n        self.n = n\n    def __del__(self):\n        print('del', self.n)\na = A(1)\nb = A(2)\n_c = A(3)\nprint('main')",
)
case(
    "del in a cycle",
    "class A:\n    def __del__(self):\n        print('del')\na = A()\na.me = a\ndel a\nprint('end')",
)
case(
    "excepthook",
    "import sys\nsys.excepthook = lambda t, e, tb: print('hook', t.__name__, e, tb.tb_lineno)\n1/0",
)
case(
    "unraisable",
    "class A:\n    def __del__(self):\n        raise ValueError('x')\na = A()\ndel a\nprint('on')",
)
case(
    "input",
    "name = input('Name? ')\nprint('Hi', name)\ninput()",
    [(1, "stdout", "Name? "), (2, "stdout", "Hi Bo\n"), (3, "value", "'x'")],
    stdin="Bo\nx\n",
)
case("input at the end", "input()", [(1, "error", "EOFError: EOF when reading a line")])
case(
    "stdin lines",
    "import sys\nfor line in sys.stdin:\n    print(line.strip())\nprint(sys.stdin.read() == '')",
    None,
    stdin="a\nb\n",
)
case(
    "arguments",
    "import sys\nprint(sys.argv[1:], sys.argv[0], sys.orig_argv[1:])",
    None,
    args=("--a", "b c"),
)
case(
    "argparse help",
    "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int)\np.parse_args(['-h'])",
)
case(
    "argparse error",
    "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int)\np.parse_args(['--n', 'x'])",
)
case(
    "future",
    "from __future__ import annotations\ndef f(x: no) -> nope: pass\nf.__annotations__",
    [(3, "value", "{'x': 'no', 'return': 'nope'}")],
)
case(
    "docstring and future",
    "'''doc'''\nfrom __future__ import annotations\nx: undefined = 1\nprint(__doc__, x)",
)
case("annotations", "x: int = 1\ny: str\nprint(__annotations__)")
case(
    "decorators",
    "import functools\ndef deco(f):\n    print('deco', f.__name__)\n    return f\n@deco\ndef g():\n    return 1\ng()",
    [(3, "stdout", "deco g\n"), (8, "value", "1")],
)
case(
    "async",
    "import asyncio\nasync def f(n):\n    await asyncio.sleep(0.001 * n)\n    print(n)\n    return n\nasync def main():\n    return await asyncio.gather(f(2), f(1))\nasyncio.run(main())",
    [(4, "stdout", "1\n"), (4, "stdout", "2\n"), (8, "value", "[2, 1]")],
)
case(
    "generator",
    "def g():\n    print('start')\n    yield 1\nlist(g())",
    [(2, "stdout", "start\n"), (4, "value", "[1]")],
)
case(
    "comprehension",
    "[print(i) for i in range(2)]",
    [(1, "stdout", "0\n"), (1, "stdout", "1\n"), (1, "value", "[None, None]")],
)
case(
    "lambda and match",
    "f = lambda x: print('l', x)\nmatch 3:\n    case 3:\n        f(1)\n        'three'",
    [(1, "stdout", "l 1\n"), (5, "value", "'three'")],
)
case("while and else", "n = 0\nwhile n < 2:\n    n += 1\nelse:\n    n", [(5, "value", "2")])
case(
    "except blocks",
    "try:\n    1/0\nexcept ZeroDivisionError as e:\n    str(e)\nelse:\n    0",
    [(4, "value", "'division by zero'")],
)
case(
    "except star",
    "try:\n    raise ExceptionGroup('g', [ValueError('v')])\nexcept* ValueError as g:\n    len(g.exceptions)",
    [(4, "value", "1")],
)
case(
    "logging",
    "import logging\nlogging.warning('careful')\nlogging.basicConfig(level=10, format='%(levelname)s %(filename)s:%(lineno)d %(message)s')\nlogging.debug('d')",
)
case(
    "warnings",
    "import warnings\nwarnings.warn('old', DeprecationWarning)\ndef f():\n    warnings.warn('w', stacklevel=2)\nf()",
)
case("syntax warning", "x = 1\nx is 1")
case(
    "traceback module",
    "import traceback\ntry:\n    1/0\nexcept ZeroDivisionError:\n    traceback.print_exc()\n    print(traceback.format_exc())",
)
case("print_stack", "import traceback\ndef f():\n    traceback.print_stack()\nf()")
case(
    "stack depth",
    "import inspect\nprint(len(inspect.stack()), inspect.stack()[0].function)\nimport sys\nprint(len(list(sys._current_frames())))",
)
case(
    "file and name",
    "import os\nprint(os.path.basename(__file__), __name__, os.path.dirname(__file__) == os.getcwd(), __spec__, __package__, __cached__)",
)
case(
    "globals",
    "print(sorted(globals()))\nimport builtins\nprint(sorted(n for n in dir(builtins) if 'pyrecipes' in n), dir())",
)
case(
    "getsource",
    "import inspect\ndef f(a):\n    return a\nprint(inspect.getsource(f), inspect.getsourcefile(f).endswith('main.py'))",
)
case(
    "pickle",
    "import pickle\nclass A:\n    pass\ndef f(): return 5\nprint(pickle.loads(pickle.dumps(f))(), type(pickle.loads(pickle.dumps(A()))).__module__)",
)
case(
    "doctest",
    "def f(x):\n    '''\n    >>> f(1)\n    2\n    >>> f(2)\n    4\n    '''\n    return x + 1\nimport doctest\nprint(doctest.testmod().failed)",
)
case(
    "doctest verbose",
    "def f():\n    '''\n    >>> print('hi')\n    hi\n    '''\nimport doctest\ndoctest.testmod(verbose=True)",
)
case(
    "dataclass",
    "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 1\nP()",
    [(5, "value", "P(x=1)")],
)
case(
    "namedtuple",
    "from collections import namedtuple\nP = namedtuple('P', 'x y')\nP(1, 2)",
    [(3, "value", "P(x=1, y=2)")],
)
case("enum", "import enum\nclass C(enum.Enum):\n    A = 1\nC.A", [(4, "value", "<C.A: 1>")])
case(
    "import of own file",
    "import helper\nhelper.f()\nhelper.g",
    None,
    files={"helper.py": "print('load')\ndef f():\n    print('f')\ng = 1\n"},
)
case(
    "line of another file's print",
    "import helper\nhelper.f()",
    [(2, "stdout", "f\n")],
    files={"helper.py": "def f():\n    print('f')\n"},
)
case(
    "error in another file",
    "import helper\nhelper.f()",
    [(2, "error", "KeyError: 'x'")],
    files={"helper.py": "def f():\n    {}['x']\n"},
)
case(
    "package",
    "from pkg import f\nf()",
    [(2, "value", "'pkg.a'")],
    files={"pkg/__init__.py": "from .a import f\n", "pkg/a.py": "def f():\n    return __name__\n"},
)
case(
    "python -m",
    "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pkg']).returncode",
    [(2, "stdout", "main of pkg\n"), (2, "value", "0")],
    files={"pkg/__init__.py": "", "pkg/__main__.py": "print('main of', __package__)\n"},
)
case(
    "file of its own",
    "with open('x.txt', 'w') as f:\n    f.write('hi')\nopen('x.txt').read()",
    None,
)
case(
    "unclosed file",
    "f = open('x.txt', 'w')\nf.write('hi')\nimport os, atexit\natexit.register(lambda: print('bye'))",
)
case(
    "signal handler",
    "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *a: print('got', a[0]))\nos.kill(os.getpid(), signal.SIGUSR1)",
)
case(
    "alarm",
    "import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('alarm'))\nsignal.setitimer(signal.ITIMER_REAL, .02)\ntime.sleep(.05)",
)
case(
    "settrace",
    "import sys\ndef t(frame, event, arg):\n    return None\nsys.settrace(t)\ndef f():\n    return 1\nf()\nsys.settrace(None)",
)
case(
    "exec and eval",
    "exec('print(1)\\nprint(2)')\neval('3')",
    [(1, "stdout", "1\n"), (1, "stdout", "2\n"), (2, "value", "3")],
)
case("error in exec", "exec('1/0')", [(1, "error", "ZeroDivisionError: division by zero")])
case("semicolons", "1; print(2); 3", [(1, "value", "1"), (1, "stdout", "2\n"), (1, "value", "3")])
case("parenthesised", "(\n1 +\n2\n)", [(1, "value", "3")])
case("encoding cookie", "# -*- coding: utf-8 -*-\nprint('é')", [(2, "stdout", "é\n")])
case(
    "unicode", "print('日本 😀 ñ')\n'日本'", [(1, "stdout", "日本 😀 ñ\n"), (2, "value", "'日本'")]
)
case("surrogate", "print('\\udc80')")
case("empty", "", [])
case("only a comment", "# nothing\n", [])
case("tabs and form feeds", "if 1:\n\tprint(1)\n\x0c\nprint(2)")
case("carriage returns", "print(1)\r\nprint(2)\r\n", [(1, "stdout", "1\n"), (2, "stdout", "2\n")])
case("null byte", "print(1)\0")
case(
    "custom displayhook",
    "import sys\nsys.displayhook = lambda v: print('hook', v)\n1 + 1",
    [(3, "value", "2")],
)
case("interactive console", "import code\ncode.InteractiveConsole().push('1 + 1')", None)
case(
    "random and numpy",
    "import random\nrandom.seed(1)\nrandom.random()\nimport numpy as np\nnp.zeros((2, 2))",
    [(3, "value", "0.13436424411240122"), (5, "value", "array([[0., 0.],\n       [0., 0.]])")],
)
case("walrus", "(n := 3)\nn", [(1, "value", "3"), (2, "value", "3")])
case(
    "group",
    "raise ExceptionGroup('g', [ValueError('a'), ExceptionGroup('h', [KeyError(1)])])",
    [
        (
            1,
            "error",
            "ExceptionGroup: g (2 sub-exceptions)\n  ValueError: a\n  ExceptionGroup: h (1 sub-exception)\n    KeyError: 1",
        )
    ],
)
case("pprint", "import pprint\npprint.pprint({'a': list(range(30))})")
case("sleeping", "import time\nt = time.sleep(.01)\nt")
case(
    "fork pool prints",
    "import multiprocessing as mp\ndef f(x):\n    print('x', x)\nif __name__ == '__main__':\n    with mp.get_context('fork').Pool(1) as p:\n        p.map(f, range(3))",
)

SAME_EVENTS = [name for name, entry in CASES.items() if entry[1] is not None]
ERROR_STATUS = {"abort": "killed", "killed": "killed"}
# What Python holds back in a buffer is seen at once here, as `python -u` and a terminal do it.
BUFFERED = {"buffer kinds", "detach", "reconfigure"}


@pytest.fixture(scope="module", params=["process", "strongest"])
def level(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with open_sandbox("process" if request.param == "process" else None) as opened:
        yield opened


def snippet_of(name: str) -> Snippet:
    code, _, more = CASES[name]
    return Snippet(code=code, **more)


def plainly(snippet: Snippet, folder: Path, unbuffered: str) -> subprocess.CompletedProcess[bytes]:
    for path, content in {**snippet.files, "main.py": snippet.code}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8", "surrogatepass"))
    return subprocess.run(
        [sys.executable, "main.py", *snippet.args],
        input=snippet.stdin.encode(),
        cwd=folder,
        capture_output=True,
        env={"PATH": os.defpath, "LANG": "en_US.UTF-8", "PYTHONIOENCODING": "utf-8:strict"}
        | {"PYTHONUNBUFFERED": unbuffered},
        check=False,
        timeout=30,
    )


def text(data: bytes, folder: Path) -> str:
    return same(data.decode("utf-8", "backslashreplace"), f"{folder}/")


def same(text: str, folder: str) -> str:
    """Text without what differs from run to run: folders and addresses."""
    text = re.sub(f"{re.escape(folder)}|/tmp/pyrecipes-[^/]*/work/|/scratch/", "", text)
    text = re.sub(r'File "[^"]*/lib/python3', 'File "LIB', text)
    return re.sub(r"0x[0-9a-f]+", "0x", text)


@pytest.mark.parametrize("name", CASES)
def test_bytes_and_exit_code_are_those_of_python(level: Sandbox, name: str, tmp_path: Path) -> None:
    snippet = snippet_of(name)
    folder = tmp_path.resolve()
    plain = plainly(snippet, folder, "" if name in BUFFERED else "1")
    found = level.run(snippet)
    assert found.exit_code == plain.returncode
    assert same(found.stdout, "/scratch/") == text(plain.stdout, folder)
    stderr = same("".join(e.text for e in found.events if e.kind == "stderr"), "/scratch/")
    wanted = text(plain.stderr, folder)
    if found.error is None:
        assert stderr == wanted
    elif (
        name != "excepthook"
    ):  # the event stands for the traceback, with which Python's own text goes on
        assert wanted.startswith(stderr)
        rest = wanted[len(stderr) :]
        assert rest.lstrip(" +").startswith(("Traceback", "Exception Group", "  File")) or (
            found.error.text.split(":")[0] in rest
        )
        first = found.error.text.split("\n")[0]
        assert any(line.lstrip("| ").endswith(first) for line in rest.splitlines())
    if plain.returncode == 0:
        assert found.status == "ok"
    else:
        assert found.status == ERROR_STATUS.get(name, "error")


@pytest.mark.parametrize("name", SAME_EVENTS)
def test_each_output_is_on_its_line(level: Sandbox, name: str) -> None:
    found = level.run(snippet_of(name))
    assert by_stream(found) == by_stream_wanted(CASES[name][1] or [])


def by_stream(found: Transcript) -> list[tuple[int | None, str, str]]:
    return [(event.line, event.kind, event.text) for event in found.events]


def by_stream_wanted(
    events: list[tuple[int | None, str, str]],
) -> list[tuple[int | None, str, str]]:
    return list(events)
