"""What stands in a returned workbook, before anyone judges it: raw cells with their addresses.

The adapter that reads the file fills these values; `models.intake` judges them. Nothing is converted here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

RawValue = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Identity:
    """What the workbook says of itself. Claims, not facts: the caller verifies the token."""

    cycle: str
    unit: str
    version: str
    token: str


class RawCell(NamedTuple):
    """`value` is `""` for a blank cell and the last calculated value for a formula."""

    value: RawValue
    cell: str
    is_formula: bool = False
    font: str = ""
    """Only where it is one of before Unicode."""


class RawRow(NamedTuple):
    """A line under the header of `Biểu` with a code or a figure; `code` is empty for lines somebody added."""

    code: str
    code_cell: str
    figure: RawCell
    note: str


@dataclass(frozen=True, slots=True)
class RawNarrative:
    code: str
    text: str
    cell: str
    font: str = ""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One filled line of a repeated table: column code → cell."""

    row: int
    cells: dict[str, RawCell]


@dataclass(frozen=True, slots=True)
class RawTable:
    sheet: str
    records: tuple[RawRecord, ...]


@dataclass(frozen=True, slots=True)
class RawGrid:
    """Every cell of a sheet, for what can be said of a sheet as a whole."""

    sheet: str
    rows: list[list[RawValue]]


@dataclass(frozen=True, slots=True)
class Reading:
    """`kind` is xlsx, xls or ods. `has_figures` is False where no sheet carries the public header."""

    kind: str
    identity: Identity | None
    has_figures: bool
    rows: tuple[RawRow, ...] = ()
    narratives: tuple[RawNarrative, ...] = ()
    nil: RawCell | None = None
    tables: tuple[RawTable, ...] = ()
    merged: tuple[str, ...] = field(default=())
    """Ranges such as `Biểu!D12:D13` that somebody merged across entry cells."""
    grids: tuple[RawGrid, ...] = ()
    """All sheets, also those nobody asked for, and what the file says beside its cells."""
