"""Which files of a mail may be forms, and what each is: ours, somebody else's workbook, or not to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from hashlib import sha256
from itertools import islice

from models.finding import Finding
from models.mail_files import MOST_FILES, MailFile, files_in
from tasks.adapters.archives import is_archive, may_be_form, unpack_archive
from tasks.adapters.home import Home
from tasks.adapters.tnef import BrokenEnvelopeError, files_of
from tasks.adapters.workbooks import NotAWorkbookError
from tasks.steps.collecting.forms import Expected, claimed_by, is_as_sent, is_ours
from tasks.steps.collecting.intake import identify


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may have been meant as a report."""

    name: str
    data: bytes = field(repr=False)
    whose: Expected | None = None
    """Of a form of ours: proved by its token."""
    why: str = ""
    """Of any other: a word of `models.inbound_words`."""
    finding: Finding | None = None
    """What to tell the sender of a file that cannot be read."""

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def candidates(
    home: Home, message: Message, own_address: str, as_of: datetime
) -> tuple[list[Candidate], list[str]]:
    """The candidates, each content once; and the names of all the files there are."""
    files = files_in(message, own_address)
    found = {each.sha256: each for each in islice(_candidates(home, files, as_of), MOST_FILES)}
    return list(found.values()), [file.name for file in files]


def _candidates(home: Home, files: list[MailFile], as_of: datetime) -> Iterator[Candidate]:
    for file in files:
        if file.is_tnef:
            yield from _in_envelope(home, file, as_of)
        elif is_archive(file.data):
            yield from _in_archive(home, file, as_of)
        elif may_be_form(file.data):
            yield _read(home, file.name, file.data, as_of)


def _in_envelope(home: Home, file: MailFile, as_of: datetime) -> Iterator[Candidate]:
    try:
        files = files_of(file.data)
    except BrokenEnvelopeError:
        yield Candidate(file.name, file.data, why="winmail")
        return
    # One envelope in another nobody writes; it waits like one that cannot be opened.
    yield from (Candidate(each.name, each.data, why="winmail") for each in files if each.is_tnef)
    yield from _candidates(home, [each for each in files if not each.is_tnef], as_of)


def _in_archive(home: Home, file: MailFile, as_of: datetime) -> Iterator[Candidate]:
    try:
        members = unpack_archive(file.data)
    except NotAWorkbookError as error:
        yield _unreadable(file.name, file.data, error)
        return
    for member in members:
        if member.problem:
            yield _unreadable(member.name, member.data, member.problem)
        else:
            yield _read(home, member.name, member.data, as_of)


def _read(home: Home, name: str, data: bytes, as_of: datetime) -> Candidate:
    reading, unreadable = identify(data)
    if reading is None:
        return Candidate(name, data, why="unreadable", finding=unreadable)
    if is_ours(home, reading):
        whose = claimed_by(reading)
        assert whose
        is_blank = is_as_sent(home, whose, data, as_of)
        return Candidate(name, data, why="blank") if is_blank else Candidate(name, data, whose=whose)
    return Candidate(name, data, why="forged" if reading.identity else "not_ours")


def _unreadable(name: str, data: bytes, error: NotAWorkbookError) -> Candidate:
    finding = Finding("", "", error.message, "error", error.rule)
    return Candidate(name, data, why="unreadable", finding=finding)
