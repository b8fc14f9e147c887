"""dondoc form, submit, receive: forms out and in."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.out import AsOf, Cycle, Json, ask_is, console, cycle_key, emit_json, errors, moment
from tasks.adapters.home import Home, in_use, open_home
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.accepting import Outcome
from tasks.steps.collecting.forms import Expected, form_owed
from tasks.steps.collecting.intake import Arrival, take_in

Out = Annotated[Path, typer.Option("-o", "--output", help="Where to write it.")]
File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]
Check = Annotated[
    bool,
    typer.Option("--check", help="Only say what would be found in it; nothing is kept and nobody is told."),
]
Behalf = Annotated[str, typer.Option("--behalf", help="Entered by this person on behalf of the unit.")]


def form(cycle: Cycle, unit: str, output: Out, as_of: AsOf = None, as_json: Json = False) -> None:
    """Write the workbook one unit fills in for one cycle."""
    spec = form_owed(open_home(), cycle_key(cycle), unit, moment(as_of))
    output.write_bytes(write_form(spec))
    if as_json:
        emit_json({"file": str(output), "cycle": spec.cycle, "unit": spec.unit, "version": spec.version})
    else:
        console.print(f"{output}: {spec.unit_name}, {len(spec.rows)} lines")


def submit(
    cycle: Cycle,
    unit: str,
    file: File,
    behalf: Behalf = "",
    check: Check = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Take in a filled workbook as this unit's report for this cycle."""
    arrival = Arrival(
        file.read_bytes(), file.name, submitted_by=behalf or unit, on_behalf_of=unit if behalf else ""
    )
    home, at, key = open_home(), moment(as_of), cycle_key(cycle)
    form_owed(
        home, key, unit, at
    )  # an unknown cycle or unit is the caller's mistake, not a finding in the file
    _take_in(home, arrival, at, Expected(key, unit), check=check, as_json=as_json)


def receive(file: File, check: Check = False, as_of: AsOf = None, as_json: Json = False) -> None:
    """Take in a filled workbook; whose it is and for which cycle is read from inside it."""
    arrival = Arrival(file.read_bytes(), file.name)
    _take_in(open_home(), arrival, moment(as_of), None, check=check, as_json=as_json)


def _take_in(
    home: Home, arrival: Arrival, at: datetime, expected: Expected | None, *, check: bool, as_json: bool
) -> None:
    """A check is the intake itself, on a rehearsal of the home."""
    with home.rehearsal(home.transport()) if check else nullcontext(home) as used, in_use(used):
        outcome = take_in(used, arrival, at, expected)
    tell_outcome(outcome, as_json, checked=check)


def tell_outcome(outcome: Outcome, as_json: bool, *, checked: bool = False) -> None:
    """What became of a file, or would; exit code 1 where it is refused."""
    if as_json:
        emit_json(outcome.as_json())
    else:
        for finding in outcome.findings:
            place = " ".join(filter(None, (finding.cell, finding.indicator)))
            said = f"{place}: {finding.message}" if place else finding.message
            errors.print(f"{finding.severity}: {said}", markup=False, soft_wrap=True)
        if outcome.accepted:
            again = "" if outcome.accepted.new else " (cùng nội dung đã nhận)"
            done = "Nhận được, chưa nhận" if checked else "Đã nhận"
            console.print(
                f"{done}: {outcome.cycle} {outcome.unit}, phiên bản {outcome.accepted.version}{again}"
            )
        else:
            console.print("Không nhận tệp; không có nội dung nào được lưu.")
    ask_is(outcome.accepted is not None)


COMMANDS: tuple[Callable[..., None], ...] = (form, submit, receive)
