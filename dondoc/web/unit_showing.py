"""The pages of a unit from their templates, each with the unit's name and cycle at the top, so that a link that went
astray is noticed.
"""

from typing import Any

from fastapi.responses import HTMLResponse

from dondoc.web.asking import NowAsked
from dondoc.web.pages import Pages
from dondoc.web.unit_fields import form_view
from dondoc.web.unit_review import review
from models.attachments import LARGEST, MEDIA, MEGABYTE, MOST
from tasks.adapters.home import Home
from tasks.steps.collecting.page_links import form_mark, last_day_of
from tasks.steps.unit_page.checking import check_page
from tasks.steps.unit_page.showing import UnitPage, unit_page


def show(
    pages: Pages, page: UnitPage, template: str, home: Home, status: int = 200, **told: Any
) -> HTMLResponse:
    return pages.show(
        template,
        status,
        page=page,
        spec=page.spec,
        base=address(page),
        mark=form_mark(home, page.opened.token),
        open_until=last_day_of(page.live, page.opened.unit),
        **told,
    )


def address(page: UnitPage, rest: str = "") -> str:
    return f"/k/{page.opened.token}{rest}"


def newest_page(home: Home, page: UnitPage, now: NowAsked) -> UnitPage:
    """The page as it stands after something was saved."""
    return unit_page(home, page.opened.token, now)


def show_form(
    home: Home,
    pages: Pages,
    page: UnitPage,
    *,
    done: bool = False,
    saved: bool = False,
    more: str = "",
    told: dict[str, Any] | None = None,
    status: int = 200,
) -> HTMLResponse:
    checked = check_page(home, page)
    started = page.draft.version > 0 or bool(page.submissions)
    return show(
        pages,
        page,
        "unit_form.html",
        home,
        status,
        form=form_view(page, checked, done=done, more=more),
        done=done,
        saved=saved,
        started=started,
        wanted=page.live.planned.obligation.form.attachments,
        largest=LARGEST // MEGABYTE,
        most=MOST,
        accept=",".join(MEDIA.values()),
        **({"upload": [], "file_error": "", "sender": ("", "")} | (told or {})),
    )


def show_confirm(
    home: Home,
    pages: Pages,
    page: UnitPage,
    *,
    changed: bool = False,
    wrong: dict[str, str] | None = None,
    sender: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HTMLResponse:
    return show(
        pages,
        page,
        "unit_confirm.html",
        home,
        status,
        review=review(page, check_page(home, page)),
        changed=changed,
        wrong=wrong or {},
        sender=sender,
    )
