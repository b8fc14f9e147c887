"""A document of the lead unit on its way from draft to issue: whose turn it is, and when it has waited too long."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from models.calendar import Rung
from models.plan import Step
from models.reminders import Reminder
from models.working_days import WorkingDays


class DocumentState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"


VIETNAMESE = {
    DocumentState.DRAFT: "dự thảo",
    DocumentState.SUBMITTED: "đã trình ký",
    DocumentState.APPROVED: "đã duyệt, chờ ban hành",
    DocumentState.ISSUED: "đã ban hành",
}
OWNERS = {
    DocumentState.DRAFT: "cán bộ theo dõi",
    DocumentState.SUBMITTED: "lãnh đạo đơn vị đầu mối",
    DocumentState.APPROVED: "văn thư",
}
"""Whose turn it is; of what is issued, nobody's."""
MOVES: dict[DocumentState, frozenset[DocumentState]] = {
    DocumentState.DRAFT: frozenset({DocumentState.SUBMITTED, DocumentState.ISSUED}),
    DocumentState.SUBMITTED: frozenset({DocumentState.APPROVED, DocumentState.DRAFT, DocumentState.ISSUED}),
    DocumentState.APPROVED: frozenset({DocumentState.DRAFT, DocumentState.ISSUED}),
}
"""What may follow: a draft that was signed on paper is issued at once. Nothing follows an issue: what changes later is a
new version, a draft again.
"""

DONE = {
    DocumentState.DRAFT: "lập dự thảo",
    DocumentState.SUBMITTED: "trình ký",
    DocumentState.APPROVED: "phê duyệt",
    DocumentState.ISSUED: "ban hành",
}
"""What was done with it last, after the word "được"."""

KINDS = {"bao-cao": "Báo cáo", "cong-van": "Công văn đôn đốc", "dinh-chinh": "Công văn đính chính"}
LARGEST_NUMBER = 99_999


def may_become(state: str, to: DocumentState) -> bool:
    return to in MOVES.get(DocumentState(state), frozenset())


def document_label(kind: str, step: str, version: int) -> str:
    """`bao-cao-v1`, `cong-van-T+1-v1`: one document among those of its cycle."""
    return f"{kind}-{step}-v{version}" if step else f"{kind}-v{version}"


def full_number(number: int, symbol: str) -> str:
    """Số, ký hiệu: `05/BC-SLĐTBXH`; below 10 with a leading zero (Nghị định 30/2020)."""
    return f"{number:02d}/{symbol}"


def waiting_rungs(steps: Sequence[Step], written_on: date, days: WorkingDays) -> tuple[Rung, ...]:
    """The ladder of a draft, in the order of its days: working days after it was written."""
    return tuple(Rung(step, days.add(written_on, step.days)) for step in steps)


def decide_asking(rungs: Sequence[Rung], *, done: int, today: date) -> list[Reminder]:
    """What is owed about a draft that waits, by today: the latest step that has come, and the ones it overtook. `done`:
    the steps up to so many working days were decided. A draft that was issued or superseded must not be asked about;
    the caller leaves it out.
    """
    passed = [rung for rung in rungs if rung.on <= today]
    return [
        Reminder(rung.step.step, rung.on, "send")
        if rung is passed[-1]
        else Reminder(rung.step.step, rung.on, "skip", f"overtaken by {passed[-1].step.step}")
        for rung in passed
        if rung.step.days > done
    ]
