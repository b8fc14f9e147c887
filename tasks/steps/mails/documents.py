"""What becomes of the lead unit's documents: drafts that wait for their numbers, reports that were issued."""

from collections.abc import Sequence

from models.attachments import MEDIA
from models.mail import Dispatched, Flagged, IdleDraft, Issued, Unsigned
from models.signing import DONE, KINDS, OWNERS, VIETNAMESE, DocumentState
from models.tables import DocumentRow
from tasks.adapters.ledger.documents import find_document
from tasks.adapters.mail import Attachment
from tasks.steps.documents.flagging import changes_of
from tasks.steps.mails.case import Case, Composed, file_of, issued_before_this, line_of
from tasks.steps.unsigned import since, written_on

_ACTS = {DocumentState.SUBMITTED.value: "phê duyệt"}
"""What is recorded next, after the word "ghi nhận"; else ban hành."""


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
        waited=case.home.days.between(since(row), case.on),
        file_name=file.name,
        command=_command(case, row),
        act=_ACTS.get(row.state, "ban hành"),
        state=""
        if row.state == DocumentState.DRAFT
        else f"{VIETNAMESE[DocumentState(row.state)]} ({OWNERS[DocumentState(row.state)]})",
        issued=issued_before_this(case, row),
    )
    return draft, file


def flagged(cases: Sequence[Case]) -> Composed:
    """To the lead unit, about one document; what has changed is told as of the moment of sending."""
    case = cases[0]
    row = _row(case)
    with case.home.ledger.read() as session:
        changes = changes_of(session, row)
    return Composed(
        Flagged(
            unit=case.unit.body,
            contact=case.contact,
            line=line_of(case, None),
            name=f"{KINDS[row.kind]} số {row.number}"
            if row.number
            else f"{KINDS[row.kind]}, phiên bản {row.version}",
            did=DONE[DocumentState(row.state)],
            changes=tuple(each.vietnamese for each in changes)
            or ("đến nay các báo cáo được tính đã trở lại như khi lập văn bản",),
            command=f"dondoc totals {case.live.key} --issued"
            if row.state == DocumentState.ISSUED
            else f"dondoc totals {case.live.key}",
        )
    )


def dispatched(cases: Sequence[Case]) -> Composed:
    """To one of its Nơi nhận: the signed scan, or the Word file where there is none."""
    case = cases[0]
    row, planned = _row(case), case.live.planned
    assert row.day
    report = planned.plan.report_of(planned.obligation)
    assert report
    if row.scan_sha256:
        file = Attachment(
            row.scan_name, case.home.files.kept(row.scan_sha256), MEDIA[row.scan_name.rpartition(".")[2]]
        )
    else:
        file = file_of(case, row)
    title = report.title.replace("{period}", planned.period.vietnamese)
    return Composed(
        Dispatched(
            unit=case.unit.body,
            contact=case.contact,
            line=line_of(case, None),
            name=KINDS[row.kind],
            number=row.number,
            day=row.day,
            title=title
            if row.kind == "bao-cao"
            else f"{planned.obligation.title}, {planned.period.vietnamese}",
            file_name=file.name,
            signed=bool(row.scan_sha256),
        ),
        (file,),
    )


def _row(case: Case) -> DocumentRow:
    with case.home.ledger.read() as session:
        row = find_document(session, case.live.key, **case.payload)
    assert row, "no document is ever taken away"
    return row


def _command(case: Case, row: DocumentRow) -> str:
    kind = "" if row.kind == "bao-cao" else f" --kind {row.kind}"
    which = f"{kind} --step {row.step}" if row.step else kind
    if row.state == DocumentState.SUBMITTED:
        return f"dondoc document approve {case.live.key}{which}"
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
