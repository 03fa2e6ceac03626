"""Examples in the manner of Python's documentation, by module; `---` stands between two."""

EXAMPLES: dict[str, str] = {}

EXAMPLES["re"] = r"""
import re
m = re.match(r'(\w+) (\w+)', 'Isaac Newton, physicist')
m.group(0)
m.group(1)
m.group(1, 2)
m[2]
m.groups()
---
import re
m = re.match(r"(?P<first>\w+) (?P<last>\w+)", "Malcolm Reynolds")
m.group('first')
m.groupdict()
m
---
import re
m = re.match(r"(..)+", "a1b2c3")
m.group(1)
re.match(r"(\d+)\.?(\d+)?", "24").groups()
re.match(r"(\d+)\.?(\d+)?", "24").groups('0')
---
import re
email = "tony@tiremove_this.net"
m = re.search("remove_this", email)
email[:m.start()] + email[m.end():]
m.span()
---
import re
re.split(r'\W+', 'Words, words, words.')
re.split(r'(\W+)', 'Words, words, words.')
re.split(r'\W+', 'Words, words, words.', maxsplit=1)
re.split('[a-f]+', '0a3B9', flags=re.IGNORECASE)
---
import re
re.split(r'(\W+)', '...words, words...')
re.split(r'\b', 'Words, words, words.')
re.split(r'\W*', '...words...')
---
import re
re.findall(r'\bf[a-z]*', 'which foot or hand fell fastest')
re.findall(r'(\w+)=(\d+)', 'set width=20 and height=10')
---
import re
def dashrepl(matchobj):
    if matchobj.group(0) == '-':
        return ' '
    return '-'

re.sub('-{1,2}', dashrepl, 'pro----gram-files')
re.sub(r'\sAND\s', ' & ', 'Baked Beans And Spam', flags=re.IGNORECASE)
re.subn('x', 'y', 'axbx')
---
import re
print(re.escape('https://www.python.org'))
legal = 'a-z0-9!#$'
print('[%s]+' % re.escape(legal))
---
import re
pattern = re.compile("o")
pattern.match("dog")
pattern.match("dog", 1)
pattern.fullmatch("doggie", 1, 2)
pattern
pattern.pattern, pattern.flags
---
import re
re.search("(?<=abc)def", "abcdef")
re.search(r'(?<=-)\w+', 'spam-egg').group(0)
re.match("c", "abcdef")
re.search("^c", "abcdef")
re.search("^X", "A\nB\nX", re.MULTILINE)
---
import re
text = "He was carefully disguised but captured quickly by police."
for m in re.finditer(r"\w+ly\b", text):
    print('%02d-%02d: %s' % (m.start(), m.end(), m.group(0)))
---
import re
re.match(r"<.*>", "<a> b <c>").group()
re.match(r"<.*?>", "<a> b <c>").group()
---
import re
try:
    re.compile('(')
except re.error as error:
    error.msg
    error.pos
---
import re
def pair(match):
    return match.group() if match else None
hand = re.compile(r".*(.).*\1")
pair(hand.match("717ak"))
pair(hand.match("718ak"))
---
import re
re.sub(r'(?P<year>\d{4})-(?P<month>\d\d)', r'\g<month>/\g<year>', 'on 2024-05')
m = re.match('a', 'abc')
m.expand(r'[\g<0>]')
bool(m), m.pos, m.endpos, m.lastindex
---
import re
re.fullmatch(r'p.*n', 'python')
re.fullmatch(r'r.*n', 'python')
re.compile(r'''
    \d +   # the whole part
    \.     # the point
    \d *   # the rest
''', re.X).findall('1.5 and 22.')
"""

EXAMPLES["argparse"] = r"""
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--foo', help='foo help')
args = parser.parse_args(['--foo', 'BAR'])
args
args.foo
vars(args)
---
import argparse
parser = argparse.ArgumentParser(prog='PROG', description='Process some integers.')
n = parser.add_argument('integers', metavar='N', type=int, nargs='+', help='an integer')
n = parser.add_argument('--sum', dest='accumulate', action='store_const', const=sum, default=max)
args = parser.parse_args(['7', '-1', '42', '--sum'])
print(args.accumulate(args.integers))
print(parser.parse_args(['7', '42']).integers)
---
import argparse
parser = argparse.ArgumentParser(prog='PROG')
a = parser.add_argument('--foo', action='store_true')
a = parser.add_argument('--bar', action='store_false')
a = parser.add_argument('--baz', action='store_false')
parser.parse_args('--foo --bar'.split())
---
import argparse
parser = argparse.ArgumentParser()
a = parser.add_argument('--foo', action='append')
a = parser.add_argument('--verbose', '-v', action='count', default=0)
parser.parse_args('--foo 1 --foo 2 -vvv'.split())
---
import argparse
parser = argparse.ArgumentParser(prog='PROG')
a = parser.add_argument('--foo', nargs='?', const='c', default='d')
a = parser.add_argument('bar', nargs='?', default='d')
parser.parse_args(['XX', '--foo', 'YY'])
parser.parse_args(['XX', '--foo'])
parser.parse_args([])
---
import argparse
parser = argparse.ArgumentParser(prog='game.py')
a = parser.add_argument('move', choices=['rock', 'paper', 'scissors'])
parser.parse_args(['rock'])
try:
    parser.parse_args(['fire'])
except SystemExit as stop:
    stop.code
---
import argparse
parser = argparse.ArgumentParser(prog='PROG', usage='%(prog)s [options]')
a = parser.add_argument('--foo', nargs='?', help='foo help')
a = parser.add_argument('bar', nargs='+', help='bar help')
parser.print_help()
parser.format_usage()
---
import argparse
parser = argparse.ArgumentParser(prog='PROG')
sub = parser.add_subparsers(dest='command')
a = sub.add_parser('a').add_argument('bar', type=int)
parser.parse_args(['a', '12'])
---
import argparse
parser = argparse.ArgumentParser()
group = parser.add_mutually_exclusive_group()
a = group.add_argument('--foo', action='store_true')
parser.parse_known_args(['--foo', '--badger', 'spam'])
---
import argparse
parser = argparse.ArgumentParser(argument_default=argparse.SUPPRESS)
a = parser.add_argument('--foo')
parser.parse_args([])
parser.set_defaults(bar=42)
parser.get_default('bar')
---
import argparse
parser = argparse.ArgumentParser(exit_on_error=False)
a = parser.add_argument('--integers', type=int)
try:
    parser.parse_args('--integers a'.split())
except argparse.ArgumentError as error:
    print('Catching an argumentError')
"""

EXAMPLES["glob"] = r"""
import glob, pathlib
for name in ('1.gif', '2.txt', 'card.gif', '.hidden.gif'):
    pathlib.Path(name).touch()

sorted(glob.glob('./[0-9].*'))
sorted(glob.glob('*.gif'))
glob.glob('?.gif')
sorted(glob.glob('*.gif', include_hidden=True))
---
import glob, pathlib
pathlib.Path('sub/deep').mkdir(parents=True)
pathlib.Path('sub/3.txt').touch()
pathlib.Path('sub/deep/4.txt').touch()
sorted(glob.glob('sub/**/*.txt', recursive=True))
sorted(glob.glob('sub/**/*.txt'))
sorted(glob.glob('**', root_dir='sub', recursive=True))
---
import glob
names = glob.iglob('*.nothing')
list(names)
glob.escape('a[1]*?.txt')
---
import fnmatch
fnmatch.fnmatch('a.py', '*.py')
fnmatch.filter(['a.py', 'b.txt', 'c.py'], '*.py')
fnmatch.translate('*.txt')
---
import pathlib, os
for name in ('x.py', 'y.py', 'z.c'):
    n = pathlib.Path(name).write_text('x')

sorted(p.name for p in pathlib.Path('.').glob('[xy].py'))
[n for n in sorted(os.listdir('.')) if n.endswith('.c')]
"""

EXAMPLES["namedtuple"] = r"""
from collections import namedtuple
Point = namedtuple('Point', ['x', 'y'])
p = Point(11, y=22)
p[0] + p[1]
x, y = p
x, y
p.x + p.y
p
---
from collections import namedtuple
Point = namedtuple('Point', 'x y')
t = [11, 22]
Point._make(t)
p = Point(x=11, y=22)
p._asdict()
p._replace(x=33)
Point._fields
---
from collections import namedtuple
Account = namedtuple('Account', ['type', 'balance'], defaults=[0])
Account._field_defaults
Account('premium')
---
from collections import namedtuple
Point = namedtuple('Point', 'x y')
Color = namedtuple('Color', 'red green blue')
Pixel = namedtuple('Pixel', Point._fields + Color._fields)
Pixel(11, 22, 128, 255, 0)
getattr(Point(1, 2), 'x')
d = {'x': 11, 'y': 22}
Point(**d)
---
from collections import namedtuple
class Point(namedtuple('Point', ['x', 'y'])):
    __slots__ = ()
    @property
    def hypot(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
    def __str__(self):
        return 'Point: x=%6.3f  y=%6.3f  hypot=%6.3f' % (self.x, self.y, self.hypot)

for p in Point(3, 4), Point(14, 5/7):
    print(p)
---
from collections import namedtuple
try:
    namedtuple('T', 'class x')
except ValueError as error:
    print(error)
namedtuple('T', 'class x', rename=True)._fields
---
from collections import namedtuple
P = namedtuple('P', 'x')
p = P(1)
try:
    p.x = 2
except AttributeError as error:
    str(error)
p == (1,), isinstance(p, tuple), hash(p) == hash((1,))
---
from typing import NamedTuple
class Employee(NamedTuple):
    name: str
    id: int = 3

employee = Employee('Guido')
employee
employee.id
Employee.__annotations__
---
from collections import Counter, OrderedDict, deque, defaultdict, ChainMap
Counter('abracadabra').most_common(3)
d = deque('ghi')
d.appendleft('f')
d
s = defaultdict(list)
s['yellow'].append(1)
s
list(ChainMap({'a': 1}, {'b': 2}))
"""

EXAMPLES["multiprocessing"] = r"""
import multiprocessing
def f(x):
    return x * x

with multiprocessing.get_context('fork').Pool(2) as pool:
    print(pool.map(f, [1, 2, 3]))
    pool.apply_async(f, (10,)).get(timeout=5)
    list(pool.imap(f, range(4)))
    pool.starmap(pow, [(2, 3), (3, 2)])
---
from multiprocessing import get_context
def f(name):
    print('hello', name)

p = get_context('fork').Process(target=f, args=('bob',))
p.start()
p.join()
p.exitcode
p.is_alive()
---
from multiprocessing import get_context
context = get_context('fork')
def f(q):
    q.put([42, None, 'hello'])

q = context.Queue()
p = context.Process(target=f, args=(q,))
p.start()
print(q.get())
p.join()
---
from multiprocessing import get_context
context = get_context('fork')
def f(conn):
    conn.send([42, None, 'hello'])
    conn.close()

parent, child = context.Pipe()
p = context.Process(target=f, args=(child,))
p.start()
parent.recv()
p.join()
---
from multiprocessing import get_context
context = get_context('fork')
def f(n, a):
    n.value = 3.1415927
    for i in range(len(a)):
        a[i] = -a[i]

num = context.Value('d', 0.0)
arr = context.Array('i', range(5))
p = context.Process(target=f, args=(num, arr))
p.start()
p.join()
num.value
arr[:]
---
from multiprocessing import get_context
context = get_context('fork')
def f(d, l):
    d[1] = '1'
    l.reverse()

with context.Manager() as manager:
    d = manager.dict()
    l = manager.list(range(4))
    p = context.Process(target=f, args=(d, l))
    p.start()
    p.join()
    print(d)
    print(l)
---
from multiprocessing import get_context
context = get_context('fork')
def f(lock, i):
    with lock:
        print('hello world', i)

lock = context.Lock()
for num in range(3):
    p = context.Process(target=f, args=(lock, num))
    p.start()
    p.join()
---
import multiprocessing as mp, time, signal
p = mp.get_context('fork').Process(target=time.sleep, args=(1000,))
p.is_alive()
p.start()
p.is_alive()
p.terminate()
p.join()
p.exitcode == -signal.SIGTERM
---
from multiprocessing import Pipe
a, b = Pipe()
a.send([1, 'hello', None])
b.recv()
b.send_bytes(b'thank you')
a.recv_bytes()
a.poll()
---
from multiprocessing.managers import BaseManager
class Maths:
    def add(self, x, y):
        return x + y

class MyManager(BaseManager):
    pass

MyManager.register('Maths', Maths)
with MyManager() as manager:
    maths = manager.Maths()
    print(maths.add(4, 3))
---
from multiprocessing import get_context
pool = get_context('fork').Pool(1)
pool.close()
try:
    pool.apply(len, ('x',))
except ValueError as error:
    print(error)
pool.join()
---
from multiprocessing import shared_memory
shm = shared_memory.SharedMemory(create=True, size=10)
shm.buf[:3] = bytearray([22, 33, 44])
bytes(shm.buf[:3])
shm.close()
shm.unlink()
"""

EXAMPLES["threading"] = r"""
import threading
results = []
threads = [threading.Thread(target=results.append, args=(n,)) for n in range(3)]
for t in threads:
    t.start()
    t.join()

results
---
import threading
def work():
    print(threading.current_thread().name, 'works')

t = threading.Thread(target=work, name='LoopThread')
t.is_alive()
t.start()
t.join()
t.name
---
import threading
lock = threading.Lock()
lock.acquire()
lock.locked()
lock.acquire(blocking=False)
lock.release()
with lock:
    print('held', lock.locked())
---
import threading
balance = 0
lock = threading.Lock()
def change(n):
    global balance
    for i in range(1000):
        lock.acquire()
        try:
            balance = balance + n
            balance = balance - n
        finally:
            lock.release()

threads = [threading.Thread(target=change, args=(n,)) for n in (5, 8)]
for t in threads: t.start()
for t in threads: t.join()
balance
---
import threading
event = threading.Event()
def waiter():
    event.wait()
    print('go')

t = threading.Thread(target=waiter)
t.start()
event.set()
t.join()
event.is_set()
---
import threading
mydata = threading.local()
mydata.x = 1
def look():
    print(hasattr(mydata, 'x'))

t = threading.Thread(target=look)
t.start()
t.join()
mydata.x
---
import threading, queue
q = queue.Queue()
def worker():
    while (item := q.get()) is not None:
        print('Working on', item)
        q.task_done()

t = threading.Thread(target=worker)
t.start()
for item in range(3):
    q.put(item)
q.put(None)
t.join()
q.qsize()
---
import threading
barrier = threading.Barrier(2, timeout=5)
t = threading.Thread(target=barrier.wait)
t.start()
n = barrier.wait()
t.join()
barrier.parties, barrier.broken
---
import threading
rlock = threading.RLock()
with rlock:
    with rlock:
        'again'
threading.Semaphore(2)._value
threading.main_thread() is threading.current_thread()
---
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(max_workers=1) as executor:
    future = executor.submit(pow, 323, 2)
    print(future.result())
future.done()
"""

EXAMPLES["numpy"] = r"""
import numpy as np
x = np.array([[3, 0, 0], [0, 4, 0], [5, 6, 0]])
x
np.nonzero(x)
x[np.nonzero(x)]
np.transpose(np.nonzero(x))
---
import numpy as np
a = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
a > 3
np.nonzero(a > 3)
(a > 3).nonzero()
---
import numpy as np
x = np.array([1, 2])
x.shape
y = np.expand_dims(x, axis=0)
y
y.shape
np.expand_dims(x, axis=1)
np.expand_dims(x, axis=(2, 0)).shape
np.newaxis is None
---
import numpy as np
a = np.arange(15).reshape(3, 5)
a
a.shape, a.ndim, a.dtype.name, a.size
a.sum(axis=0)
a.T
---
import numpy as np
np.linspace(0, 2, 9)
np.zeros((2, 2))
np.ones(3, dtype=np.int16)
print(np.eye(2))
---
import numpy as np
x = np.arange(9.).reshape(3, 3)
np.where(x > 5)
x[np.where(x > 3.0)]
np.where(x < 5, x, -1)
---
import numpy as np
a = np.array([1, 2, 3]) + np.array([[10], [20]])
a
np.concatenate([a, a], axis=1)
np.dot([1, 2], [3, 4])
---
import numpy as np
try:
    np.array([1, 2, 3]) + np.array([1, 2])
except ValueError as error:
    print(error)
np.float64(1) / 3
"""

EXAMPLES["importlib.metadata"] = r"""
from importlib.metadata import version, entry_points
version('numpy') == __import__('numpy').__version__
type(entry_points()).__name__
---
from importlib.metadata import version, PackageNotFoundError
try:
    version('no-such-distribution')
except PackageNotFoundError as error:
    print(error)
---
from importlib.metadata import metadata
info = metadata('numpy')
info['Name']
'Version' in info
---
from importlib.metadata import distribution
found = distribution('numpy')
found.metadata['Name']
found.name == 'numpy'
---
import importlib.util
importlib.util.find_spec('no_such_module')
importlib.util.find_spec('json').name
---
import importlib
math = importlib.import_module('math')
math.floor(2.5)
try:
    import no_such_module
except ModuleNotFoundError as error:
    error.name
    print(error)
"""

EXAMPLES["packages"] = r"""
import os, sys
os.makedirs('sound/effects')
n = open('sound/__init__.py', 'w').write("from .effects.echo import echo\n__all__ = ['echo']\n")
n = open('sound/effects/__init__.py', 'w').write('')
n = open('sound/effects/echo.py', 'w').write("def echo(x):\n    print('echo', x)\n    return x\n")
sys.path.insert(0, '.')
import sound
sound.echo(1)
from sound import *
echo(2)
import sound.effects.echo
sound.effects.echo.__name__
sound.__all__
---
import os, sys
n = open('fibo_here.py', 'w').write(
    "def fib(n):\n    a, b = 0, 1\n    while a < n:\n        print(a, end=' ')\n"
    "        a, b = b, a + b\n    print()\nif __name__ == '__main__':\n    fib(3)\n"
)
sys.path.insert(0, '.')
import fibo_here
fibo_here.fib(20)
fibo_here.__name__
[name for name in dir(fibo_here) if not name.startswith('__')]
---
import sys
sys.modules['sys'] is sys
__name__
'builtins' in sys.modules
---
import os, sys
os.mkdir('pkg')
n = open('pkg/__init__.py', 'w').write('')
n = open('pkg/bad.py', 'w').write('from . import missing\n')
sys.path.insert(0, '.')
try:
    import pkg.bad
except ImportError as error:
    type(error).__name__
import pkg
pkg.__path__ == [os.path.abspath('pkg')], pkg.__package__
"""
