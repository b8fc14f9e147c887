"""From how many units a Báo cáo comes, and how their reports came."""

from models.documents import Block, Paragraph
from models.report.correction import said
from models.report.inputs import ReportInputs
from models.states import Standing
from models.text import short_date, style_count


def overview(given: ReportInputs) -> list[Block]:
    """How far the figures are whole: the cut-off, n of N, how they came, who is missing; and what an earlier Báo cáo said."""
    cover, planned = given.coverage, given.planned
    cutoff = f" chốt đến ngày {short_date(planned.cutoff)}" if planned.cutoff else ""
    estimated = " (một phần là ước thực hiện)" if planned.obligation.form.estimated else ""
    received = f"{style_count(cover.received)}/{style_count(cover.expected)}"
    came = f"{received} đơn vị phải gửi báo cáo{how_they_came(given)}"
    lines = [f"Số liệu{cutoff}{estimated} được tổng hợp từ báo cáo của {came}."]
    if given.missing:
        names = "; ".join(_named(standing) for standing in given.missing)
        lines.append(
            f"Còn {style_count(len(given.missing))} đơn vị chưa có báo cáo: {names}. "
            f"Kết quả tổng hợp chưa bao gồm số liệu của {'các ' if len(given.missing) > 1 else ''}đơn vị này."
        )
    lines.append(f"Tình hình gửi báo cáo của từng đơn vị nêu tại {given.standings_place}.")
    if given.with_sources:
        lines.append(f"Nguồn của từng số liệu nêu tại {given.sources_place}.")
    before = said(given.follows) if given.follows else []
    return [Paragraph(line) for line in (*before, *lines)]


def how_they_came(given: ReportInputs) -> str:
    """Only what there is: an official text does not count to nought."""
    cover = given.coverage
    came = [(cover.on_time, "đơn vị gửi đúng hạn"), (cover.late, "đơn vị gửi sau thời hạn")]
    parts = ", ".join(f"{style_count(count)} {what}" for count, what in came if count)
    nil = f"; trong đó {style_count(cover.nil)} đơn vị báo cáo không phát sinh" if cover.nil else ""
    return f": {parts}{nil}" if parts else ""


def _named(standing: Standing) -> str:
    return f"{standing.unit_name} (đang chỉnh lý theo yêu cầu)" if standing.returned else standing.unit_name
