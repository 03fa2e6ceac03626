"""Watches what a run's processes use together, from outside, through the host's /proc."""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False  # of `typing`, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyrecipes.model import Limits, Status

EVERY_NS = 30_000_000
FOLDER_TICKS = 5
FILES_PER_MB = 64


def pid_of(pidfd: int) -> int:
    """The host's number of the process that a pidfd stands for; -1 when it is gone."""
    with open(f"/proc/self/fdinfo/{pidfd}") as file:
        for line in file:
            if line.startswith("Pid:"):
                return int(line[4:])
    return -1


class Watch:
    """Tells the limit that a tree of processes is over, if any. `root`, which is asked for at the
    first look, is not counted itself.

    `rooms` are descriptors of the run's file systems; without any, `folder` is looked through.
    """

    def __init__(
        self, root: Callable[[], int], limits: Limits, rooms: Sequence[int] = (), folder: str = ""
    ) -> None:
        self.find_root = root
        self.root = 0
        self.limits = limits
        self.rooms = rooms
        self.folder = folder
        self.last = time.monotonic_ns()
        self.ticks = 0

    def __call__(self) -> Status | None:
        """The limit that is met; looks at most every 30 ms."""
        now = time.monotonic_ns()
        if now - self.last < EVERY_NS:
            return None
        self.last = now
        self.root = self.root or self.find_root()
        if self._disk_is_full():
            return "disk"
        pids = self._tree()
        if self._threads(pids) > self.limits.processes:
            return "processes"
        if self._own_mb(pids) > self.limits.memory_mb and (
            self._proportional_mb(pids) > self.limits.memory_mb
        ):
            return "memory"
        if self._cpu_s(pids) > self.limits.cpu_s:
            return "timeout"
        return None

    def _disk_is_full(self) -> bool:
        for room in self.rooms:
            use = os.statvfs(room)
            files = use.f_files - use.f_ffree
            if use.f_bavail == 0 or use.f_ffree == 0 or files > self.limits.disk_mb * FILES_PER_MB:
                return True
        self.ticks += 1
        return bool(self.folder) and self.ticks % FOLDER_TICKS == 0 and self._folder_is_full()

    def _folder_is_full(self) -> bool:
        size = files = 0
        for folder, _, names in os.walk(self.folder):
            for name in names:
                files += 1
                try:
                    size += os.lstat(os.path.join(folder, name)).st_blocks * 512
                except OSError:
                    continue
            if size > self.limits.disk_mb << 20 or files > self.limits.disk_mb * FILES_PER_MB:
                return True
        return False

    def _tree(self) -> list[int]:
        found: list[int] = []
        todo = [self.root]
        while todo:
            pid = todo.pop()
            for children in _texts(f"/proc/{pid}/task"):
                todo += map(int, children.split())
            if pid != self.root:
                found.append(pid)
        return found

    def _threads(self, pids: list[int]) -> int:
        total = 0
        for pid in pids:
            fields = _stat(pid)
            total += int(fields[17]) if fields else 0
        return total

    def _cpu_s(self, pids: list[int]) -> float:
        """User and system time of all, and of those that they have waited for."""
        total = 0
        for pid in (self.root, *pids):
            fields = _stat(pid)
            own = range(13, 15) if pid == self.root else range(11, 15)
            total += sum(int(fields[n]) for n in own) if fields else 0
        return total / os.sysconf("SC_CLK_TCK")

    def _own_mb(self, pids: list[int]) -> float:
        """What is not read from files, of all; memory that they share is counted several times."""
        total = 0
        for pid in pids:
            try:
                with open(f"/proc/{pid}/status", "rb") as file:
                    status = file.read()
            except OSError:
                continue
            total += _kb(status, b"RssAnon:") + _kb(status, b"RssShmem:")
        return total / 1024

    def _proportional_mb(self, pids: list[int]) -> float:
        total = 0
        for pid in pids:
            try:
                with open(f"/proc/{pid}/smaps_rollup") as file:
                    for line in file:
                        if line.startswith("Pss:"):
                            total += int(line.split()[1])
            except OSError:
                continue
        return total / 1024


def _kb(status: bytes, name: bytes) -> int:
    _, found, rest = status.partition(name)
    return int(rest.split(None, 1)[0]) if found else 0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything; none when gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return []


def _texts(tasks: str) -> list[str]:
    found = []
    try:
        for task in os.listdir(tasks):
            with open(f"{tasks}/{task}/children") as file:
                found.append(file.read())
    except OSError:
        pass
    return found
