"""`/lich.ics`: the deadlines from a year back on, for a calendar program that subscribes to them."""

import hashlib
from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Response

from dondoc.web.asking import HomeAsked, MomentAsked
from tasks.adapters.calendar_feed import write_feed
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reporting_calendar import calendar_cycles, revisions

router = APIRouter()

KEPT = timedelta(days=366)


@router.api_route("/lich.ics", methods=["GET", "HEAD"])
def feed(
    home: HomeAsked,
    asked: MomentAsked,
    plan: Annotated[str, Query(max_length=100)] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """304 where the program has it already; 404 where no such plan is loaded."""
    with home.ledger.read() as session:
        tree = load_tree(session)
        plans = [loaded for loaded, _ in current_plans(session).values() if plan in {"", loaded.code}]
        if plan and not plans:
            raise HTTPException(404)
        since = asked.as_of.date() - KEPT
        cycles = [
            cycle
            for cycle in calendar_cycles(session, plans, home.days)
            if cycle.deadline and cycle.deadline.last_day >= since
        ]
        revised = revisions(session, [cycle.key for cycle in cycles])
    cycles.sort(key=lambda cycle: (cycle.deadline.due_at if cycle.deadline else asked.as_of, cycle.key))
    data = write_feed(cycles, tree, revised)
    headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()[:32]}"'}
    if revised:
        newest = max(revision.at for revision in revised.values())
        headers["Last-Modified"] = format_datetime(newest.astimezone(UTC), usegmt=True)
    if headers["ETag"] in if_none_match or if_none_match.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="text/calendar; charset=utf-8", headers=headers)
