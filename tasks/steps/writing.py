"""Write the documents of one cycle: the lead unit's Báo cáo, and the công văn đôn đốc.

A document is written when its inputs are there and again when they change; the same inputs never make a second
version, whoever asks and however often.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.ids import CycleKey
from models.plan import Step
from models.plan.levels import carried
from models.report import Chase, ReportInputs
from models.report.correction import Follows
from models.signing import DocumentState, document_label
from models.states import Coverage, Standing, coverage
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.documents import (
    documents_of,
    inputs_written,
    issued_before,
    last_issued,
    newest_document,
    save_document,
)
from tasks.adapters.ledger.sections import edited_sections, edits_in
from tasks.adapters.ledger.units import load_tree
from tasks.steps.closing import all_in
from tasks.steps.following import follows
from tasks.steps.freezing import Made, make
from tasks.steps.reminding import tell_lead
from tasks.steps.templates import template_for
from tasks.steps.totalling import CycleTotals, totals_of
from tasks.steps.years import years_of

REPORTED_KINDS = {"plan", "result", "inform", "register"}
_ANSWER_IN = {1: 5, 2: 3}
"""Working days a công văn gives, by its level."""


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
    if report_due(found.live, found.fed_standings, inputs, edits):
        written += _write_report(home, found, as_of)
    return written


def report_due(
    live: LiveCycle, fed: Iterable[Standing], written: str | None, edits: Sequence[str] = ()
) -> bool:
    """The cycle is closed, or everyone has reported; somebody has; and the last version had other inputs, or is a draft
    that does not say which issued one it follows.

    `fed` are the standings of the cycles that feed this one, `written` the inputs of the last version (None: there is
    none), `edits` the newest versions of its edited sections.
    """
    planned = live.planned
    if planned.obligation.kind not in REPORTED_KINDS or planned.plan.report_of(planned.obligation) is None:
        return False
    if not (live.closed_at or all_in(live)):
        return False
    standings = [*live.standings, *fed]
    if not any(standing.reported for standing in standings):
        return False
    return written != inputs_hash(standings, edits)


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


def inputs_of(home: Home, found: CycleTotals) -> ReportInputs:
    """What a document of this cycle is made from; a report fed by another obligation shows that one's units."""
    planned = found.live.planned
    report = planned.plan.report_of(planned.obligation)
    assert report
    with home.ledger.read() as session:
        lead = load_tree(session).office(planned.plan.lead, found.live.opened_at.date())
        before = _before(session, found)
        edited = edited_sections(session, found.live.key)
    is_level = bool(carried(planned.plan, planned.obligation))
    standings = found.live.standings if is_level else found.fed_standings or found.live.standings
    return ReportInputs(
        planned=planned,
        report=report,
        lead=lead.body,
        standings=standings,
        coverage=coverage(list(standings)),
        totals=found.totals,
        reports=found.reports if is_level else (*found.fed_by, *found.reports),
        follows=follows(home, before, found) if before else None,
        edited=edited,
    )


def _before(session: Session, found: CycleTotals) -> DocumentRow | None:
    """The Báo cáo that was issued and that this one follows; the newest is not followed by itself."""
    newest = newest_document(session, found.live.key, "bao-cao")
    if newest is None:
        return None
    same = newest.inputs == _hash_now(session, found)
    if same and newest.state == DocumentState.ISSUED.value:
        return issued_before(session, newest)
    return last_issued(session, found.live.key, "bao-cao")


def report_bytes(
    home: Home, found: CycleTotals, as_of: datetime | None = None, *, with_sources: bool = False
) -> bytes:
    """With the lead unit's template of that day; without one, of the day the cycle opened. `with_sources`: with an
    appendix that leads from every figure to its cell.
    """
    return _report(home, found, as_of, with_sources=with_sources).data


def _report(home: Home, found: CycleTotals, as_of: datetime | None, *, with_sources: bool = False) -> Made:
    given = replace(_with_years(home, found), with_sources=with_sources)
    return make(found, given, "bao-cao", _template(home, found, "bao-cao", as_of))


def _template(home: Home, found: CycleTotals, kind: str, as_of: datetime | None) -> bytes:
    on = (as_of or found.live.opened_at).date()
    return template_for(home, found.live.planned.plan.lead, kind, on).data


def _with_years(home: Home, found: CycleTotals) -> ReportInputs:
    years = years_of(home, found)
    return replace(inputs_of(home, found), earlier=years.earlier, comparison=years.comparison)


def notice_bytes(home: Home, found: CycleTotals, as_of: datetime | None = None) -> bytes:
    """The Thông báo of results to the units, with the template as of a Báo cáo. ValueError where nobody has reported."""
    template = _template(home, found, "thong-bao", as_of)
    return make(found, notice_inputs(home, found), "thong-bao", template).data


def notice_inputs(home: Home, found: CycleTotals) -> ReportInputs:
    """It rests on the Báo cáo that was issued last, if one was."""
    with home.ledger.read() as session:
        row = last_issued(session, found.live.key, "bao-cao")
    issued = Follows(row.number, row.day) if row and row.day else None
    return replace(inputs_of(home, found), follows=None, edited=(), issued=issued)


def letter_bytes(home: Home, found: CycleTotals, step: Step, as_of: datetime) -> bytes:
    """ValueError before day X has passed, or where nobody is missing."""
    return _letter(home, found, step, as_of).data


def _letter(home: Home, found: CycleTotals, step: Step, as_of: datetime) -> Made:
    """ValueError before day X has passed, or where nobody is missing."""
    given = inputs_of(home, found)
    given = replace(given, standings=found.live.standings, coverage=found.coverage)
    with home.ledger.read() as session:
        tree = load_tree(session)
        writes = _letter_to_write(session, found.live, step)
    level = writes.letter or 1
    copies = tuple(tree.office(code, as_of.date()).body for code in writes.copy_to)
    chase = Chase(level, as_of, home.days.add(as_of.date(), _ANSWER_IN[level]), copies)
    template = template_for(home, found.live.planned.plan.lead, "cong-van", as_of.date())
    return make(found, given, "cong-van", template.data, step.step + found.live.mark, chase)


def _letter_to_write(session: Session, live: LiveCycle, step: Step) -> Step:
    """The letter of this step; but the first there is about this deadline is lần 1, with the copies of that, whatever
    step it comes at: nobody is told "lần 2" who was not written to before.
    """
    letters = [rung.step for rung in live.planned.rungs if rung.step.letter]
    others = {other.step + live.mark for other in letters if other.step != step.step}
    before = [d for d in documents_of(session, live.key) if d.kind == "cong-van" and d.step in others]
    return step if before else next((first for first in letters if first.letter == 1), step)


def _hash_now(session: Session, found: CycleTotals) -> str:
    edits = edits_in(session).get(str(found.live.key), ())
    return inputs_hash((*found.live.standings, *found.fed_standings), edits)


def inputs_hash(standings: Iterable[Standing], edits: Sequence[str] = ()) -> str:
    """Changes when, and only when, what goes into the report changes."""
    parts = [
        [s.unit, s.version, s.nil, s.returned, s.exempt, s.on_time, str(s.first_submitted_at)]
        for s in standings
    ]
    edited = [["edited", *edits]] if edits else []
    return hashlib.sha256(json.dumps([*parts, *edited]).encode()).hexdigest()


def _write_report(home: Home, found: CycleTotals, as_of: datetime) -> list[str]:
    made = _report(home, found, as_of)
    return _write(home, found, made, coverage(list(made.inputs.standings)), as_of)


def _write_letter(home: Home, found: CycleTotals, step: Step, as_of: datetime) -> list[str]:
    return _write(home, found, _letter(home, found, step, as_of), found.coverage, as_of)


def _write(home: Home, found: CycleTotals, made: Made, cover: Coverage, as_of: datetime) -> list[str]:
    """Nothing where another process wrote it meanwhile."""
    key, kind, step = found.live.key, made.inputs.kind, made.inputs.step
    snapshot = made.keep(home)
    with home.ledger.write() as session:
        inputs = _hash_now(session, found)
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
