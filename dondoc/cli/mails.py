"""dondoc outbox: list, show, retry, resolve."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from sqlmodel import Session

from dondoc.cli.out import Json, console, cycle_key, emit_json, show_table
from models.message_words import state_words
from models.tables import MessageRow
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.messages import Wanted, come_back, find_messages, message_events
from tasks.adapters.ledger.outbox import STATES, find_message
from tasks.steps import resolving
from tasks.steps.mails import KINDS

app = typer.Typer(help="The mail ledger.", no_args_is_help=True)
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key or Message-ID.")]


_ACTOR = "command line"


class Settled(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@app.command("list")
def list_messages(
    state: Annotated[str, typer.Option("--state", help="Only messages in this state.")] = "",
    cycle: Annotated[str, typer.Option("--cycle", help="Only messages about this cycle.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Only messages to the unit of this code.")] = "",
    to: Annotated[str, typer.Option("--to", help="Only messages to addresses with this in them.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Only messages of this kind, e.g. reminder.")] = "",
    as_json: Json = False,
) -> None:
    """Every message, its state and why, and when it is tried again."""
    if state and state not in STATES:
        raise ValueError(f"no state {state}: a message is one of {', '.join(STATES)}")
    if kind and kind not in KINDS:
        raise ValueError(f"no kind {kind}: a message is one of {', '.join(KINDS)}")
    key = str(cycle_key(cycle)) if cycle else ""
    wanted = Wanted(state=state, cycle=key, units=[unit] if unit else None, kind=kind, to=to)
    with open_home().ledger.read() as session:
        rows = [_json(row) for row in find_messages(session, wanted)]
    if as_json:
        emit_json(rows)
        return
    columns = ("key", "state", "reason", "next_try")
    show_table(("key", "state", "reason", "next try"), [[row[name] for name in columns] for row in rows])


@app.command()
def show(key: Key, as_json: Json = False) -> None:
    """One message: all that is known of it, what its state means, what to do, and its story."""
    with open_home().ledger.read() as session:
        row = find_message(session, key)
        told = _json(row) | _meaning(row) | {"history": _history(session, row)}
    if as_json:
        emit_json(told)
        return
    for name, value in told.items():
        if name != "history":
            console.print(f"{name}: {'' if value is None else value}", markup=False, soft_wrap=True)
    show_table(("at", "what", "by", "told"), [list(each.values()) for each in told["history"]], "history")


@app.command()
def retry(
    key: Key,
    to: Annotated[str, typer.Option("--to", help="Another address, where the old one was wrong.")] = "",
    as_json: Json = False,
) -> None:
    """Queue a message again that did not arrive. One in doubt must be resolved first."""
    _tell(resolving.retry(open_home(), key, to=to, as_of=clock.now(), actor=_ACTOR), as_json)


@app.command()
def resolve(
    key: Key,
    as_: Annotated[Settled, typer.Option("--as", help="What became of it.")] = Settled.SENT,
    as_json: Json = False,
) -> None:
    """Say what became of a message in doubt; or that one that failed need not arrive any more (--as dropped)."""
    _tell(resolving.resolve(open_home(), key, as_.value, as_of=clock.now(), actor=_ACTOR), as_json)


def _tell(rows: list[MessageRow], as_json: bool) -> None:
    """What went in one mail, one line each; as JSON the first."""
    if as_json:
        emit_json(_json(rows[0]))
        return
    for row in rows:
        console.print(f"{row.key}: {row.state}", markup=False)


def _json(row: MessageRow) -> dict[str, Any]:
    """All of the row; the moments as text. `next_try` is empty unless the message waits for a moment."""
    told = row.model_dump(mode="json")
    first = ("key", "state")
    others = [name for name in MessageRow.model_fields if name not in {*first, "id", "recipient", "payload"}]
    return {
        **{name: told[name] for name in first},
        "to": row.recipient,
        **{name: told[name] for name in others},
        "next_try": told["not_before"] if row.state == "queued" else None,
        "payload": json.loads(row.payload),
    }


def _meaning(row: MessageRow) -> dict[str, str]:
    words = state_words(row.state)
    return {"means": words.means, "who": words.who, "what_to_do": words.do}


def _history(session: Session, row: MessageRow) -> list[dict[str, str]]:
    """Decided, handed over, what the chain of events says, and the mails that came back; in order."""
    told = [(row.decided_at, "decided", "", "")]
    if row.sent_at:
        told.append((row.sent_at, "taken by the server", "", ""))
    told += [(event.at, event.kind, event.actor, "") for event in message_events(session, row)]
    told += [
        (mail.read_at, mail.kind.replace("_", " "), "mailbox", f"{mail.status} {mail.mail}".strip())
        for mail in come_back(session, row)
    ]
    told.sort(key=lambda each: each[0])
    return [{"at": at.isoformat(), "what": what, "by": by, "told": more} for at, what, by, more in told]
