"""A real SMTP server on loopback, in a process of its own, that outlives its clients and keeps what it accepted.

`python -m tests.soak.post_office FILE SEED SHARE` prints its port and serves until its standard input is closed. Each
message is a line of the file, written before the answer goes out. SHARE of the messages it takes slowly: some of these
it hesitates over before it accepts them, most between accepting and saying so.
"""

import asyncio
import email
import email.policy
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
_ROOT = Path(__file__).parents[2]
LONGEST = 0.12
"""Seconds a slow answer takes at most."""


@dataclass(frozen=True, slots=True)
class Accepted:
    message_id: str
    recipient: str
    at: float
    """When, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class PostOffice:
    port: int
    file: Path

    def accepted(self) -> list[Accepted]:
        return [Accepted(**json.loads(line)) for line in self.file.read_text("utf-8").splitlines()]


@contextmanager
def post_office(folder: Path, seed: int = 0, slow: float = 0.0) -> Iterator[PostOffice]:
    """A running server; it ends with the block."""
    file = folder / "accepted.jsonl"
    file.touch()
    command = [sys.executable, "-m", "tests.soak.post_office", str(file), str(seed), str(slow)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield PostOffice(int(server.stdout.readline()), file)
        finally:
            server.stdin.close()
            server.wait(timeout=10)


class Keeper:
    def __init__(self, file: TextIO, draw: random.Random, slow: float) -> None:
        self._file, self._draw, self._slow = file, draw, slow

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        before, after = self._pauses()
        await asyncio.sleep(before)
        content = envelope.content
        assert isinstance(content, bytes)
        head = email.message_from_bytes(content, policy=email.policy.default)
        kept = Accepted(str(head["Message-ID"]), ",".join(envelope.rcpt_tos), time.time())
        self._file.write(json.dumps(asdict(kept)) + "\n")
        self._file.flush()
        await asyncio.sleep(after)
        return "250 taken"

    def _pauses(self) -> tuple[float, float]:
        if self._draw.random() >= self._slow:
            return 0, 0
        pause = self._draw.uniform(0, LONGEST)
        return (pause, 0) if self._draw.random() < 0.2 else (0, pause)


async def _serve(file: TextIO, draw: random.Random, slow: float) -> None:
    keeper = Keeper(file, draw, slow)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper), HOST, 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    with Path(sys.argv[1]).open("a", encoding="utf-8") as kept:
        asyncio.run(_serve(kept, random.Random(int(sys.argv[2])), float(sys.argv[3])))
