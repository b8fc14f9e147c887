"""dondoc demo: one reporting season, on disk to look at; or a unit's page to try today."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dondoc.cli.out import Json, console, emit_json, errors, show_table
from tasks.adapters import clock


def demo(
    home: Annotated[
        Path | None,
        typer.Option("--home", help="An empty folder; var/demo, with --today var/today."),
    ] = None,
    today: Annotated[
        bool,
        typer.Option(
            "--today",
            help="Instead: a small invented plan with a report due soon, and a unit's page to try now.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Replay one season of the five plans through the real flows: mails, workbooks and Word reports on disk."""
    if today:
        _today(home or Path("var/today"), as_json=as_json)
    else:
        _season(home or Path("var/demo"), as_json=as_json)


def _season(home: Path, *, as_json: bool) -> None:
    os.environ["DONDOC_HOME"] = str(home.resolve())
    for name in ("DONDOC_DATABASE_URL", "DONDOC_FILES", "DONDOC_SMTP_URL", "DONDOC_HEARTBEAT_URL"):
        os.environ.pop(name, None)
    from dondoc.demo import play

    opened = play.new_home(home.resolve())
    os.environ["DONDOC_QUIET_AFTER_DAYS"] = "0"  # a season in an hour leaves gaps, and asks nobody
    days = play.days_of(opened)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=errors, transient=True) as progress:
        bar = progress.add_task("starting the Prefect server", total=len(days))
        with play.prefect_sweep(opened) as sweep:
            for day in play.play(opened, sweep):
                progress.update(bar, advance=1, description=f"sweeping {day}")
    told = play.summary(opened)
    if as_json:
        emit_json({name: value for name, value in told.items() if name != "cycles"})
    else:
        _show(told)


def _today(home: Path, *, as_json: bool) -> None:
    from dondoc.demo import today

    now = clock.now()
    told = today.summary(today.make(home.resolve(), now), now)
    if as_json:
        emit_json(told)
        return
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in told["environment"].items())
    for line in (
        f"the page   {told['link']}",
        f"           of {told['unit']} for {told['cycle']}; last day in time {told['last_day']}",
        f"mails      {told['maildir']}  (a Maildir; {told['mails']} in new/)",
        f"the plan   {told['plan_file']}",
        "\nIn this terminal:",
        f"  export {settings}",
        f"  {sys.argv[0]} serve",
        "\nOpen the page, fill it in and send it. After that, in another terminal with the same export:",
        f"  {sys.argv[0]} sweep      # the receipt is mailed",
        f"  {sys.argv[0]} status --cycle {told['cycle']}",
    ):
        print(line)


def _show(told: dict[str, Any]) -> None:
    columns = ("cycle", "received", "on_time", "late", "nil", "missing")
    rows = [
        [row["cycle"], f"{row['received']}/{row['expected']}", *(row[name] for name in columns[2:])]
        for row in told["cycles"]
    ]
    show_table(columns, rows)
    root = Path(told["home"])
    console.print(
        f"\n{len(told['documents'])} documents, {told['mails']} mails, {told['workbooks']} workbooks"
    )
    console.print(f"documents  {root / 'files' / 'documents'}", soft_wrap=True)
    console.print(f"mails      {root / 'mail'}  (a Maildir)", soft_wrap=True)
    console.print(f"workbooks  {root / 'workbooks'}", soft_wrap=True)
    console.print(f"the board  DONDOC_HOME={root} {sys.argv[0]} serve", soft_wrap=True)
    console.print(
        "\nThe season lies in 2014-2021: look at the board of such a day, and give commands --as-of such a day."
    )


COMMANDS: tuple[Callable[..., None], ...] = (demo,)
