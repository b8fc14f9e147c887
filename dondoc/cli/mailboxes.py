"""dondoc mailbox: poll, list, show, accept, dismiss."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from dondoc.cli.out import Actor, AsOf, Json, Reason, ask_is, console, emit_json, moment, show_table
from tasks.adapters.home import SetupError, open_home
from tasks.steps.inbound import mail_decisions, mail_waiting, mailbox

app = typer.Typer(
    help="What comes back by mail: forms, bounces, automatic replies, replies.", no_args_is_help=True
)
Ref = Annotated[
    str, typer.Argument(metavar="ID", help="Of a mail, e.g. 12; or of one form in it, e.g. 12.1.")
]


class State(StrEnum):
    HELD = "held"
    UNMATCHED = "unmatched"
    DONE = "done"
    DISMISSED = "dismissed"


@app.command()
def poll(as_of: AsOf = None, as_json: Json = False) -> None:
    """Read the mailbox now, as every sweep does first. Running it twice changes nothing more."""
    home = open_home()
    if not home.settings.imap_url:
        raise SetupError("no mailbox is set: DONDOC_IMAP_URL=imaps://user:password@host/INBOX")
    with home.sweep_lock() as got:
        told = mailbox.poll(home, moment(as_of)) if got else mailbox.NOTHING_READ
    if as_json:
        emit_json(told | {"busy": not got})
    elif got:
        console.print("  ".join(f"{name} {count}" for name, count in told.items()))
    else:
        console.print("a sweep is under way, which reads the mailbox too")


@app.command("list")
def list_mails(
    state: Annotated[
        State | None, typer.Option("--state", help="Only these; held and unmatched wait for a person.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Mails that people wrote to us, what became of them, and which wait for a person."""
    rows = mail_waiting.listed(open_home(), [state.value] if state else [])
    if as_json:
        emit_json(rows)
        return
    columns = ("id", "state", "why_en", "arrived_at", "sender", "subject", "unit", "cycle")
    show_table(
        tuple("why" if name == "why_en" else name for name in columns),
        [[row[name] for name in columns] for row in rows],
    )


@app.command()
def show(ref: Ref, as_json: Json = False) -> None:
    """One mail: what is in it, why it waits, and what can be done."""
    told = mail_waiting.shown(open_home(), mail_decisions.number_of(ref))
    if as_json:
        emit_json(told)
        return
    for name, value in told.items():
        if name != "forms" and not name.endswith("_vi"):
            console.print(f"{name}: {value}", markup=False, soft_wrap=True)
    for form in told["forms"]:
        _show_form(form)


@app.command()
def accept(
    ref: Ref, reason: Reason, by: Actor = "coordinator", as_of: AsOf = None, as_json: Json = False
) -> None:
    """Take in a form that was held, on the word of whoever decides. It is checked like any other."""
    outcomes = mail_decisions.accept_held(open_home(), ref, reason, as_of=moment(as_of), actor=by)
    if as_json:
        emit_json([outcome.as_json() for outcome in outcomes])
    else:
        for outcome in outcomes:
            said = (
                f"version {outcome.accepted.version}" if outcome.accepted else "refused, the unit is told why"
            )
            console.print(f"{outcome.cycle} {outcome.unit}: {said}", markup=False)
    ask_is(all(outcome.accepted for outcome in outcomes))


@app.command()
def dismiss(
    ref: Ref, reason: Reason, by: Actor = "coordinator", as_of: AsOf = None, as_json: Json = False
) -> None:
    """Put a mail or a held form aside: nothing is taken in and nobody is told. The mail stays in its folder."""
    row = mail_decisions.dismiss(open_home(), ref, reason, as_of=moment(as_of), actor=by)
    if as_json:
        emit_json({"id": row.id, "state": row.state})
    else:
        console.print(f"mail {row.id}: {row.state}")


def _show_form(form: dict[str, Any]) -> None:
    whose = " ".join(filter(None, (form["cycle"], form["unit"]))) or "not ours"
    why = f" ({form['why_en']})" if form["why"] else ""
    console.print(
        f"form {form['id']}: {form['file']}: {whose}, {form['state']}{why}", markup=False, soft_wrap=True
    )
    for finding in form["findings"]:
        console.print(
            f"  {finding['cell']} {finding['message']}".replace("   ", "  "), markup=False, soft_wrap=True
        )
    if form["state"] == "held":
        for verb in ("accept", "dismiss"):
            console.print(f'  dondoc mailbox {verb} {form["id"]} --reason "…"', markup=False)
