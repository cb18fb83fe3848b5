"""Limits a reading process puts on itself before it opens a file: memory, time, files, no core dump, no network.

Memory is address space, which the database library claims in larger steps than it uses; the figures in `intake.py`
leave room for that. The network is taken away by an empty network namespace (Linux, where the kernel lets ordinary
users make one); elsewhere nothing here opens a connection, and the library may not load extensions.
"""

import ctypes
import os
import sys
from dataclasses import dataclass

CLONE_NEWUSER = 0x10000000  # linux/sched.h
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
SIGKILL = 9
OPEN_FILES = 256
GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take."""

    memory_mb: int
    cpu_seconds: int
    file_mb: int


def confine(limits: Limits) -> tuple[str, ...]:
    """Apply the limits to this process; gives the names of those in force."""
    os.umask(0o077)
    return (*_linux(), *_resources(limits))


def _linux() -> tuple[str, ...]:
    if not sys.platform.startswith("linux"):
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    in_force = ("no core dump", "no new privileges")
    # A refused namespace (hardened kernels, some containers) leaves the other limits in place.
    return (*in_force, "no network") if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 else in_force


def _resources(limits: Limits) -> tuple[str, ...]:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still ends the process
        return ()
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: limits.file_mb << 20,
    }
    if sys.platform.startswith("linux"):  # macOS accepts a limit on address space and ignores it
        wanted[resource.RLIMIT_AS] = limits.memory_mb << 20
    for name, most in wanted.items():
        _, hard = resource.getrlimit(name)
        most = most if hard < 0 else min(most, hard)
        # Processor time warns (SIGXCPU) before it kills, so that the parent can tell it from a lack of memory.
        later = most + GRACE_SECONDS if name == resource.RLIMIT_CPU and hard < 0 else most
        resource.setrlimit(name, (most, later))
    return ("memory", "processor time", "open files", "file size")
