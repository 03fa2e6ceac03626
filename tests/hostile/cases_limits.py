"""Limits, output, and programs that end in strange ways."""

# ruff: noqa: E501

from __future__ import annotations

from .case import ONLY_NAMESPACES, Case


def limit(name: str, status: str, code: str, **limits: float) -> Case:
    return Case(name, "limits", code, status=status, limits=limits)


LIMITS = [
    limit("endless loop", "timeout", "while True: pass", wall_s=0.5),
    limit("sleep", "timeout", "import time\ntime.sleep(60)", wall_s=0.5),
    limit("endless loop in C", "timeout", "sum(iter(int, 1))", wall_s=0.5),
    limit(
        "backtracking",
        "timeout",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        wall_s=0.5,
    ),
    limit(
        "ignores all signals",
        "timeout",
        "import signal, time\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: time.sleep(1)",
        wall_s=0.5,
    ),
    limit(
        "catches all exceptions",
        "timeout",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        wall_s=0.5,
    ),
    limit(
        "a handler at the end that never ends",
        "timeout",
        "import atexit, time\natexit.register(time.sleep, 60)",
        wall_s=0.5,
    ),
    limit("waits for input", "timeout", "import os\nr, w = os.pipe()\nos.read(r, 1)", wall_s=0.5),
    limit(
        "stops itself",
        "timeout",
        "import signal, os\nos.kill(os.getpid(), signal.SIGSTOP)",
        wall_s=0.5,
    ),
    limit(
        "time on several processors",
        "timeout",
        "import os, time\nfor _ in range(3): os.fork()\nwhile True: pass",
        wall_s=20,
        cpu_s=1,
    ),
    limit(
        "memory at once",
        "memory",
        "x = bytearray(10**11)",
    ),
    limit(
        "memory bit by bit",
        "memory",
        "x = []\nwhile True: x.append(bytearray(10**6))",
        memory_mb=100,
    ),
    limit(
        "memory in several processes",
        "memory",
        "import os, time\nfor _ in range(2): os.fork()\nx = bytearray(4 * 10**7)\n"
        "x[::4096] = b'x' * len(x[::4096])\ntime.sleep(10)",
        memory_mb=100,
    ),
    limit(
        "memory while catching MemoryError",
        "memory",
        "x = []\nn = 10**8\nwhile True:\n    try: x.append(bytearray(n))\n"
        "    except MemoryError: n = max(n // 2, 1000)",
        memory_mb=100,
    ),
    limit(
        "memory shared between processes",
        "memory",
        "import mmap, time\nm = mmap.mmap(-1, 3 * 10**8)\nfor i in range(0, len(m), 4096): m[i] = 1\n"
        "time.sleep(10)",
        memory_mb=100,
    ),
    limit("a large number", "timeout", "x = 10 ** 10**9", wall_s=0.7),
    limit(
        "process bomb",
        "processes",
        "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)",
        processes=20,
    ),
    limit(
        "processes that wait",
        "processes",
        "import os, time\nfor _ in range(40):\n    try:\n        if os.fork() == 0: time.sleep(20)\n"
        "    except OSError: pass\ntime.sleep(20)",
        processes=20,
    ),
    limit(
        "thread bomb",
        "processes",
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()",
        processes=20,
    ),
    limit(
        "one large file",
        "disk",
        "import time\nwith open('f', 'wb', 0) as f:\n    try:\n"
        "        while True: f.write(bytes(1 << 20))\n    except OSError: time.sleep(20)",
        disk_mb=8,
    ),
    limit(
        "a large file, and an error",
        "disk",
        "with open('f', 'wb', 0) as f:\n    while True: f.write(bytes(1 << 20))",
        disk_mb=8,
    ),
    limit(
        "many files",
        "disk",
        "import time\nn = 0\nwhile True:\n    try: open(str(n), 'w').close()\n"
        "    except OSError: time.sleep(20)\n    n += 1",
        disk_mb=2,
    ),
    Case(
        "shared memory files",
        "limits",
        "import time\ntry:\n    with open('/dev/shm/f', 'wb', 0) as f:\n"
        "        while True: f.write(bytes(1 << 20))\nexcept OSError: time.sleep(20)",
        status="disk",
        levels=ONLY_NAMESPACES,
        limits={"disk_mb": 8},
    ),
    Case(
        "the same bound for all places",
        "limits",
        "import time\nfor p in ('/tmp', '/home', '.', '/dev/shm'):\n    try:\n"
        "        with open(p + '/f', 'wb', 0) as f:\n"
        "            for _ in range(3): f.write(bytes(1 << 20))\n    except OSError: time.sleep(20)",
        status="disk",
        levels=ONLY_NAMESPACES,
        limits={"disk_mb": 8},
    ),
    limit("flood of output", "output", "while True: print('x' * 1000)", output_bytes=100_000),
    limit(
        "flood of errors",
        "output",
        "import sys\nwhile True: sys.stderr.write('x' * 1000)",
        output_bytes=100_000,
    ),
    limit(
        "flood past sys.stdout",
        "output",
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        output_bytes=100_000,
    ),
    limit("one endless line", "output", "print('x' * 10**8)", output_bytes=100_000),
    limit("endless values", "output", "for _ in iter(int, 1):\n    print(_)", output_bytes=5_000),
    limit(
        "flood by children",
        "output",
        "import os\nos.fork()\nos.fork()\nwhile True: print('x' * 1000)",
        output_bytes=100_000,
    ),
]

ENDS = [
    Case("segmentation fault", "ends", "import ctypes\nctypes.string_at(0)", status="killed"),
    Case("abort", "ends", "import os\nos.abort()", status="killed"),
    Case("kills itself", "ends", "import os\nos.kill(os.getpid(), 9)", status="killed"),
    Case("endless recursion", "ends", "def f(): f()\nf()", status="error"),
    Case("leaves at once", "ends", "import os\nprint('HELD', flush=True)\nos._exit(0)"),
    Case("leaves with a status", "ends", "import os\nos._exit(7)", status="error"),
    Case("closes all", "ends", "import os\nprint('HELD', flush=True)\nos.closerange(0, 1024)"),
    Case(
        "becomes another program",
        "ends",
        "import os\nos.execv('/bin/echo', ['echo', 'HELD'])",
    ),
    Case(
        "an error that can not be shown",
        "ends",
        "class E(Exception):\n    def __str__(self): raise self\n    __repr__ = __str__\nraise E",
        status="error",
    ),
    Case(
        "names of objects that lie",
        "ends",
        "class M(type):\n    __name__ = property(lambda s: 1 / 0)\nclass E(Exception): pass\n"
        "E.__module__ = 5\nE.__qualname__ = 'x' * 10**6\nraise E('x' * 10**7)",
        status="error",
    ),
    Case(
        "nonsense into all that is open",
        "ends",
        "import os\nprint('HELD', flush=True)\nfor fd in range(3, 1024):\n"
        "    try: os.write(fd, b'{\"data\": 1}\\xff\\x00' * 99)\n    except OSError: pass",
        status="*",
    ),
    Case(
        "frames that are none",
        "ends",
        "import os\nos.write(1, bytes(range(256)) * 20 + b'\\n')\nprint('HELD')",
    ),
    Case(
        "bytes that are no text", "ends", "import os\nos.write(1, b'\\xff\\xfe\\n')\nprint('HELD')"
    ),
    Case("lone surrogates", "ends", "print(ascii('\\ud800'))\nprint('HELD')"),
    Case(
        "a lone surrogate in an error",
        "ends",
        "raise ValueError('\\ud800\\x1b[2J')",
        status="error",
    ),
    Case("code that is no text", "ends", "x = '\\x00'\nprint('HELD')"),
    Case("a syntax error", "ends", "def (", status="error"),
    Case("deep nesting", "ends", "x = " + "(" * 500 + ")" * 500, status="error"),
    Case(
        "replaces sys",
        "ends",
        "import sys\nprint('HELD', flush=True)\nsys.modules.clear()\nsys.stdout = sys.stderr = None",
        status="*",
    ),
]
