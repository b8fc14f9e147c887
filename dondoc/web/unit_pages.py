"""A unit's page: what its personal link opens. Looking changes nothing, however often and by whomever it is done."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.web.asking import HomeAsked, PagesAsked
from dondoc.web.pages import Pages
from dondoc.web.unit_asking import PageAsked
from dondoc.web.unit_review import review, verdict
from dondoc.web.unit_showing import address, show, show_confirm, show_form
from tasks.adapters.home import Home
from tasks.adapters.ledger.drafts import attachments_of
from tasks.steps.unit_page.checking import check_page
from tasks.steps.unit_page.showing import UnitPage

router = APIRouter(prefix="/k/{token}")
LOOK = ["GET", "HEAD"]
Flag = Annotated[str, Query(max_length=80)]


@router.api_route("", methods=LOOK)
def main(
    home: HomeAsked, pages: PagesAsked, page: PageAsked, sua: Flag = "", da: Flag = "", them: Flag = ""
) -> HTMLResponse:
    """The form; or what was received, where nothing is asked for any more."""
    if page.standing.exempt:
        return show(pages, page, "unit_exempt.html", home)
    if page.standing.reported and not sua:
        return _received(home, pages, page)
    return show_form(home, pages, page, saved=da == "luu", more=them)


@router.api_route("/kiem-tra", methods=LOOK)
def confirm(home: HomeAsked, pages: PagesAsked, page: PageAsked, da: Flag = "") -> Response:
    """Everything that will be sent, as it was understood; or everything that is still to be seen to."""
    if page.standing.exempt:
        return RedirectResponse(address(page), 303)
    checked = check_page(home, page)
    if not checked.may_be_sent:
        return show_form(home, pages, page, done=True)
    return show_confirm(home, pages, page, changed=da == "doi")


@router.api_route("/da-nhan/{version}", methods=LOOK)
def receipt(
    version: Annotated[int, Path(ge=1, le=10_000)], home: HomeAsked, pages: PagesAsked, page: PageAsked
) -> HTMLResponse:
    """The receipt of one version, to print; it never changes."""
    row = next((row for row in page.submissions if row.version == version), None)
    if row is None:
        raise HTTPException(404)
    with home.ledger.read() as session:
        files = attachments_of(session, row.id or 0)
    return show(
        pages,
        page,
        "unit_receipt.html",
        home,
        row=row,
        files=files,
        verdict=verdict(page),
        number=f"{page.live.key}/{page.opened.unit}/{version}",
        is_newest=page.newest is not None and page.newest.version == version,
    )


def _received(home: Home, pages: Pages, page: UnitPage) -> HTMLResponse:
    newest = page.newest
    assert newest
    with home.ledger.read() as session:
        files = tuple(attachments_of(session, newest.id or 0))
    sent = replace(page, draft=replace(page.draft, attachments=files))
    return show(
        pages,
        page,
        "unit_received.html",
        home,
        row=newest,
        unsent=page.has_unsent,
        verdict=verdict(page),
        review=None if page.has_unsent else review(sent, check_page(home, page)),
    )
