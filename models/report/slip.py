"""The công văn đính chính: an error of form in a document that was issued, corrected by a letter (Nghị định 30/2020). An error
of content is not: it makes a new document, which replaces the one that was issued.
"""

from dataclasses import dataclass
from datetime import date

from models.documents import LetterDocument, Paragraph
from models.report.inputs import ReportInputs, head_of, signature_of
from models.report.results import listed
from models.text import long_date


@dataclass(frozen=True, slots=True)
class Slip:
    """`where` the wrong words stand in the document, as its reader finds them; `on` the day the letter is written."""

    name: str
    """Báo cáo, Công văn."""
    number: str
    """Số, ký hiệu of the document that is corrected."""
    day: date
    subject: str
    """What it is about, after the word "về"."""
    where: str
    wrong: str
    right: str
    on: date
    addressees: tuple[str, ...]
    """Whom the document went to."""

    def __post_init__(self) -> None:
        if not (self.wrong.strip() and self.right.strip() and self.where.strip()):
            raise ValueError("a correction says where, what is wrong, and what is right")
        if self.wrong.strip() == self.right.strip():
            raise ValueError("what is wrong and what is right are the same")


def build_slip_letter(given: ReportInputs, slip: Slip) -> LetterDocument:
    report = given.report
    named = f"{slip.name} số {slip.number} {long_date(slip.day)}"
    return LetterDocument(
        head=head_of(report, report.letter_symbol, slip.on.year),
        subject=f"đính chính {slip.name} số {slip.number}",
        addressees=slip.addressees or (f"Các cơ quan, đơn vị nhận {named}",),
        blocks=(
            Paragraph(
                f"{_capital(long_date(slip.day))}, {given.lead} ban hành {slip.name} số {slip.number} về "
                f"{slip.subject}. Do sơ suất trong khâu soạn thảo, {given.lead} đính chính như sau:"
            ),
            listed([f"Tại {slip.where}: nội dung “{slip.wrong}” sửa thành “{slip.right}”"]),
            Paragraph(f"Các nội dung khác của {slip.name} số {slip.number} giữ nguyên"),
        ),
        signature=signature_of(report.signer),
        recipients=("Như trên", report.recipients[-1]),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
