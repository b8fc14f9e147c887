"""dondoc mailbox: poll."""

import typer

from dondoc.cli.out import AsOf, Json, console, emit_json, moment
from tasks.adapters.home import SetupError, open_home
from tasks.steps import mailbox

app = typer.Typer(help="What comes back by mail: bounces, automatic replies, replies.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """So that `poll` stays a word of its own though it is the only one."""


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
