"""dondoc verify: is a document, or the whole ledger, as it was written."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from dondoc.cli.out import Json, ask_is, console, emit_json, errors
from tasks.adapters.home import open_home
from tasks.steps.documents.verifying import DocumentVerdict, verify_document
from tasks.steps.verifying_ledger import LedgerVerdict, verify_ledger

_AT_MOST = 20
"""Differences shown to people; all of them with --json."""


def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="F.docx", exists=True, dir_okay=False, help="A document of ours.")
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="The whole ledger: events, anchors, rows, files.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a document again from the ledger: is the file as it was written, and what has changed since. Exit 1 where the
    file was altered or is none of ours, or something it was made from has changed; with --ledger, where something is not
    as it was sealed.
    """
    if ledger == (file is not None):
        raise ValueError("say which: a document, or --ledger")
    if file is None:
        _ledger(as_json)
        return
    found = verify_document(open_home(), file.read_bytes())
    if as_json:
        emit_json(found.as_json())
    else:
        _show_document(file, found)
    ask_is(found.ok)


def _ledger(as_json: bool) -> None:
    with Progress(console=errors, transient=True, disable=as_json) as progress:
        task = progress.add_task("files", total=None)
        found = verify_ledger(
            open_home(), tell=lambda done, of: progress.update(task, completed=done, total=of)
        )
    if as_json:
        emit_json(found.as_json())
    else:
        _show_ledger(found)
    ask_is(not found.wrong)


def _show_ledger(found: LedgerVerdict) -> None:
    console.print(
        f"{found.events} events, {found.anchors} anchors, {found.submissions} versions of reports, "
        f"{found.documents} documents, {found.files} files"
    )
    if found.unsealed:
        console.print(
            f"{found.unsealed} versions from before figures were sealed: their figures can't be vouched for"
        )
    for each in found.wrong:
        _tell(f"{each.rule}: {each.place}: {each.found}; expected {each.expected}")
    if not found.wrong:
        console.print("as it was written")


def _show_document(file: Path, found: DocumentVerdict) -> None:
    row = found.row
    if row is None:
        _tell(f"{file}: no document of this ledger")
        return
    told = found.as_json()["document"]
    named = f", {row.number} of {row.day}" if row.number else ""
    console.print(f"{file}: {told['label']} of {row.cycle}, {row.state}{named}", markup=False, soft_wrap=True)
    said = {
        "same": "the ledger gives the same document, byte for byte",
        "same figures": "figures and sections are as they were sealed; this program writes them in another form",
        "different": "the ledger gives another document: a figure or section is not what was sealed",
        "not possible": f"it can't be made again: {found.why}",
    }
    console.print("as it was written" if found.genuine else "ALTERED after it was written")
    console.print(said[found.remade], markup=False, soft_wrap=True)
    for each in found.differences[:_AT_MOST]:
        _tell(f"{each.place}: “{each.found}”; expected “{each.expected}”")
    if len(found.differences) > _AT_MOST:
        _tell(f"and {len(found.differences) - _AT_MOST} more differences: --json shows all")
    if not found.genuine and not found.differences:
        _tell("the words are the same: its form was changed, or another program saved it")
    for change in found.reports:
        then, now = change.then or "none", change.now or "none"
        _tell(f"since then: {change.cycle} {change.unit}: version {then}, now {now}")
    for total in found.as_json()["changed_since"]["totals"]:
        _tell(f"since then: {total['code']}: {total['then']}, now {total['now']}")
    if found.newer:
        console.print(f"the newest version is {found.newer}")


def _tell(text: str) -> None:
    errors.print(text, markup=False, soft_wrap=True)


COMMANDS: tuple[Callable[..., None], ...] = (verify,)
