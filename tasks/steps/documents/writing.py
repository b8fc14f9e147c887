"""Write the documents of one cycle: the lead unit's Báo cáo, and the công văn đôn đốc.

A document is written when its inputs are there and again when they change; the same inputs never make a second
version, whoever asks and however often.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from models.ids import CycleKey
from models.plan import Step
from models.report.due import report_due
from models.signing import document_label
from models.states import Coverage, Standing, coverage
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.documents import (
    inputs_written,
    issued_before,
    newest_document,
    save_document,
)
from tasks.adapters.ledger.sections import edits_in
from tasks.steps.closing import all_in
from tasks.steps.documents.freezing import Made
from tasks.steps.documents.making import hash_now, make_letter, make_report
from tasks.steps.reminding import tell_lead
from tasks.steps.totals.totalling import CycleTotals, totals_of


def write_due(home: Home, key: CycleKey, as_of: datetime) -> list[str]:
    """Write what is due by now; returns the places of the new documents in the file store."""
    found = totals_of(home, key)
    written = []
    step = letter_due(home, found.live, as_of)
    if step:
        written += _write_letter(home, found, step, as_of)
    with home.ledger.read() as session:
        inputs = inputs_written(session, newest_document(session, key, "bao-cao"))
        edits = edits_in(session).get(str(key), ())
    if report_is_due(found.live, found.fed_standings, inputs, edits):
        written += _write_report(home, found, as_of)
    return written


def report_is_due(
    live: LiveCycle, fed: Iterable[Standing], written: str | None, edits: Sequence[str] = ()
) -> bool:
    """`report_due` of an opened cycle; `fed` are the standings of the cycles that feed it."""
    is_over = bool(live.closed_at) or all_in(live)
    return report_due(live.planned, [*live.standings, *fed], written, edits, is_over=is_over)


def letter_due(home: Home, live: LiveCycle, as_of: datetime) -> Step | None:
    """The newest công văn step that has come, if it is not written yet and somebody is still missing."""
    planned = live.planned
    if live.closed_at or planned.deadline is None or as_of < planned.deadline.late_from:
        return None
    passed = [r.step for r in planned.rungs if r.step.letter and r.on <= as_of.date()]
    late = [s for s in live.standings if s.overdue(as_of)]
    if not passed or not late or planned.plan.report_of(planned.obligation) is None:
        return None
    with home.ledger.read() as session:
        return (
            None
            if newest_document(session, live.key, "cong-van", passed[-1].step + live.mark)
            else passed[-1]
        )


def _write_report(home: Home, found: CycleTotals, as_of: datetime) -> list[str]:
    made = make_report(home, found, as_of)
    return _write(home, found, made, coverage(list(made.inputs.standings)), as_of)


def _write_letter(home: Home, found: CycleTotals, step: Step, as_of: datetime) -> list[str]:
    return _write(home, found, make_letter(home, found, step, as_of), found.coverage, as_of)


def _write(home: Home, found: CycleTotals, made: Made, cover: Coverage, as_of: datetime) -> list[str]:
    """Nothing where another process wrote it meanwhile."""
    key, kind, step = found.live.key, made.inputs.kind, made.inputs.step
    snapshot = made.keep(home)
    with home.ledger.write() as session:
        inputs = hash_now(session, found)
        newest = newest_document(session, key, kind, step)
        if newest and (step or inputs_written(session, newest) == inputs):
            return []
        version = newest.version + 1 if newest else 1
        name = document_name(key, kind, step, version)
        home.files.write(name, made.data)  # before the row: a row without its file would be a lie
        row = save_document(
            session,
            key,
            kind,
            step=step,
            sha256=made.sha256,
            inputs=inputs,
            snapshot=snapshot,
            file=name,
            coverage=cover,
            at=as_of,
        )
        if made.inputs.follows and (before := issued_before(session, row)):
            row.relation, row.relates_to = made.inputs.follows.relation, before.id
        _announce(session, found.live, kind, step or f"v{version}", as_of)
    return [name]


def _announce(session: Session, live: LiveCycle, kind: str, step: str, as_of: datetime) -> None:
    message = "report-ready" if kind == "bao-cao" else "letter-ready"
    tell_lead(session, live, message, step, as_of)


def document_name(key: CycleKey, kind: str, step: str, version: int) -> str:
    """Where a document lies in the file store: readable, and never the same for two versions."""
    return f"documents/{key.plan}/{key.obligation}-{key.period}/{document_label(kind, step, version)}.docx"
