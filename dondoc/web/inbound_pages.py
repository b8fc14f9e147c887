"""Thư đến: mail that waits for a person, what is in it, why it waits, and the command that settles it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from dondoc.web.asking import HomeAsked, MomentAsked, PagesAsked
from models.inbound_words import WAITING
from tasks.steps.inbound.mail_waiting import listed, waiting

router = APIRouter()
_MOST_SETTLED = 50


@router.get("/thu-den")
def inbound_page(home: HomeAsked, pages: PagesAsked, asked: MomentAsked) -> HTMLResponse:
    """What waits, the oldest first; below it the last that were settled, the newest first."""
    others = [row for row in listed(home, (), asked.as_of) if row["state"] not in WAITING]
    return pages.show(
        "inbound.html",
        day=asked.day,
        as_of=asked.as_of,
        waiting=waiting(home, asked.as_of),
        settled=others[::-1][:_MOST_SETTLED],
        settled_count=len(others),
    )
