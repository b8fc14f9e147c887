"""Flow runs live in sessions of their own; when their worker is killed they become ours to end (Linux)."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Collection
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """From now on the processes our children leave behind become our own children, not those of process 1."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(known: Collection[int], seconds: float) -> None:
    """End every child that is not one of `known`, and what it leaves behind in turn."""
    until = time.monotonic() + seconds
    sign = signal.SIGTERM
    while orphans := [pid for pid in _children() if pid not in known]:
        if time.monotonic() > until:
            sign = signal.SIGKILL
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, sign)
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.1)


def _children() -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            # "pid (name) state ppid …"; the name may hold anything, so read from its last bracket.
            if int(stat.read_text("ascii", "replace").rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(stat.parent.name))
    return found
