"""One answer of one unit, as the cell of a table prints it."""

from decimal import Decimal

from models.disclosure import Disclosure, Mark
from models.evaluate import Answers
from models.text import number, percent
from models.totals import Total

HIDDEN = "ẩn"
"""Printed where a figure is left out because another could be had from it."""
_MARKS: dict[Mark, str] = {"few": "dưới 5", "hidden": HIDDEN}


def cell_text(total: Total, unit: str, known: Answers, open_to: Disclosure) -> str:
    """“–” where it is asked and not answered, nothing where it is not asked."""
    if mark := open_to.cells.get((total.indicator.code, unit)):
        return _MARKS[mark]
    answer = known.get(total.indicator.code)
    if answer is None:
        return "–" if unit in total.units else ""
    if answer.text is not None or answer.number is None:
        return answer.text or ""
    if total.indicator.formula and total.indicator.formula.ratio:
        return percent(answer.number, Decimal(1))
    return number(answer.number)
