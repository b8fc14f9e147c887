"""The board: every cycle of every plan, and one cycle unit by unit."""

from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse

from dondoc.web.asking import HomeAsked, MomentAsked, PagesAsked
from dondoc.web.last_sweep import last_sweep
from dondoc.web.parties import parties
from dondoc.web.seen import Row, as_seen
from models.ids import CycleKey
from models.message_words import STATES, TO_SETTLE
from models.quiet import VIETNAMESE as HELD_WHY
from models.report.results import result_text
from models.states import State
from models.totals import Total
from tasks.adapters.home import Home
from tasks.adapters.ledger.drafts import drafts_of
from tasks.adapters.ledger.messages import Wanted, count_states
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.board import board, status
from tasks.steps.failing import address_tasks
from tasks.steps.inbound.mail_waiting import waiting as waiting_mail
from tasks.steps.last_messages import with_last_messages
from tasks.steps.opening import UnknownCycleError, find_planned
from tasks.steps.quiet import waiting
from tasks.steps.totals.totalling import totals_of

router = APIRouter()

STALE_AFTER = timedelta(days=1)
"""There is a sweep on every day, also on Sundays."""


@router.get("/")
def board_page(home: HomeAsked, pages: PagesAsked, asked: MomentAsked) -> HTMLResponse:
    rows = as_seen(home, board(home, asked.as_of), asked.as_of)
    dated = sorted((row for row in rows if row["opened"]), key=itemgetter("plan", "due_at"))
    with home.ledger.read() as session:
        plans = [plan for plan, _ in current_plans(session).values()]
    swept = last_sweep(home)
    cycles = {code: list(group) for code, group in groupby(dated, key=itemgetter("plan"))}
    return pages.show(
        "board.html",
        day=asked.day,
        as_of=asked.as_of,
        swept=swept,
        held=waiting(home),
        held_why=HELD_WHY,
        stale=bool(swept and not asked.day and asked.as_of - swept > STALE_AFTER),
        plans=plans,
        cycles=cycles,
        undated=[row for row in rows if not row["due_at"]],
        unreachable=_unreachable(dated),
        flagged=[(row, paper) for row in rows for paper in row["documents"] if paper["flagged"]],
        failing=address_tasks(home, asked.as_of),
        to_settle=_to_settle(home, asked.as_of),
        inbound=waiting_mail(home, asked.as_of),
        unplaced=[(row, each) for row in dated if not row["closed"] for each in row["unplaced"]],
        running=sum(not row["closed"] for row in dated),
        overdue=sum(row["overdue"] for row in dated if not row["closed"]),
    )


def _to_settle(home: Home, as_of: datetime) -> list[dict[str, Any]]:
    """The states that need somebody, with how many messages are in each; without those no message is in."""
    with home.ledger.read() as session:
        counts = count_states(session, Wanted(by=as_of))
    return [
        {"state": state, "count": counts[state], "words": STATES[state]}
        for state in TO_SETTLE
        if counts[state]
    ]


def _unreachable(rows: list[Row]) -> list[tuple[str, str]]:
    """(unit name, its newest cycle) for every unit that owes something and cannot be written to."""
    newest = {
        unit["name"]: row["cycle"]
        for row in sorted(rows, key=itemgetter("due_at"))
        for unit in row["units"]
        if not unit["has_address"] and unit["state"] != State.EXEMPT
    }
    return sorted(newest.items())


@router.get("/ky/{plan}/{obligation}/{period}")
def cycle_page(
    plan: Annotated[str, Path(max_length=80)],
    obligation: Annotated[str, Path(max_length=8)],
    period: Annotated[str, Path(max_length=16)],
    home: HomeAsked,
    pages: PagesAsked,
    asked: MomentAsked,
) -> HTMLResponse:
    try:
        key = CycleKey.parse(f"{plan}/{obligation}/{period}")
        row = status(home, key, asked.as_of)
    except (ValueError, UnknownCycleError):
        raise HTTPException(404) from None
    row = with_last_messages(home, as_seen(home, [row], asked.as_of), asked.as_of)[0]
    return pages.show(
        "cycle.html",
        day=asked.day,
        as_of=asked.as_of,
        row=row,
        totals=_totals(home, key) if row["received"] and not row["later"] else [],
        documents=_documents(row["documents"], asked.as_of),
        drafts=_drafts(home, key, asked.as_of),
        offices=_offices(home, row, asked.as_of.date()),
        **parties(home, find_planned(home, key)[0]),
    )


def _drafts(home: Home, key: CycleKey, as_of: datetime) -> dict[str, str]:
    """Units that are writing on their page, with when they saved last; what they wrote is theirs until they send."""
    with home.ledger.read() as session:
        return {unit: at.isoformat() for unit, at in drafts_of(session, key).items() if at <= as_of}


def _offices(home: Home, row: Row, on: date) -> dict[str, str]:
    """The offices the reports of this cycle go through, by code, where there are several."""
    codes = {unit["collector"] for unit in row["units"] if unit["collector"]}
    if len(codes) < 2:
        return {}
    with home.ledger.read() as session:
        tree = load_tree(session)
    return {code: tree.office(code, on).body for code in codes}


def _totals(home: Home, key: CycleKey) -> list[tuple[Total, str]]:
    return [(total, result_text(total)) for total in totals_of(home, key).totals]


def _documents(papers: list[dict[str, Any]], as_of: datetime) -> list[dict[str, Any]]:
    """Those written by then; what was issued later was a draft."""
    written = [paper for paper in papers if datetime.fromisoformat(paper["written_at"]) <= as_of]
    today = as_of.date().isoformat()
    return [paper | {"issued": bool(paper["day"] and paper["day"] <= today)} for paper in written]
