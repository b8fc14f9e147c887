"""Which figures a widely sent document may show: small counts of sensitive indicators can point to one child.

Of a sensitive indicator, 1 to 4 is not printed. A part that is left out could be had back by subtraction, so the next
smallest part goes too, until the sum leaves more than one possibility for every count left out; where it never
does, the total itself goes. What is computed from something left out is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from models.figures import UnitFigures
from models.plan import Indicator
from models.totals import Total

FEW = 5
"""Fewer than this in one commune can identify a child (domain handbook §5.4)."""

Mark = Literal["few", "hidden"]
"""few: printed as “dưới 5”. hidden: left out because something else could be had from it."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is not to be printed: (indicator, unit) → why, and of totals indicator → why."""

    cells: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    totals: Mapping[str, Mark] = field(default_factory=dict)


EVERYTHING = Disclosure()
"""For the unit's own documents and the coordinator's page: nothing is left out."""


def protect(totals: Sequence[Total], reports: Sequence[UnitFigures]) -> Disclosure:
    """What of these totals, and of the reports they were made from, a widely sent document leaves out.

    Guaranteed: from the cells and totals that are shown, the formulas, and what the two marks mean, more than one value
    is possible for every count marked `few`. Rules between indicators (one not above another) are not looked at.
    """
    cells: dict[tuple[str, str], Mark] = {}
    hidden: dict[str, Mark] = {}
    for total in totals:
        indicator = total.indicator
        if not indicator.sensitive or indicator.formula:
            continue
        parts = {
            report.unit: number
            for report in reports
            if not report.nil and (number := _number(report, indicator.code)) is not None
        }
        marks, whole = _row(parts, total.value, adds_up=indicator.adds == "sum")
        cells |= {(indicator.code, unit): mark for unit, mark in marks.items()}
        if whole:
            hidden[indicator.code] = whole
    _computed(totals, reports, cells, hidden)
    return Disclosure(cells, hidden)


def _number(report: UnitFigures, code: str) -> Decimal | None:
    figure = report.figures.get(code)
    return figure.number if figure else None


def is_few(value: Decimal) -> bool:
    return 0 < value < FEW


def _row(
    parts: Mapping[str, Decimal], total: Decimal | None, *, adds_up: bool
) -> tuple[dict[str, Mark], Mark | None]:
    """One indicator over its units: marks by unit, and the mark of the total."""
    marks: dict[str, Mark] = {unit: "few" for unit, value in parts.items() if is_few(value)}
    small = total is not None and is_few(total)
    if not adds_up or total is None or total != sum(parts.values()):
        # Nothing is had by subtraction from a total that is not the sum of what stands beside it.
        return marks, "few" if small else "hidden" if marks and adds_up and total is not None else None
    if small:
        return marks, "few" if len(marks) < FEW - 1 else "hidden"
    if not marks:
        return marks, None
    rest = sorted((value, unit) for unit, value in parts.items() if value >= FEW)
    for taken in range(len(rest) + 1):
        also: dict[str, Mark] = {unit: "hidden" for _, unit in rest[:taken]}
        missing = sum((parts[unit] for unit in (*marks, *also)), Decimal(0))
        if _leaves_open(len(marks), taken, missing, rest[taken][0] if taken < len(rest) else None):
            return marks | also, None
    return marks, "hidden"


def _leaves_open(few: int, more: int, missing: Decimal, next_shown: Decimal | None) -> bool:
    """May every count left out be one of two or more, given what they all come to? A count that is `few` is 1 to 4, one
    that is `hidden` 5 or more and not above the next that is shown.
    """
    least = Decimal(1)
    if not more or next_shown is not None:
        least = max(least, missing - (FEW - 1) * (few - 1) - (next_shown or 0) * more)
    most = min(Decimal(FEW - 1), missing - (few - 1) - FEW * more)
    return most > least


def _computed(
    totals: Sequence[Total],
    reports: Sequence[UnitFigures],
    cells: dict[tuple[str, str], Mark],
    hidden: dict[str, Mark],
) -> None:
    """A figure computed from something left out is left out, at any depth."""
    known = {total.indicator.code: total for total in totals}
    for indicator in _operands_first([total.indicator for total in totals]):
        assert indicator.formula
        operands = indicator.formula.operands()
        for report in reports:
            if any((code, report.unit) in cells for code in operands):
                cells[indicator.code, report.unit] = "hidden"
        total = known[indicator.code]
        guarded = any(code in hidden or _is_guarded(code, known, cells) for code in operands)
        if any(code in hidden for code in operands) or (guarded and _tells_more(total, known)):
            hidden[indicator.code] = "hidden"


def _is_guarded(code: str, known: Mapping[str, Total], cells: Mapping[tuple[str, str], Mark]) -> bool:
    return code in known and any(at == code for at, _ in cells)


def _tells_more(total: Total, known: Mapping[str, Total]) -> bool:
    """Is the total made from other units than the totals of its operands? The difference would tell of the others."""
    formula = total.indicator.formula
    if not formula or not formula.ratio:
        return False
    for side, value in zip(formula.ratio, (total.numerator, total.denominator), strict=True):
        sums = [known[code].value for code in side if code in known]
        if len(sums) != len(side) or value != sum(each or Decimal(0) for each in sums):
            return True
    return False


def _operands_first(indicators: Iterable[Indicator]) -> list[Indicator]:
    """The computed ones, each after those it is computed from."""
    waiting = {each.code: each for each in indicators if each.formula}
    ordered: list[Indicator] = []

    def visit(code: str) -> None:
        each = waiting.pop(code, None)
        if each is None or each.formula is None:
            return
        for operand in each.formula.operands():
            visit(operand)
        ordered.append(each)

    for code in list(waiting):
        visit(code)
    return ordered
