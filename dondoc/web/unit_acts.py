"""What a person does on a unit's page: save, check, choose between two windows, send. Each is safe to repeat."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from dondoc.web.asking import AcceptingAsked, HomeAsked, NowAsked, PagesAsked
from dondoc.web.pages import Pages
from dondoc.web.turns import in_turn
from dondoc.web.unit_asking import NoFormError, PageAsked, Posted, PostedAsked
from dondoc.web.unit_sender import sender_of, wrong_sender
from dondoc.web.unit_showing import address, newest_page, show, show_confirm, show_form
from dondoc.web.unit_uploads import whole
from models.attachments import LARGEST, WrongAttachmentError
from models.page_conflicts import differences, merged
from models.page_fields import NIL, holds_form, kept
from tasks.adapters.home import Home
from tasks.adapters.ledger.drafts import ChangedMeanwhileError, Draft
from tasks.adapters.scanner import ScannerError
from tasks.steps.collecting.accepting import InOrder
from tasks.steps.collecting.scanning import NOT_SCANNED
from tasks.steps.unit_page.checking import check_page
from tasks.steps.unit_page.drafting import attach, detach, keep_answers
from tasks.steps.unit_page.sending import NotReadyError, in_order
from tasks.steps.unit_page.showing import UnitPage

router = APIRouter(prefix="/k/{token}")


@router.post("")
@in_turn
def save(home: HomeAsked, pages: PagesAsked, page: PageAsked, posted: PostedAsked, now: NowAsked) -> Response:
    """Keep what stands in the fields; then what the button says. NoFormError where there are no fields: whoever meant to
    empty the form has sent them blank.
    """
    act, _, which = posted.text("viec").partition(":")
    by_script = act == "tu-luu"
    if page.standing.exempt:
        return RedirectResponse(address(page), 303)
    if not holds_form(posted.fields, page.spec):
        raise NoFormError
    try:
        draft = keep_answers(home, page, posted.fields, posted.version, now)
    except ChangedMeanwhileError as error:
        if by_script:
            return JSONResponse({"ban": error.newest.version}, 409)
        return _ask_which(home, pages, page, posted, error.newest)
    if by_script:
        return _told_to_script(draft)
    if act == "bo":
        detach(home, newest_page(home, page, now), which, now)
    elif posted.file:
        page = newest_page(home, page, now)
        if wrong := _attach(home, page, posted.file, now):
            said, status = wrong
            return show_form(home, pages, page, told={"file_error": said}, status=status)
    return RedirectResponse(address(page, _next(act, which)), 303)


def _next(act: str, which: str) -> str:
    return {
        "gui": "/kiem-tra",
        "dong": f"?sua=1&da=luu&them={which}#{which}",
        "tep": "?sua=1&da=luu#tep",
        "bo": "?sua=1&da=luu#tep",
    }.get(act, "?sua=1&da=luu")


def _attach(home: Home, page: UnitPage, file: UploadFile, now: NowAsked) -> tuple[str, int] | None:
    """Why not, and with which status."""
    try:
        attach(home, page, file.filename or "", whole(file, LARGEST), now)
    except WrongAttachmentError as error:
        return str(error), 422
    except ScannerError:
        return NOT_SCANNED, 503
    return None


def _told_to_script(draft: Draft) -> JSONResponse:
    saved = f"{draft.saved_at:%H:%M}" if draft.saved_at else ""
    return JSONResponse({"ban": draft.version, "luc": saved})


def _ask_which(home: Home, pages: Pages, page: UnitPage, posted: Posted, newest: Draft) -> Response:
    mine = kept(posted.fields, page.spec)
    return show(
        pages,
        page,
        "unit_conflict.html",
        home,
        409,
        found=differences(mine, newest.answers, page.spec),
        mine=mine,
        newest=newest,
        asked_again=False,
    )


@router.post("/chon")
@in_turn
def choose(
    home: HomeAsked, pages: PagesAsked, page: PageAsked, posted: PostedAsked, now: NowAsked
) -> Response:
    """Of two windows, each field as the person chose; where one was not chosen, it is asked again."""
    mine = kept(posted.fields, page.spec)
    found = differences(mine, page.draft.answers, page.spec)
    choices = {each.field: posted.text(f"giu:{each.field}") for each in found}
    if posted.version != page.draft.version or not set(choices.values()) <= {"minh", "kia"}:
        told: dict[str, Any] = {"found": found, "mine": mine, "newest": page.draft, "asked_again": True}
        return show(pages, page, "unit_conflict.html", home, 409, **told)
    ours = [field for field, choice in choices.items() if choice == "minh"]
    keep_answers(home, page, merged(mine, page.draft.answers, ours), posted.version, now)
    return RedirectResponse(address(page, "?sua=1&da=luu"), 303)


@router.post("/gui")
async def submit(
    home: HomeAsked,
    pages: PagesAsked,
    page: PageAsked,
    posted: PostedAsked,
    now: NowAsked,
    accepting: AcceptingAsked,
) -> Response:
    """Send what the confirm page showed, and nothing else; together with what others send at this moment."""
    found = await run_in_threadpool(_confirmed, home, pages, page, posted, now)
    if isinstance(found, Response):
        return found
    accepted = (await accepting.ask(found)).accepted
    assert accepted
    return RedirectResponse(address(page, f"/da-nhan/{accepted.version}"), 303)


def _confirmed(home: Home, pages: Pages, page: UnitPage, posted: Posted, now: datetime) -> Response | InOrder:
    """The report, where it may be sent; else the page that says why not."""
    if page.standing.exempt:
        return RedirectResponse(address(page), 303)
    if posted.version != page.draft.version:
        return RedirectResponse(address(page, "/kiem-tra?da=doi"), 303)
    sender = sender_of(posted)
    wrong = wrong_sender(sender)
    if not posted.text("dong-y"):
        wrong["dong-y"] = "Đề nghị đánh dấu xác nhận trước khi gửi."
    if NIL in page.draft.answers and not posted.text("xac-nhan-khong"):
        wrong["xac-nhan-khong"] = "Đề nghị xác nhận kỳ này không phát sinh số liệu."
    if wrong and check_page(home, page).may_be_sent:
        return show_confirm(home, pages, page, wrong=wrong, sender=(sender.name, sender.post), status=422)
    try:
        return in_order(home, page, sender, now)
    except NotReadyError:
        return RedirectResponse(address(page, "/kiem-tra"), 303)
