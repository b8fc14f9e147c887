"""The mailbox that answers to our mails come into, over IMAP. Messages are moved into folders of ours, never deleted,
never changed, not even marked as read.
"""

import imaplib
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from models.deadlines import ZONE
from tasks.adapters.imap_url import ImapServer, parse_imap_url

PARENT = "Dondoc"
DONE = "da-xu-ly"
"""Handled; nobody need look."""
FORMS = "bieu-da-nhan"
"""Brought forms, and each was answered."""
HELD = "cho-quyet-dinh"
"""Brought a form that is taken in only on a person's word."""
TO_SEE = "can-xem"
"""For a person."""
FOLDERS = (DONE, FORMS, HELD, TO_SEE)
LARGEST_MAIL = 50 << 20
"""More than mail servers let through; of a larger one only the headers are loaded."""

_FAILURES = (OSError, imaplib.IMAP4.error, ImapToolsError)


class MailboxError(OSError):
    """The mailbox cannot be read now; one clear line, without the password."""


class Waiting(NamedTuple):
    """One mail in the folder. `arrived` is when our own server took it in: no sender can write that."""

    uid: str
    data: bytes
    arrived: datetime | None
    is_whole: bool = True
    """False: too large; `data` is its headers."""


class Mailbox:
    """A session, used as a context manager."""

    def __init__(self, server: str | ImapServer) -> None:
        self.server = parse_imap_url(server) if isinstance(server, str) else server
        self._box: BaseMailBox | None = None
        self._folders: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._box = _connect(self.server)
            self._log_in(self._box)
            self._folders = _make_folders(self._box)
            self._box.folder.set(self.server.folder)
        except _FAILURES as error:
            self.close()
            raise self._told(error) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def waiting(self) -> Iterator[Waiting]:
        """Every message in the folder, the oldest first. MailboxError where the server goes."""
        try:
            for uid in self._in_use.uids():
                told = _answers(self._fetch(uid, "(RFC822.SIZE INTERNALDATE)"))
                size = re.search(rb"RFC822\.SIZE (\d+)", told)
                is_whole = not size or int(size[1]) <= LARGEST_MAIL
                found = self._fetch(uid, "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])")
                data = next((part[1] for part in found if isinstance(part, tuple)), None)
                if data is not None:  # else somebody took it away in between
                    yield Waiting(uid, bytes(data), _arrived(told), is_whole)
        except _FAILURES as error:
            raise self._told(error) from None

    def _fetch(self, uid: str, what: str) -> Sequence[Any]:
        return self._in_use.client.uid("FETCH", uid, what)[1]

    def put(self, uid: str, folder: str) -> None:
        """Move one message to one of FOLDERS; one that is gone already is none of our business."""
        try:
            self._in_use.move(uid, self._folders[folder])
        except _FAILURES as error:
            raise self._told(error) from None

    def close(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            with suppress(*_FAILURES):
                box.logout()

    @property
    def _in_use(self) -> BaseMailBox:
        assert self._box is not None, "open it first"
        return self._box

    def _log_in(self, box: BaseMailBox) -> None:
        box.login(self.server.user, self.server.password, initial_folder=None)
        # What a server can do is told in full only after the log-in.
        box.client.capabilities = tuple(box.client.capability()[1][0].decode("ascii").upper().split())
        if "MOVE" not in box.client.capabilities:
            # Without it a message is copied and deleted, and whatever else was marked as deleted goes with it.
            raise imaplib.IMAP4.error("it cannot move messages (RFC 6851), so none is touched")

    def _told(self, error: BaseException) -> MailboxError:
        if isinstance(error, MailboxError):
            return error
        said = " ".join(str(error).replace(self.server.password, "…").split()) or type(error).__name__
        return MailboxError(
            f"the mailbox {self.server.user} at {self.server.host}:{self.server.port} cannot be read: {said[:300]}"
        )


def _answers(found: Sequence[Any]) -> bytes:
    return b" ".join(part for part in found if isinstance(part, bytes))


def _arrived(told: bytes) -> datetime | None:
    read = imaplib.Internaldate2tuple(told)
    return datetime.fromtimestamp(time.mktime(read), ZONE) if read else None


def _connect(server: ImapServer) -> BaseMailBox:
    if server.implicit_tls:
        return MailBox(server.host, server.port, timeout=server.timeout, ssl_context=server.tls())
    if server.starttls:
        return MailBoxStartTls(server.host, server.port, timeout=server.timeout, ssl_context=server.tls())
    return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)


def _make_folders(box: BaseMailBox) -> dict[str, str]:
    """FOLDERS under PARENT, made where they are missing, named in the server's own way: some keep all
    folders under `INBOX.`, and `/` does not separate everywhere.
    """
    prefix, separator = _namespace(box)
    names = {name: f"{prefix}{PARENT}{separator}{name}" for name in FOLDERS}
    for name in names.values():
        if not box.folder.exists(name):
            box.folder.create(name)
    return names


def _namespace(box: BaseMailBox) -> tuple[str, str]:
    """The user's own folders: what their names begin with, and what separates levels (RFC 2342)."""
    if "NAMESPACE" in box.client.capabilities:
        told = box.client.namespace()[1][0]
        found = re.match(rb'\(\("([^"]*)" "(.)"', told or b"")
        if found:
            return found.group(1).decode("ascii", "replace"), found.group(2).decode("ascii", "replace")
    first = next(iter(box.folder.list()), None)
    return "", first.delim if first else "/"
