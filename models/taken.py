"""What was taken from a form: figures, narratives, lines of tables, and what there is to say about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from models.finding import Finding


class FigureValue(NamedTuple):
    """A figure as taken: a number, or a text, from one cell; `original` is what stood there.

    Shares (kind ratio) are fractions; yes/no is 1 or 0 with the text `có` or `không`; a choice is the text
    of the choice as the form prints it.
    """

    code: str
    number: Decimal | None
    text: str | None
    cell: str
    original: str = ""
    note: str = ""
    given: int | None = None
    """Of a total passed up from the level below: how many units there gave it, of `asked`."""
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class NarrativeValue:
    """One section as kept: clean, NFC, paragraphs parted by a line feed."""

    code: str
    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One line a unit added to a repeated table."""

    table: str
    row: int
    values: tuple[FigureValue, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What is taken in, and what there is to say about it. With an error among the findings nothing counts."""

    values: tuple[FigureValue, ...]
    narratives: tuple[NarrativeValue, ...]
    nil: bool
    findings: tuple[Finding, ...]
    records: tuple[TableRecord, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    """Code → what was noted beside the figure; reasons for warnings stand there."""

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    def by_code(self) -> dict[str, FigureValue]:
        return {value.code: value for value in self.values}
