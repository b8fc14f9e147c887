"""What the Báo cáo says of the periods before: what rose and fell, and an appendix with the figures of the years."""

from models.documents import Appendix, Block, Column, Paragraph, Row, Table
from models.plan import Indicator
from models.report.cells import HIDDEN
from models.report.comparison import Change, PastFigure, is_number
from models.report.inputs import ReportInputs
from models.report.results import grouped, listed, past_text, result_text
from models.text import number, style_count
from models.totals import Total

_MOST_PERIODS = 7
"""Earlier periods that fit on a landscape page beside this one; the newest are shown."""


def compared(given: ReportInputs) -> list[Block]:
    """What moved among the same units, and what could not be compared."""
    if not given.has_years:
        return []
    found = given.comparison
    assert found
    then = given.earlier[-1]
    counts = [
        (sum(each.by > 0 for each in found.changes), "tăng"),
        (sum(each.by < 0 for each in found.changes), "giảm"),
        (sum(not each.by for each in found.changes), "không đổi"),
    ]
    moved = ", ".join(f"{style_count(count)} chỉ tiêu {what}" for count, what in counts if count)
    came = f"{style_count(then.received)}/{style_count(then.expected)}"
    said = (
        f"{then.name[0].upper()}{then.name[1:]} có {came} đơn vị báo cáo. So với {then.name}, "
        + (f"trong {style_count(len(found.changes))} chỉ tiêu so sánh được có {moved}" if moved else _NONE)
        + f" (chi tiết tại {given.years_place}). "
        + "Mức tăng, giảm chỉ tính trên các đơn vị có số liệu ở cả hai kỳ."
    )
    changes = {each.code: each for each in found.changes}
    aims = [
        f"“{total.indicator.label}”: {_moved(change, total.indicator)}{_of_units(change)}"
        for total in given.totals
        if total.target and (change := changes.get(total.indicator.code))
    ]
    blocks: list[Block] = [Paragraph(said)]
    blocks += [listed(aims)] if aims else []
    return [*blocks, *(Paragraph(line) for line in _not_compared(given))]


_NONE = "chưa có chỉ tiêu nào đủ số liệu để so sánh"


def _not_compared(given: ReportInputs) -> list[str]:
    found = given.comparison
    assert found
    lines = []
    if not found.is_comparable:
        lines.append("Địa bàn báo cáo của hai kỳ không trùng nhau nên không so sánh tổng số của hai kỳ.")
    if found.unmapped:
        named = "; ".join(f"{name} ({why})" for name, why in found.unmapped)
        lines.append(f"Số liệu kỳ trước của các đơn vị sau không đưa vào so sánh: {named}.")
    return lines


def years_appendix(given: ReportInputs) -> Appendix | None:
    """Rows are indicators, columns periods, and the change against the last; every period with its n of N."""
    if not given.has_years:
        return None
    assert given.comparison
    periods = given.earlier[-_MOST_PERIODS:]
    names = [each.name for each in periods] + [given.planned.period.vietnamese]
    columns = [Column("TT", 0.6, "center"), Column("Chỉ tiêu", 4.2), Column("ĐVT", 1.0, "center")]
    columns += [Column(f"{name[0].upper()}{name[1:]}", 1.5, "right") for name in names]
    columns += [
        Column(f"Tăng, giảm so với {names[-2]}", 1.6, "right"),
        Column("Số đơn vị so sánh", 0.9, "center"),
    ]
    cover = given.coverage
    came = [f"{style_count(each.received)}/{style_count(each.expected)}" for each in periods]
    came.append(f"{style_count(cover.received)}/{style_count(cover.expected)}")
    rows = [Row(("", "Số đơn vị báo cáo", "đơn vị", *came, "", ""), bold=True)]
    past = [each.by_code() for each in periods]
    changes = {each.code: each for each in given.comparison.changes}
    shown = [total for total in grouped(given.totals) if is_number(total.indicator)]
    group = None
    for place, total in enumerate(shown, start=1):
        if total.indicator.group and total.indicator.group != group:
            group = total.indicator.group
            rows.append(Row(("", group, *[""] * (len(columns) - 2)), bold=True))
        code, indicator = total.indicator.code, total.indicator
        cells = [_then(each.get(code), total) for each in past]
        change = changes.get(code)
        moved = (_moved(change, indicator), style_count(change.units)) if change else ("–", "")
        now = result_text(total, open_to=given.disclosure)
        rows.append(Row((str(place), indicator.label, indicator.unit, *cells, now, *moved)))
    note = (
        "Ghi chú: dấu “–” là chưa có số liệu hoặc không so sánh được. Mức tăng, giảm chỉ tính trên các đơn vị giữ nguyên "
        "địa bàn và có số liệu ở cả hai kỳ, nên có thể khác hiệu của hai tổng."
    )
    if any(total.indicator.sensitive for total in shown):
        note += f" “Dưới 5” và “{HIDDEN}” là số không nêu cụ thể để bảo mật thông tin trẻ em."
    title = f"Kết quả {given.planned.period.vietnamese} so với các kỳ trước"
    return Appendix(title, (Table(tuple(columns), tuple(rows), note=note, compact=True),), landscape=True)


def _then(figure: PastFigure | None, total: Total) -> str:
    return past_text(figure, total.indicator) if figure else "–"


def _moved(change: Change, indicator: Indicator) -> str:
    if not change.by:
        return "không đổi"
    is_rate = indicator.formula is not None and indicator.formula.ratio is not None
    return f"{'tăng' if change.by > 0 else 'giảm'} {number(abs(change.by))}{' điểm %' if is_rate else ''}"


def _of_units(change: Change) -> str:
    return f", tính trên {style_count(change.units)} đơn vị"
