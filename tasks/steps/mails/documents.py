"""What becomes of the lead unit's documents: drafts that wait for their numbers, reports that were issued."""

from collections.abc import Sequence

from models.mail import IdleDraft, Issued, Unsigned
from models.signing import KINDS
from models.tables import DocumentRow
from tasks.adapters.ledger.documents import find_document
from tasks.adapters.mail import Attachment
from tasks.steps.mails.case import Case, Composed, file_of, issued_before_this, line_of
from tasks.steps.unsigned import written_on


def unsigned(cases: Sequence[Case]) -> Composed:
    """All drafts one office is asked about, each with its file."""
    found = [_idle(case) for case in cases]
    first = cases[0]
    message = Unsigned(
        unit=first.unit.body,
        contact=first.contact,
        on=first.on,
        drafts=tuple(draft for draft, _ in found),
    )
    return Composed(message, tuple(file for _, file in found))


def _idle(case: Case) -> tuple[IdleDraft, Attachment]:
    row = _row(case)
    file = file_of(case, row)
    draft = IdleDraft(
        line=line_of(case, None),
        kind=f"{KINDS[row.kind]} (mốc {row.step})" if row.step else KINDS[row.kind],
        version=row.version,
        written_on=written_on(row),
        waited=case.home.days.between(written_on(row), case.on),
        file_name=file.name,
        command=_command(case, row),
        issued=issued_before_this(case, row),
    )
    return draft, file


def _row(case: Case) -> DocumentRow:
    with case.home.ledger.read() as session:
        row = find_document(session, case.live.key, **case.payload)
    assert row, "no document is ever taken away"
    return row


def _command(case: Case, row: DocumentRow) -> str:
    which = f" --kind {row.kind} --step {row.step}" if row.step else ""
    return f"dondoc issue {case.live.key}{which} --number SỐ --date NGÀY"


def issued(cases: Sequence[Case]) -> Composed:
    """To one unit, about one document; nothing is attached: it comes through văn thư."""
    case = cases[0]
    row, planned = _row(case), case.live.planned
    assert row.day
    report = planned.plan.report_of(planned.obligation)
    assert report
    return Composed(
        Issued(
            unit=case.unit.body,
            contact=case.contact,
            line=line_of(case, None),
            title=report.title.replace("{period}", planned.period.vietnamese),
            number=row.number,
            day=row.day,
            received=row.received,
            expected=row.expected,
            before=issued_before_this(case, row),
        )
    )
