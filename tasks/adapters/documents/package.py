"""A .docx as a zip of parts: read with limits, written with the same bytes for the same parts."""

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from tasks.adapters.packing import Packed, deflated, package

MAIN_PART: Final = "word/document.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MAX_PARTS: Final = 2_000
_MAX_TOTAL: Final = 64 * 2**20
_MAX_PART: Final = 24 * 2**20
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class NotADocumentError(ValueError):
    """The bytes are no .docx that can be read: not a zip, damaged, encrypted, or far too large unpacked."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name, in their order. Raises NotADocumentError for anything else.

    Sizes are checked against what the archive declares and again against what it really unpacks to.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _require_sane_size(members)
            parts = {member.filename: _read(archive, member) for member in members}
    except NotADocumentError:
        raise
    except _DAMAGED as error:
        raise NotADocumentError(
            "the file is not a .docx, or it is damaged or protected by a password"
        ) from error
    if MAIN_PART not in parts or _CONTENT_TYPES not in parts:
        raise NotADocumentError("the file is a zip archive, but not a Word document (.docx)")
    return parts


def _require_sane_size(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_PARTS or sum(member.file_size for member in members) > _MAX_TOTAL:
        raise NotADocumentError("the file unpacks to far more than a document holds")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        part = stream.read(_MAX_PART + 1)
    if len(part) > _MAX_PART:
        raise NotADocumentError(f"part {member.filename} unpacks to far more than a document holds")
    return part


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The .docx of these parts: content types first, the rest in the order given, no clock anywhere."""
    return write_packed([deflated(name, content) for name, content in parts.items()])


def write_packed(parts: Iterable[Packed]) -> bytes:
    """The same of parts that are packed already."""
    return package(sorted(parts, key=lambda part: part.name != _CONTENT_TYPES.encode()))
