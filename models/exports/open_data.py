"""The open data of one cycle: keys that stay, and the JSON Schema that explains them.

Counts that could point to one child are left out (models/disclosure.py). Free text is left out altogether: what people
typed may name somebody.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from models.calendar import PlannedCycle
from models.disclosure import Disclosure, Mark
from models.figures import UnitFigures
from models.plan import Indicator
from models.plan.indicators import LISTED
from models.plan.strict import Strict
from models.states import Coverage
from models.totals import Total

VERSION: Literal["1"] = "1"
_FREE_TEXT = frozenset({"text", "table"})


class Source(Strict):
    plan: str
    """Code of the plan."""
    plan_title: str
    """Tên kế hoạch."""
    obligation: str
    """Code of the duty within the plan."""
    obligation_title: str
    """Tên báo cáo."""
    period: str
    """Label of the period: 2019, 2019-2020, 2020-H1."""
    first_day: date
    """First day of the period."""
    last_day: date
    """Last day of the period."""
    lead: str
    """Đơn vị đầu mối."""


class Received(Strict):
    expected: int
    """Units that owe the report."""
    received: int
    """Units that have reported; the figures are theirs alone."""
    nil: int
    """Of these, units that reported that nothing happened."""


class Line(Strict):
    code: str
    """Code of the indicator, never used again for another."""
    label: str
    """Tên chỉ tiêu."""
    unit: str
    """Đơn vị tính."""
    kind: str
    """count, number, money, yes_no, choice or date."""
    computed: bool
    """Is it computed from other indicators?"""
    value: int | float | None
    """The total; a rate is in percent, with two decimals. null: nothing is known, or it is left out."""
    numerator: int | float | None
    """Of a rate, of a count of units, or of an average."""
    denominator: int | float | None
    """Of a rate, of a count of units, or of an average; null too where it is 0 units."""
    suppressed: Mark | None
    """few: 1 to 4. hidden: left out because a count of 1 to 4 could be had from it. null: shown."""
    target: str | None
    """Mức chỉ tiêu, as the plan words it."""
    met: bool | None
    """Is the target met? null: no target, not enough known, or left out."""
    given: int
    """Units that gave this figure …"""
    asked: int
    """… of so many that own it."""


class Figure(Strict):
    code: str
    """Code of the indicator."""
    unit: str
    """Code of the unit that gave it."""
    unit_name: str
    """Tên đơn vị."""
    value: int | float | str | None
    """What the unit gave: a number, one of the answers to choose from, or a day; yes is 1, no is 0."""
    suppressed: Mark | None
    """As above."""


class OpenData(Strict):
    """Totals and figures of one reporting cycle."""

    version: Literal["1"]
    """Of these keys."""
    as_of: datetime
    """The moment the data was taken from the ledger."""
    source: Source
    coverage: Received
    indicators: list[Line]
    figures: list[Figure]


def open_data(
    planned: PlannedCycle,
    lead: str,
    cover: Coverage,
    totals: Sequence[Total],
    reports: Sequence[UnitFigures],
    hides: Disclosure,
    as_of: datetime,
) -> OpenData:
    shown = [total for total in totals if _may_leave(total.indicator)]
    period = planned.period
    return OpenData(
        version=VERSION,
        as_of=as_of,
        source=Source(
            plan=planned.plan.code,
            plan_title=planned.plan.title,
            obligation=planned.obligation.code,
            obligation_title=planned.obligation.title,
            period=period.label,
            first_day=period.start,
            last_day=period.end,
            lead=lead,
        ),
        coverage=Received(expected=cover.expected, received=cover.received, nil=cover.nil),
        indicators=[_line(total, hides.totals.get(total.indicator.code)) for total in shown],
        figures=[
            figure
            for total in shown
            for report in reports
            if (figure := _figure(total.indicator, report, hides)) is not None
        ],
    )


def _may_leave(indicator: Indicator) -> bool:
    """No free text; and of answers that are no counts, none that could point to a child."""
    return indicator.kind not in _FREE_TEXT and not (indicator.sensitive and indicator.kind in LISTED)


def _line(total: Total, mark: Mark | None) -> Line:
    indicator = total.indicator
    return Line(
        code=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        kind=indicator.kind,
        computed=indicator.formula is not None,
        value=None if mark else _plain(total.value),
        numerator=None if mark else _plain(total.numerator),
        denominator=None if mark else _plain(total.denominator),
        suppressed=mark,
        target=total.target.wording if total.target else None,
        met=None if mark else total.met,
        given=total.given,
        asked=total.asked,
    )


def _figure(indicator: Indicator, report: UnitFigures, hides: Disclosure) -> Figure | None:
    given = report.figures.get(indicator.code)
    if given is None:
        return None
    mark = hides.cells.get((indicator.code, report.unit))
    value: int | float | str | None = None
    if not mark:
        chosen = given.text if indicator.kind in LISTED else None
        value = chosen if chosen is not None else _plain(given.number)
    return Figure(
        code=indicator.code, unit=report.unit, unit_name=report.unit_name, value=value, suppressed=mark
    )


def _plain(number: Decimal | None) -> int | float | None:
    if number is None or not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def open_data_schema() -> dict[str, Any]:
    """Draft 2020-12, without an address of its own."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | OpenData.model_json_schema() | {"title": "Open data of a reporting cycle of dondoc"}
