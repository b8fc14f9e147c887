"""Where every figure of a Báo cáo comes from: unit, version, file and cell. Printed on request; no figure is repeated, so
nothing that is hidden is told.
"""

from collections.abc import Iterator

from models.by_hand import how_received
from models.documents import Appendix, Column, Row, Table
from models.figures import UnitFigures
from models.plan.levels import seen_from
from models.report.comparison import entered_codes
from models.report.inputs import ReportInputs

SHORT = 12
"""Digits of a file's SHA-256: enough to find it by."""
_PASSED_UP = "totals"
_COLUMNS = (Column("Mã", 1.3), Column("Chỉ tiêu", 5.2), Column("Ô trong tệp", 2.0))
_NOTE = (
    "Ghi chú: tệp ghi bằng 12 ký tự đầu của mã băm SHA-256. Chỉ nêu số liệu đơn vị nhập; chỉ tiêu tính từ số liệu khác lấy theo "
    "các số liệu đó."
)


def sources_appendix(given: ReportInputs) -> Appendix | None:
    if not given.with_sources:
        return None
    rows = tuple(row for report in given.reports for row in _of_unit(given, report))
    title = f"Nguồn số liệu {given.planned.period.vietnamese}"
    return Appendix(title, (Table(_COLUMNS, rows, note=_NOTE, compact=True),))


def _of_unit(given: ReportInputs, report: UnitFigures) -> Iterator[Row]:
    """Under its name the figures it sent, in the order of the result table."""
    labels = {each.code: each.label for each in given.planned.plan.indicators}
    yield Row(("", _file(report), ""), bold=True)
    for code in _entered(given):
        if figure := report.figures.get(code):
            cell = f"tổng hợp kỳ {figure.cell}" if report.channel == _PASSED_UP else figure.cell
            yield Row((code, labels[code], cell))


def _file(report: UnitFigures) -> str:
    told = [report.unit_name, f"phiên bản {report.version}", f"tệp {report.file_sha256[:SHORT]}"]
    told += [said] if (said := how_received(report.channel, report.paper)) else []
    told += ["không phát sinh"] if report.nil else []
    return ", ".join(told)


def _entered(given: ReportInputs) -> list[str]:
    plan = seen_from(given.planned.plan, given.planned.obligation)
    found = (code for total in given.totals for code in entered_codes(plan, total.indicator.code))
    return list(dict.fromkeys(found))
