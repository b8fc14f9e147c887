"""dondoc sweep, preview, simulate. They bring in the flows, so the imports wait until then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dondoc.cli.out import AsOf, Json, console, day, emit_json, errors, moment, show_table
from models.quiet import ENGLISH
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.steps.quiet import waiting

_FARTHEST = timedelta(days=366)
"""A sweep closes cycles for good; a slip in the year must not."""

Day = Annotated[str, typer.Option("--on", help="The day asked about.")]


def sweep(as_of: AsOf = None, as_json: Json = False) -> None:
    """Everything that ought to have happened by a moment. Running it twice changes nothing more."""
    from flows.sweep import SweepFailedError, sweep_plainly

    at = moment(as_of)
    if at > clock.now() + _FARTHEST:
        raise ValueError(
            f"{at:%Y-%m-%d} is more than a year ahead: to look into the future, use simulate or preview"
        )
    try:
        swept = sweep_plainly(at, named=as_of is not None)
    except SweepFailedError as error:
        errors.print(f"dondoc: {error}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    if as_json:
        emit_json(swept.as_json())
    elif swept.busy:
        console.print("another sweep is under way")
    else:
        console.print(
            "  ".join(f"{name} {value}" for name, value in swept.as_json().items() if name != "busy")
        )
    if swept.held and not as_json:
        console.print(
            f"{swept.held} mails wait for your word: look with dondoc preview --on {at:%Y-%m-%d}, "
            "then dondoc mail allow",
            soft_wrap=True,
        )
    if swept.failed or swept.unknown:
        errors.print(
            f"{swept.failed} messages failed, {swept.unknown} are in doubt: see `dondoc outbox list`"
        )
        raise typer.Exit(1)


def preview(on: Day, as_json: Json = False) -> None:
    """Who will get what: exactly what that day's sweep would send, by the same code, taken back afterwards.

    Days between today and then are taken to be swept; what was missed before today is shown.
    """
    from flows.rehearse import preview_day

    messages, held = preview_day(day(on)), waiting(open_home())
    if as_json:
        emit_json({"on": on, "messages": messages, "held": held.messages if held else 0})
        return
    show_table(
        ("to", "unit", "step", "subject"), [(m["to"], m["unit"], m["step"], m["subject"]) for m in messages]
    )
    console.print(f"{len(messages)} messages")
    if held:
        console.print(f"mail waits for your word, as {ENGLISH[held.why]}: dondoc mail allow", soft_wrap=True)


def simulate(
    start: Annotated[str, typer.Option("--from", help="First day.")],
    end: Annotated[str, typer.Option("--to", help="Last day.")],
    as_json: Json = False,
) -> None:
    """Sweep through time on a rehearsal of this home, stopping only where something is due; nothing is kept."""
    from flows.rehearse import simulate_days

    first, last = day(start), day(end)
    if last < first:
        raise ValueError(f"the window ends before it begins: {first} to {last}")
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=errors, transient=True) as progress:
        bar = progress.add_task("simulating", total=None)
        told = simulate_days(
            first,
            last,
            lambda on, of: progress.update(bar, advance=1, total=of, description=f"sweeping {on}"),
        )
    if as_json:
        emit_json(told)
        return
    shown = ("year", "stops", "opened", "queued", "sent", "closed", "written")
    show_table(shown, [[year[name] for name in shown] for year in told["years"]])


COMMANDS: tuple[Callable[..., None], ...] = (sweep, preview, simulate)
