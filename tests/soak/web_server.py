"""The page's real server, in processes of its own, on the day on which units write."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dondoc.serve.environment import dondoc_environment, free_port
from tasks.adapters.home import Home
from tests.portal.unit_office import WRITING

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Serving:
    port: int
    pid: int

    def workers(self) -> list[int]:
        """Its processes that answer, where there are several."""
        return _children(self.pid)

    def peak_megabytes(self) -> int:
        """The most memory that any of its processes has used."""
        family = [self.pid, *self.workers()]
        return max(_peak(pid) for pid in family)


@contextmanager
def serving(home: Home, workers: int = 1) -> Iterator[Serving]:
    """Until the block ends; our own connections are given back first."""
    home.ledger.close()
    port = free_port()
    told = dondoc_environment(home.settings) | {"DONDOC_WEB_WORKERS": str(workers), "SOAK_MOMENT": WRITING}
    command = [sys.executable, "-m", "tests.soak.web_at", "--port", str(port)]
    log = home.folder / "web.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=os.environ | told, cwd=_ROOT, stdout=out, stderr=out) as server,
    ):
        try:
            _wait(port, server, log)
            yield Serving(port, server.pid)
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while True:
        assert server.poll() is None, log.read_text("utf-8", "replace")
        assert time.monotonic() < until, "the page did not start"
        try:
            with opener.open(f"http://127.0.0.1:{port}/suc-khoe", timeout=5):
                return
        except OSError:
            time.sleep(0.1)


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return [int(pid) for pid in found]


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
