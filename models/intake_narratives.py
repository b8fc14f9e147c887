"""The narrative sections of a returned form."""

from collections import defaultdict

from models.confirming import without_confirmation
from models.finding import Finding, Severity
from models.form import NARRATIVE_SHEET, FormSpec
from models.legacy_text import legacy_reading, said_of
from models.reading import RawNarrative
from models.taken import NarrativeValue
from models.text import fold
from models.texts_in import clean_text

# One cell of a spreadsheet holds this many characters and drops the rest without a word.
CELL_LIMIT = 32_767
# A longer text is shown by its beginning only.
_OFFERED = 500


def take_narratives(
    raw: tuple[RawNarrative, ...], spec: FormSpec, *, may_be_blank: bool
) -> tuple[list[NarrativeValue], list[Finding]]:
    """What each section says; a full cell, a missing line or an unknown code is told."""
    parts = sections_of(raw, spec)
    values, findings = [], []
    for section in spec.narratives:
        lines = parts.pop(section.code, [])
        if not lines:
            findings.append(_missing_line(section.code, section.title))
            continue
        text, said = _text_of(lines, section.code, section.title)
        findings += said
        if text:
            values.append(NarrativeValue(section.code, text, lines[0].cell))
        elif section.required and not may_be_blank:
            message = f"Chưa có nội dung mục “{section.title}”. Đề nghị ghi vào ô {_short(lines[0].cell)}; nếu không có thì ghi “Không có”."
            findings.append(Finding(lines[0].cell, section.code, message, "error", "required_blank"))
        findings += [_cut_off(line, section.code, section.title) for line in lines if _is_full(line)]
    findings += [
        Finding(
            lines[0].cell, code[:40], f"Mã “{code[:40]}” không có trong biểu mẫu.", "error", "row_unknown"
        )
        for code, lines in parts.items()
    ]
    return values, findings


def sections_of(raw: tuple[RawNarrative, ...], spec: FormSpec) -> dict[str, list[RawNarrative]]:
    """Sections by code. Lines without a code below a section continue it, so that long texts fit."""
    printed = {section.heading for section in spec.narratives}
    parts: dict[str, list[RawNarrative]] = defaultdict(list)
    current = ""
    for line in raw:
        current = line.code or current
        is_heading = not line.code and _is_heading(clean_text(line.text).split("\n", 1)[0], printed)
        if current and not is_heading:
            parts[current].append(line)
        elif is_heading:
            current = ""
    return parts


def _text_of(lines: list[RawNarrative], code: str, title: str) -> tuple[str, list[Finding]]:
    """The section's text; one typed in an old font is asked about, or turned into Unicode where the unit agreed."""
    typed, agreed = without_confirmation("\n".join(line.text for line in lines))
    found = legacy_reading(typed, next((line.font for line in lines if line.font), ""))
    if found is None:
        return "\n".join(filter(None, (clean_text(line.text) for line in lines))), []
    encoding, meant = found
    text = clean_text(meant)
    cell = lines[0].cell
    message = f"Mục “{title}”: {said_of(encoding, text, f'ô {_short(cell)}', agreed=agreed)}."
    severity: Severity = "warning" if agreed else "error"
    rule = "legacy_text_converted" if agreed else "legacy_text"
    return text, [Finding(cell, code, message, severity, rule, (text,) if len(text) <= _OFFERED else ())]


def _is_heading(line: str, printed: set[str]) -> bool:
    return line in printed or fold(line) in {fold(heading) for heading in printed}


def _is_full(line: RawNarrative) -> bool:
    return len(line.text) >= CELL_LIMIT


def _cut_off(line: RawNarrative, code: str, title: str) -> Finding:
    message = (
        f"Mục “{title}” dài đúng giới hạn của một ô nên có thể đã bị cắt. Đề nghị kiểm tra đoạn cuối; phần còn lại "
        "ghi ở dòng chèn thêm ngay bên dưới."
    )
    return Finding(line.cell, code, message, "warning", "narrative_cut")


def _missing_line(code: str, title: str) -> Finding:
    message = f"Thiếu mục {code} “{title}” ở sheet “{NARRATIVE_SHEET}”. Đề nghị không xóa dòng; lấy lại biểu mẫu đã gửi kèm thư."
    return Finding(NARRATIVE_SHEET, code, message, "error", "row_missing")


def _short(cell: str) -> str:
    return cell.rsplit("!", maxsplit=1)[-1]
