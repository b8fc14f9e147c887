"""Attach the signed scan to a document that was issued."""

from datetime import datetime

from models.attachments import kind_of
from models.ids import CycleKey
from models.signing import DocumentState, document_label
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.steps.acts import RefusedActError
from tasks.steps.collecting.scanning import infection
from tasks.steps.documents.issuing import Which, tell_event, the_document


def attach_scan(
    home: Home, key: CycleKey, which: Which, data: bytes, *, as_of: datetime, actor: str
) -> DocumentRow:
    """A better scan takes the place of one that is there; both are kept. WrongAttachmentError where it is no PDF, JPG or
    PNG, RefusedActError where it is infected, or the document is not issued or has this very scan; ScannerError where
    nobody can say whether it is infected.
    """
    kind = kind_of(data)
    if name := infection(home, data):
        raise RefusedActError(f"the virus scanner found {name[:80]}: scan the paper again on a clean machine")
    sha256 = home.files.keep(data)
    with home.ledger.write() as session:
        _, _, row = the_document(home, session, key, which)
        label = document_label(row.kind, row.step, row.version)
        if row.state != DocumentState.ISSUED:
            raise RefusedActError(
                f"{label} of {key} is not issued: it has no number yet that a scan could show"
            )
        if row.scan_sha256 == sha256:
            raise RefusedActError(f"{label} of {key} has this scan already")
        row.scan_sha256, row.scan_name = sha256, f"{label}-da-ky.{kind}"
        tell_event(session, "document scanned", row, as_of, actor, scan_sha256=sha256, name=row.scan_name)
        return row
