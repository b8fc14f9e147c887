"""What is drawn where people would rather look than read: results beside their targets, and one figure unit by unit."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from models.documents import Block, Chart, Paragraph, Series
from models.evaluate import complete
from models.report.comparison import entered_codes, plain_number
from models.report.inputs import ReportInputs
from models.text import number, style_count
from models.totals import Total

FEWEST, MOST = 3, 20
"""Fewer bars are read faster as words, more do not fit on a page."""


def charts(given: ReportInputs) -> list[Block]:
    """With a sentence that leads to each. A figure that may not be printed is not drawn."""
    found: list[Block] = []
    if results := results_chart(given):
        cover = given.coverage
        came = f"{style_count(cover.received)}/{style_count(cover.expected)}"
        said = f"Biểu đồ sau so sánh kết quả, theo báo cáo của {came} đơn vị, với mức chỉ tiêu của Kế hoạch:"
        found += [Paragraph(said), results]
    if units := units_chart(given):
        found += [Paragraph("Biểu đồ sau thể hiện số liệu của từng đơn vị đã báo cáo:"), units]
    return found


def results_chart(given: ReportInputs) -> Chart | None:
    """Of the targets that are a percentage, those with a result."""
    hidden = given.disclosure.totals
    pairs = [
        (total, result, aim)
        for total in given.totals
        if total.indicator.code not in hidden and (found := _percentages(total))
        for result, aim in [found]
    ]
    if not FEWEST <= len(pairs) <= MOST:
        return None
    labels = tuple(total.indicator.label for total, _, _ in pairs)
    series = (
        _series("Kết quả", tuple(result for _, result, _ in pairs)),
        _series("Mức chỉ tiêu", tuple(aim for _, _, aim in pairs)),
    )
    return Chart(
        "Kết quả so với mức chỉ tiêu (%)",
        labels,
        series,
        _described("Kết quả so với mức chỉ tiêu", labels, series),
    )


def _percentages(total: Total) -> tuple[Decimal, Decimal] | None:
    """Result and target; None where it is no percentage, or nothing is known."""
    target, formula = total.target, total.indicator.formula
    over, under = total.numerator, total.denominator
    if target is None or total.met is None or over is None or not under:
        return None
    result = plain_number((over * 100 / under).quantize(Decimal("0.01"), ROUND_HALF_UP))
    assert result is not None
    if target.percent_of_units is not None:
        return result, Decimal(target.percent_of_units)
    if formula and formula.ratio and target.at_least is not None:
        return result, Decimal(target.at_least)
    return None


def units_chart(given: ReportInputs) -> Chart | None:
    """In the order in which units stand, which is no ranking."""
    total = next((each for each in given.totals if each.indicator.code == given.report.chart), None)
    if total is None or total.indicator.is_listed:
        return None
    code, plan = total.indicator.code, given.planned.plan
    if any(plan.indicator(each).sensitive for each in entered_codes(plan, code)):
        return None
    indicators = [each.indicator for each in given.totals]
    known = [
        (report.unit_name, value.number)
        for report in given.reports
        if not report.nil and (value := complete(indicators, report.figures).get(code))
    ]
    bars = [(name, plain) for name, value in known if (plain := plain_number(value)) is not None]
    if not FEWEST <= len(bars) <= MOST or any(value < 0 for _, value in bars):
        return None
    names, values = tuple(name for name, _ in bars), tuple(value for _, value in bars)
    title = f"{total.indicator.label} ({total.indicator.unit})"
    series = (Series("Số liệu", values, tuple(number(value) for value in values)),)
    return Chart(title, names, series, _described(title, names, series))


def _series(name: str, values: tuple[Decimal, ...]) -> Series:
    return Series(name, values, tuple(f"{number(value)}%" for value in values))


def _described(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    said = [
        f"{label}: " + ", ".join(f"{each.name.lower()} {each.labels[place]}" for each in series)
        for place, label in enumerate(labels)
    ]
    return f"{title}. {'; '.join(said)}."
