"""The result table, and what may fairly be said of the targets."""

from collections.abc import Sequence
from decimal import Decimal

from models.disclosure import EVERYTHING, FEW, Disclosure, Mark
from models.documents import Block, BulletList, Column, Heading, Paragraph, Row, Table
from models.plan import Indicator
from models.report.cells import HIDDEN
from models.report.comparison import PastFigure
from models.report.inputs import ReportInputs
from models.report.unit_lists import mentions
from models.table_lines import cells_of, count_lines, is_number, lines_of
from models.text import number, percent, style_count
from models.totals import Total

_COLUMNS = (
    Column("TT", 0.6, "center"),
    Column("Chỉ tiêu", 4.4),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Mức chỉ tiêu", 1.9, "center"),
    Column("Kết quả", 1.7, "center"),
    Column("Đánh giá", 1.2, "center"),
    Column("Số đơn vị báo cáo", 1.1, "center"),
)
_MET = {True: "đạt", False: "chưa đạt", None: ""}


def results(given: ReportInputs) -> list[Block]:
    """Every indicator with its target, result, verdict, and from how many units it comes; then the lists of units."""
    where = f" (chi tiết từng đơn vị tại {given.figures_place})" if given.has_figures else ""
    return [
        Paragraph(f"Kết quả tổng hợp theo chỉ tiêu của Kế hoạch{where}:"),
        result_table(given.totals, see=given.figures_place, open_to=given.disclosure),
        *mentions(given.lists, given.list_places),
    ]


def result_table(
    totals: Sequence[Total], *, with_units: bool = True, see: str = "", open_to: Disclosure = EVERYTHING
) -> Table:
    """`see` is where listed answers are found; without it a single answer is printed itself."""
    columns = _COLUMNS if with_units else _COLUMNS[:-1]
    rows: list[Row] = []
    group = None
    for place, total in enumerate(grouped(totals), start=1):
        if total.indicator.group and total.indicator.group != group:
            group = total.indicator.group
            rows.append(Row(("", group, *[""] * (len(columns) - 2)), bold=True))
        formula = total.indicator.formula
        # A count of all units is no target of one of them; a rate is everybody's.
        target = total.target if with_units or (formula and formula.ratio) else None
        cells = [
            str(place),
            total.indicator.label,
            total.indicator.unit,
            target.wording if target else "",
            result_text(total, see, open_to),
            _MET[total.met] if target else "",
        ]
        came = f"{style_count(total.given)}/{style_count(total.asked)}"
        rows.append(Row((*cells, came) if with_units else tuple(cells)))
    note = "Ghi chú: dấu “–” là chưa có số liệu; số 0 là có báo cáo và bằng không."
    if with_units:
        note += " Tỷ lệ là tổng tử số trên tổng mẫu số của các đơn vị đã báo cáo."
        note += _said_of_averages([total.indicator for total in totals])
    return Table(columns, tuple(rows), note=note, compact=True)


def _said_of_averages(indicators: Sequence[Indicator]) -> str:
    """What a mean is a mean of, for those that stand in the table."""
    labels = {indicator.code: indicator.label for indicator in indicators}
    averages = [indicator for indicator in indicators if indicator.is_average]
    plain = [f"“{each.label}”" for each in averages if each.weight is None]
    said = f" {', '.join(plain)} là số bình quân của các đơn vị có số liệu." if plain else ""
    for each in averages:
        if each.weight is not None:
            by = labels.get(each.weight, each.weight)
            said += f" “{each.label}” là số bình quân của các đơn vị có số liệu, tính theo “{by}” của từng đơn vị."
    return said


def grouped(totals: Sequence[Total]) -> list[Total]:
    """The lines of one heading side by side, where the first of them stands; otherwise in their order."""
    first: dict[str, int] = {}
    for place, total in enumerate(totals):
        first.setdefault(total.indicator.group or f"\0{place}", place)
    places = {id(total): first[total.indicator.group or f"\0{place}"] for place, total in enumerate(totals)}
    return sorted(totals, key=lambda total: places[id(total)])


def lines_table(total: Total) -> Table:
    """The lines every unit filled in of a figure that is a table, unit after unit. With one unit alone it is not named."""
    indicator = total.indicator
    named = len(total.answers) > 1
    columns = [Column("TT", 0.6, "center"), *([Column("Đơn vị", 2.2)] if named else [])]
    columns += [Column(each.label, 2.0, "right" if is_number(each) else "left") for each in indicator.columns]
    lines = [(name, line) for name, text in total.answers for line in lines_of(text)]
    rows = tuple(
        Row((str(place), *([name] if named else []), *cells_of(indicator, line)))
        for place, (name, line) in enumerate(lines, start=1)
    )
    return Table(tuple(columns), rows, caption=indicator.label, compact=True)


def result_text(total: Total, see: str = "", open_to: Disclosure = EVERYTHING) -> str:
    """A result as the table prints it: 63,64% (7/11); 07/11; 1.234; – where nothing is known."""
    if mark := open_to.totals.get(total.indicator.code):
        return _hidden(mark)
    return _result_text(total, see)


def past_text(figure: PastFigure, indicator: Indicator) -> str:
    """The same of a total of an earlier period."""
    if figure.mark:
        return _hidden(figure.mark)
    return _figure_text(indicator, figure.value, figure.numerator, figure.denominator)


def _hidden(mark: Mark) -> str:
    return f"dưới {FEW}" if mark == "few" else HIDDEN


def _result_text(total: Total, see: str) -> str:
    if total.indicator.is_listed:
        return _listed(total, see)
    return _figure_text(total.indicator, total.value, total.numerator, total.denominator)


def _figure_text(
    indicator: Indicator, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> str:
    if indicator.formula and indicator.formula.ratio:
        if numerator is None or denominator is None:
            return "–"
        return f"{percent(numerator, denominator)} ({number(numerator)}/{number(denominator)})"
    if value is None:
        return "–"
    if denominator is not None and not indicator.is_average:
        return f"{style_count(int(value))}/{style_count(int(denominator))}"
    return number(value)


def _listed(total: Total, see: str) -> str:
    if not total.answers:
        return "–"
    if total.indicator.kind == "table" and not see:
        return f"{style_count(count_lines(total.answers))} dòng"
    return f"xem {see}" if see else "; ".join(answer for _, answer in total.answers)


def assessment(given: ReportInputs) -> list[Block]:
    """What was reached and what was not, as facts; a verdict from part of the units says so."""
    judged = [total for total in given.totals if total.met is not None]
    unjudged = [total for total in given.totals if total.target and total.met is None]
    open_to = given.disclosure
    met = [_line(total, open_to) for total in judged if total.met]
    unmet = [_line(total, open_to) for total in judged if not total.met]
    cover = given.coverage
    share = percent(Decimal(cover.on_time), Decimal(cover.expected))
    good = [
        f"{style_count(cover.on_time)}/{style_count(cover.expected)} đơn vị gửi báo cáo đúng hạn ({share})"
    ]
    good += [f"Đạt chỉ tiêu {line}" for line in met]
    weak = [f"Chưa đạt chỉ tiêu {line}" for line in unmet]
    weak += [f"Chưa đủ số liệu để đánh giá chỉ tiêu “{total.indicator.label}”" for total in unjudged]
    if cover.late:
        weak.append(f"{style_count(cover.late)} đơn vị gửi báo cáo sau thời hạn")
    if cover.missing:
        weak.append(f"{style_count(cover.missing)} đơn vị chưa có báo cáo nên kết quả chưa đầy đủ")
    blocks: list[Block] = [Heading(2, "Ưu điểm"), listed(good), Heading(2, "Hạn chế")]
    blocks.append(
        listed(weak)
        if weak
        else Paragraph("Các đơn vị gửi đủ báo cáo, đúng thời hạn; không có chỉ tiêu chưa đạt.")
    )
    return blocks


def listed(items: Sequence[str]) -> BulletList:
    """Items of one list as an official text prints them: each ends with “;”, the last with “.”."""
    return BulletList((*(f"{item};" for item in items[:-1]), *(f"{item}." for item in items[-1:])))


def _line(total: Total, open_to: Disclosure) -> str:
    assert total.target
    part = f", số liệu của {total.given}/{total.asked} đơn vị" if total.given < total.asked else ""
    result = result_text(total, open_to=open_to)
    return f"“{total.indicator.label}”: kết quả {result}{part}, mức chỉ tiêu {total.target.wording}"
