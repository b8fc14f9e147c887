"""Files that go with a report: a signed scan, a photograph, other evidence. What a file is, its bytes say."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from models.texts_in import clean_text

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
MOST = 10
MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_BEGINS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_LONGEST_NAME = 120
_NO_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class WrongAttachmentError(ValueError):
    """Why a file is not taken, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    kind: str
    size: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def kind_of(data: bytes) -> str:
    """pdf, jpg or png; WrongAttachmentError for anything else, whatever its name says."""
    if not data:
        raise WrongAttachmentError("Tệp rỗng. Đề nghị chọn lại tệp.")
    if len(data) > LARGEST:
        raise WrongAttachmentError(
            f"Tệp lớn hơn {LARGEST // MEGABYTE} MB. Đề nghị quét lại ở độ phân giải thấp hơn (150–200 dpi) hoặc chia nhỏ tệp."
        )
    for kind, begin in _BEGINS.items():
        if data.startswith(begin):
            return kind
    raise WrongAttachmentError(
        "Chỉ nhận tệp PDF, JPG hoặc PNG. Tệp Word, Excel: đề nghị xuất ra PDF; riêng biểu Excel nộp ở mục “Nộp bằng tệp Excel”."
    )


def shown_name(name: str, kind: str) -> str:
    """The name people see and save it under: no folders, no signs a system forbids, with the ending of its kind."""
    last = re.split(r"[/\\]", clean_text(name))[-1]
    stem = " ".join(_NO_NAME.sub(" ", last).split()).strip(". ")
    stem = re.sub(r"\.(pdf|jpe?g|png)$", "", stem, flags=re.IGNORECASE).strip(". ")
    return f"{stem[:_LONGEST_NAME] or 'tep-kem-theo'}.{kind}"
