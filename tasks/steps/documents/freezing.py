"""What a document is made from is kept with it, by its hash, in the file store; and the document made again from that."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.calendar import plan_cycle
from models.documents import OfficialDocument
from models.figures import UnitFigures
from models.ids import CycleKey
from models.periods import find_period
from models.plan.levels import carried, seen_from
from models.report import Chase, ReportInputs, build_letter, build_notice, build_report
from models.report.frozen import (
    Awaited,
    Frozen,
    from_text,
    frozen_source,
    frozen_total,
    thawed_source,
    to_text,
)
from models.report.slip import Slip, build_slip_letter
from models.states import coverage
from models.tables import DocumentRow
from models.totals import total_up
from tasks.adapters.documents.render import render
from tasks.adapters.home import Home
from tasks.adapters.ledger.counted import versions_of
from tasks.adapters.ledger.plans import plan_version
from tasks.steps.totals.totalling import CycleTotals


@dataclass(frozen=True, slots=True)
class Made:
    """A document with what it was made from; nothing is kept yet."""

    data: bytes
    inputs: Frozen
    template: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def keep(self, home: Home) -> str:
        """Keep inputs and template by their hashes; returns that of the inputs. A kill leaves a file nobody names."""
        home.files.keep(self.template)
        return home.files.keep(to_text(self.inputs))


Letter = Chase | Slip
"""What makes a công văn: whom it chases, or what it corrects."""


def make(
    found: CycleTotals,
    given: ReportInputs,
    kind: str,
    template: bytes,
    step: str = "",
    letter: Letter | None = None,
) -> Made:
    """The document of these inputs, under a mark that names them."""
    inputs = _freeze(found, given, kind, step, template, letter)
    return Made(_rendered(_built(given, inputs), template, inputs), inputs, template)


def make_again(home: Home, session: Session, inputs: Frozen) -> bytes:
    """The document of inputs that were kept, from the versions in the ledger. KeyError where one of them is not there,
    FileNotFoundError where the template is not.
    """
    given = thaw(home, session, inputs)
    return _rendered(_built(given, inputs), home.files.kept(inputs.template_sha256), inputs)


def inputs_of_row(home: Home, row: DocumentRow) -> Frozen | None:
    """None of a document from before inputs were kept; FrozenError where they cannot be read."""
    return from_text(home.files.kept(row.snapshot)) if row.snapshot else None


def thaw(home: Home, session: Session, inputs: Frozen) -> ReportInputs:
    """The inputs as values, with totals added up anew."""
    key = CycleKey.parse(inputs.cycle)
    plan = plan_version(session, key.plan, inputs.plan_sha256)
    obligation = plan.obligation(key.obligation)
    period = find_period(plan, obligation, key.period)
    planned = replace(
        plan_cycle(plan, obligation, period, home.days),
        deadline=inputs.deadline,
        cutoff=inputs.cutoff,
        moved_by=inputs.moved_by,
    )
    reports = _reports(session, inputs)
    sources = [thawed_source(source, reports) for source in inputs.sources]
    codes = [*obligation.form.indicators, *obligation.form.totals_only]
    report = plan.report_of(obligation)
    assert report, "a document is written only where the plan has a report"
    own, fed = (source.reports for source in sources) if sources else ((), ())
    is_level = bool(carried(plan, obligation))
    return ReportInputs(
        planned=planned,
        report=report,
        lead=inputs.lead,
        standings=inputs.standings,
        coverage=coverage(list(inputs.standings)),
        totals=tuple(total_up(seen_from(plan, obligation), codes, period, sources)) if sources else (),
        reports=own if is_level else (*fed, *own),
        follows=inputs.follows,
        edited=inputs.edited,
        earlier=inputs.earlier,
        comparison=inputs.comparison,
        with_sources=inputs.with_sources,
        issued=inputs.issued,
    )


def _freeze(
    found: CycleTotals, given: ReportInputs, kind: str, step: str, template: bytes, letter: Letter | None
) -> Frozen:
    planned = given.planned
    assert planned.deadline
    keys = {id(report): str(key) for key, report in found.sources_in}
    with_figures = letter is None  # a công văn shows who is missing, not what the others reported
    return Frozen(
        cycle=str(planned.key),
        kind=kind,
        step=step,
        lead=given.lead,
        plan_sha256=found.live.plan_sha256,
        template_sha256=hashlib.sha256(template).hexdigest(),
        deadline=planned.deadline,
        cutoff=planned.cutoff,
        moved_by=planned.moved_by,
        standings=given.standings,
        sources=tuple(frozen_source(source, keys) for source in found.sources) if with_figures else (),
        totals=tuple(frozen_total(total) for total in given.totals) if with_figures else (),
        awaited=tuple(Awaited(str(key), unit, name) for key, unit, name in found.awaited)
        if with_figures
        else (),
        chase=letter if isinstance(letter, Chase) else None,
        follows=given.follows if with_figures else None,
        slip=letter if isinstance(letter, Slip) else None,
        edited=given.edited if with_figures else (),
        earlier=given.earlier if with_figures else (),
        comparison=given.comparison if with_figures else None,
        with_sources=given.with_sources,
        issued=given.issued,
    )


def _built(given: ReportInputs, inputs: Frozen) -> OfficialDocument:
    if inputs.chase:
        return build_letter(given, inputs.chase)
    if inputs.slip:
        return build_slip_letter(given, inputs.slip)
    return build_notice(given) if inputs.kind == "thong-bao" else build_report(given)


def _rendered(document: OfficialDocument, template: bytes, inputs: Frozen) -> bytes:
    return render(document, template, hashlib.sha256(to_text(inputs)).hexdigest())


def _reports(session: Session, inputs: Frozen) -> dict[tuple[str, str, int], UnitFigures]:
    wanted: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for used in inputs.used:
        wanted[used.cycle].add((used.unit, used.version))
    return {
        (cycle, report.unit, report.version): report
        for cycle, versions in wanted.items()
        for report in versions_of(session, CycleKey.parse(cycle), versions)
    }
