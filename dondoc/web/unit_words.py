"""A finding in the words of the page. The checks speak of the workbook: its cells, its column “Ghi chú”."""

import re

from models.finding import Finding
from models.questions import ASKED

_COLUMN = "ở cột “Ghi chú”"
_OF_THE_LINE = f"{_COLUMN} của dòng này"


def on_page(finding: Finding) -> str:
    """What is to be done about it, where the page has the place for it: a warning's reason stands under its field."""
    said = finding.message
    if finding.indicator:  # a field has no other name than its code, which the sentence has said already
        said = re.sub(rf"(”: |^)[ôÔ] {re.escape(finding.indicator)} ", r"\1", said)
    there = "ngay dưới ô đó" if finding.severity == "warning" else "ở mục “Ghi chú”"
    return said.replace(_OF_THE_LINE, there).replace(_COLUMN, there)


def asks_for_reason(finding: Finding) -> bool:
    """Does its own text not yet say where a reason goes? That of a question always does."""
    return (
        finding.rule != ASKED and finding.severity == "warning" and "ngay dưới ô đó" not in on_page(finding)
    )
