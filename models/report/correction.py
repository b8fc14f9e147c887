"""A Báo cáo after one that was issued: what is issued is never edited, so the next says what it replaces or adds to, and
what is different (Nghị định 30/2020: thay thế, bổ sung).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.text import long_date, style_count

Relation = Literal["thay-the", "bo-sung"]


@dataclass(frozen=True, slots=True)
class Follows:
    """The document that was issued before, and how the units' reports differ from those it was made from."""

    number: str
    """Số, ký hiệu."""
    day: date
    changed: tuple[str, ...] = ()
    """Units, by name, whose report is another now."""
    added: tuple[str, ...] = ()
    """Units whose report had not come then."""
    removed: tuple[str, ...] = ()
    """Units whose report is no longer counted: it was sent back, or the unit was exempted."""

    @property
    def relation(self) -> Relation:
        """With nothing in it changed, the earlier one still holds and is added to."""
        return "bo-sung" if self.added and not (self.changed or self.removed) else "thay-the"

    @property
    def named(self) -> str:
        return f"Báo cáo số {self.number} {long_date(self.day)}"


def subject_note(follows: Follows) -> str:
    """Closes the trích yếu."""
    verb = "thay thế" if follows.relation == "thay-the" else "bổ sung"
    return f" ({verb} {follows.named})"


def said(follows: Follows) -> list[str]:
    """What the text says of it, a paragraph each."""
    if follows.relation == "bo-sung":
        added = (
            f"Báo cáo này bổ sung {follows.named}: tổng hợp thêm số liệu, gửi sau khi lập báo cáo trước, của "
            f"{_named(follows.added)}. Số liệu của các đơn vị khác không thay đổi."
        )
        return [added]
    lines = [f"Báo cáo này thay thế {follows.named}."]
    if follows.changed:
        lines.append(f"Số liệu được điều chỉnh theo báo cáo của {_named(follows.changed)}.")
    if follows.added:
        lines.append(f"Số liệu được tổng hợp thêm từ báo cáo của {_named(follows.added)}.")
    if follows.removed:
        lines.append(
            f"Báo cáo này không bao gồm số liệu đã tổng hợp trước đây của {_named(follows.removed)}."
        )
    return lines


def _named(units: Sequence[str]) -> str:
    return f"{style_count(len(units))} đơn vị: {'; '.join(units)}"
