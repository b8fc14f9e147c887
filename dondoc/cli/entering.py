"""dondoc enter: a report that came on paper or by telephone, on behalf of the unit."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.forms import File, tell_outcome
from dondoc.cli.out import Actor, AsOf, Cycle, Json, cycle_key, moment
from models.by_hand import PAPER, PHONE
from tasks.adapters.home import open_home
from tasks.steps.collecting.entering import ByHand
from tasks.steps.collecting.entering import enter as enter_report


def enter(
    cycle: Cycle,
    unit: str,
    file: File,
    paper: Annotated[
        str, typer.Option("--paper", help='Number and date: "Số 12/BC-UBND ngày 25/11/2019".')
    ] = "",
    phone: Annotated[str, typer.Option("--phone", help="Who told it on the telephone, and when.")] = "",
    received: Annotated[
        str | None, typer.Option("--received", help="When the paper or the call came; default: now.")
    ] = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Enter a paper or telephone report for a unit, with its own form filled in by you."""
    if bool(paper) == bool(phone):
        raise ValueError("give exactly one of --paper and --phone")
    at = moment(as_of)
    outcome = enter_report(
        open_home(),
        cycle_key(cycle),
        unit,
        file.read_bytes(),
        file.name,
        ByHand(PAPER, paper) if paper else ByHand(PHONE, phone),
        received=moment(received) if received else at,
        as_of=at,
        actor=by,
    )
    tell_outcome(outcome, as_json)


COMMANDS: tuple[Callable[..., None], ...] = (enter,)
