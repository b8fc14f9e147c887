"""Write the công văn đính chính of a document that was issued: a draft like any other, which is then signed and issued."""

from datetime import datetime

from models.ids import CycleKey
from models.report.slip import Slip
from models.signing import DocumentState, document_label
from models.tables import DocumentRow
from models.text import lower_first
from tasks.adapters.home import Home
from tasks.adapters.ledger.documents import newest_document, save_document
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.freezing import inputs_of_row, make
from tasks.steps.documents.issuing import Which, the_document
from tasks.steps.documents.making import inputs_of
from tasks.steps.documents.templates import template_for
from tasks.steps.documents.writing import document_name
from tasks.steps.totals.totalling import totals_of

KIND = "dinh-chinh"
_NAMES = {"bao-cao": "Báo cáo", "cong-van": "Công văn", KIND: "Công văn"}


def correct_form(
    home: Home,
    key: CycleKey,
    which: Which,
    where: str,
    wrong: str,
    right: str,
    *,
    as_of: datetime,
    actor: str,
) -> DocumentRow:
    """RefusedActError where the document is not issued; ValueError where nothing is corrected."""
    with home.ledger.read() as session:
        _, _, about = the_document(home, session, key, which)
    if about.state != DocumentState.ISSUED or about.day is None:
        label = document_label(about.kind, about.step, about.version)
        raise RefusedActError(f"{label} of {key} is not issued: a draft is written anew, not corrected")
    found = totals_of(home, key)
    given = inputs_of(home, found)
    slip = Slip(
        name=_NAMES[about.kind],
        number=about.number,
        day=about.day,
        subject=lower_first(given.report.title.replace("{period}", given.planned.period.vietnamese))
        if about.kind == "bao-cao"
        else f"việc đôn đốc gửi báo cáo {given.planned.period.vietnamese}",
        where=where.strip(),
        wrong=wrong.strip(),
        right=right.strip(),
        on=as_of.date(),
        addressees=_addressees(home, about, given.report.addressees),
    )
    template = template_for(home, found.live.planned.plan.lead, "cong-van", slip.on)
    made = make(found, given, KIND, template.data, "", slip)
    snapshot = made.keep(home)
    with home.ledger.write() as session:
        newest = newest_document(session, key, KIND)
        name = document_name(key, KIND, "", newest.version + 1 if newest else 1)
        home.files.write(name, made.data)  # before the row: a row without its file would be a lie
        row = save_document(
            session,
            key,
            KIND,
            step="",
            sha256=made.sha256,
            inputs=snapshot,
            snapshot=snapshot,
            file=name,
            coverage=given.coverage,
            at=as_of,
            actor=actor,
        )
        row.relation, row.relates_to = KIND, about.id
        return row


def _addressees(home: Home, about: DocumentRow, of_the_plan: list[str]) -> tuple[str, ...]:
    """Those of the document itself: of a công văn đôn đốc the units it chased."""
    inputs = inputs_of_row(home, about)
    if inputs and inputs.chase:
        return tuple(s.unit_name for s in inputs.standings if s.overdue(inputs.chase.as_of))
    if inputs and inputs.slip:
        return inputs.slip.addressees
    return tuple(of_the_plan)
