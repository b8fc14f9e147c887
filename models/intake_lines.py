"""Are the lines of the form intact: each code there once, no code of somebody else's, no stray figures."""

from collections import defaultdict

from models.finding import Finding
from models.form import FIGURE_SHEET, FormSpec
from models.reading import RawRow, Reading

_KEEP = "Đề nghị không thêm, xóa dòng và không sửa cột “Mã”"


def check_lines(reading: Reading, spec: FormSpec) -> tuple[list[Finding], dict[str, RawRow]]:
    """Findings about the lines, and the lines that can be used: code → row. Order does not matter."""
    seen: dict[str, list[RawRow]] = defaultdict(list)
    for row in reading.rows:
        if row.code:
            seen[row.code].append(row)
    known = {row.code for row in spec.rows}
    findings = []
    for asked in spec.rows:
        count = len(seen[asked.code]) if asked.code in seen else 0
        if count == 0 and asked.entered:
            message = f"Thiếu dòng {asked.code} “{asked.label}”. {_KEEP}; lấy lại biểu mẫu đã gửi kèm thư và nhập lại số liệu."
            findings.append(Finding(FIGURE_SHEET, asked.code, message, "error", "row_missing"))
        elif count > 1:
            cells = " và ".join(row.code_cell.split("!")[-1] for row in seen[asked.code])
            message = f"Mã {asked.code} “{asked.label}” xuất hiện {count} lần (ô {cells}). Đề nghị giữ lại một dòng."
            findings.append(
                Finding(seen[asked.code][1].code_cell, asked.code, message, "error", "row_repeated")
            )
    for code, rows in seen.items():
        if code not in known:
            message = f"Mã “{code[:40]}” không có trong biểu mẫu. {_KEEP}."
            findings.append(Finding(rows[0].code_cell, code[:40], message, "error", "row_unknown"))
    findings += [
        Finding(
            merged.split(":", 1)[0],
            "",
            f"Các ô {merged.split('!')[-1]} đã bị gộp. Đề nghị bỏ gộp ô (Unmerge Cells) và ghi riêng từng dòng.",
            "error",
            "cells_merged",
        )
        for merged in reading.merged
    ]
    return findings, {code: rows[0] for code, rows in seen.items() if len(rows) == 1}


def unlisted_figures(reading: Reading, spec: FormSpec) -> list[Finding]:
    """Figures typed into a line without a code: they would be lost, so they are asked about."""
    known = {row.code for row in spec.rows}
    coded = [at for at, row in enumerate(reading.rows) if row.code in known]
    if not coded:
        return []
    return [
        Finding(
            row.figure.cell,
            "",
            f"Ô {row.figure.cell.split('!')[-1]} có số liệu nhưng dòng không có mã nên không được nhận. {_KEEP}; "
            "chuyển số liệu về đúng dòng hoặc ghi ở cột “Ghi chú”.",
            "error",
            "figure_without_code",
        )
        for row in reading.rows[coded[0] : coded[-1]]
        if not row.code and str(row.figure.value).strip()
    ]
