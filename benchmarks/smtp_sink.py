"""A real SMTP server on loopback in a process of its own: takes every message and keeps none.

`python -m benchmarks.smtp_sink` prints its port and serves until its standard input is closed.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST: Final = "127.0.0.1"


class Sink:
    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "250 taken"


@contextmanager
def smtp_sink() -> Iterator[int]:
    """The port of a running server; it ends with the block, or with this process."""
    command = [sys.executable, "-m", "benchmarks.smtp_sink"]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()
            server.wait(timeout=10)


async def _serve() -> None:
    sink = Sink()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(sink), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve())
