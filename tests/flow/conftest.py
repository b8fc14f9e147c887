"""One real installation, served once for all tests that need it: the page, Prefect's server and a worker."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from dondoc.serve.environment import free_port

SERVE = """
import sys
from pathlib import Path
from dondoc.serve import serve
from tasks.adapters.settings import Settings
home, port, prefect_port = sys.argv[1:]
sys.exit(serve(Settings(_env_file=None, home=Path(home)), int(port), prefect_port=int(prefect_port)))
"""


def serve_command(home: Path, port: int, prefect_port: int) -> list[str]:
    return [sys.executable, "-c", SERVE, str(home), str(port), str(prefect_port)]


@dataclass
class Served:
    home: Path
    port: int
    prefect_port: int
    process: "subprocess.Popen[str]"
    out: Path

    @property
    def page(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prefect(self, method: str, path: str, **body: Any) -> Any:
        """Ask Prefect's API as its own client does: with the token against forged requests."""
        client = str(uuid.uuid4())
        api = f"http://127.0.0.1:{self.prefect_port}/api"
        with httpx.Client(base_url=api, trust_env=False, timeout=20) as http:
            token = http.get("/csrf-token", params={"client": client}).json()["token"]
            headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}
            answer = http.request(method, path, json=body, headers=headers)
            answer.raise_for_status()
            return answer.json()

    def processes(self) -> dict[int, str]:
        """Every living process of this installation but the supervisor: pid → command line."""
        found = {}
        mark = f"DONDOC_HOME={self.home.resolve()}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def pid_of(self, part: str) -> int | None:
        return next((pid for pid, command in self.processes().items() if part in command), None)


def until(what: Callable[[], Any], seconds: float) -> Any:
    """The first true answer; the last one when time runs out."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.2)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    home, out = folder / "home", folder / "out.txt"
    port, prefect_port = free_port(), free_port()
    with out.open("w") as told:
        process = subprocess.Popen(
            serve_command(home, port, prefect_port), stdout=told, stderr=told, text=True, cwd=folder
        )
    found = Served(home, port, prefect_port, process, out)
    assert until(lambda: "ready" in out.read_text() or process.poll() is not None, 150)
    assert process.poll() is None, out.read_text()
    yield found
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    for pid in found.processes():
        os.kill(pid, signal.SIGKILL)
