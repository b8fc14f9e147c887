"""dondoc document: from draft to issued, and after."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.out import Actor, AsOf, Cycle, Json, Reason, console, cycle_key, emit_json, moment, show_table
from models.signing import VIETNAMESE, DocumentState, document_label
from models.tables import DocumentRow
from tasks.adapters.home import open_home
from tasks.steps import board
from tasks.steps.documents import archiving, correcting, dispatching, signed_scan, way
from tasks.steps.documents.issuing import Which


class Paper(StrEnum):
    BAO_CAO = "bao-cao"
    CONG_VAN = "cong-van"
    DINH_CHINH = "dinh-chinh"


Kind = Annotated[Paper, typer.Option("--kind", help="Which kind of document.")]
Step = Annotated[str, typer.Option("--step", help="Which công văn, e.g. T+1; the last one.")]
Version = Annotated[int | None, typer.Option("--version", help="Which version; the newest.")]

app = typer.Typer(help="Documents on their way from draft to issued, and after.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Documents on their way from draft to issued, and after."""


@app.command("list")
def list_(cycle: Cycle, as_of: AsOf = None, as_json: Json = False) -> None:
    """The documents of a cycle: state, whose turn it is, number, what has changed since."""
    papers = board.status(open_home(), cycle_key(cycle), moment(as_of))["documents"]
    if as_json:
        emit_json({"cycle": cycle, "documents": papers})
        return
    names = ("kind", "step", "version", "state_vi", "owner_vi", "number", "day")
    columns = ("document", "step", "version", "state", "whose turn", "number", "day", "changed")
    show_table(columns, [[*(paper[name] for name in names), len(paper["flagged"]) or ""] for paper in papers])


@app.command()
def submit(
    cycle: Cycle,
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Record that a draft was submitted for signature."""
    which = Which(kind.value, step, version)
    _told(way.submit(open_home(), cycle_key(cycle), which, as_of=moment(as_of), actor=by), as_json)


@app.command()
def approve(
    cycle: Cycle,
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, where figures changed since.")] = "",
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Record that it was approved and waits for its number."""
    which = Which(kind.value, step, version)
    done = way.approve(open_home(), cycle_key(cycle), which, as_of=moment(as_of), actor=by, reason=reason)
    _told(done, as_json)


@app.command("return")
def return_(
    cycle: Cycle,
    reason: Reason,
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Give it back to be a draft again, with the reason."""
    which = Which(kind.value, step, version)
    _told(way.send_back(open_home(), cycle_key(cycle), which, reason, as_of=moment(as_of), actor=by), as_json)


@app.command()
def scan(
    cycle: Cycle,
    file: Annotated[
        Path, typer.Argument(metavar="SCAN", exists=True, dir_okay=False, help="PDF, JPG or PNG.")
    ],
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Attach the signed scan of an issued document."""
    which = Which(kind.value, step, version)
    done = signed_scan.attach_scan(
        open_home(), cycle_key(cycle), which, file.read_bytes(), as_of=moment(as_of), actor=by
    )
    _told(done, as_json)


@app.command()
def send(
    cycle: Cycle,
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="The Word file, where there is no scan.")
    ] = False,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Send an issued document to those of its Nơi nhận that have an address; the next sweep mails it."""
    which = Which(kind.value, step, version)
    done = dispatching.dispatch(
        open_home(), cycle_key(cycle), which, as_of=moment(as_of), actor=by, unsigned=unsigned
    )
    if as_json:
        told = {"document": done.label, "queued": done.queued, "before": done.before}
        emit_json({"cycle": cycle, **told, "without_address": done.without_address})
        return
    console.print(
        f"{done.label}: goes to {', '.join(done.queued) or 'nobody new'}", markup=False, soft_wrap=True
    )
    for line in done.without_address:
        console.print(f"no address, on paper: {line}", markup=False, soft_wrap=True)


@app.command()
def archive(
    cycle: Cycle,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write the bundle, too.")
    ] = None,
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Archive an issued document as one bundle: file, scan, data, reports as they came, events, checksums."""
    which = Which(kind.value, step, version)
    row, bundle = archiving.archive(open_home(), cycle_key(cycle), which, as_of=moment(as_of), actor=by)
    if output:
        output.write_bytes(bundle)
    _told(row, as_json, sha256=row.archive_sha256, bytes=len(bundle), file=str(output) if output else None)


@app.command()
def correct(
    cycle: Cycle,
    where: Annotated[str, typer.Option("--where", help="Where in the document: mục II, trang 3.")],
    wrong: Annotated[str, typer.Option("--wrong", help="The words as they were issued.")],
    right: Annotated[str, typer.Option("--right", help="The words as they should be.")],
    kind: Kind = Paper.BAO_CAO,
    step: Step = "",
    version: Version = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Draft the công văn đính chính of an error of form in an issued document. An error of content is not corrected so:
    the corrected report of the unit makes a new version, which replaces what was issued.
    """
    which = Which(kind.value, step, version)
    done = correcting.correct_form(
        open_home(), cycle_key(cycle), which, where, wrong, right, as_of=moment(as_of), actor=by
    )
    _told(done, as_json, file=open_home().files.path(done.file))


def _told(row: DocumentRow, as_json: bool, **more: Any) -> None:
    label = document_label(row.kind, row.step, row.version)
    state = DocumentState(row.state)
    told: dict[str, str | int | date | None] = {
        "cycle": row.cycle,
        "document": label,
        "state": state.value,
        "number": row.number or None,
        "day": row.day.isoformat() if row.day else None,
    }
    if as_json:
        emit_json(told | more)
        return
    said = ", ".join(f"{name} {value}" for name, value in more.items() if value)
    console.print(
        f"{label} of {row.cycle}: {state.value} ({VIETNAMESE[state]}) {said}", markup=False, soft_wrap=True
    )
