"""What must go on working at each level: what lessons do."""

# ruff: noqa: E501

from __future__ import annotations

from .case import BOTH, ONLY_NAMESPACES, Case


def works(name: str, code: str, levels: tuple[str, ...] = BOTH, stdin: str = "") -> Case:
    return Case(name, "benign", code + "\nprint('HELD')", levels=levels, stdin=stdin)


_PROCESS = """\
import multiprocessing as mp
def f(q, x):
    q.put(x * 2)
if __name__ == "__main__":
    c = mp.get_context("{0}")
    q = c.Queue()
    p = c.Process(target=f, args=(q, 21))
    p.start()
    assert q.get(timeout=4) == 42
    p.join()
    assert p.exitcode == 0
    print("HELD")
"""
_MAIN = "if __name__ == '__main__':\n    main()\n    print('HELD')"


def main(name: str, code: str, levels: tuple[str, ...] = BOTH) -> Case:
    """`code` defines `main`; spawned children import it too."""
    return Case(name, "benign", code + "\n" + _MAIN, levels=levels)


BENIGN = [
    Case("processes by fork", "benign", _PROCESS.format("fork")),
    Case("processes by spawn", "benign", _PROCESS.format("spawn")),
    Case(
        "processes by fork server", "benign", _PROCESS.format("forkserver"), levels=ONLY_NAMESPACES
    ),
    main(
        "a pool",
        "from multiprocessing import Pool\ndef f(x): return x * x\ndef main():\n"
        "    with Pool(3) as p: assert p.map(f, range(20))[-1] == 361",
    ),
    main(
        "a pool of futures",
        "from concurrent.futures import ProcessPoolExecutor\ndef f(x): return x + 1\ndef main():\n"
        "    with ProcessPoolExecutor(2) as p: assert list(p.map(f, [1, 2])) == [2, 3]",
    ),
    main(
        "a manager over a path",
        "from multiprocessing import Manager\ndef main():\n    with Manager() as m:\n"
        "        d = m.dict(a=1)\n        assert d['a'] == 1",
        ONLY_NAMESPACES,
    ),
    main(
        "a manager over TCP",
        "from multiprocessing.managers import BaseManager\nclass M(BaseManager): pass\n"
        "M.register('f', lambda: [1])\ndef main():\n"
        "    m = M(('127.0.0.1', 0), b'key')\n    m.start()\n    assert m.f().copy() == [1]\n"
        "    m.shutdown()",
        ONLY_NAMESPACES,
    ),
    works(
        "a lock and a semaphore", "import multiprocessing as m\nwith m.Lock(), m.Semaphore(2): pass"
    ),
    works(
        "shared memory",
        "from multiprocessing.shared_memory import SharedMemory\ns = SharedMemory(create=True, size=99)\n"
        "s.buf[0] = 7\nt = SharedMemory(s.name)\nassert t.buf[0] == 7\nt.close()\ns.close()\ns.unlink()",
    ),
    works(
        "a shared value",
        "import multiprocessing as m\nv = m.Value('i', 1)\np = m.get_context('fork').Process("
        "target=lambda: setattr(v, 'value', 5))\np.start()\np.join()\nassert v.value == 5",
    ),
    works(
        "thousands of tasks",
        "import asyncio\nasync def f(x):\n    await asyncio.sleep(0.01)\n    return x\nasync def g():\n"
        "    return sum(await asyncio.gather(*map(f, range(5000))))\n"
        "assert asyncio.run(g()) == 12497500",
    ),
    works(
        "asyncio's server",
        "import asyncio\nasync def serve(r, w):\n    w.write(await r.readline())\n    w.close()\n"
        "async def g():\n    s = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
        "    r, w = await asyncio.open_connection(*s.sockets[0].getsockname())\n"
        "    w.write(b'hi\\n')\n    assert await r.readline() == b'hi\\n'\n    w.close()\n"
        "    s.close()\nasyncio.run(g())",
        ONLY_NAMESPACES,
    ),
    works(
        "asyncio's programs",
        "import asyncio, sys\nasync def g():\n    p = await asyncio.create_subprocess_exec("
        "sys.executable, '-c', 'print(4)', stdout=-1)\n"
        "    assert (await p.communicate())[0] == b'4\\n'\nasyncio.run(g())",
    ),
    works(
        "a web server",
        "import http.server, threading, urllib.request\n"
        "class H(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n"
        "        self.send_response(200)\n        self.end_headers()\n        self.wfile.write(b'ok')\n"
        "    def log_message(self, *a): pass\n"
        "s = http.server.ThreadingHTTPServer(('localhost', 0), H)\n"
        "threading.Thread(target=s.serve_forever, daemon=True).start()\n"
        "assert urllib.request.urlopen(f'http://localhost:{s.server_port}/').read() == b'ok'\n"
        "s.shutdown()",
        ONLY_NAMESPACES,
    ),
    works(
        "sockets with a path",
        "import socket\na = socket.socket(socket.AF_UNIX)\na.bind('s')\na.listen()\n"
        "b = socket.socket(socket.AF_UNIX)\nb.connect('s')\nb.send(b'x')\n"
        "assert a.accept()[0].recv(1) == b'x'",
        ONLY_NAMESPACES,
    ),
    works(
        "a pair of sockets",
        "import socket\na, b = socket.socketpair()\na.send(b'x')\nassert b.recv(1) == b'x'",
    ),
    works(
        "datagrams",
        "import socket\na = socket.socket(type=socket.SOCK_DGRAM)\na.bind(('127.0.0.1', 0))\n"
        "b = socket.socket(type=socket.SOCK_DGRAM)\nb.sendto(b'x', a.getsockname())\n"
        "assert a.recv(9) == b'x'",
        ONLY_NAMESPACES,
    ),
    works(
        "names of hosts",
        "import socket\nassert socket.gethostbyname('localhost') == '127.0.0.1'",
        ONLY_NAMESPACES,
    ),
    works(
        "a program",
        "import subprocess, sys\nr = subprocess.run([sys.executable, '-c', "
        "'print(6 * 7)'], capture_output=True, text=True)\nassert r.stdout == '42\\n', r",
    ),
    works(
        "a shell",
        "import subprocess\nassert subprocess.run('echo a b | wc -w', shell=True, "
        "capture_output=True, text=True).stdout.strip() == '2'",
    ),
    works(
        "ending a program",
        "import subprocess\np = subprocess.Popen(['sleep', '9'])\n"
        "p.terminate()\nassert p.wait() == -15",
    ),
    works(
        "a program that takes too long",
        "import subprocess\ntry:\n"
        "    subprocess.run(['sleep', '9'], timeout=0.1)\nexcept subprocess.TimeoutExpired: pass",
    ),
    works(
        "os.system and os.popen",
        "import os\nassert os.system('exit 3') == 768\nassert os.popen('echo x').read() == 'x\\n'",
    ),
    works(
        "a script with arguments",
        "import subprocess, sys\nopen('s.py', 'w').write("
        '\'import argparse; p = argparse.ArgumentParser(); p.add_argument("--x"); '
        "print(p.parse_args().x)')\nr = subprocess.run([sys.executable, 's.py', '--x', '5'], "
        "capture_output=True, text=True)\nassert r.stdout == '5\\n', r",
    ),
    works(
        "a package on disk",
        "import os\nos.makedirs('p/q')\nopen('p/__init__.py', 'w').close()\n"
        "open('p/q/__init__.py', 'w').write('x = 1')\nfrom p.q import x\nassert x == 1",
    ),
    works(
        "python -m",
        "import os, subprocess, sys\nos.mkdir('p')\n"
        "open('p/__main__.py', 'w').write('print(__package__)')\n"
        "r = subprocess.run([sys.executable, '-m', 'p'], capture_output=True, text=True)\n"
        "assert r.stdout == 'p\\n', r",
    ),
    works(
        "temporary files",
        "import tempfile, os\nwith tempfile.TemporaryDirectory() as d, "
        "tempfile.NamedTemporaryFile() as f, tempfile.TemporaryFile() as g:\n"
        "    f.write(b'x')\n    g.write(b'x')\n    open(os.path.join(d, 'y'), 'w').close()",
    ),
    works(
        "paths",
        "from pathlib import Path\nimport shutil\np = Path('a/b')\np.mkdir(parents=True)\n"
        "(p / 'f').write_text('x')\nshutil.copyfile(p / 'f', 'g')\nassert list(Path().glob('**/f'))\n"
        "Path('g').rename('h')\nshutil.rmtree('a')\nassert Path.home().exists()",
    ),
    works(
        "modes and times of files",
        "import os, shutil\nopen('f', 'w').close()\nos.chmod('f', 0o600)\n"
        "os.utime('f', (5, 5))\nshutil.copy2('f', 'g')\nassert os.stat('g').st_mtime == 5",
        ONLY_NAMESPACES,
    ),
    works(
        "links and pipes with a name",
        "import os\nos.symlink('main.py', 'l')\nos.mkfifo('p')\n"
        "assert os.readlink('l') == 'main.py'",
    ),
    works(
        "locks on files",
        "import fcntl\nwith open('f', 'w') as f:\n    fcntl.flock(f, fcntl.LOCK_EX)\n"
        "    fcntl.lockf(f, fcntl.LOCK_UN)",
    ),
    works(
        "memory maps",
        "import mmap\nopen('f', 'wb').write(bytes(4096))\nwith open('f', 'r+b') as f, "
        "mmap.mmap(f.fileno(), 0) as m:\n    m[0] = 1\nmmap.mmap(-1, 10**6).close()",
    ),
    works(
        "sqlite",
        "import sqlite3\nc = sqlite3.connect('d.db')\nc.execute('pragma journal_mode=wal')\n"
        "c.execute('create table t(x)')\nc.execute('insert into t values (1)')\nc.commit()\n"
        "assert c.execute('select x from t').fetchall() == [(1,)]\nc.close()",
    ),
    works(
        "zones",
        "from zoneinfo import ZoneInfo\nfrom datetime import datetime\n"
        "assert datetime(2024, 7, 1, tzinfo=ZoneInfo('Europe/Rome')).utcoffset().seconds == 7200",
    ),
    works(
        "threads",
        "import threading\nx = []\nts = [threading.Thread(target=x.append, args=(i,)) "
        "for i in range(50)]\n[t.start() for t in ts]\n[t.join() for t in ts]\nassert len(x) == 50",
    ),
    works(
        "a pool of threads",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as p: assert sum(p.map(int, range(100))) == 4950",
    ),
    works(
        "signal handlers",
        "import os, signal\nx = []\n"
        "signal.signal(signal.SIGUSR1, lambda *a: x.append(1))\nos.kill(os.getpid(), signal.SIGUSR1)\n"
        "assert x == [1]",
    ),
    works(
        "alarms",
        "import signal, time\nx = []\nsignal.signal(signal.SIGALRM, lambda *a: x.append(1))\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.02)\ntime.sleep(0.2)\nassert x",
    ),
    works(
        "SIGTERM to itself",
        "import os, signal\npid = os.fork()\nif pid == 0:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n    os._exit(3)\n"
        "assert os.waitpid(pid, 0)[1] == 15",
    ),
    works(
        "KeyboardInterrupt",
        "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "    import time; time.sleep(1)\nexcept KeyboardInterrupt: pass\nelse: assert 0",
    ),
    works(
        "forks",
        "import os\nif os.fork() == 0:\n    os._exit(4)\n"
        "assert os.waitstatus_to_exitcode(os.wait()[1]) == 4",
    ),
    works(
        "faulthandler",
        "import faulthandler, sys\nfaulthandler.enable()\n"
        "faulthandler.dump_traceback_later(9)\nfaulthandler.cancel_dump_traceback_later()\n"
        "faulthandler.dump_traceback()",
    ),
    works(
        "input",
        "assert input() == 'a'\nimport sys\nassert sys.stdin.read() == 'b\\nc'",
        stdin="a\nb\nc",
    ),
    works(
        "long input",
        "import sys\nassert len(sys.stdin.buffer.read()) == 500000",
        stdin="x" * 500_000,
    ),
    works(
        "random numbers",
        "import os, random, secrets, uuid\nos.urandom(9)\nrandom.random()\n"
        "secrets.token_hex()\nuuid.uuid4()\nrandom.SystemRandom().random()\nuuid.uuid1()",
    ),
    works(
        "hashes and compression",
        "import hashlib, zlib, bz2, lzma, gzip\n"
        "hashlib.sha256(b'x').digest()\nhashlib.scrypt(b'x', salt=b'y', n=2, r=1, p=1)\n"
        "assert lzma.decompress(lzma.compress(b'x')) == b'x'",
    ),
    works(
        "ctypes",
        "import ctypes\nF = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)\n"
        "assert F(lambda x: x + 1)(2) == 3\nassert ctypes.CDLL(None).abs(-3) == 3",
    ),
    works(
        "archives",
        "import zipfile, tarfile\nwith zipfile.ZipFile('z', 'w') as z:\n"
        "    z.writestr('a', 'b')\nwith tarfile.open('t', 'w') as t: t.add('main.py')",
    ),
    works(
        "logging to a file",
        "import logging\nlogging.basicConfig(filename='l')\nlogging.error('x')\n"
        "logging.shutdown()\nassert 'ERROR' in open('l').read()",
    ),
    works(
        "who and where",
        "import os, platform, getpass, socket, time\ngetpass.getuser()\n"
        "platform.platform()\nos.uname()\nos.cpu_count()\nos.getloadavg() if 0 else None\n"
        "time.localtime()\nsocket.gethostname()",
    ),
    works(
        "limits of its own",
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))\n"
        "assert resource.getrlimit(resource.RLIMIT_NOFILE) == (99, 99)",
    ),
    works(
        "select and epoll",
        "import os, select\nr, w = os.pipe()\nos.write(w, b'x')\n"
        "e = select.epoll()\ne.register(r)\nassert e.poll(1) and select.select([r], [], [], 1)[0]",
    ),
    works(
        "timers and queues",
        "import sched, time, queue, threading\ns = sched.scheduler()\n"
        "s.enter(0.01, 1, print)\ns.run()\nt = threading.Timer(0.01, print)\nt.start()\nt.join()",
    ),
    works(
        "unittest and doctest",
        "import unittest, io\nclass T(unittest.TestCase):\n"
        "    def test(self): self.assertTrue(1)\nr = unittest.TextTestRunner(io.StringIO()).run("
        "unittest.defaultTestLoader.loadTestsFromTestCase(T))\nassert r.wasSuccessful()",
    ),
    works(
        "interpreter's own tools",
        "import dis, ast, inspect, tracemalloc, cProfile, gc, io\n"
        "tracemalloc.start()\ncProfile.Profile().runcall(len, 'x')\ngc.collect()\n"
        "ast.parse('x')\ninspect.signature(ast.parse)",
    ),
    works("many files open", "fs = [open('main.py') for _ in range(200)]\n[f.close() for f in fs]"),
    works("100 MB of memory", "x = bytearray(10**8)\nx[::4096] = b'y' * len(x[::4096])\ndel x"),
]

NUMPY = [
    works(
        "numpy and its BLAS",
        "import numpy as np\na = np.ones((300, 300))\n"
        "assert (a @ a)[0, 0] == 300\nassert abs(np.linalg.det(np.eye(5)) - 1) < 1e-9\n"
        "np.fft.fft(np.arange(64))",
    ),
    works(
        "numpy's random numbers and files",
        "import numpy as np\nr = np.random.default_rng(1)\n"
        "np.save('a.npy', r.random(9))\nassert np.load('a.npy').shape == (9,)\nnp.random.rand(3)",
    ),
]
