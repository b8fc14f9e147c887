"""A document's values into .docx bytes. No disk but the template's, no clock: same input, same bytes."""

from pathlib import Path
from typing import Final

from models.documents import LetterDocument, ReportDocument
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
    template = report_template(template_dir)
    return template.fill(report_fields(document, template), core_properties(document))


def render_letter(document: LetterDocument, template_dir: Path) -> bytes:
    """The công văn as .docx, from cong-van.docx. Raises DocumentTemplateError where the template is at fault."""
    template = letter_template(template_dir)
    return template.fill(letter_fields(document, template), core_properties(document))


def report_template(template_dir: Path) -> Compiled:
    """bao-cao.docx, compiled; an office that changes the file need not restart anything."""
    data = _read(template_dir / REPORT_TEMPLATE)
    return compile_template(REPORT_TEMPLATE, data, REPORT_TEXTS, LISTS, REPORT_BLOCKS)


def letter_template(template_dir: Path) -> Compiled:
    """cong-van.docx, compiled."""
    data = _read(template_dir / LETTER_TEMPLATE)
    return compile_template(LETTER_TEMPLATE, data, LETTER_TEXTS, LISTS, LETTER_BLOCKS)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentTemplateError(f"template {path.name} cannot be read: {error.strerror}") from error
