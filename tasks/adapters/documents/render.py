"""A document's values into .docx bytes. No disk but the template's, no clock: same input, same bytes."""

from pathlib import Path
from typing import TypeAlias

from models.documents import LetterDocument, ReportDocument
from models.templates import FILES
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

Source: TypeAlias = Path | bytes
"""The folder the templates lie in, or the bytes of the one that is meant."""


def render_report(document: ReportDocument, source: Source) -> bytes:
    """The Báo cáo as .docx. Raises DocumentTemplateError where the template is at fault."""
    template = report_template(source)
    return template.fill(report_fields(document, template), core_properties(document))


def render_letter(document: LetterDocument, source: Source) -> bytes:
    """The công văn as .docx. Raises DocumentTemplateError where the template is at fault."""
    template = letter_template(source)
    return template.fill(letter_fields(document, template), core_properties(document))


def report_template(source: Source) -> Compiled:
    """bao-cao.docx, compiled; an office that changes the file need not restart anything."""
    data = _read(source, FILES["bao-cao"])
    return compile_template(FILES["bao-cao"], data, REPORT_TEXTS, LISTS, REPORT_BLOCKS)


def letter_template(source: Source) -> Compiled:
    """cong-van.docx, compiled."""
    data = _read(source, FILES["cong-van"])
    return compile_template(FILES["cong-van"], data, LETTER_TEXTS, LISTS, LETTER_BLOCKS)


def _read(source: Source, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return (source / name).read_bytes()
    except OSError as error:
        raise DocumentTemplateError(f"template {name} cannot be read: {error.strerror}") from error
