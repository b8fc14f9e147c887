"""The lists of units a plan asks for, as appendices: of a Báo cáo, and of the Thông báo to the units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.disclosure import Disclosure
from models.documents import Align, Appendix, Block, Column, Paragraph, Row, Table
from models.evaluate import Answers, complete, holds
from models.figures import UnitFigures
from models.plan import UnitList
from models.report.cells import cell_text
from models.text import number, style_count
from models.totals import Total


@dataclass(frozen=True, slots=True)
class Filled:
    """One list of a plan, for one cycle: its columns, and the units that stand in it."""

    title: str
    asked: UnitList
    columns: tuple[Total, ...]
    units: tuple[tuple[UnitFigures, Answers], ...]


def filled(
    lists: Sequence[UnitList], totals: Sequence[Total], reports: Sequence[UnitFigures], period: str
) -> tuple[Filled, ...]:
    """Those of which the cycle has the columns and what decides who stands in them."""
    known = {total.indicator.code: total for total in totals}
    indicators = [total.indicator for total in totals]
    answers = [(report, complete(indicators, report.figures)) for report in reports if not report.nil]
    found = []
    for each in lists:
        columns = tuple(known[code] for code in each.columns if code in known)
        if not columns or (each.where and each.where.indicator not in known):
            continue
        units = tuple((report, said) for report, said in answers if _stands(each, columns, report, said))
        found.append(Filled(each.title.replace("{period}", period), each, columns, units))
    return tuple(found)


def _stands(asked: UnitList, columns: Sequence[Total], report: UnitFigures, answers: Answers) -> bool:
    if asked.where:
        return holds(asked.where, answers) is True
    return any(report.unit in total.units for total in columns)


def mentions(lists: Sequence[Filled], places: Mapping[str, str]) -> list[Block]:
    """How many units stand in each, and where."""
    said = []
    for each in lists:
        there = f"{style_count(len(each.units))} đơn vị, chi tiết tại {places.get(each.title)}"
        said.append(Paragraph(f"{each.title}: {there if each.units else 'không có đơn vị'}."))
    return list(said)


def appendix_of(given: Filled, open_to: Disclosure) -> Appendix:
    columns = [Column("TT", 0.6, "center"), Column("Đơn vị", 2.8)]
    columns += [Column(_heading(total), _width(total), _align(total)) for total in given.columns]
    rows = [
        Row(
            (str(place), report.unit_name, *(cell_text(t, report.unit, said, open_to) for t in given.columns))
        )
        for place, (report, said) in enumerate(given.units, start=1)
    ]
    if given.asked.totals:
        rows.append(Row(("", "Cộng", *(_sum(given, total) for total in given.columns)), bold=True))
    return Appendix(given.title, (Table(tuple(columns), tuple(rows), compact=True),))


def _heading(total: Total) -> str:
    unit = total.indicator.unit
    counted = total.indicator.kind in {"count", "number", "money"}
    return f"{total.indicator.label} ({unit})" if counted else total.indicator.label


def _width(total: Total) -> float:
    return 2.6 if total.indicator.kind in {"text", "table"} else 1.6


def _align(total: Total) -> Align:
    return "right" if total.indicator.kind in {"count", "number", "money"} else "left"


def _sum(given: Filled, total: Total) -> str:
    """Of what stands above, and only of what adds up."""
    indicator = total.indicator
    if indicator.is_listed or indicator.kind not in {"count", "number", "money"}:
        return ""
    if indicator.formula and indicator.formula.ratio:
        return ""
    known = list(_numbers(given, indicator.code))
    return number(sum(known, Decimal(0))) if known else "–"


def _numbers(given: Filled, code: str) -> Iterator[Decimal]:
    for _, answers in given.units:
        answer = answers.get(code)
        if answer and answer.number is not None:
            yield answer.number
