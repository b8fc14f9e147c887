"""The lines of a figure that is a table of its own (kind: table), as its unit filled them in.

The ledger keeps them as one text, a JSON list with an object for each line; nobody is shown that.
"""

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from models.plan.indicators import Column, Indicator
from models.text import number

Line = dict[str, str | None]
"""Column code → what stands there; None where the cell is empty."""

_NUMBERS = frozenset({"count", "number", "money"})


def lines_of(text: str | None) -> tuple[Line, ...]:
    """The lines in their order; none of an empty text."""
    return tuple(json.loads(text)) if text else ()


def cells_of(indicator: Indicator, line: Line) -> tuple[str, ...]:
    """One line as a document prints it, column by column; empty where nothing was filled in."""
    return tuple(_cell(column, line.get(column.code)) for column in indicator.columns)


def is_number(column: Column) -> bool:
    return column.kind in _NUMBERS


def count_lines(answers: Sequence[tuple[str, str]]) -> int:
    """Of all units together; `answers` as `models.totals.Total` has them."""
    return sum(len(lines_of(text)) for _, text in answers)


def _cell(column: Column, said: str | None) -> str:
    if said is None:
        return ""
    if not is_number(column):
        return " ".join(said.split())
    try:
        return number(Decimal(said))
    except InvalidOperation:
        return said
