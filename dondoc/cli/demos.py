"""dondoc demo: one reporting season, on disk to look at."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dondoc.cli.out import Json, console, emit_json, errors, show_table


def demo(
    home: Annotated[Path, typer.Option("--home", help="An empty folder.")] = Path("var/demo"),
    as_json: Json = False,
) -> None:
    """Replay one season of the five plans through the real flows: mails, workbooks and Word reports on disk."""
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
