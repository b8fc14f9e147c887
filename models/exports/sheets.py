"""Tables for a spreadsheet: typed cells, headings in Vietnamese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from models.disclosure import EVERYTHING, Disclosure, Mark
from models.figures import UnitFigures
from models.plan.indicators import LISTED
from models.taken import FigureValue
from models.totals import Total

Cell: TypeAlias = str | int | Decimal | date | None
"""None is an empty cell: nothing is known. A text is never a formula, whatever it begins with."""
HIDDEN: Mapping[Mark, str] = {"few": "dưới 5", "hidden": "ẩn"}
"""As a Báo cáo prints what it leaves out."""
MET = {True: "đạt", False: "chưa đạt", None: None}


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def totals_sheet(totals: Sequence[Total], hides: Disclosure) -> Sheet:
    """One line for each indicator. What is listed and not added is not here: it stands unit by unit."""
    columns = (
        "Mã", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Tử số", "Mẫu số", "Mức chỉ tiêu", "Đánh giá",
        "Số đơn vị có số liệu", "Số đơn vị phải báo cáo",
    )  # fmt: skip
    return Sheet(
        "Tổng hợp", columns, tuple(_total_row(total, hides) for total in totals if not total.answers)
    )


def _total_row(total: Total, hides: Disclosure) -> tuple[Cell, ...]:
    indicator, mark = total.indicator, hides.totals.get(total.indicator.code)
    figures: tuple[Cell, ...] = (HIDDEN[mark], None, None) if mark else (
        number(total.value), number(total.numerator), number(total.denominator)
    )  # fmt: skip
    return (
        indicator.code,
        indicator.label,
        indicator.unit,
        *figures,
        total.target.wording if total.target else None,
        None if mark else MET[total.met],
        total.given,
        total.asked,
    )


def units_sheet(totals: Sequence[Total], reports: Sequence[UnitFigures], hides: Disclosure) -> Sheet:
    """One line for each figure a unit gave, in the order of the indicators."""
    rows: list[tuple[Cell, ...]] = []
    for total in totals:
        indicator = total.indicator
        for report in reports:
            figure = report.figures.get(indicator.code)
            if figure is None or indicator.kind == "table":
                continue
            mark = hides.cells.get((indicator.code, report.unit))
            if indicator.sensitive and indicator.kind in LISTED and hides is not EVERYTHING:
                mark = "hidden"  # no count, so nothing else is known to give it away
            value = HIDDEN[mark] if mark else _given(figure)
            rows.append((indicator.code, indicator.label, indicator.unit, report.unit_name, value))
    return Sheet("Theo đơn vị", ("Mã", "Chỉ tiêu", "Đơn vị tính", "Đơn vị", "Số liệu"), tuple(rows))


def _given(figure: FigureValue) -> Cell:
    return figure.text if figure.text is not None else number(figure.number)


def number(value: Decimal | None) -> int | Decimal | None:
    """Whole numbers as such; others with as many places as they have, at most eight."""
    if value is None or not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value)
    return (
        value.quantize(Decimal("1e-8"), ROUND_HALF_UP).normalize()
        if _places(value) > 8
        else value.normalize()
    )


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def board_sheets(rows: Sequence[Mapping[str, Any]]) -> tuple[Sheet, Sheet]:
    """The cycles, and the units of each; `rows` as the board has them."""
    columns = (
        "Kỳ báo cáo", "Kế hoạch", "Báo cáo", "Kỳ", "Thời hạn", "Phải gửi", "Đã gửi", "Đúng hạn", "Sau thời hạn",
        "Không phát sinh", "Chưa gửi", "Tình trạng",
    )  # fmt: skip
    cycles = tuple(
        (
            row["cycle"], row["plan_title"], row["title"], row["period_label"], _day(row["last_day"]),
            row["expected"], row["received"], row["on_time"], row["late"], row["nil"], row["missing"], _state(row),
        )
        for row in rows
    )  # fmt: skip
    units = tuple(
        (
            row["cycle"],
            unit["unit"],
            unit["name"],
            unit["state_vi"],
            _day(unit["submitted_at"]),
            unit["version"],
        )
        for row in rows
        for unit in row["units"]
    )
    return (
        Sheet("Kỳ báo cáo", columns, cycles),
        Sheet("Đơn vị", ("Kỳ báo cáo", "Mã đơn vị", "Đơn vị", "Tình trạng", "Ngày gửi", "Phiên bản"), units),
    )


def _state(row: Mapping[str, Any]) -> str:
    if row["closed"]:
        return "đã đóng"
    return "đang mở" if row["opened"] else "chưa mở"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
