"""dondoc report, check-docx: official documents."""

import hashlib
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.out import AsOf, Cycle, Json, ask_is, console, cycle_key, emit_json, errors, moment
from tasks.adapters.documents import Finding
from tasks.adapters.documents import check_docx as check_conformity
from tasks.adapters.home import Home, open_home
from tasks.adapters.pdf import to_pdf
from tasks.steps.documents import making, own_report
from tasks.steps.totals import totalling


class Kind(StrEnum):
    BAO_CAO = "bao-cao"
    CONG_VAN = "cong-van"
    THONG_BAO = "thong-bao"


def report(
    cycle: Cycle,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write it.")],
    unit: Annotated[str | None, typer.Option("--unit", help="This unit's own report instead.")] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="What to write.")] = Kind.BAO_CAO,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF; needs LibreOffice.")] = False,
    with_sources: Annotated[
        bool,
        typer.Option("--with-sources", help="Add where every figure comes from: unit, version, file, cell."),
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write a document from what the ledger holds now."""
    if with_sources and (unit or kind is not Kind.BAO_CAO):
        raise ValueError("--with-sources is for the lead unit's Báo cáo")
    home = open_home()
    if unit:
        data = own_report.own_report_bytes(home, cycle_key(cycle), unit)
    else:
        data = _lead_document(home, cycle, kind, as_of, with_sources=with_sources)
    data = to_pdf(data) if pdf else data
    output.write_bytes(data)
    told = {
        "file": str(output),
        "cycle": cycle,
        "kind": kind.value,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if as_json:
        emit_json(told)
    else:
        console.print(f"{output}: {kind.value} {cycle}")


def _lead_document(home: Home, cycle: str, kind: Kind, as_of: str | None, *, with_sources: bool) -> bytes:
    at = moment(as_of)
    found = totalling.totals_of(home, cycle_key(cycle))
    if kind is Kind.BAO_CAO:
        return making.report_bytes(home, found, at, with_sources=with_sources)
    if kind is Kind.THONG_BAO:
        return making.notice_bytes(home, found, at)
    if not found.missing:
        raise ValueError(f"{cycle}: every unit has reported, there is nobody to write to")
    steps = [rung.step for rung in found.live.planned.rungs if rung.step.letter and rung.on <= at.date()]
    letters = [rung.step for rung in found.live.planned.rungs if rung.step.letter]
    if not letters:
        raise ValueError(f"{cycle}: the plan has no công văn step in its ladder")
    return making.letter_bytes(home, found, (steps or letters)[-1 if steps else 0], at)


def check_docx(
    file: Annotated[Path, typer.Argument(metavar="F.docx", exists=True, dir_okay=False)],
    as_json: Json = False,
) -> None:
    """Conformity with Nghị định 30/2020: rule, place, found, expected. Exit 1 where something is not as it must be."""
    findings = check_conformity(file.read_bytes())
    show_findings(file, findings, as_json=as_json)
    ask_is(not findings)


def show_findings(file: Path, findings: Sequence[Finding], *, as_json: bool) -> None:
    """One line for each on stderr; `ok` where there is none."""
    if as_json:
        emit_json({"ok": not findings, "findings": [finding.as_json() for finding in findings]})
        return
    for finding in findings:
        errors.print(
            f"{finding.rule}: {finding.place}: {finding.found}; expected {finding.expected}",
            markup=False,
            soft_wrap=True,
        )
    if not findings:
        console.print(f"{file}: ok")


COMMANDS: tuple[Callable[..., None], ...] = (report, check_docx)
