"""Make a document of a cycle from what the ledger has: its inputs, frozen, and its bytes. Nothing is written here."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.plan import Step
from models.plan.levels import carried
from models.report import Chase, ReportInputs
from models.report.correction import Follows
from models.report.due import inputs_hash
from models.signing import DocumentState
from models.states import coverage
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.documents import documents_of, issued_before, last_issued, newest_document
from tasks.adapters.ledger.sections import edited_sections, edits_in
from tasks.adapters.ledger.units import load_tree
from tasks.steps.documents.following import follows
from tasks.steps.documents.freezing import Made, make
from tasks.steps.documents.templates import template_for
from tasks.steps.totals.totalling import CycleTotals
from tasks.steps.totals.years import years_of

_ANSWER_IN = {1: 5, 2: 3}
"""Working days a công văn gives, by its level."""


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
    same = newest.inputs == hash_now(session, found)
    if same and newest.state == DocumentState.ISSUED.value:
        return issued_before(session, newest)
    return last_issued(session, found.live.key, "bao-cao")


def report_bytes(
    home: Home, found: CycleTotals, as_of: datetime | None = None, *, with_sources: bool = False
) -> bytes:
    """With the lead unit's template of that day; without one, of the day the cycle opened. `with_sources`: with an
    appendix that leads from every figure to its cell.
    """
    return make_report(home, found, as_of, with_sources=with_sources).data


def make_report(
    home: Home, found: CycleTotals, as_of: datetime | None, *, with_sources: bool = False
) -> Made:
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
    return make_letter(home, found, step, as_of).data


def make_letter(home: Home, found: CycleTotals, step: Step, as_of: datetime) -> Made:
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


def hash_now(session: Session, found: CycleTotals) -> str:
    edits = edits_in(session).get(str(found.live.key), ())
    return inputs_hash((*found.live.standings, *found.fed_standings), edits)
