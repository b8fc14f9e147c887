"""What goes wrong on a unit's page, told to the unit: in its words, with whom to call, and nothing a stranger could use."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response

from dondoc.web.body_limit import TooMuchError
from dondoc.web.headers import PRIVATE
from dondoc.web.pages import Pages
from dondoc.web.unit_asking import NoFormError, StaleFormError
from models.attachments import LARGEST, MEGABYTE
from models.mail import Office
from tasks.adapters import clock
from tasks.adapters.ledger.drafts import ChangedMeanwhileError
from tasks.steps.collecting.page_links import ClosedLinkError
from tasks.steps.unit_page.showing import lead_office

_TELL = "Đề nghị mở lại liên kết trong thư mới nhất, hoặc liên hệ cơ quan đầu mối ghi trong thư."
_SAID = {
    400: ("Chưa thực hiện được", f"Nội dung gửi lên không đọc được. {_TELL}"),
    403: (
        "Chưa lưu được",
        (
            "Trang vừa dùng đã cũ hoặc không được mở từ liên kết này nên nội dung chưa được lưu. Đề nghị quay lại trang trước, "
            "chép nội dung vừa nhập, mở lại liên kết trong thư rồi nhập lại."
        ),
    ),
    404: (
        "Không mở được trang",
        f"Liên kết này không đúng hoặc bị thiếu ký tự, có thể do chép chưa hết. {_TELL}",
    ),
    405: ("Chưa thực hiện được", _TELL),
    408: (
        "Đường truyền bị gián đoạn",
        "Nội dung chưa được gửi lên hết nên chưa được lưu. Đề nghị quay lại và thử lại.",
    ),
    409: ("Chưa lưu được", "Bản nháp vừa được lưu ở một cửa sổ khác. Đề nghị mở lại trang và kiểm tra."),
    413: (
        "Nội dung quá lớn",
        (
            f"Chưa lưu được vì nội dung hoặc tệp quá lớn. Mỗi tệp kèm theo tối đa {LARGEST // MEGABYTE} MB; đề nghị quét lại ở độ phân "
            "giải thấp hơn rồi thử lại."
        ),
    ),
}
_NO_FORM = (
    "Chưa lưu được",
    "Nội dung gửi lên không có ô nào của biểu nên không có gì thay đổi; bản nháp đã lưu vẫn còn. Đề nghị mở lại liên kết trong thư rồi nhập lại.",
)
_FAILED = (
    "Hệ thống chưa trả lời được",
    "Nội dung vừa gửi có thể chưa được lưu. Đề nghị thử lại sau ít phút; chưa được thì liên hệ cơ quan đầu mối.",
)
_CLOSED = {
    "revoked": (
        "Liên kết này không còn dùng được",
        (
            "Liên kết đã được thay bằng liên kết mới; nội dung đã nhập vẫn còn. Đề nghị mở liên kết trong thư mới nhất, hoặc liên "
            "hệ cơ quan đầu mối."
        ),
    ),
    "expired": (
        "Liên kết này đã hết hạn",
        "Kỳ báo cáo đã đóng nên trang không nhận báo cáo nữa. Nếu vẫn cần gửi hoặc sửa, đề nghị liên hệ cơ quan đầu mối.",
    ),
}


def is_units(request: Request) -> bool:
    return request.url.path.startswith(PRIVATE)


def say(
    request: Request, status: int, told: tuple[str, str] | None = None, office: Office | None = None
) -> Response:
    pages: Pages = request.app.state.pages
    title, text = told or _SAID.get(status, _FAILED)
    return pages.show("unit_problem.html", status, title=title, told=text, office=office, code=status)


async def _closed(request: Request, error: Any) -> Response:
    if error.live is None:
        return say(request, 404)
    office = lead_office(request.app.state.home, error.live, clock.now())
    return say(request, 410, _CLOSED[error.why], office)


async def _stale(request: Request, _error: Any) -> Response:
    return say(request, 403)


async def _no_form(request: Request, _error: Any) -> Response:
    return say(request, 400, _NO_FORM)


async def _too_much(request: Request, error: Any) -> Response:
    return say(request, error.status)


async def _changed(request: Request, _error: Any) -> Response:
    return say(request, 409)


ANSWERS: dict[type[Exception], Callable[[Request, Any], Any]] = {
    ClosedLinkError: _closed,
    StaleFormError: _stale,
    NoFormError: _no_form,
    TooMuchError: _too_much,
    ChangedMeanwhileError: _changed,
}
