"""What a check has to say about what a unit sent: one sentence for people, and where it points.

Every check of the intake, and every cross-check between indicators, answers in this one form.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`message` is Vietnamese, in the form's own words, and says what to do.

    An `error` refuses the whole submission; a `warning` lets it in and waits for a reason.
    `cell` reads `Biểu!D12` (or only the sheet, where no single cell is meant), `indicator` is a code or
    empty. `offers` are readings the officer may choose between; nothing is ever taken without the choice.
    """

    cell: str
    indicator: str
    message: str
    severity: Severity
    rule: str
    offers: tuple[str, ...] = ()
    reason: str = ""
    """Why the unit sends it all the same, for a warning."""

    def as_json(self) -> dict[str, object]:
        """The public keys: cell, indicator, message, severity; rule and offers besides, and the reason if one is given."""
        told: dict[str, object] = {
            "cell": self.cell,
            "indicator": self.indicator,
            "message": self.message,
            "severity": self.severity,
            "rule": self.rule,
            "offers": list(self.offers),
        }
        return told | ({"reason": self.reason} if self.reason else {})
