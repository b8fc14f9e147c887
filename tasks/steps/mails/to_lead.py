"""What the lead unit is told: who is missing, which document waits for its signature, whose place nobody has taken."""

from collections.abc import Sequence

from models.mail import (
    EndedUnit,
    MissingGroup,
    MissingList,
    MissingUnit,
    ReportReady,
    Unplaced,
    UnplacedGroup,
)
from models.tables import DocumentRow
from tasks.steps.documents.freezing import inputs_of_row, thaw
from tasks.steps.listing import owing_to
from tasks.steps.mails.case import Case, Composed, document_of, issued_before_this, line_of
from tasks.steps.opening import unplaced_units

_NAMED = 10
"""Successors that a mail names."""


def missing_list(cases: Sequence[Case]) -> Composed:
    """All that one office misses, of every cycle, with the công văn that are drafted for it."""
    groups, letters = [], []
    for case in _one_of_each(cases):
        letter = document_of(case, "cong-van", case.row.step) if case.row.kind == "letter-ready" else None
        letters += [letter[1]] if letter else []
        groups.append(_missing(case, letter[1].name if letter else ""))
    first = cases[0]
    message = MissingList(
        unit=first.unit.body,
        contact=first.contact,
        on=first.on,
        groups=tuple(each for each in groups if each.units),
    )
    return Composed(message, tuple(letters))


def _one_of_each(cases: Sequence[Case]) -> list[Case]:
    """Of one cycle one list: where a công văn is drafted, the one with it."""
    found: dict[str, Case] = {}
    for case in cases:
        if case.row.cycle not in found or case.row.kind == "letter-ready":
            found[case.row.cycle] = case
    return list(found.values())


def _missing(case: Case, letter: str) -> MissingGroup:
    owing = owing_to(case.live, case.tree, case.row.unit, case.as_of, case.row.step)
    missing = tuple(
        MissingUnit(name=s.unit_name, own_last_day=s.own_last_day, no_address=not s.has_address)
        for s in owing
        if not s.reported
    )
    return MissingGroup(
        line=line_of(case, None),
        expected=len(owing),
        received=len(owing) - len(missing),
        units=missing,
        letter=letter,
    )


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
            version=row.version,
            file_name=attachment.name,
            path=case.home.files.path(row.file),
            sha256=row.sha256,
            expected=len(owing),
            received=len(reported),
            nil=sum(s.nil for s in reported),
            missing=tuple(s.unit_name for s in owing if not s.reported),
            unmerged=_unmerged(case, row),
            issued=issued_before_this(case, row),
        ),
        (attachment,),
    )


def unplaced(cases: Sequence[Case]) -> Composed:
    """Of every cycle, the units that it names and that are no longer there, with how to say who owes in their place."""
    first = cases[0]
    groups = tuple(_ended(case) for case in cases)
    return Composed(Unplaced(unit=first.unit.body, contact=first.contact, on=first.on, groups=groups))


def _ended(case: Case) -> UnplacedGroup:
    key = case.live.key
    units = tuple(
        EndedUnit(
            code=each.unit.code,
            name=each.unit.body,
            ended_on=each.unit.valid_to,
            successors=tuple(f"{unit.body} ({unit.code})" for unit in each.candidates[:_NAMED]),
            others=max(len(each.candidates) - _NAMED, 0),
        )
        for each in unplaced_units(case.live, case.tree).values()
    )
    return UnplacedGroup(
        line=line_of(case, None),
        units=units,
        assign=f'dondoc assign {key} MÃ-ĐƠN-VỊ --reason "LÝ DO" --document "VĂN BẢN"',
        exempt=f'dondoc exempt {key} {units[0].code if len(units) == 1 else "MÃ-ĐƠN-VỊ"} --reason "LÝ DO"',
    )


def _unmerged(case: Case, row: DocumentRow) -> tuple[str, ...]:
    """Edited sections, each with the units whose words stand after the edited text."""
    inputs = inputs_of_row(case.home, row)
    if inputs is None or not inputs.edited:
        return ()
    with case.home.ledger.read() as session:
        found = thaw(case.home, session, inputs).sections.values()
    return tuple(
        f"{each.title}: {'; '.join(dict.fromkeys(said.unit_name for said in each.pending))}"
        for each in found
        if each.edited and each.pending
    )
