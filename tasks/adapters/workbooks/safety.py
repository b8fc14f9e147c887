"""Is a file that came from outside a spreadsheet, and safe to hand to a spreadsheet reader.

Everything is measured on the bytes as they are, not on what the file says of itself: a reader written in a
compiled language aborts the whole process where it runs out of memory, so the bounds are checked before.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Literal

Kind = Literal["xlsx", "xls", "ods"]

MEGABYTE = 1 << 20
LARGEST_FILE = 4 * MEGABYTE
LARGEST_UNPACKED = 80 * MEGABYTE  # a million blank rows with a height each are 60
LARGEST_RATIO = 100  # POI's bound; a million blank rows shrink 25 times, a bomb a thousand times
SMALL = MEGABYTE  # parts up to this size may shrink as they like
_MOST_PARTS = 300
_MACRO_PARTS = ("vbaproject", "xl/macrosheets/", "xl/activex/")
_LINK_PARTS = ("\nxl/externallinks/", "\nxl/connections", "\nxl/querytables/")
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    IndexError,
)
"""What the standard library raises at a broken package; NotAWorkbookError is a ValueError, too."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_OTHER_LETTERS = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*<\?xml(?:(?!\?>).)*?\sencoding\s*=\s*(?!["'](?:utf-8|us-ascii)["'])""",
    re.IGNORECASE | re.DOTALL,
)

_SEND_FORM = "Đề nghị gửi lại biểu mẫu Excel đã nhập số liệu (đuôi .xlsx, .xls hoặc .ods)."
_NO_MACROS = "Đề nghị lưu lại biểu dưới dạng “Excel Workbook (*.xlsx)”, không kèm macro, rồi gửi lại."


class NotAWorkbookError(ValueError):
    """The file cannot be read; `message` tells the sender in Vietnamese what to do, `rule` names the reason."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def check_size(data: bytes) -> None:
    if not data:
        raise NotAWorkbookError("empty_file", f"Tệp rỗng. {_SEND_FORM}")
    if len(data) > LARGEST_FILE:
        raise NotAWorkbookError(
            "too_large",
            f"Tệp quá lớn ({len(data) / MEGABYTE:.1f} MB; tối đa {LARGEST_FILE // MEGABYTE} MB).".replace(
                ".", ",", 1
            )
            + " Đề nghị xóa các dòng trống bên dưới biểu, bỏ hình ảnh; tài liệu kèm theo gửi thành tệp riêng.",
        )


def kind_of(data: bytes) -> Kind:
    """By content, never by file name."""
    if data.startswith(b"PK\x03\x04"):
        return "ods" if data[30:38] == b"mimetype" else "xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if data.startswith(b"%PDF"):
        raise NotAWorkbookError("not_a_workbook", f"Đây là tệp PDF, không phải bảng tính. {_SEND_FORM}")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        raise NotAWorkbookError("not_a_workbook", f"Đây là tệp ảnh, không phải bảng tính. {_SEND_FORM}")
    raise NotAWorkbookError("not_a_workbook", f"Tệp không phải bảng tính Excel. {_SEND_FORM}")


def corrupt() -> NotAWorkbookError:
    return NotAWorkbookError(
        "corrupt", "Tệp bị hỏng, không mở được. Đề nghị mở lại biểu bằng Excel, lưu lại (Save As) và gửi lại."
    )


def locked() -> NotAWorkbookError:
    return NotAWorkbookError("password", "Tệp có mật khẩu. Đề nghị bỏ mật khẩu mở tệp rồi gửi lại.")


def macros() -> NotAWorkbookError:
    return NotAWorkbookError("macros", f"Tệp có macro nên không được nhận. {_NO_MACROS}")


def external_links() -> NotAWorkbookError:
    return NotAWorkbookError(
        "external_links",
        "Tệp có liên kết đến tệp hoặc nguồn dữ liệu khác nên không được nhận. Đề nghị thay công thức liên kết bằng "
        "số liệu (Copy, Paste Special, Values) rồi gửi lại.",
    )


def bomb() -> NotAWorkbookError:
    return NotAWorkbookError(
        "unpacks_too_large",
        "Nội dung giải nén của tệp quá lớn nên không được nhận. Đề nghị xóa các dòng, cột trống ngoài biểu rồi lưu lại.",
    )


def too_wide(cell: str) -> NotAWorkbookError:
    return NotAWorkbookError(
        "too_many_cells",
        f"Có nội dung nằm xa ngoài biểu (đến ô {cell}). Đề nghị xóa các dòng, cột ngoài biểu, lưu lại rồi gửi lại.",
    )


def too_many_sheets(there: int, most: int) -> NotAWorkbookError:
    return NotAWorkbookError(
        "too_many_sheets",
        f"Tệp có quá nhiều sheet ({there}; tối đa {most}). Đề nghị chỉ giữ các sheet của biểu, lưu lại rồi gửi lại.",
    )


def unpack(data: bytes) -> dict[str, bytes]:
    """All XML parts of a zip package, bounded; other parts are only counted, with empty content. Names are in lower case,
    with / between folders: the reader finds a part however its name is written.

    Sizes are those really inflated: what the directory claims must be true, and stays under the bounds.
    """
    try:
        infos = zipfile.ZipFile(BytesIO(data)).infolist()
        return _inflate_all(data, infos)
    except BROKEN_ZIP as error:
        if isinstance(error, NotAWorkbookError):
            raise
        raise corrupt() from error


def _inflate_all(data: bytes, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise bomb()
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    for info in infos:
        # Two parts of one name could show one content to this check and another to the reader.
        name = info.filename.replace("\\", "/").lower()
        if name in seen or info.compress_type not in (0, 8):
            raise corrupt()
        seen.add(name)
        if info.flag_bits & 1:
            raise locked()
        if info.file_size > SMALL and info.file_size > LARGEST_RATIO * info.compress_size:
            raise bomb()
        content = inflate(data, info)
        parts[name] = content if name.endswith((".xml", ".rels")) else b""
    return parts


def inflate(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """One part, of exactly the size and checksum the directory claims."""
    if info.header_offset < 0:  # the beginning of the file is missing
        raise corrupt()
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + 30 + name_length + extra_length
    packed = data[start : start + info.compress_size]
    if signature != b"PK\x03\x04" or len(packed) != info.compress_size:
        raise corrupt()
    if info.compress_type == 0:
        content = packed
    else:
        content = zlib.decompressobj(-15).decompress(packed, info.file_size + 1)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise corrupt()
    return content


def check_markup(parts: Mapping[str, bytes]) -> None:
    """No entity can be declared in any part, whatever its encoding pretends to be."""
    for content in parts.values():
        # One letter is found many times faster than two, and most parts have none.
        if b"!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise NotAWorkbookError(
                "entities", f"Tệp chứa khai báo XML không an toàn nên không được nhận. {_SEND_FORM}"
            )
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
            raise corrupt()
        # The reader believes a declaration wherever it meets one, a parser only that at the very beginning.
        if _OTHER_LETTERS.match(content) or content.find(b"<?xml", 4) >= 0:
            raise corrupt()


def check_contents(kind: Kind, parts: Mapping[str, bytes]) -> None:
    """No macros, no links to other files, and a spreadsheet at all."""
    # One text of all names, each between two line ends: a handful of searches tells of all of them.
    names = "\n".join(("", *parts, "")).lower()
    (_check_ods if kind == "ods" else _check_xlsx)(names, parts)


def _check_xlsx(names: str, parts: Mapping[str, bytes]) -> None:
    types = parts.get("[content_types].xml", b"")
    if any(part in names for part in _MACRO_PARTS) or b"macroEnabled" in types:
        raise macros()
    if any(part in names for part in _LINK_PARTS):
        raise external_links()
    if "\nxl/workbook.xml\n" in names:
        return
    if "\nxl/workbook.bin\n" in names:
        raise NotAWorkbookError(
            "not_a_workbook", "Tệp .xlsb chưa đọc được. Đề nghị lưu lại dạng .xlsx rồi gửi lại."
        )
    if "\nword/document.xml\n" in names:
        raise NotAWorkbookError("not_a_workbook", f"Đây là tệp Word, không phải bảng tính. {_SEND_FORM}")
    raise NotAWorkbookError("not_a_workbook", f"Tệp nén không phải bảng tính Excel. {_SEND_FORM}")


def _check_ods(names: str, parts: Mapping[str, bytes]) -> None:
    if "\nbasic/" in names or "\nscripts/" in names:
        raise macros()
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise locked()
    content = parts.get("content.xml", b"")
    if not content:
        raise corrupt()
    if b"office:spreadsheet" not in content:
        raise NotAWorkbookError("not_a_workbook", f"Tệp OpenDocument này không phải bảng tính. {_SEND_FORM}")
    if any(mark in content for mark in (b"table:table-source", b"cell-range-source", b"table:dde-link")):
        raise external_links()
