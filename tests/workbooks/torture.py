"""Broken forms given to the reader in a process of its own, which may neither hang, nor grow, nor die."""

import os
import resource
import signal
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection

from models.content import content_sha256
from models.intake import check_reading
from models.privacy import PERSONAL_DATA, people_lists
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook
from tests.workbooks.mutations import WHOLE, mutated, original
from tests.workbooks.sample_forms import HUE_588

SECONDS = 5
MEGABYTES = 300

Answers = Counter[tuple[str, str]]


@dataclass
class Tortured:
    answers: Answers = field(default_factory=Counter)
    """(kind, what was answered) → how often."""
    broken: list[str] = field(default_factory=list)


def answer(data: bytes) -> str:
    """`as before`, `other values`, the rule of a refusal, or `findings`; a refusal without a sentence is an error."""
    try:
        reading = read_workbook(data)
    except NotAWorkbookError as refused:
        return refused.rule if refused.message.endswith(".") else "no sentence"
    if people_lists(reading.grids):
        return PERSONAL_DATA
    intake = check_reading(reading, HUE_588)
    if intake.has_errors:
        assert all(finding.message.strip() for finding in intake.findings)
        return "findings"
    return "as before" if content_sha256(intake) == _usual() else "other values"


def _usual() -> str:
    return content_sha256(check_reading(read_workbook(original()), HUE_588))


def torture(numbers: range) -> Tortured:
    """All of these, one after another; where the process dies, the next one goes on behind the file that killed it."""
    found, at = Tortured(), numbers.start
    while at < numbers.stop:
        theirs, ours = get_context("fork").Pipe(duplex=False)
        process = get_context("fork").Process(target=_work, args=(range(at, numbers.stop), ours))
        process.start()
        ours.close()
        at = _listen(theirs, found, at)
        process.join()
        if at < numbers.stop:
            found.broken.append(f"number {at}: the process ended with {process.exitcode}")
            at += 1
    return found


def _listen(pipe: Connection, found: Tortured, at: int) -> int:
    """Takes the answers down; returns the number that got none."""
    while True:
        try:
            kind, said, broken = pipe.recv()
        except EOFError:
            return at
        found.answers[kind, said] += 1
        found.broken += broken
        at += 1


def _work(numbers: range, pipe: Connection) -> None:
    bounded()
    for number in numbers:
        kind, data = mutated(number)
        broken = []
        signal.alarm(SECONDS)
        try:
            said = answer(data)
            if said == "no sentence":
                broken = [f"number {number}, {kind}: refused without a sentence"]
            if said == "other values" and kind in WHOLE:
                broken = [f"number {number}, {kind}: taken with other values"]
        except BaseException:  # noqa: BLE001 - whatever comes is what must not come
            said, broken = "exception", [f"number {number}, {kind}: {traceback.format_exc(limit=-2)}"]
        signal.alarm(0)
        pipe.send((kind, said, broken))
    pipe.close()
    os._exit(0)


def bounded() -> None:
    """This process may grow by so much and no more; what asks for more dies, and is told by its number."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        now = int(file.read().split()[0]) * resource.getpagesize()
    most = now + (MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
