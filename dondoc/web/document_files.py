"""Downloads. A document is asked for by its number in the ledger: no part of a path ever comes from the address."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Response

from dondoc.web.asking import HomeAsked, PagesAsked
from models.tables import DocumentRow

router = APIRouter()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/van-ban/{number}")
def document(number: Annotated[str, Path(max_length=9)], home: HomeAsked) -> Response:
    """The Word file itself, under a name that says whose it is: `hue-588-O2-2019-bao-cao-v1.docx`."""
    if not (number.isascii() and number.isdigit()):
        raise HTTPException(404)
    with home.ledger.read() as session:
        row = session.get(DocumentRow, int(number))
    if row is None:
        raise HTTPException(404)
    try:
        data = home.files.read(row.file)
    except FileNotFoundError:
        raise HTTPException(404) from None
    name = "-".join([*row.cycle.split("/"), row.file.rsplit("/", 1)[-1]])
    return Response(data, media_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/dondoc.css")
def style(pages: PagesAsked) -> Response:
    return Response(pages.raw("dondoc.css"), media_type="text/css; charset=utf-8")


@router.get("/trang.css")
def unit_style(pages: PagesAsked) -> Response:
    return Response(pages.raw("trang.css"), media_type="text/css; charset=utf-8")


@router.get("/trang.js")
def unit_script(pages: PagesAsked) -> Response:
    return Response(pages.raw("trang.js"), media_type="text/javascript; charset=utf-8")


@router.get("/dondoc.svg")
def mark(pages: PagesAsked) -> Response:
    return Response(pages.raw("dondoc.svg"), media_type="image/svg+xml")
