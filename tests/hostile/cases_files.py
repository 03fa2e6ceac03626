"""Files, privilege, secrets, and what an earlier run left."""

# ruff: noqa: E501

from __future__ import annotations

from .case import ONLY_NAMESPACES, Case, held

FILES = held(
    "files",
    read_a_canary="held(refused(open, '@CANARY@'))",
    overwrite_a_canary="held(refused(open, '@CANARY@', 'w'))",
    append_to_a_canary="held(refused(open, '@CANARY@', 'a'))",
    delete_a_canary="held(refused(os.unlink, '@CANARY@'))",
    rename_a_canary="held(refused(os.rename, '@CANARY@', '@FOLDER@/other'))",
    link_to_a_canary="held(refused(os.link, '@CANARY@', 'mine'))",
    truncate_a_canary="held(refused(os.truncate, '@CANARY@', 0))",
    symbolic_link_to_a_canary="os.symlink('@CANARY@', 'way')\nheld(refused(open, 'way'))",
    make_a_file_beside_it="held(refused(open, '@FOLDER@/new', 'w'))",
    make_a_folder_beside_it="held(refused(os.mkdir, '@FOLDER@/new'))",
    make_a_nameless_file="held(refused(os.open, '@FOLDER@', os.O_TMPFILE | os.O_RDWR))",
    list_its_folder="held(refused(os.listdir, '@FOLDER@'))",
    change_its_mode="held(refused(os.chmod, '@CANARY@', 0o600))",
    change_its_times="held(refused(os.utime, '@CANARY@', (0, 0)))",
    change_its_attributes="held(refused(os.setxattr, '@CANARY@', 'user.a', b'1'))",
    climb_out_of_the_folder="held(refused(open, '../' * 40 + '@CANARY@'.lstrip('/')))",
    through_the_root_of_process_1="held(refused(open, '/proc/1/root@CANARY@'))",
    through_its_own_root="held(refused(open, '/proc/self/root@CANARY@'))",
    through_its_own_folder="held(refused(open, '/proc/self/cwd/../../../..@CANARY@'))",
    homes="held(refused(os.listdir, '/root') and not os.access('/home/user', os.R_OK))",
    passwords="held(refused(open, '/etc/shadow'))",
    host_name_file="held(refused(open, '/etc/machine-id'))",
    devices="""\
names = ("mem", "kmsg", "sda", "vda", "nvme0n1", "tty", "tty0", "ptmx", "fuse", "kvm", "input")
held(all(refused(os.listdir if n == "input" else open, "/dev/" + n) for n in names))""",
    make_a_device="""\
import stat
held(refused(os.mknod, "disk", stat.S_IFBLK | 0o600, os.makedev(254, 0))
     and refused(os.mknod, "null", stat.S_IFCHR | 0o600, os.makedev(1, 3)))""",
    the_library_is_read_only="""\
held(refused(open, os.__file__, "a") and refused(open, os.path.dirname(os.__file__) + "/x", "w"))""",
    packages_are_read_only="""\
import site
held(all(refused(open, p + "/x.pth", "w") for p in site.getsitepackages()))""",
    the_interpreter_is_read_only="""\
held(refused(open, os.path.realpath(sys.executable), "r+b")
     and refused(open, os.path.dirname(sys.executable) + "/x", "w"))""",
    no_chmod_of_the_library="""\
held(refused(os.chmod, os.__file__, os.stat(os.__file__).st_mode & 0o7777))""",
    no_truncation_of_the_library="""\
held(refused(os.truncate, os.__file__, os.path.getsize(os.__file__)))""",
    sys_folder="held(refused(os.listdir, '/sys/class/net'))",
    kernel_settings="""\
held(refused(open, "/proc/sys/kernel/core_pattern", "w")
     and refused(open, "/proc/sysrq-trigger", "w"))""",
    kernel_memory="""\
held(refused(open, "/proc/kcore", "rb") and refused(open, "/proc/kallsyms"))""",
    mount="""\
denied(165, 40, b"none", b"/not/there", b"tmpfs", 0, 0)""",
    remount_writable="denied(165, 40, b'none', b'/not/there', 0, 32 | 4096, 0)",
    unmount="denied(166, 39, b'/not/there', 2)",
    pivot_root="denied(155, 41, b'.', b'.')",
    chroot="os.mkdir('new')\ndenied(161, 51, b'new')",
    open_tree="denied(428, 428, -100, b'/', 1)",
    fsopen="denied(430, 430, b'tmpfs', 0)",
    move_mount="denied(429, 429, -100, b'/not', -100, b'/there', 0)",
    mount_setattr="denied(442, 442, -100, b'/', 0, b'\\0' * 32, 32)",
    file_handles="denied(304, 265, -100, b'\\0' * 64, 0)",
    name_to_handle="denied(303, 264, -100, b'/', b'\\0' * 64, b'\\0' * 8, 0)",
    swap="denied(167, 224, b'f', 0)",
    quotas="denied(179, 60, 0, b'/dev/vda', 0, 0)",
    watch_all_files="denied(300, 262, 0, 0)",
) + held(
    "files",
    ONLY_NAMESPACES,
    not_even_that_it_exists="held(refused(os.stat, '@CANARY@') and refused(os.stat, '@FOLDER@'))",
    programs_with_rights="held(not any(os.path.exists('/usr/bin/' + n) for n in ('su', 'sudo')))",
    only_our_processes_in_proc="""\
held({n for n in os.listdir('/proc') if n.isdigit()} <= {'1', '2'}, os.listdir('/proc'))""",
    no_paths_of_the_host_in_proc="""\
found = [(n, w) for n in ("mountinfo", "mounts", "mountstats", "cmdline", "environ", "maps",
         "smaps", "auxv", "cgroup", "stat", "status") for w in @PATHS@
         if w.encode() in open(f"/proc/self/{n}", "rb").read()]
held(not found, found)""",
    no_paths_of_the_host_in_links="""\
found = [os.readlink("/proc/self/" + n) for n in ("exe", "cwd", "root")]
held(not [w for w in @PATHS@ if w in str(found)], found)""",
    no_paths_of_the_host_in_the_interpreter="""\
found = [sys.path, sys.prefix, sys.base_prefix, sys.executable, sys.argv, sys.orig_argv, os.environ]
held(not [w for w in @PATHS@ if w in str(found)], found)""",
    no_paths_of_the_host_in_errors="""\
import traceback, json
try:
    json.loads("{")
except ValueError:
    found = traceback.format_exc()
held(not [w for w in @PATHS@ if w in found], found)""",
    our_own_source_can_not_be_read="held(not os.listdir('/inside'))",
    scratch_places_are_one_file_system="""\
held(len({os.stat(p).st_dev for p in (".", "/tmp", "/dev/shm", "/home")}) == 1)""",
)

PRIVILEGE = held(
    "privilege",
    no_capability="""\
import struct
libc = ctypes.CDLL(None)
head = ctypes.create_string_buffer(struct.pack("II", 0x20080522, 0))
data = ctypes.create_string_buffer(24)
held(libc.capget(head, data) == 0 and data.raw == bytes(24), data.raw)""",
    no_new_privileges="held(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 1)",
    capset="denied(126, 91, b'\\x22\\x05\\x08\\x20' + bytes(4), b'\\xff' * 24)",
    ambient="held(ctypes.CDLL(None).prctl(47, 2, 21, 0, 0) != 0)",
    become_root="""\
held(os.getuid() == 0 and os.environ.get("HOME") != "/root" or refused(os.setuid, 0))""",
    groups="held(refused(os.setgroups, [0]))",
    user_namespace="denied(272, 97, 0x10000000)",
    any_namespace="""\
flags = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x20000000, 0x40000000, 0x80)
held(all(call(272, 97, flag) in (errno.EPERM, errno.ENOSYS) for flag in flags))""",
    clone_with_a_namespace="denied(56, 220, 0x10000000 | 17, 0, 0, 0, 0)",
    clone3_gives_way="held(call(435, 435, b'\\0' * 64, 64) == errno.ENOSYS)",
    enter_a_namespace="denied(308, 268, 0, 0)",
    higher_priority="held(refused(os.nice, -5))",
    real_time="held(refused(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(1)))",
    raise_a_limit="""\
import resource
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
held(refused(resource.setrlimit, resource.RLIMIT_NOFILE, (hard + 1, hard + 1)))""",
    dump_core="import resource\nheld(resource.getrlimit(resource.RLIMIT_CORE)[1] == 0)",
    own_filter="denied(317, 277, 1, 0, 0)",
    owner_of_a_file="open('f', 'w').close()\nheld(refused(os.chown, 'f', 0, 0) or os.getuid() == 0)",
) + held(
    "privilege",
    ONLY_NAMESPACES,
    none_in_the_bounding_set="""\
libc = ctypes.CDLL(None)
held(not any(libc.prctl(23, cap, 0, 0, 0) == 1 for cap in range(41)))""",
    not_the_host_s_root="held(os.getuid() == 1000 == os.geteuid() == os.getgid())",
    one_user_id="""\
held(open("/proc/self/uid_map").read().split()[2] == "1")""",
)

SECRETS = held(
    "secrets",
    environment="held('@NEKOT@'[::-1] not in str(os.environ))",
    environment_of_process_1="held(refused(open, '/proc/1/environ'))",
    environment_of_the_parent="held(refused(open, f'/proc/{os.getppid()}/environ'))",
    memory_of_the_parent="held(refused(open, f'/proc/{os.getppid()}/mem', 'rb'))",
    open_files="""\
import stat
found = []
for fd in range(3, 1024):
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        continue
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        found.append(fd)
held(not found, found)""",
    a_session_key="denied(250, 219, 0, -3, 0)",
    add_a_key="denied(248, 217, b'user', b'a', b'b', 1, -3)",
) + held(
    "secrets",
    ONLY_NAMESPACES,
    memory="""\
token = "@NEKOT@"[::-1].encode()
found = []
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        where, mode = line.split()[:2]
        start, end = (int(x, 16) for x in where.split("-"))
        if mode[0] != "r" or "[v" in line or end - start > 1 << 26:
            continue
        memory.seek(start)
        try:
            data = memory.read(end - start)
        except OSError:
            continue
        at = data.find(token[:8])
        while at >= 0:
            if data[at + 8 : at + len(token)] == token[8:] and data[at - 8 : at] == b"PYCANARY":
                found.append(line)
            at = data.find(token[:8], at + 1)
held(not found, found)""",
)

_LOOK = """\
import random, locale, socket, time
places = [p for p in (".", "/tmp", "/dev/shm", os.path.expanduser("~")) if not refused(os.listdir, p)]
"""
OTHER_RUNS = [
    Case(
        "files",
        "other runs",
        _LOOK + "held(not [p for p in places if 'left' in os.listdir(p)])",
        before=_LOOK + "for p in places:\n    open(p + '/left', 'w').close()",
    ),
    Case(
        "environment, modules, path",
        "other runs",
        "held('LEFT' not in os.environ and not hasattr(os, 'left') and 'left' not in sys.path)",
        before="os.environ['LEFT'] = '1'\nos.left = 1\nsys.path.append('left')",
    ),
    Case(
        "builtins",
        "other runs",
        "held(len([1]) == 1 and str(1) == '1')",
        before="import builtins\nbuiltins.len = lambda x: 7\nbuiltins.str = repr",
    ),
    Case(
        "umask and folder",
        "other runs",
        "held(os.umask(0) == 0o22 and os.listdir() == ['main.py'])",
        before="os.umask(0o777)\nos.chdir('/')",
    ),
    Case(
        "signal handlers and limits",
        "other runs",
        "import signal, resource\nheld(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL "
        "and resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 64)",
        before="import signal, resource\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))",
    ),
    Case(
        "a port",
        "other runs",
        "import socket\ns = socket.create_server(('127.0.0.1', 4711))\nheld(True)",
        before="import socket, time\ns = socket.create_server(('127.0.0.1', 4711))\n"
        "if os.fork() == 0:\n    time.sleep(60)",
        levels=ONLY_NAMESPACES,
    ),
    Case(
        "a name for shared memory",
        "other runs",
        "from multiprocessing.shared_memory import SharedMemory\n"
        "held(refused(SharedMemory, 'pyrecipes_left'))",
        before="from multiprocessing.shared_memory import SharedMemory\n"
        "SharedMemory('pyrecipes_left', create=True, size=10)\nos._exit(0)",
        levels=ONLY_NAMESPACES,
    ),
    Case(
        "random numbers",
        "other runs",
        "import random, time\nheld(random.getstate() != random.Random(5).getstate())",
        before="import random\nrandom.seed(5)",
    ),
]
