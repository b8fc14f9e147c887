"""Warnings and what the unit answered to them. A warning never refuses a report; answered by a reason it is waived,
without one it stays open and is asked about in the receipt and at approval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.finding import Finding
from models.texts_in import clean_text

_LETTERS = 3
"""Fewer letters (a dash, an x, `ok`) are no reason."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One warning with its reason; `reason` is empty where none was given."""

    finding: Finding
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason

    def as_json(self) -> dict[str, Any]:
        """The public keys of the finding, and `reason`."""
        return self.finding.as_json() | {"reason": self.reason}


def answered(findings: Iterable[Finding], notes: Mapping[str, str]) -> tuple[Waiver, ...]:
    """Every warning with the reason that came with it (a page asks for it), else what was noted at its indicator in
    `Ghi chú` of the workbook.
    """
    return tuple(
        Waiver(finding, finding.reason or _reason(notes.get(finding.indicator, "")))
        for finding in findings
        if finding.severity == "warning"
    )


def _reason(note: str) -> str:
    said = clean_text(note)
    return said if sum(letter.isalpha() for letter in said) >= _LETTERS else ""
