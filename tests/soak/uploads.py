"""Two hundred files at once, files and bodies that are too large, and bodies that hardly come, at the real server."""

import asyncio
import os
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from tasks.adapters.home import Home
from tasks.steps.collecting.page_links import form_mark, token_of
from tests.ledger.office import KEY, filled
from tests.portal.unit_office import PDF, WHO, WRITING
from tests.soak.crowd import code_of
from tests.soak.crowd_client import Seen, Told
from tests.soak.deadline import crowded, lost_and_twice
from tests.soak.page import Outcome, Proof, Say, table
from tests.soak.web_server import serving

MANY = int(os.environ.get("SOAK_UPLOADS", "200"))
SLOW = 100
"""Connections that send a byte now and then, as long as it goes on."""
MEGABYTES = 600
"""One process may use so much at most, whatever is sent."""
_PATIENCE = 240.0
_PACE = 0.5
_TOO_MUCH = 30 << 20
_VIETNAMESE = re.compile(r'<html lang="vi">')
_TEXT = f"""{MANY} units send their filled workbook at the same moment, each over a connection of its own; a tenth as many others
send a scan of {_TOO_MUCH >> 20} MB, as many say that they will and send it in pieces without a length; {SLOW} connections begin
a form and send a byte of it every half second, as long as the others last. *Lost*: workbooks that were not answered with a
receipt, or whose receipt is not in the ledger. *Without words*: answers that are no page in Vietnamese. *Memory*: the most that
the server's process has used; it may be {MEGABYTES} MB ([uploads.py](../tests/soak/uploads.py)).

Command: `make soak`, or `.venv/bin/python -m tests.soak uploads` for this alone; how many is in `SOAK_UPLOADS`.
"""


class Poster:
    """One browser with a file, over a bare connection."""

    def __init__(self, home: Home, port: int, unit: str) -> None:
        token = token_of(home, KEY, unit, 0)
        self.port, self.path = port, f"/k/{token}"
        self.fields = {"dau": form_mark(home, token), "ban": "0", **WHO}

    async def post(
        self, rest: str, file: bytes, *, chunked: bool = False, **more: str
    ) -> tuple[int, str, str]:
        """Status, where it leads to, and the page."""
        boundary = uuid4().hex
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
            for name, text in {**self.fields, **more}.items()
        )
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="tep"; filename="x.xlsx"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        body += file + f"\r\n--{boundary}--\r\n".encode()
        length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
        head = (
            f"POST {self.path}{rest} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{length}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n"
        ).encode()
        return await self._exchange(head, _chunks(body) if chunked else [body])

    async def _exchange(self, head: bytes, body: list[bytes]) -> tuple[int, str, str]:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 26)
            answer = asyncio.create_task(
                reader.read()
            )  # while it is still sent: a refusal comes before its end
            try:
                writer.write(head)
                for part in body:
                    writer.write(part)
                    await writer.drain()
                    if answer.done():
                        break
            except ConnectionError:
                pass
            said = (await answer).decode("utf-8", "replace")
            writer.close()
        status = int(said[9:12] or 0) if said else 0
        led = re.search(r"\r\nlocation: ([^\r]*)", said, re.IGNORECASE)
        return status, led[1] if led else "", said

    async def dribble(self, ended: asyncio.Event) -> tuple[int, str, str]:
        """A form of which a byte comes every now and then, until the others are done."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        ).encode()
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head)
        try:
            while not ended.is_set():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(_PACE)
        except ConnectionError:
            return 408, "", ""
        writer.close()
        return 0, "", ""


def _chunks(body: bytes) -> list[bytes]:
    parts = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    return [b"%x\r\n%b\r\n" % (len(part), part) for part in parts] + [b"0\r\n\r\n"]


class Storm:
    """What came of it all."""

    def __init__(self) -> None:
        self.workbooks: list[Told] = []
        self.wordless: list[str] = []
        self.answers: Counter[tuple[str, int]] = Counter()
        self.peak = 0


def storm(home: Home, many: int, slow: int, workers: int = 1) -> Storm:
    """Everything at once."""
    found = Storm()
    books = {code_of(number): filled(home, code_of(number), WRITING) for number in range(many)}
    with serving(home, workers) as server:
        asyncio.run(_rage(home, server.port, books, slow, found))
        found.peak = server.peak_megabytes()
    return found


async def _rage(home: Home, port: int, books: dict[str, bytes], slow: int, found: Storm) -> None:
    ended = asyncio.Event()
    dribbles = [asyncio.create_task(Poster(home, port, code_of(0)).dribble(ended)) for _ in range(slow)]
    scan = PDF + bytes(_TOO_MUCH)

    async def book(unit: str, data: bytes) -> None:
        told = Told()
        try:
            status, told.at, said = await Poster(home, port, unit).post("/bieu", data)
            found.answers["workbook", status] += 1
            told.wrong = "" if status == 303 else f"answered {status}: {said[-300:]}"
        except (OSError, TimeoutError) as error:
            told.wrong = f"{type(error).__name__}: {error}"
        found.workbooks.append(told)

    async def large(unit: str, *, chunked: bool) -> None:
        kind = "too large, in pieces" if chunked else "too large"
        try:
            status, _, said = await Poster(home, port, unit).post("", scan, chunked=chunked, viec="tep")
        except (OSError, TimeoutError) as error:
            status, said = 0, f"{type(error).__name__}: {error}"
        found.answers[kind, status] += 1
        if status != 413 or not _VIETNAMESE.search(said):
            found.wordless.append(f"{kind}: {status} {said[:100]}")

    others = range(max(len(books) // 10, 1))
    await asyncio.gather(
        *(book(unit, data) for unit, data in books.items()),
        *(large(code_of(number), chunked=False) for number in others),
        *(large(code_of(number), chunked=True) for number in others),
    )
    ended.set()
    await asyncio.gather(*dribbles)


def wrong(home: Home, found: Storm, many: int) -> tuple[list[str], list[str]]:
    return lost_and_twice(home, many, Seen(found.workbooks, 0))


def run(say: Say) -> Outcome:
    with TemporaryDirectory() as folder:
        home = crowded(Path(folder), MANY, drafts=False)
        found = storm(home, MANY, SLOW)
        lost, twice = wrong(home, found, MANY)
        home.ledger.close()
    rows = [(kind, status, count) for (kind, status), count in sorted(found.answers.items())]
    told = f"Lost: {len(lost)}. Twice: {len(twice)}. Without words: {len(found.wordless)}. Memory: {found.peak} MB."
    say(told)
    broken = [*lost, *twice, *found.wordless]
    if found.peak > MEGABYTES:
        broken.append(f"it used {found.peak} MB")
    return Outcome(f"{_TEXT}\n{table(('Sent', 'Answer', 'Times'), rows)}\n\n{told}", tuple(broken))


PROOF = Proof("uploads", "Files and bodies at once", run)
