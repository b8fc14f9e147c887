"""Thư: the outbox, and one message with its story, its state, and what to do about it."""

from itertools import groupby
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse

from dondoc.web.asking import HomeAsked, MomentAsked, PagesAsked
from dondoc.web.message_filters import FiltersAsked
from dondoc.web.message_rows import Planned, as_shown, cycle_name, story
from models.ids import CycleKey
from models.message_words import STATES, kind_words
from models.quiet import VIETNAMESE as HELD_WHY
from models.tables import MessageRow
from tasks.adapters.ledger.cycles import opened_cycles
from tasks.adapters.ledger.messages import (
    come_back,
    count_states,
    cycles_written_about,
    find_messages,
    message_events,
    units_written_about,
    went_together,
)
from tasks.adapters.ledger.units import load_tree
from tasks.steps.mails import KINDS
from tasks.steps.quiet import waiting

router = APIRouter()
PER_PAGE = 50


@router.get("/thu")
def messages_page(
    home: HomeAsked, pages: PagesAsked, asked: MomentAsked, filters: FiltersAsked
) -> HTMLResponse:
    with home.ledger.read() as session:
        tree, planned = load_tree(session), opened_cycles(session, home.days)
        units = units_written_about(session)
        wanted = filters.wanted(tree, units, asked.as_of)
        counts = count_states(session, wanted)
        total = counts[filters.state] if filters.state else sum(counts.values())
        last_page = max(1, ceil(total / PER_PAGE))
        page = min(filters.page, last_page)
        rows = find_messages(session, wanted, newest_first=True, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
        cycles = cycles_written_about(session)
    return pages.show(
        "messages.html",
        day=asked.day,
        as_of=asked.as_of,
        filters=filters,
        counts=counts,
        states=STATES,
        everything=sum(counts.values()),
        total=total,
        page=page,
        last_page=last_page,
        messages=[as_shown(row, tree, planned) for row in rows],
        first=(page - 1) * PER_PAGE + 1,
        plans=_plans(cycles, planned),
        kinds=[(kind, kind_words(kind)) for kind in KINDS],
        unit=tree.nearest(filters.unit, asked.as_of.date()).body if filters.unit in units else "",
        held=None if asked.day else waiting(home),
        held_why=HELD_WHY,
    )


@router.get("/thu/{number}")
def message_page(
    number: Annotated[str, Path(max_length=9)], home: HomeAsked, pages: PagesAsked, asked: MomentAsked
) -> HTMLResponse:
    if not (number.isascii() and number.isdigit()):
        raise HTTPException(404)
    with home.ledger.read() as session:
        row = session.get(MessageRow, int(number))
        if row is None or row.decided_at > asked.as_of:
            raise HTTPException(404)
        tree, planned = load_tree(session), opened_cycles(session, home.days)
        told = story(row, message_events(session, row), come_back(session, row), asked.as_of)
        together = [as_shown(each, tree, planned) for each in went_together(session, row)]
    return pages.show(
        "message.html",
        day=asked.day,
        as_of=asked.as_of,
        message=as_shown(row, tree, planned),
        story=told,
        together=together,
        held=waiting(home) if row.state == "queued" and not asked.day else None,
        held_why=HELD_WHY,
    )


def _plans(cycles: list[str], planned: Planned) -> list[dict[str, Any]]:
    """The plans that were written about, each with its cycles, for the lists to choose from."""
    found = sorted((CycleKey.parse(cycle) for cycle in cycles), key=lambda key: key.plan)
    return [
        {
            "code": code,
            "name": next((planned[key].plan.short for key in keys if key in planned), code),
            "cycles": [(str(key), cycle_name(str(key), planned)) for key in keys],
        }
        for code, keys in ((code, list(group)) for code, group in groupby(found, key=lambda key: key.plan))
    ]
