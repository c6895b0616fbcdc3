"""Running a program and what it cost; folders that are fresh each time."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time


class Cost:
    """Wall and CPU seconds, and the largest resident memory in MB, of one run."""

    def __init__(self, wall, cpu, memory):
        self.wall, self.cpu, self.memory = wall, cpu, memory


def run(command, log=None, **options):
    """Runs a command and waits for it. Its children's CPU time counts, as the system counts it."""
    errors = open(log, "wb") if log else subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=errors, stderr=subprocess.STDOUT, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if log:
        errors.close()
    if process.returncode != 0:
        said = open(log, encoding="utf-8", errors="replace").read()[-2000:] if log else ""
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(runs, once):
    """The run that used the least CPU of several: other work on the machine can only add."""
    return min((once() for _ in range(runs)), key=lambda cost: cost.cpu)


@contextlib.contextmanager
def fresh(need_mb):
    """A new folder, in memory where there is room: a folder whose former files were removed makes disks slow."""
    memory = "/dev/shm"
    room = os.path.isdir(memory) and shutil.disk_usage(memory).free > 2 * need_mb * 1024 * 1024
    folder = tempfile.mkdtemp(prefix="rahnuma-bench-", dir=memory if room else None)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def size_mb(folder):
    """All bytes of the files below a folder."""
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names) / 1e6
