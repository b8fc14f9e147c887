"""Mail without a server: each message one file in a Maildir, which any mail program opens.

A rerun writes the same file again: the name is derived from the Message-ID, so the Maildir never holds a
message twice, not even when a crash fell between writing and recording it. A message that a reader has already
moved to cur/ is left alone.
"""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.adapters.mail.errors import RetryableMailError
from tasks.adapters.mail.message import Delivered, OutgoingMail, to_bytes


class MaildirTransport:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._ready = False

    @property
    def patience(self) -> timedelta:
        return timedelta(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def send(self, mail: OutgoingMail) -> Delivered:
        """Whole file or no file. A full or read-only disk is a RetryableMailError."""
        name = maildir_name(mail.message_id)
        data = to_bytes(mail, crlf=False)
        try:
            self._make_folders()
            if not any(self.path.glob(f"cur/{name}*")):
                self._write(name, data, mail.date.timestamp())
        except OSError as error:
            raise RetryableMailError(f"cannot write to {self.path}: {error}", stage="write") from error
        return Delivered(mail.message_id, f"new/{name}")

    def _make_folders(self) -> None:
        if not self._ready:
            for folder in ("tmp", "new", "cur"):
                (self.path / folder).mkdir(parents=True, exist_ok=True)
            self._ready = True

    def _write(self, name: str, data: bytes, when: float) -> None:
        # The process id keeps two senders of one message out of each other's half-written file.
        draft = self.path / "tmp" / f"{name}.{os.getpid()}"
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Mail programs sort a Maildir by file time: the mail's own date, so that a replay reads in order.
        os.utime(draft, (when, when))
        draft.replace(self.path / "new" / name)


def maildir_name(message_id: str) -> str:
    """The file name of a message, the same wherever and whenever it is written."""
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:32]}.dondoc"
