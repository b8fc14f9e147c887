"""The intake: is what came back ours, current, this unit's, whole, and are its values what was asked.

Steps in the order that makes sense to the sender: identity first (nothing else is worth saying about a
foreign or an old form), then the lines, then every value; all findings of a step at once. Cross-checks
between indicators stand in `models.checks`, comparison with other cycles elsewhere.
"""

from models.finding import Finding
from models.form import YES, FormSpec
from models.intake_lines import check_lines, unlisted_figures
from models.intake_narratives import take_narratives
from models.intake_values import take_figure
from models.reading import RawCell, RawRow, RawTable, Reading
from models.taken import FigureValue, Intake, TableRecord
from models.text import fold
from models.texts_in import clean_text

_TRUE = {fold(YES), "x", "v", "✓", "✔", "1", "true", "không phát sinh", "đúng"}
_FALSE = {"", "không", "0", "false", "-"}


def check_reading(reading: Reading, spec: FormSpec) -> Intake:
    """Everything there is to say about a returned workbook, and the values taken from it."""
    refused = check_identity(reading, spec)
    if refused:
        return Intake((), (), nil=False, findings=tuple(refused))
    findings, rows = check_lines(reading, spec)
    nil, said = _take_nil(reading.nil, spec)
    findings += said
    values: list[FigureValue] = []
    for asked in spec.entered_rows:
        if raw := rows.get(asked.code):
            value, said = take_figure(asked, raw.figure, raw.note, may_be_blank=nil)
            values += [value] if value else []
            findings += said
    narratives, said = take_narratives(reading.narratives, spec, may_be_blank=nil)
    findings += said
    records, said = _take_records(reading.tables, spec, may_be_blank=nil)
    findings += said
    if nil:
        findings += _nil_with_figures(spec, rows, records, reading.nil)
    findings += unlisted_figures(reading, spec)
    notes = {row.code: note for row in reading.rows if row.code and (note := row.note.strip())}
    return Intake(tuple(values), tuple(narratives), nil, tuple(findings), tuple(records), notes)


def check_identity(reading: Reading, spec: FormSpec) -> list[Finding]:
    """Is it ours, this unit's, this cycle's, and the form as it is now."""
    own = reading.identity
    if own is None or not reading.has_figures:
        return [
            _error(
                "not_ours",
                "Tệp này không phải biểu mẫu do hệ thống gửi (không thấy mã nhận dạng hoặc sheet “Biểu”). "
                "Đề nghị lấy lại biểu mẫu từ thư nhắc gần nhất, nhập số liệu vào đúng tệp đó và "
                "gửi lại; không chép sang tệp khác.",
            )
        ]
    findings = []
    if own.unit != spec.unit:
        findings.append(
            _error(
                "other_unit_form",
                f"Biểu này được cấp cho đơn vị khác (mã {_said(own.unit)}), không phải {spec.unit_name} "
                f"(mã {spec.unit}). Đề nghị dùng đúng biểu đã gửi cho đơn vị mình.",
            )
        )
    if own.cycle != spec.cycle:
        findings.append(
            _error(
                "other_cycle",
                f"Biểu này thuộc kỳ báo cáo khác (mã {_said(own.cycle)}); kỳ đang nhận là {spec.period_label} "
                f"(mã {spec.cycle}). Đề nghị dùng biểu của kỳ này.",
            )
        )
    if not findings and own.version != spec.version:
        findings.append(
            _error(
                "old_form",
                f"Biểu này là mẫu cũ (phiên bản {_said(own.version)}); mẫu hiện hành là phiên bản {spec.version}. "
                "Đề nghị lấy mẫu mới từ thư gần nhất, chuyển số liệu sang mẫu mới rồi gửi lại.",
            )
        )
    return findings


def _take_nil(cell: RawCell | None, spec: FormSpec) -> tuple[bool, list[Finding]]:
    if cell is None or not spec.nil_allowed:
        return False, []
    said = fold(clean_text(str(int(cell.value) if isinstance(cell.value, bool | float) else cell.value)))
    if said in _TRUE | _FALSE:
        return said in _TRUE, []
    message = f"Ô “Không phát sinh” ghi “{_said(str(cell.value))}”; đề nghị chọn “Có” hoặc để trống."
    return False, [Finding(cell.cell, "", message, "error", "nil_unclear", ("Có", ""))]


def _nil_with_figures(
    spec: FormSpec,
    rows: dict[str, RawRow],
    records: list[TableRecord],
    nil: RawCell | None,
) -> list[Finding]:
    filled = [rows[row.code].figure.cell for row in spec.entered_rows if _is_filled(rows.get(row.code))]
    filled += [value.cell for record in records for value in record.values]
    if not filled:
        return []
    shown = ", ".join(cell.split("!")[-1] for cell in filled[:5]) + (", …" if len(filled) > 5 else "")
    message = (
        f"Đã chọn “Không phát sinh” nhưng vẫn có số liệu ở {len(filled)} ô ({shown}). Đề nghị xóa số liệu ở các ô "
        "đó, hoặc bỏ chọn “Không phát sinh” nếu kỳ này có số liệu."
    )
    return [Finding(nil.cell if nil else "Biểu", "", message, "error", "nil_with_figures")]


def _is_filled(row: RawRow | None) -> bool:
    return row is not None and row.figure.value != "" and bool(str(row.figure.value).strip())


def _take_records(
    tables: tuple[RawTable, ...], spec: FormSpec, *, may_be_blank: bool
) -> tuple[list[TableRecord], list[Finding]]:
    found = {fold(table.sheet): table for table in tables}
    records: list[TableRecord] = []
    findings: list[Finding] = []
    for asked in spec.tables:
        table = found.get(fold(asked.sheet))
        if table is None:
            message = (
                f"Thiếu sheet “{asked.sheet}” ({asked.label}). Đề nghị dùng lại biểu đã gửi, không xóa sheet."
            )
            findings.append(Finding(asked.sheet, asked.code, message, "error", "sheet_missing"))
            continue
        if asked.required and not table.records and not may_be_blank:
            message = f"{asked.label}: chưa có dòng nào. Đề nghị nhập ít nhất một dòng."
            findings.append(Finding(asked.sheet, asked.code, message, "error", "required_blank"))
        for record in table.records:
            values = []
            for column in asked.columns:
                cell = record.cells.get(column.code) or RawCell("", f"{asked.sheet}!{record.row}")
                value, said = take_figure(column, cell, "")
                values += [value] if value else []
                findings += said
            records.append(TableRecord(asked.code, record.row, tuple(values)))
    return records, findings


def _said(value: str) -> str:
    """What a foreign file claims, shortened: it is shown to people, so it may not carry a page of text."""
    cleaned = " ".join(clean_text(value).split())
    return cleaned[:57] + "…" if len(cleaned) > 60 else cleaned


def _error(rule: str, message: str) -> Finding:
    return Finding("", "", message, "error", rule)
