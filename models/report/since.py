"""What has changed since a document was made: whose reports, and which of its totals."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.report.frozen import FrozenTotal


@dataclass(frozen=True, slots=True)
class ReportChange:
    """`then` and `now` are versions, 0 where none counted; `cycle` may be one of a level below."""

    cycle: str
    unit: str
    unit_name: str
    then: int
    now: int

    @property
    def vietnamese(self) -> str:
        if self.then == 0:
            return f"{self.unit_name}: gửi bổ sung (phiên bản {self.now})"
        if self.now == 0:
            return f"{self.unit_name}: phiên bản {self.then} không còn được tính"
        return f"{self.unit_name}: phiên bản {self.then} đã được thay bằng phiên bản {self.now}"


@dataclass(frozen=True, slots=True)
class TotalChange:
    """A line of the totals as the document has it, and as it is today; None where it is not asked any more."""

    then: FrozenTotal
    now: FrozenTotal | None


def changed_totals(then: Sequence[FrozenTotal], now: Sequence[FrozenTotal]) -> list[TotalChange]:
    """A line whose number or answers are the same has not changed, whoever gave it."""
    today = {total.code: total for total in now}
    return [
        TotalChange(total, today.get(total.code))
        for total in then
        if total.code not in today or _said(total) != _said(today[total.code])
    ]


def _said(total: FrozenTotal) -> tuple[object, ...]:
    return total.value, total.numerator, total.denominator, total.answers
