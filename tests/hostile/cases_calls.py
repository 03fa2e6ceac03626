"""System calls, network and processes."""

# ruff: noqa: E501

from __future__ import annotations

from .case import ONLY_NAMESPACES, Case, held

CALLS = held(
    "calls",
    ptrace_a_parent="denied(101, 117, 16, os.getppid(), 0, 0)",
    ptrace_itself="denied(101, 117, 0, 0, 0, 0)",
    read_another_s_memory="denied(310, 270, os.getppid(), 0, 0, 0, 0, 0)",
    write_another_s_memory="denied(311, 271, os.getppid(), 0, 0, 0, 0, 0)",
    compare_processes="denied(312, 272, 1, 1, 0, 0, 0)",
    take_a_file_of_another="denied(438, 438, 0, 0, 0)",
    advise_another="denied(440, 440, 0, 0, 0, 0, 0)",
    keyctl="denied(250, 219, 0, 0)",
    request_key="denied(249, 218, b'user', b'a', 0, 0)",
    bpf="denied(321, 280, 0, 0, 0)",
    perf="denied(298, 241, b'\\0' * 128, 0, -1, -1, 0)",
    io_uring="""\
numbers = (425, 426, 427)
held(all(call(n, n, 1, b'\\0' * 128, 0, 0, 0, 0) in (errno.EPERM, errno.ENOSYS) for n in numbers))""",
    old_asynchronous_io="denied(206, 0, 1, b'\\0' * 8)",
    userfaultfd="denied(323, 282, 0)",
    kexec="denied(246, 104, 0, 0, 0, 0)",
    kexec_by_file="denied(320, 294, 0, 0, 0, 0, 0)",
    load_a_module="denied(175, 105, 0, 0, b'')",
    load_a_module_by_file="denied(313, 273, 0, b'', 0)",
    unload_a_module="denied(176, 106, b'none', 0)",
    set_the_clock="denied(227, 112, 99, b'\\0' * 16)",
    set_the_time="denied(164, 170, 0, 0)",
    adjust_the_clock="denied(159, 171, b'\\0' * 256)",
    host_name="denied(170, 161, b'x', -1)",
    domain_name="denied(171, 162, b'x', -1)",
    restart="denied(169, 142, 0, 0, 0)",
    kernel_log="denied(103, 116, 3, b'\\0' * 64, 64)",
    accounting="denied(163, 89, 0)",
    ports_of_the_machine="denied(172, 9999, 3)",
    local_descriptors="denied(154, 9999, 0, b'\\0' * 16, 16)",
    personality="denied(135, 92, 0x40000)",
    memory_file="denied(319, 279, b'x', 0)",
    secret_memory="denied(447, 447, 0)",
    shared_memory_of_system_v="denied(29, 194, 0, 4096, 0o1600)",
    queue_of_system_v="denied(68, 186, 0, 0o1600)",
    semaphore_of_system_v="denied(64, 190, 0, 1, 0o1600)",
    message_queue="denied(240, 180, b'x', 0o100, 0o600, 0)",
    move_pages="denied(279, 239, 0, 0, 0, 0, 0, 0)",
    memory_policy="denied(238, 237, 1, 0, 0)",
    landlock="denied(444, 444, 0, 0, 1)",
    unknown_calls="held(all(call(n, n) == errno.ENOSYS for n in (600, 1000, 9999)))",
    push_keys_into_a_terminal="""\
import fcntl
read, write = os.pipe()
def errno_of(request):
    try:
        fcntl.ioctl(read, request, b"x")
    except OSError as error:
        return error.errno
held(all(errno_of(n) == errno.EPERM for n in (0x5412, 0x541C, 0x541D, 0x5423)))""",
    a_64_bit_number_with_high_bits="""\
import fcntl
read, write = os.pipe()
libc = ctypes.CDLL(None, use_errno=True)
libc.ioctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p]
result = libc.ioctl(read, 0x100005412, b"x")
held(result == -1 and ctypes.get_errno() == errno.EPERM)""",
    x32="""\
if os.uname().machine != "x86_64":
    held(True)
else:
    held(call(0x40000000 + 39, 0) in (errno.EPERM, errno.ENOSYS))""",
    calls_of_32_bits="""\
import mmap
if os.uname().machine != "x86_64":
    held(True)
else:  # mov eax, 20 (getpid); int 0x80; ret
    code = bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3])
    memory = mmap.mmap(-1, 4096, prot=7)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    result = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    held(result != os.getpid(), result)""",
    limits_of_another="""\
import resource
held(refused(resource.prlimit, os.getppid(), resource.RLIMIT_NOFILE, (3, 3)))""",
)

NETWORK = held(
    "network",
    a_port_of_the_host="""\
import socket
held(refused(socket.create_connection, ("127.0.0.1", @PORT@), 1))""",
    a_port_of_the_host_by_ipv6="""\
import socket
held(refused(socket.create_connection, ("::1", @PORT@), 1))""",
    an_abstract_socket="""\
import socket
def reach():
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(1)
    s.connect("\\0@ABSTRACT@")
held(refused(reach))""",
    a_socket_with_a_path="""\
import socket
def reach():
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(1)
    s.connect("@SOCKET@")
held(refused(reach))""",
    a_datagram_to_the_world="""\
import socket
held(refused(lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9))))""",
    a_stream_to_the_world="""\
import socket
held(refused(socket.create_connection, ("192.0.2.1", 9), 1))""",
    a_broadcast="""\
import socket
def send():
    s = socket.socket(type=socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    s.sendto(b"x", ("255.255.255.255", 9))
held(refused(send))""",
    raw="import socket\nheld(refused(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1))",
    packets="import socket\nheld(refused(socket.socket, 17, socket.SOCK_RAW, 0))",
    netlink="import socket\nheld(refused(socket.socket, 16, socket.SOCK_RAW, 0))",
    vsock="import socket\nheld(refused(socket.socket, 40, socket.SOCK_STREAM))",
    bluetooth="import socket\nheld(refused(socket.socket, 31, socket.SOCK_RAW, 1))",
    kernel_crypto="import socket\nheld(refused(socket.socket, 38, socket.SOCK_SEQPACKET, 0))",
    all_other_families="""\
import socket
held(all(refused(socket.socket, n, kind, 0) for n in range(3, 46) if n != 10
         for kind in (1, 2, 3, 5)))""",
) + held(
    "network",
    ONLY_NAMESPACES,
    only_a_loopback="import socket\nheld(not os.path.exists('/sys/class/net') and "
    "len(open('/proc/self/net/dev').read().splitlines()) == 3)",
    no_route="held(len(open('/proc/self/net/route').read().splitlines()) <= 1)",
    no_socket_of_the_host="held('@ABSTRACT@' not in open('/proc/self/net/unix').read())",
    a_port_of_the_host_is_free_here="""\
import socket
with socket.create_server(("127.0.0.1", @PORT@)):
    held(True)""",
)

_STAY = """\
import signal, time
def stay(name):
    ctypes.CDLL(None).prctl(15, name.encode(), 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(60)
"""
PROCESSES = [
    *held(
        "processes",
        signal_a_process_of_the_host="held(refused(os.kill, @PID@, 0))",
        kill_a_process_of_the_host="held(refused(os.kill, @PID@, 15))",
        queue_a_signal_to_it="held(call(129, 138, @PID@, 15, b'\\0' * 128) != 0)",
        signal_it_by_its_thread="held(call(234, 131, @PID@, @PID@, 15) != 0)",
        a_descriptor_for_it="""\
import signal
def send():
    signal.pidfd_send_signal(os.pidfd_open(@PID@), 15)
held(refused(send))""",
        its_priority="held(refused(os.setpriority, os.PRIO_PROCESS, @PID@, 19))",
        its_scheduling="""\
held(refused(os.sched_setscheduler, @PID@, os.SCHED_BATCH, os.sched_param(0)))""",
        signal_the_keeper="""\
try:
    os.kill(os.getppid(), 9)
except OSError:
    pass
import time
time.sleep(0.05)
held(True)""",
        stop_the_keeper="""\
import signal, time
try:
    os.kill(os.getppid(), signal.SIGSTOP)
except OSError:
    pass
time.sleep(0.05)
held(True)""",
        its_memory="held(refused(open, '/proc/@PID@/mem', 'rb'))",
    ),
    *held(
        "processes",
        ONLY_NAMESPACES,
        signal_all="""\
import signal, time
if os.getpid() > 10 or os.getppid() != 1:
    held(False, "not in a namespace of its own: not tried")
else:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(-1, signal.SIGTERM) if os.fork() == 0 else time.sleep(0.1)
    held(True)""",
        process_1_is_not_of_the_host="held(os.getppid() == 1)",
    ),
    Case("a forked child", "processes", _STAY + "if os.fork() == 0:\n    stay('@MARK@')\nheld(1)"),
    Case(
        "a daemon",
        "processes",
        _STAY + "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        for fd in range(3):\n            os.close(fd)\n        stay('@MARK@')\n"
        "    os._exit(0)\nos.wait()\nheld(True)",
    ),
    Case(
        "a stopped child",
        "processes",
        _STAY
        + "pid = os.fork()\nif pid == 0:\n    ctypes.CDLL(None).prctl(15, b'@MARK@', 0, 0, 0)\n"
        "    os.kill(os.getpid(), signal.SIGSTOP)\nos.waitpid(pid, os.WUNTRACED)\nheld(True)",
    ),
    Case(
        "another program",
        "processes",
        "import subprocess\nsubprocess.Popen(['sh', '-c', 'trap \"\" TERM; sleep 61.@NUMBER@'], "
        "start_new_session=True)\nheld(True)",
    ),
    Case(
        "a child that was killed with its parent",
        "processes",
        _STAY + "if os.fork() == 0:\n    stay('@MARK@')\nos.kill(os.getpid(), signal.SIGKILL)",
        status="killed",
    ),
    Case(
        "a chain that forks on",
        "processes",
        _STAY + "ctypes.CDLL(None).prctl(15, b'@MARK@', 0, 0, 0)\nif os.fork() == 0:\n"
        "    end = time.time() + 20\n    while time.time() < end:\n        if os.fork():\n"
        "            os._exit(0)\n        time.sleep(0.002)\nheld(True)",
    ),
]
