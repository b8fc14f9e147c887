"""Outlook's own envelope (winmail.dat): the files in it. Public format MS-OXTNEF, of which only the attachments are read.

The library there is for it copies the rest of the file for each of its parts, which a hostile one makes take hours; here each
part is looked at once.
"""

import struct
from collections.abc import Iterator

from models.mail_files import MOST_FILES, MailFile, file_name

_HEAD = struct.Struct("<IH")
_PART = struct.Struct("<BII")
"""Level, attribute, length; then the data and two bytes of checksum, which mail programs do not look at either."""
_BEGINS, _TITLE, _DATA = 0x69002, 0x18010, 0x6800F
"""attAttachRenddata, with which each attachment begins; attAttachTitle; attAttachData."""
_MOST_PARTS = 5000


class BrokenEnvelopeError(ValueError):
    """It cannot be taken apart, or has nothing in it."""


def files_of(envelope: bytes) -> list[MailFile]:
    """In their order. BrokenEnvelopeError where it is cut off, has too many parts, or no file."""
    found: list[list[bytes]] = []
    for attribute, data in _parts(envelope):
        if attribute == _BEGINS:
            found.append([b"", b""])
        elif attribute in (_TITLE, _DATA) and found:
            found[-1][attribute == _DATA] = data
    if not 0 < len(found) <= MOST_FILES:
        raise BrokenEnvelopeError(f"{len(found)} files in it")
    return [MailFile(file_name(_named(title)), data) for title, data in found]


def _parts(envelope: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD.size
    for _ in range(_MOST_PARTS):
        if at == len(envelope):
            return
        try:
            _level, attribute, length = _PART.unpack_from(envelope, at)
        except struct.error:
            raise BrokenEnvelopeError("cut off") from None
        at += _PART.size
        if at + length + 2 > len(envelope):
            raise BrokenEnvelopeError("cut off")
        yield attribute, envelope[at : at + length]
        at += length + 2
    raise BrokenEnvelopeError("too many parts")


def _named(title: bytes) -> str:
    """A short name in the code page of the sender, for people only."""
    return title.rstrip(b"\x00").decode("utf-8", "replace")
