"""Archives that hold forms: which files are in one, opened under the same bounds as a workbook. Nothing is written.

Only what may be a spreadsheet is unpacked; scans and letters beside it are not looked into.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from models.mail_files import MOST_FILES, file_name
from tasks.adapters.workbooks.safety import (
    BROKEN_ZIP,
    LARGEST_FILE,
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    SMALL,
    NotAWorkbookError,
    bomb,
    check_size,
    corrupt,
    inflate,
)

LARGEST_ARCHIVE = 32 * MEGABYTE
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
"""Streams of old workbooks, and of new ones with a password."""
_OFFICE = "[Content_Types].xml"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_ARCHIVES = {b"Rar!\x1a\x07": ".rar", b"7z\xbc\xaf\x27\x1c": ".7z"}
_LITTER = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini")
_UTF8_NAMES = 0x800
_SEND_PLAIN = "Đề nghị gửi thẳng tệp biểu Excel kèm thư, hoặc nén lại dạng .zip không đặt mật khẩu."


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive; `problem` says why it is not to be read."""

    name: str
    data: bytes
    problem: NotAWorkbookError | None = None


def may_be_form(data: bytes) -> bool:
    """Could it be a workbook, or an archive with some? Of what its kind is known by its content and is neither (Word,
    slides, Outlook's .msg), no.
    """
    if data.startswith(_OLE):
        return any(mark in data for mark in _OLE_WORKBOOKS)
    if not data.startswith(_ZIP):
        return _other_archive(data) != ""
    names = _names(data)
    if "mimetype" in names and "content.xml" in names:
        return _ODS in data[:200]
    is_office = _OFFICE in names or any(name.startswith(("word/", "ppt/")) for name in names)
    return not is_office or any(name.startswith("xl/") for name in names)


def is_archive(data: bytes) -> bool:
    """An archive that is no workbook itself."""
    if not data.startswith(_ZIP):
        return _other_archive(data) != ""
    names = _names(data)
    return bool(names) and may_be_form(data) and not names & {_OFFICE, "mimetype", "content.xml"}


def _names(data: bytes) -> set[str]:
    """Empty where it cannot be opened; the reader of workbooks says what is wrong with it."""
    try:
        return {info.filename for info in zipfile.ZipFile(BytesIO(data)).infolist()}
    except BROKEN_ZIP:
        return set()


def unpack_archive(data: bytes) -> list[Member]:
    """What may be forms in it. NotAWorkbookError, in Vietnamese, where the archive as a whole must not be opened."""
    if kind := _other_archive(data):
        raise NotAWorkbookError("archive_kind", f"Tệp nén dạng {kind} chưa đọc được. {_SEND_PLAIN}")
    if len(data) > LARGEST_ARCHIVE:
        limit = LARGEST_ARCHIVE // MEGABYTE
        raise NotAWorkbookError("too_large", f"Tệp nén quá lớn (tối đa {limit} MB). {_SEND_PLAIN}")
    try:
        infos = [info for info in zipfile.ZipFile(BytesIO(data)).infolist() if not _is_litter(info)]
        _check_whole(infos)
        return list(_members(data, infos))
    except BROKEN_ZIP as error:
        if isinstance(error, NotAWorkbookError):
            raise
        raise corrupt() from error


def _check_whole(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise NotAWorkbookError(
            "too_many_files", f"Tệp nén có {len(infos)} tệp, nhiều hơn {MOST_FILES}. {_SEND_PLAIN}"
        )
    if any(info.flag_bits & 1 for info in infos):
        raise NotAWorkbookError("password", f"Tệp nén có mật khẩu. {_SEND_PLAIN}")
    if sum(info.file_size for info in infos) > LARGEST_UNPACKED or any(
        info.file_size > SMALL and info.file_size > LARGEST_RATIO * info.compress_size for info in infos
    ):
        raise bomb()


def _members(data: bytes, infos: list[zipfile.ZipInfo]) -> Iterator[Member]:
    for info in infos:
        name = file_name(_name(info))
        if info.compress_type not in (0, 8):
            raise corrupt()
        if info.file_size > LARGEST_FILE and not _begins_like_one(data, info):
            continue
        content = inflate(data, info)
        if not may_be_form(content):
            continue
        yield Member(name, content, _problem(name, content))


def _problem(name: str, content: bytes) -> NotAWorkbookError | None:
    if is_archive(content):
        return NotAWorkbookError("nested", f"Trong tệp nén lại có tệp nén ({name}). {_SEND_PLAIN}")
    try:
        check_size(content)
    except NotAWorkbookError as problem:
        return problem
    return None


def _begins_like_one(data: bytes, info: zipfile.ZipInfo) -> bool:
    """Without unpacking what is too large anyway."""
    with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(info) as file:
        return file.read(8).startswith((_ZIP, _OLE))


def _other_archive(data: bytes) -> str:
    return next((kind for mark, kind in _OTHER_ARCHIVES.items() if data.startswith(mark)), "")


def _is_litter(info: zipfile.ZipInfo) -> bool:
    name = info.filename.lower()
    return (
        info.is_dir() or name.startswith(_LITTER[0]) or name.rsplit("/", 1)[-1].startswith((*_LITTER, "~$"))
    )


def _name(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
