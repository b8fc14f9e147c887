"""dondoc outbox: list, show, retry, resolve."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from sqlmodel import col, select

from dondoc.cli.out import Json, console, emit_json, show_table
from models.tables import MessageRow
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.outbox import STATES, find_message, mark

app = typer.Typer(help="The mail ledger.", no_args_is_help=True)
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key or Message-ID.")]


class Settled(StrEnum):
    SENT = "sent"
    FAILED = "failed"


@app.command("list")
def list_messages(
    state: Annotated[str | None, typer.Option("--state", help="Only messages in this state.")] = None,
    as_json: Json = False,
) -> None:
    """Every message and its state."""
    if state and state not in STATES:
        raise ValueError(f"no state {state}: a message is one of {', '.join(STATES)}")
    query = select(MessageRow).order_by(col(MessageRow.id))
    if state:
        query = query.where(MessageRow.state == state)
    with open_home().ledger.read() as session:
        rows = [_json(row) for row in session.exec(query)]
    if as_json:
        emit_json(rows)
        return
    show_table(("key", "state", "reason"), [(row["key"], row["state"], row["reason"]) for row in rows])


@app.command()
def show(key: Key, as_json: Json = False) -> None:
    """One message."""
    with open_home().ledger.read() as session:
        row = _json(find_message(session, key))
    if as_json:
        emit_json(row)
    else:
        for name, value in row.items():
            console.print(f"{name}: {value}", markup=False, soft_wrap=True)


@app.command()
def retry(key: Key, as_json: Json = False) -> None:
    """Queue a failed message again. One in doubt must be resolved first."""
    _change(key, {"failed", "withdrawn"}, "queued", "retried by hand", as_json)


@app.command()
def resolve(
    key: Key,
    as_: Annotated[Settled, typer.Option("--as", help="What became of it.")] = Settled.SENT,
    as_json: Json = False,
) -> None:
    """Say what became of a message in doubt."""
    _change(key, {"unknown", "sending"}, as_.value, "settled by hand", as_json)


def _change(key: str, from_states: set[str], to: str, reason: str, as_json: bool) -> None:
    with open_home().ledger.write() as session:
        row = find_message(session, key)
        if row.state not in from_states:
            raise ValueError(
                f"{row.key} is {row.state}: only {' or '.join(sorted(from_states))} can become {to}"
            )
        assert row.id
        mark(session, [row.id], to, reason=reason, not_before=None)
        append_event(
            session,
            f"message {to}",
            at=clock.now(),
            actor="command line",
            cycle=row.cycle,
            unit=row.unit,
            key=row.key,
        )
        session.refresh(row)
        told = _json(row)
    if as_json:
        emit_json(told)
    else:
        console.print(f"{told['key']}: {to}", markup=False)


def _json(row: MessageRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "state": row.state,
        "to": row.recipient,
        "subject": row.subject,
        "message_id": row.message_id,
        "kind": row.kind,
        "step": row.step,
        "cycle": row.cycle,
        "unit": row.unit,
        "planned_on": row.planned_on.isoformat(),
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "attempts": row.attempts,
        "reason": row.reason,
    }
