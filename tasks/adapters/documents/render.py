"""A document's values into .docx bytes. No disk but the template's, no clock: same input, same bytes."""

from pathlib import Path
from typing import Final

from models.documents import LetterDocument, OfficialDocument, ReportDocument
from tasks.adapters.documents.fields import (
    LETTER_BLOCKS,
    LETTER_TEXTS,
    LISTS,
    REPORT_BLOCKS,
    REPORT_TEXTS,
    core_properties,
    letter_fields,
    report_fields,
)
from tasks.adapters.documents.template import Compiled, DocumentTemplateError, compile_template

REPORT_TEMPLATE: Final = "bao-cao.docx"
LETTER_TEMPLATE: Final = "cong-van.docx"


def render_report(document: ReportDocument, template_dir: Path) -> bytes:
    """The Báo cáo as .docx, from bao-cao.docx. Raises DocumentTemplateError where the template is at fault."""
    return render(document, read_template(template_dir, REPORT_TEMPLATE))


def render_letter(document: LetterDocument, template_dir: Path) -> bytes:
    """The công văn as .docx, from cong-van.docx. Raises DocumentTemplateError where the template is at fault."""
    return render(document, read_template(template_dir, LETTER_TEMPLATE))


def render(document: OfficialDocument, template: bytes, mark: str = "") -> bytes:
    """Either of them, from the bytes of its template, under a mark it is known again by."""
    if isinstance(document, ReportDocument):
        compiled = _report(template)
        return compiled.fill(report_fields(document, compiled), core_properties(document), mark)
    compiled = _letter(template)
    return compiled.fill(letter_fields(document, compiled), core_properties(document), mark)


def report_template(template_dir: Path) -> Compiled:
    """bao-cao.docx, compiled; an office that changes the file need not restart anything."""
    return _report(read_template(template_dir, REPORT_TEMPLATE))


def letter_template(template_dir: Path) -> Compiled:
    """cong-van.docx, compiled."""
    return _letter(read_template(template_dir, LETTER_TEMPLATE))


def _report(data: bytes) -> Compiled:
    return compile_template(REPORT_TEMPLATE, data, REPORT_TEXTS, LISTS, REPORT_BLOCKS)


def _letter(data: bytes) -> Compiled:
    return compile_template(LETTER_TEMPLATE, data, LETTER_TEXTS, LISTS, LETTER_BLOCKS)


def read_template(template_dir: Path, name: str) -> bytes:
    """DocumentTemplateError where it cannot be read."""
    path = template_dir / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentTemplateError(f"template {path.name} cannot be read: {error.strerror}") from error
