"""Templates to answers. A name a template uses and is not given is an error, and everything is escaped."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dondoc.web.asked_day import with_day
from models.by_hand import how_received
from models.deadlines import ZONE
from models.message_steps import step_briefly, step_words
from models.message_words import kind_words, state_words
from models.text import day_with_weekday, hour_and_date, number, percent, short_date

_WRONG = {
    400: ("Yêu cầu không đúng", "Địa chỉ hoặc ngày vừa nhập không đúng."),
    404: (
        "Không tìm thấy trang",
        "Trang này không có. Có thể kế hoạch, nghĩa vụ hoặc kỳ báo cáo đã ghi sai.",
    ),
    405: ("Không thực hiện được", "Trang này chỉ để xem."),
}
_OTHER = ("Có lỗi", "Hệ thống chưa trả lời được. Đề nghị thử lại, hoặc báo người quản trị.")


def as_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZONE)


def megabytes(size: int) -> str:
    """`1,3 MB`; below a tenth, `12 KB`."""
    if size < 100_000:
        return f"{max(round(size / 1000), 1)} KB"
    return f"{number(round(Decimal(size) / 1_000_000, 1))} MB"


class Pages:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            weekday=lambda text: day_with_weekday(date.fromisoformat(str(text)[:10])),
            short=lambda text: short_date(date.fromisoformat(str(text)[:10])),
            moment=lambda text: hour_and_date(as_moment(str(text))),
            clock=lambda text: f"{as_moment(str(text)):%H:%M %d/%m/%Y}",
            number=number,
            percent=percent,
            megabytes=megabytes,
            kind_words=kind_words,
            step_words=step_words,
            step_briefly=step_briefly,
            state_words=state_words,
            how_received=how_received,
        )

    def show(self, template: str, status: int = 200, **told: Any) -> HTMLResponse:
        """One page; `day` in what it is told is kept in its links."""
        day = told.setdefault("day", "")
        told["link"] = lambda path: with_day(path, day)
        return HTMLResponse(self._templates.get_template(template).render(told), status)

    def raw(self, name: str) -> bytes:
        """A file of ours as it is; the name never comes from a request."""
        return (self._folder / name).read_bytes()

    def problem(self, status: int, told: str, headers: Mapping[str, str]) -> HTMLResponse:
        """A friendly page for what went wrong; never what the machine said."""
        title, usual = _WRONG.get(status, _OTHER)
        answer = self.show(
            "problem.html", status, title=title, told=told or usual, code=HTTPStatus(status).value
        )
        answer.headers.update(headers)
        return answer
