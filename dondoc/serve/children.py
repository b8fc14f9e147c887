"""Child processes that never outlive us: their output goes to a file, and they end when we do, even by a power of 9."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


class NotReadyError(RuntimeError):
    """A part did not start; the message says where its own words are."""


def start_child(command: Sequence[str], env: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """Start a process with exactly the environment given on top of ours, its words appended to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603 - our own commands
            list(command),
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with(os.getpid()),  # noqa: PLW1509 - started from the main thread only
        )


def end_with(parent: int) -> Callable[[], None] | None:
    """For a child to call: Linux ends it when its parent is gone, however that went. None elsewhere, where only a clean
    stop does.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def tie() -> None:
        # A shell that starts us in the background makes SIGINT ignored, and children would inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def wait_until_answers(
    url: str, child: "subprocess.Popen[bytes]", log: Path, *, seconds: float, going_on: Callable[[], bool]
) -> None:
    """Until `url` answers 200; NotReadyError when the child ends or time runs out first."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + seconds
    while going_on():
        if child.poll() is not None:
            raise NotReadyError(f"it ended with code {child.returncode}; see {log}")
        try:
            with opener.open(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            pass
        if time.monotonic() > until:
            raise NotReadyError(f"no answer from {url} in {seconds:.0f} s; see {log}")
        time.sleep(0.1)


def stop_child(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Ask it to end, then end it."""
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
