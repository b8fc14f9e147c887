"""Units at their pages all at once, over real connections, from a process of its own.

`python -m tests.soak.crowd_client` reads one JSON object from its standard input (see Wave) and prints one: what each unit
was told and how long each answer took. People come at their own pace, whether or not those before them were answered, so
a server that falls behind is seen in the times.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode

_ROOT = Path(__file__).parents[2]
_HIDDEN = re.compile(rb'<input type="hidden" name="(dau|ban)" value="([^"]*)">')
_PATIENCE = 120.0


@dataclass(frozen=True)
class Wave:
    port: int
    paths: list[str]
    """One link for each unit."""
    a_second: float
    """So many people come each second."""
    answers: dict[str, str]
    who: dict[str, str]
    whole_way: bool
    """Open the form and fill it in first; else the draft is ready, and is looked at and sent."""
    marks: dict[str, str] = field(default_factory=dict)
    """Link → the mark of its form, of people whose confirm page is open: they only send."""


@dataclass
class Told:
    """What became of one unit's visit; `at` is the last address it was led to."""

    at: str = ""
    wrong: str = ""
    ended: float = 0.0
    took: list[tuple[str, float]] = field(default_factory=list)
    """(which request, seconds from asking to the last byte)."""


@dataclass(frozen=True)
class Seen:
    told: list[Told]
    seconds: float
    """From the first person who came to the last who was done."""
    early: tuple[Told, ...] = ()
    """Of those who came before it began."""

    @property
    def answered(self) -> int:
        return sum(not each.wrong for each in self.told)

    @property
    def wrong(self) -> list[str]:
        return [each.wrong for each in self.told if each.wrong]

    def took(self, name: str = "") -> list[float]:
        """The times of one kind of request, or of all, in order."""
        return sorted(seconds for each in self.told for kind, seconds in each.took if name in {kind, ""})


def visit(wave: Wave) -> Seen:
    """Let them come, in another process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.crowd_client"],
        input=json.dumps(asdict(wave)),
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
    )
    found = json.loads(done.stdout)
    return Seen([Told(**each) for each in found["told"]], found["seconds"])


class Visit:
    """One person with one connection."""

    def __init__(self, wave: Wave, path: str) -> None:
        self.wave, self.path, self.told = wave, path, Told()
        self.hidden: dict[str, str] = {}

    async def go(self) -> Told:
        try:
            async with asyncio.timeout(_PATIENCE):
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.wave.port)
                await self._way()
            self.writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, AssertionError) as error:
            self.told.wrong = f"{type(error).__name__}: {error}"
        self.told.ended = time.monotonic()
        return self.told

    async def _way(self) -> None:
        if self.wave.whole_way:
            await self._ask("open", "GET", self.path, 200)
            await self._ask("save", "POST", self.path, 303, {**self.wave.answers, "viec": "gui"})
        if self.path in self.wave.marks:
            self.hidden = {"dau": self.wave.marks[self.path], "ban": "1"}
        else:
            await self._ask("look", "GET", f"{self.path}/kiem-tra", 200)
        await self._ask("send", "POST", f"{self.path}/gui", 303, self.wave.who)
        assert self.told.at.startswith(f"{self.path}/da-nhan/"), f"led to {self.told.at}"
        if not self.wave.marks:
            await self._ask("receipt", "GET", self.told.at, 200)

    async def _ask(
        self, name: str, method: str, path: str, expected: int, fields: dict[str, str] | None = None
    ) -> None:
        body = urlencode({**self.hidden, **fields}).encode() if fields is not None else b""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind}Content-Length: {len(body)}\r\n\r\n"
        begun = time.monotonic()
        self.writer.write(head.encode() + body)
        headers = await self.reader.readuntil(b"\r\n\r\n")
        found = re.search(rb"\r\ncontent-length: (\d+)\r\n", headers.lower())
        answer = await self.reader.readexactly(int(found[1]) if found else 0)
        self.told.took.append((name, time.monotonic() - begun))
        status = int(headers[9:12])
        assert status == expected, f"{name} was answered {status}"
        led = re.search(rb"\r\n[Ll]ocation: ([^\r]*)", headers)
        self.told.at = led[1].decode() if led else path
        for key, value in _HIDDEN.findall(answer):
            self.hidden[key.decode()] = value.decode()


async def _run(wave: Wave) -> dict[str, object]:
    begun = time.monotonic()
    visits = []
    for number, path in enumerate(wave.paths):
        await asyncio.sleep(max(begun + number / wave.a_second - time.monotonic(), 0))
        visits.append(asyncio.create_task(Visit(wave, path).go()))
    told = await asyncio.gather(*visits)
    seconds = max((each.ended for each in told), default=begun) - begun
    return {"told": [asdict(each) for each in told], "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run(Wave(**json.load(sys.stdin))))))  # noqa: T201
