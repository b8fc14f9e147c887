"""dondoc link: the personal link of one unit's page."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import Actor, AsOf, Cycle, Json, console, cycle_key, emit_json, errors, moment
from tasks.adapters.home import open_home
from tasks.steps.collecting.page_links import generation_of, last_day_of, link_of, revoke, token_of
from tasks.steps.opening import ensure_open


def link(
    cycle: Cycle,
    unit: str,
    revoke_old: Annotated[
        bool, typer.Option("--revoke", help="The link that is out opens nothing any more; show the new one.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is revoked; kept in the ledger.")] = "",
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show the link to the page where one unit reports for one cycle; who holds it may report for the unit."""
    home, at, key = open_home(), moment(as_of), cycle_key(cycle)
    live = ensure_open(home, key, at, unit)
    if revoke_old:
        revoke(home, key, unit, reason, as_of=at, actor=by)
    elif reason:
        raise ValueError("--reason says why a link is revoked: give --revoke too")
    with home.ledger.read() as session:
        generation = generation_of(session, key, unit)
        address = link_of(home, session, key, unit) or f"/k/{token_of(home, key, unit, generation)}"
    last_day = last_day_of(live, unit)
    until = last_day.isoformat()
    if as_json:
        emit_json({"cycle": cycle, "unit": unit, "link": address, "generation": generation, "until": until})
    else:
        print(address)
        opens = f"opens until {until}" if at.date() <= last_day else f"opens nothing since {until}"
        renewed = f"; link no. {generation + 1}, those before it open nothing" if generation else ""
        console.print(f"{opens}{renewed}")
        if address.startswith("/"):
            errors.print(
                "DONDOC_BASE_URL is not set: the page's address goes before this, and mails carry no link"
            )


COMMANDS: tuple[Callable[..., None], ...] = (link,)
