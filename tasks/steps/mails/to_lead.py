"""What the lead unit is told: who is missing, which document waits for its signature."""

from collections.abc import Sequence
from dataclasses import replace

from models.mail import MissingGroup, MissingList, MissingUnit, ReportReady
from tasks.steps.mails.case import Case, Composed, document_of, line_of


def missing_list(cases: Sequence[Case]) -> Composed:
    return Composed(_missing(cases[0]))


def _missing(case: Case) -> MissingList:
    owing = [s for s in case.live.standings if not s.exempt]
    if case.row.unit != case.tree.office(case.live.planned.plan.lead, case.on).code:
        # An office sees those it collects from.
        owing = [s for s in owing if case.tree.office(s.collector, case.on).code == case.row.unit]
    missing = tuple(
        MissingUnit(name=s.unit_name, own_last_day=s.own_last_day, no_address=not s.has_address)
        for s in owing
        if not s.reported
    )
    group = MissingGroup(
        line=line_of(case, None), expected=len(owing), received=len(owing) - len(missing), units=missing
    )
    return MissingList(unit=case.unit.body, contact=case.contact, on=case.on, groups=(group,))


def letter_ready(cases: Sequence[Case]) -> Composed:
    message, found = _missing(cases[0]), document_of(cases[0], "cong-van", cases[0].row.step)
    if found is None:
        return Composed(message)
    return Composed(replace(message, letter=found[1].name), (found[1],))


def report_ready(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    found = document_of(case, "bao-cao", "")
    assert found, "a report is announced in the transaction that records it"
    row, attachment = found
    owing = [s for s in case.live.standings if not s.exempt]
    reported = [s for s in owing if s.reported]
    return Composed(
        ReportReady(
            unit=case.unit.body,
            contact=case.contact,
            line=line_of(case, None),
            title=case.live.planned.obligation.title,
            version=row["version"],
            file_name=attachment.name,
            path=case.home.files.path(row["file"]),
            sha256=row["sha256"],
            expected=len(owing),
            received=len(reported),
            nil=sum(s.nil for s in reported),
            missing=tuple(s.unit_name for s in owing if not s.reported),
        ),
        (attachment,),
    )
