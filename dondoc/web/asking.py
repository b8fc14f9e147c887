"""What a request asks about: the installation, and the moment. Only here does the portal read the clock."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request

from dondoc.web.pages import Pages
from dondoc.web.together import Together
from tasks.adapters import clock
from tasks.adapters.home import Home
from tasks.steps.collecting.accepting import InOrder, Outcome


async def _home(request: Request) -> Home:
    home: Home = request.app.state.home
    return home


async def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


async def _accepting(request: Request) -> Together[InOrder, Outcome]:
    accepting: Together[InOrder, Outcome] = request.app.state.accepting
    return accepting


class Asked:
    """The moment the page is about; `day` is what the address said, to be kept in its links."""

    def __init__(self, ngay: Annotated[str, Query(max_length=32)] = "") -> None:
        self.day = ngay.strip()
        try:
            self.as_of: datetime = clock.read_moment(self.day) if self.day else clock.now()
        except ValueError:
            raise HTTPException(
                400, "Ngày xem không đúng. Đề nghị nhập theo dạng năm-tháng-ngày, ví dụ 2019-11-29."
            ) from None


async def _now() -> datetime:
    return clock.now()


AcceptingAsked = Annotated[Together[InOrder, Outcome], Depends(_accepting)]
HomeAsked = Annotated[Home, Depends(_home)]
PagesAsked = Annotated[Pages, Depends(_pages)]
MomentAsked = Annotated[Asked, Depends(Asked)]
NowAsked = Annotated[datetime, Depends(_now)]
"""The moment itself, for what is done and not looked at: no address can name another."""
