"""Files on a unit's page: the workbook that is the report, what goes with it, and what can be taken away."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from dondoc.web.asking import HomeAsked, NowAsked, PagesAsked
from dondoc.web.document_files import DOCX
from dondoc.web.pages import Pages
from dondoc.web.turns import in_turn
from dondoc.web.unit_asking import PageAsked, PostedAsked
from dondoc.web.unit_sender import sender_of, wrong_sender
from dondoc.web.unit_showing import address, show_form
from models.attachments import MEDIA
from models.finding import Finding
from models.texts_in import clean_text
from tasks.adapters.home import Home
from tasks.adapters.scanner import ScannerError
from tasks.adapters.workbooks import write_form
from tasks.adapters.workbooks.safety import LARGEST_FILE
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.collecting.scanning import NOT_SCANNED
from tasks.steps.documents.own_report import own_report_bytes
from tasks.steps.unit_page.sending import Sender
from tasks.steps.unit_page.showing import UnitPage

router = APIRouter(prefix="/k/{token}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_NAME = 150
_NOT_SCANNED = Finding("", "", NOT_SCANNED, "error", "not_scanned")


def whole(file: UploadFile, largest: int) -> bytes:
    """Its bytes; of a file that is too large only enough to see that it is."""
    return file.file.read(largest + 1)


@router.get("/bieu.xlsx")
def form(page: PageAsked) -> Response:
    key = page.live.key
    name = f"{key.plan}-{key.obligation}-{key.period}-{page.opened.unit}.xlsx"
    return _download(write_form(page.spec), name, XLSX)


@router.get("/bao-cao.docx")
def own_report(home: HomeAsked, page: PageAsked) -> Response:
    """The draft of the unit's own Báo cáo, from the version that counts."""
    if not page.standing.reported:
        raise HTTPException(404)
    key = page.live.key
    data = own_report_bytes(home, key, page.opened.unit)
    return _download(data, f"{key.plan}-{key.obligation}-{key.period}-{page.opened.unit}.docx", DOCX)


@router.get("/tep/{sha256}")
def attachment(
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")], home: HomeAsked, page: PageAsked
) -> Response:
    """One of the files that will be sent or that belong to what was sent; no other, whatever is asked for."""
    found = next((each for each in page.draft.attachments if each.sha256 == sha256), None)
    if found is None:
        raise HTTPException(404)
    return _download(home.files.kept(found.sha256), found.name, MEDIA[found.kind])


@router.post("/bieu")
@in_turn
def workbook(
    home: HomeAsked, pages: PagesAsked, page: PageAsked, posted: PostedAsked, now: NowAsked
) -> Response:
    """The filled workbook as the report, judged as any that comes in; nothing is kept of one that is refused."""
    if page.standing.exempt:
        return RedirectResponse(address(page), 303)
    sender = sender_of(posted)
    wrong = [Finding("", "", said, "error", "sender") for said in wrong_sender(sender).values()]
    if posted.file is None:
        wrong.insert(0, Finding("", "", "Chưa chọn tệp. Đề nghị chọn tệp Excel đã điền.", "error", "no_file"))
    findings = tuple(wrong)
    if posted.file and not wrong:
        name = clean_text(posted.file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
        data = whole(posted.file, LARGEST_FILE)
        arrival = Arrival(data, name[-_LONGEST_NAME:], channel="web", submitted_by=str(sender))
        try:
            outcome = take_in(home, arrival, now, Expected(page.live.key, page.opened.unit))
        except ScannerError:
            return _refused(home, pages, page, (_NOT_SCANNED,), sender, 503)
        if outcome.accepted:
            return RedirectResponse(address(page, f"/da-nhan/{outcome.accepted.version}"), 303)
        findings = outcome.findings
    return _refused(home, pages, page, findings, sender, 422)


def _refused(
    home: Home, pages: Pages, page: UnitPage, findings: tuple[Finding, ...], sender: Sender, status: int
) -> Response:
    told = {"upload": findings, "sender": (sender.name, sender.post)}
    return show_form(home, pages, page, told=told, status=status)


def _download(data: bytes, name: str, media: str) -> Response:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media, headers={"Content-Disposition": told})
