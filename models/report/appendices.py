"""The appendices: figures unit by unit, and how each unit reported."""

from collections.abc import Sequence

from models.disclosure import Disclosure
from models.documents import Appendix, Block, Column, Paragraph, Row, Table
from models.evaluate import complete
from models.figures import UnitFigures
from models.report.cells import HIDDEN, cell_text
from models.report.inputs import ReportInputs
from models.report.results import grouped, lines_table, result_text
from models.report.spoken import bulleted
from models.states import Standing
from models.text import hour_and_date
from models.totals import Total

_UNITS_A_TABLE = 9
"""More columns than this are unreadable on a landscape page."""

_NOTE = "Ghi chú: dấu “–” là chưa có số liệu; ô trống là chỉ tiêu không giao cho đơn vị đó."
_HIDDEN_NOTE = (
    f"{_NOTE} Ở chỉ tiêu cần bảo mật thông tin trẻ em, số từ 1 đến 4 được ghi là “dưới 5”; ô ghi “{HIDDEN}” không nêu để "
    "không suy ra được các số đó."
)


def figures_appendix(given: ReportInputs) -> Appendix | None:
    """Rows are indicators, columns units, nine to a table; answers in words stand below, nil reports are named and
    not shown as zeros.
    """
    if not given.has_figures:
        return None
    reports = [report for report in given.reports if not report.nil and report.figures]
    open_to = given.disclosure
    blocks: list[Block] = []
    for start in range(0, len(reports), _UNITS_A_TABLE):
        part = reports[start : start + _UNITS_A_TABLE]
        last = start + _UNITS_A_TABLE >= len(reports)
        blocks.append(_figures(given, part, open_to, with_total=last))
    blocks += [block for total in given.totals if _is_words(total) for block in _words(total)]
    nil = [report.unit_name for report in given.reports if report.nil]
    if nil:
        blocks.append(Paragraph(f"Đơn vị báo cáo không phát sinh: {'; '.join(nil)}."))
    return Appendix(
        f"Số liệu của từng đơn vị {given.planned.period.vietnamese}", tuple(blocks), landscape=True
    )


def _is_words(total: Total) -> bool:
    """Too long for a cell between figures."""
    return total.indicator.kind in {"text", "table"}


def _words(total: Total) -> list[Block]:
    if not total.answers:
        return []
    if total.indicator.sensitive:
        return [Paragraph(f"{total.indicator.label}: không nêu theo từng đơn vị.")]
    if total.indicator.kind == "table":
        return [lines_table(total)]
    return [Paragraph(f"{total.indicator.label}:"), *bulleted(total.answers)]


def _figures(
    given: ReportInputs, reports: Sequence[UnitFigures], open_to: Disclosure, *, with_total: bool
) -> Table:
    columns = [Column("TT", 0.7, "center"), Column("Chỉ tiêu", 4.0), Column("ĐVT", 1.1, "center")]
    columns += [Column(report.unit_name, 1.3, "right") for report in reports]
    columns += [Column("Tổng hợp", 1.4, "right")] if with_total else []
    indicators = [total.indicator for total in given.totals]
    answers = [(report.unit, complete(indicators, report.figures)) for report in reports]
    here = {report.unit for report in reports}
    rows: list[Row] = []
    group = None
    for place, total in enumerate(grouped(given.totals), start=1):
        if _is_words(total) or not (with_total or here.intersection(total.units)):
            continue
        if total.indicator.group and total.indicator.group != group:
            group = total.indicator.group
            rows.append(Row(("", group, *[""] * (len(columns) - 2)), bold=True))
        cells = (str(place), total.indicator.label, total.indicator.unit)
        shown = [cell_text(total, unit, known, open_to) for unit, known in answers]
        rows.append(Row((*cells, *shown, *((_summed(total, open_to),) if with_total else ()))))
    note = _HIDDEN_NOTE if any(indicator.sensitive for indicator in indicators) else _NOTE
    return Table(tuple(columns), tuple(rows), note=note, compact=True)


def _summed(total: Total, open_to: Disclosure) -> str:
    return "" if total.answers else result_text(total, open_to=open_to)


def standings_appendix(given: ReportInputs) -> Appendix:
    """Who reported on time, late, nil, or not at all: as facts."""
    columns = (
        Column("TT", 0.6, "center"),
        Column("Đơn vị", 4.0),
        Column("Thời điểm gửi lần đầu", 2.8, "center"),
        Column("Phiên bản", 1.0, "center"),
        Column("Tình trạng", 2.2, "center"),
    )
    rows = tuple(
        Row(
            (
                str(place),
                standing.unit_name,
                hour_and_date(standing.first_submitted_at) if standing.first_submitted_at else "",
                str(standing.version) if standing.reported else "",
                _state(standing),
            )
        )
        for place, standing in enumerate(given.standings, start=1)
    )
    title = f"Tình hình gửi báo cáo {given.planned.period.vietnamese}"
    return Appendix(title, (Table(columns, rows, compact=True),))


def _state(standing: Standing) -> str:
    if standing.exempt:
        return "được miễn"
    if standing.returned:
        return "yêu cầu chỉnh lý"
    if not standing.reported:
        return "chưa gửi"
    when = "đúng hạn" if standing.on_time else "sau thời hạn"
    if standing.extended_to:
        when = f"{'đúng' if standing.on_time else 'sau'} thời hạn gia hạn"
    return f"không phát sinh ({when})" if standing.nil else f"đã gửi {when}"
