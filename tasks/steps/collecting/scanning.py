"""Nothing that came from outside is taken in before the virus scanner has passed it, where one is set; and nothing is
while it does not answer.
"""

from models.finding import Finding
from tasks.adapters.home import Home
from tasks.adapters.scanner import parse_clamd

INFECTED = "infected"
NOT_SCANNED = (
    "Chưa kiểm tra được vi-rút nên tệp chưa được tiếp nhận và chưa được lưu. Đề nghị gửi lại sau ít phút; chưa được thì "
    "liên hệ cơ quan đầu mối."
)
_FOUND = (
    "Tệp có mã độc ({name}) nên không được tiếp nhận và không được lưu. Đề nghị quét vi-rút máy tính đang dùng, lập lại "
    "tệp từ biểu mẫu gốc rồi gửi lại."
)


def infection(home: Home, data: bytes) -> str:
    """The name of what was found, or ""; ScannerError where nobody can say."""
    return parse_clamd(home.settings.clamd).infection(data) if home.settings.clamd else ""


def infected(home: Home, data: bytes) -> Finding | None:
    """What to tell who sent it; None where the file is clean. ScannerError where nobody can say."""
    name = infection(home, data)
    return Finding("", "", said_of(name), "error", INFECTED) if name else None


def said_of(name: str) -> str:
    return _FOUND.format(name=name[:80])
