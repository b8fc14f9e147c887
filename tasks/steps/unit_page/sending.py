"""Send what stands in the fields: whole, under the name of a person, once."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from models.attachments import Attachment
from models.page_fields import Answers
from tasks.adapters.home import Home
from tasks.adapters.ledger.submissions import Sent
from tasks.steps.collecting.accepting import InOrder
from tasks.steps.collecting.forms import Expected
from tasks.steps.unit_page.checking import check_page
from tasks.steps.unit_page.showing import UnitPage
from tasks.steps.unit_page.starting import WEB

ENTERED = "nội dung nhập trên trang báo cáo"
"""Stands where a receipt names the file."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The person who sends, in their own words."""

    name: str
    post: str

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class NotReadyError(ValueError):
    """Something is still wrong, or waits for a reason."""


def in_order(home: Home, page: UnitPage, sender: Sender, as_of: datetime) -> InOrder:
    """The page as a report that may be kept; NotReadyError where it may not. The same content again is the same version, however often the button is pressed.

    What is kept of it, and what the receipt's hash is of, is a text with every field as typed, the files by their
    hashes, and the person who sent it.
    """
    checked = check_page(home, page)
    if not checked.may_be_sent:
        raise NotReadyError
    answers, files = page.draft.answers, page.draft.attachments
    sent = Sent(
        file_sha256=home.files.keep(_record(page, sender)),
        received_at=as_of,
        channel="web",
        file_name=ENTERED,
        submitted_by=str(sender),
        besides=_besides(answers, files),
        attachments=files,
    )
    return InOrder(Expected(page.live.key, page.opened.unit), checked.intake, sent)


def _record(page: UnitPage, sender: Sender) -> bytes:
    told = {
        "kind": WEB,
        "cycle": page.spec.cycle,
        "unit": page.spec.unit,
        "form": page.spec.version,
        "answers": dict(page.draft.answers),
        "attachments": [each.as_json() for each in page.draft.attachments],
        "sender": {"name": sender.name, "post": sender.post},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _besides(answers: Answers, files: tuple[Attachment, ...]) -> str:
    """Of remarks, reasons and files: a report that differs in these alone is another version too."""
    words = {name: text for name, text in answers.items() if name.startswith(("g:", "r:"))}
    if not words and not files:
        return ""
    told = json.dumps([words, [each.sha256 for each in files]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
