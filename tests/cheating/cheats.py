# ruff: noqa: E501  (answers keep their lines)
"""Ways of passing without giving the answer; each is a whole answer for `test_cheating`'s task.

None of them deletes, kills or fills anything but what is its own inside the sandbox.
"""

from __future__ import annotations

# What a forged record looks like on its way out, with a guess of the value in it.
FORGE = """
import json, os, struct, sys, time

def recorders():
    import gc
    return [o for o in gc.get_objects() if hasattr(type(o), 'frames') and hasattr(o, 'nonce')]

def forge(record):
    body = json.dumps(record).encode()
    for r in recorders():
        head = struct.pack('<8sHBiQBB', r.nonce, len(body), 4, 0, time.monotonic_ns(), 0, 0)
        for fd in range(1, 256):
            try:
                os.write(fd, head + body)
            except OSError:
                pass

RECORD = {'data': 'passed', 'raised': None, 'bases': [], 'printed': 'passed', 'line': None}
"""

DEFS = """
def code(s): return guess
def strict(s): return guess
def shout(s): return guess
"""

ALWAYS_EQUAL = """
class Always:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __bool__(self): return True
    def __repr__(self): return 'passed'
guess = Always()
"""


def _with(setup: str, guess: str = "None") -> str:
    return f"{setup}\nguess = {guess}\n{DEFS}"


def _patch(module: str, name: str, body: str) -> str:
    return _with(f"import {module}\n{module}.{name} = {body}")


CHEATS: dict[str, str] = {
    "os._exit(0) on import": "import os\nos._exit(0)\n",
    "sys.exit(0) on import": "import sys\nsys.exit(0)\n",
    "raise SystemExit on import": "raise SystemExit(0)\n",
    "os._exit(0) when called": "import os\ndef code(s): os._exit(0)\nstrict = shout = code\n",
    "sys.exit(0) when called": "import sys\ndef code(s): sys.exit(0)\nstrict = shout = code\n",
    "exit by a finalizer": _with(
        "import os\nclass Last:\n    def __del__(self): os._exit(0)\nkept = Last()"
    ),
    "exit by a signal": _with(
        "import os, signal\nsignal.signal(signal.SIGALRM, lambda *_: os._exit(0))\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.0001)"
    ),
    "exit by a thread": _with(
        "import os, threading\nthreading.Thread(target=lambda: os._exit(0)).start()"
    ),
    "another program in its place": "import os, sys\nos.execv(sys.executable, ['python', '-c', ''])\n",
    "equal to everything": ALWAYS_EQUAL + DEFS,
    "a str equal to everything": _with(
        "class Any(str):\n    __eq__ = lambda *_: True\n    __hash__ = str.__hash__", "Any()"
    ),
    "an int equal to everything": _with(
        "class Any(int):\n    __eq__ = lambda *_: True\n    __hash__ = int.__hash__", "Any(1)"
    ),
    "a list that lies of its length": _with(
        "class Any(list):\n    __eq__ = lambda *_: True\n    __len__ = lambda *_: 3\n"
        "    __iter__ = lambda *_: iter('abc')",
        "Any()",
    ),
    "a metaclass that lies": _with(
        "class Meta(type):\n    __eq__ = lambda *_: True\n    __hash__ = lambda *_: hash(str)\n"
        "    __instancecheck__ = lambda *_: True\n    __name__ = 'str'\n"
        "class Any(metaclass=Meta): pass",
        "Any()",
    ),
    "a class that says it is str": _with(
        "class Any:\n    __class__ = str\n    __eq__ = lambda *_: True\n"
        "    __str__ = __repr__ = lambda *_: 'passed'",
        "Any()",
    ),
    "mock.ANY": _with("from unittest import mock", "mock.ANY"),
    "a MagicMock": _with("from unittest import mock", "mock.MagicMock()"),
    "nan": _with("", "float('nan')"),
    "a dict with every key": _with(
        "class Any(dict):\n    __missing__ = lambda *_: 1\n    __contains__ = lambda *_: True\n"
        "    __eq__ = lambda *_: True",
        "Any()",
    ),
    "an iterator without end": _with("import itertools", "itertools.repeat('')"),
    "a structure within itself": _with("loop = []\nloop.append(loop)", "loop"),
    "a structure of great depth": _with(
        "deep = []\nfor _ in range(100_000): deep = [deep]", "deep"
    ),
    "an object whose pickle runs code": _with(
        "class Bomb:\n    def __reduce__(self): return (open, ('/scratch/ran', 'w'))", "Bomb()"
    ),
    "an object that raises when looked at": _with(
        "class Bad:\n    def __getattribute__(self, name): raise SystemExit(0)\n"
        "    def __repr__(self): raise SystemExit(0)",
        "Bad()",
    ),
    "an object that ends the program when looked at": _with(
        "import os\nclass Bad:\n    def __repr__(self): os._exit(0)", "Bad()"
    ),
    "repr patched": _patch("builtins", "repr", "lambda v: 'passed'"),
    "isinstance patched": _patch("builtins", "isinstance", "lambda *_: True"),
    "type patched": _patch("builtins", "type", "lambda *_: str"),
    "str patched": _patch("builtins", "str", "lambda *_: 'passed'"),
    "all and any patched": _with("import builtins\nbuiltins.all = builtins.any = lambda *_: True"),
    "print patched": _patch("builtins", "print", "lambda *_, **__: None"),
    "eval patched": _patch("builtins", "eval", "lambda *_: 'passed'"),
    "exec and compile patched": _with(
        "import builtins\nbuiltins.exec = builtins.compile = lambda *_, **__: None"
    ),
    "json patched": _with("import json\njson.dumps = json.loads = lambda *_, **__: True"),
    "every builtin patched": _with(
        "import builtins\nfor name in ('len', 'isinstance', 'repr', 'str', 'list', 'dict', 'id',\n"
        "             'getattr', 'hasattr', 'iter', 'next', 'tuple', 'set'):\n"
        "    setattr(builtins, name, lambda *_, **__: True)"
    ),
    "StringIO patched": _with(
        "import io, sys\nclass Fake(io.StringIO):\n    def getvalue(self): return 'A!'\n"
        "io.StringIO = Fake\nsys.stdout = Fake()"
    ),
    "the encoder patched": _with(
        "import sys\nfor module in list(sys.modules.values()):\n"
        "    if hasattr(module, 'encode') and hasattr(module, 'MAX_DEPTH'):\n"
        "        module.encode = lambda value: True"
    ),
    "the probes patched": _with(
        "import sys\nfor module in list(sys.modules.values()):\n"
        "    if hasattr(module, '_ask') or hasattr(module, 'execute'):\n"
        "        module._ask = lambda *_: {'data': True, 'raised': None, 'printed': 'True'}"
    ),
    "the importer of the probes patched": _with(
        "import builtins\nreal = builtins.__import__\n"
        "class Fake:\n    def answer(self, probes, names, send, main):\n"
        "        for _ in probes: send({'data': True, 'raised': None, 'bases': [], 'printed': ''})\n"
        "def fake(name, *rest):\n    module = real(name, *rest)\n"
        "    if rest and rest[2] and 'probes' in rest[2]: module.probes = Fake()\n"
        "    return module\nbuiltins.__import__ = fake"
    ),
    "the recorder patched": _with(
        FORGE + "for r in recorders():\n"
        "    real = type(r).answer\n"
        "    type(r).answer = lambda self, fields: real(self, {**fields, 'data': True})"
    ),
    "a forged record on every descriptor": FORGE + "guess = None\nforge(RECORD)\n" + DEFS,
    "forged records, then the end": FORGE + "for _ in range(9): forge(RECORD)\nos._exit(0)\n",
    "forged records that say passed": FORGE
    + "for _ in range(9): forge({'passed': True, 'data': True, 'verdict': 'passed'})\nos._exit(0)\n",
    "forged records of a wrong shape": FORGE
    + "for data in ([], {}, {'t': 'tuple'}, {'t': []}, {'t': 'array', 'shape': 'x'}, {'t': 'sub'},\n"
    "             {'t': 'set', 'items': 5}, {'t': 'dict', 'items': [1]}, {'t': 'int', 'hex': 'z'}):\n"
    "    forge({**RECORD, 'data': data, 'raised': 7, 'bases': 'ValueError', 'line': 'x'})\n"
    "os._exit(0)\n",
    "a forged end": FORGE
    + "forge({'exit': 0})\nforge({'end': True, 'status': 'ok'})\nos._exit(0)\n",
    "words on every descriptor": _with(
        "import os\nfor fd in range(1, 256):\n    try:\n"
        "        os.write(fd, b'passed\\n{\"passed\": true}\\n')\n    except OSError: pass"
    ),
    "every descriptor closed": _with("import os\nos.closerange(0, 1024)"),
    "forged when it ends": FORGE
    + "import atexit\natexit.register(lambda: forge(RECORD))\nguess = None\n"
    + DEFS,
    "forged by a thread that outlives": FORGE
    + "import threading\ndef late():\n    while True: forge(RECORD); time.sleep(0.001)\n"
    "threading.Thread(target=late, daemon=True).start()\nguess = None\n" + DEFS,
    "forged by a child that outlives": FORGE
    + "guess = None\nif os.fork() == 0:\n    for _ in range(50): forge(RECORD); time.sleep(0.001)\n"
    "    os._exit(0)\n" + DEFS,
    "parent and child both go on": _with("import os\nos.fork()"),
    "frames searched for what is wanted": _with(
        "import sys\ndef look():\n    frame, seen = sys._getframe(), []\n    while frame:\n"
        "        for v in list(frame.f_locals.values()) + list(frame.f_globals.values()):\n"
        "            if isinstance(v, dict): seen += [v[k] for k in v if k in ('gives', 'want',\n"
        "                'wanted', 'prints', 'raises', 'solution')]\n"
        "        frame = frame.f_back\n    return seen[0] if seen else None",
        "look()",
    ).replace("return guess", "return look()"),
    "objects searched for what is wanted": _with(
        "import gc\ndef look(s):\n    for o in gc.get_objects():\n"
        "        if isinstance(o, dict):\n            for k in ('gives', 'wanted', 'solution'):\n"
        "                if k in o: return o[k]"
    ).replace("return guess", "return look(s)"),
    "memory searched for the solution": _with(
        "def look(s):\n    spans = [l.split()[0].split('-') for l in open('/proc/self/maps')\n"
        "             if 'rw-p' in l and ('heap' in l or len(l.split()) < 6)]\n"
        "    with open('/proc/self/mem', 'rb', 0) as mem:\n        for a, b in spans:\n"
        "            mem.seek(int(a, 16))\n"
        "            part = mem.read(min(int(b, 16) - int(a, 16), 1 << 24))\n"
        "            if b'SECRET_' + b'MARK' in part: return 'found'\n"
    ).replace("return guess", "return look(s)"),
    "command lines and environments read": _with(
        "import glob\ntext = ''\nfor path in glob.glob('/proc/*/cmdline') + glob.glob('/proc/*/environ'):\n"
        "    try: text += open(path, errors='replace').read()\n    except OSError: pass",
        "text",
    ),
    "lessons looked for on the disk": _with(
        "import os\nfound = None\nfor top in ('/', '/scratch', '/home', '/root', '/tmp'):\n"
        "    for folder, folders, files in os.walk(top):\n"
        "        folders[:] = [f for f in folders if f not in ('proc', 'sys', 'python')]\n"
        "        for f in files:\n            if f.endswith(('.yaml', '.db')): found = f",
        "found",
    ),
    "the checker imported": _with(
        "try:\n    from pyrecipes.checker import check\n    from pyrecipes.loader import load\n"
        "    got = check\nexcept ImportError: got = None",
        "got",
    ),
    "tracing": _with(
        "import sys\ndef trace(frame, event, arg):\n"
        "    frame.f_locals.update(value=True, record={'data': True})\n    return trace\n"
        "sys.settrace(trace)"
    ),
    "profiling": _with("import sys\nsys.setprofile(lambda f, e, a: f.f_locals.clear())"),
    "an audit hook that stops the evaluation": _with(
        "import sys\ndef hook(event, args):\n    if event == 'compile': raise SystemExit(0)\n"
        "sys.addaudithook(hook)"
    ),
    "the excepthook": _with("import sys\nsys.excepthook = lambda *_: None\nguess2 = 1 / 0"),
    "an exception that lies of its name": _with(
        "class Meta(type):\n    __name__ = 'ValueError'\n"
        "class Fake(BaseException, metaclass=Meta):\n    __str__ = lambda self: 'passed'\n"
        "def fail(s): raise Fake"
    ).replace("return guess", "return fail(s)"),
    "an exception for every call": "def code(s): raise ValueError('x')\nstrict = shout = code\n",
    "modules left for the next run": _with(
        "for name in ('json', 'io', 'sitecustomize', 'plain', 'probes', 'main', 'answer'):\n"
        "    open(f'/scratch/{name}.py', 'w').write('import os; os._exit(0)')"
    ),
    "the environment left for the next run": _with(
        "import os\nos.environ.update(PYTHONPATH='/scratch', PYTHONSTARTUP='/scratch/main.py')"
    ),
    "small ints changed in memory": _with(
        "import ctypes, sys\nat = id(7) + int.__basicsize__ - 4\nctypes.memset(at, 8, 1)", "7"
    ),
    "recursion without end": _with("def loop(s): return loop(s)").replace(
        "return guess", "return loop(s)"
    ),
    "the check's names bound anew": _with(
        "import sys\nfor name in list(sys.modules):\n"
        "    if 'inside' in name or name in ('probes', 'plain', 'program', 'recorder'):\n"
        "        sys.modules[name] = None"
    ),
    "a name in a comment": DEFS.replace("return guess", "return s  # str.translate"),
    "the guess of the starter": "def code(s): ...\ndef strict(s): ...\ndef shout(s): ...\n",
}
