"""A document's values into .docx bytes. No disk but the template's, no clock: same input, same bytes."""

from pathlib import Path
from typing import Final, TypeAlias

from models.documents import LetterDocument, OfficialDocument, ReportDocument, charts_of
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
_KINDS: Final = {"Thông báo": "thong-bao"}
"""Of documents with a type's name; the others are made from the template of the Báo cáo."""


def render_report(document: ReportDocument, source: Source) -> bytes:
    """The Báo cáo or Thông báo as .docx. Raises DocumentTemplateError where the template is at fault."""
    return render(document, read_template(source, FILES[_kind(document)]))


def render_letter(document: LetterDocument, source: Source) -> bytes:
    """The công văn as .docx. Raises DocumentTemplateError where the template is at fault."""
    return render(document, read_template(source, FILES["cong-van"]))


def render(document: OfficialDocument, template: bytes, mark: str = "") -> bytes:
    """Either of them, from the bytes of its template, under a mark it is known again by."""
    if isinstance(document, ReportDocument):
        compiled = _named(template, _kind(document))
        return compiled.fill(
            report_fields(document, compiled), core_properties(document), mark, charts_of(document)
        )
    compiled = _letter(template)
    return compiled.fill(
        letter_fields(document, compiled), core_properties(document), mark, charts_of(document)
    )


def report_template(source: Source) -> Compiled:
    """bao-cao.docx, compiled; an office that changes the file need not restart anything."""
    return _named(read_template(source, FILES["bao-cao"]), "bao-cao")


def notice_template(source: Source) -> Compiled:
    """thong-bao.docx, compiled."""
    return _named(read_template(source, FILES["thong-bao"]), "thong-bao")


def letter_template(source: Source) -> Compiled:
    """cong-van.docx, compiled."""
    return _letter(read_template(source, FILES["cong-van"]))


def read_template(source: Source, name: str) -> bytes:
    """DocumentTemplateError where it cannot be read."""
    if isinstance(source, bytes):
        return source
    try:
        return (source / name).read_bytes()
    except OSError as error:
        raise DocumentTemplateError(f"template {name} cannot be read: {error.strerror}") from error


def _kind(document: ReportDocument) -> str:
    return _KINDS.get(document.type_name, "bao-cao")


def _named(data: bytes, kind: str) -> Compiled:
    return compile_template(FILES[kind], data, REPORT_TEXTS, LISTS, REPORT_BLOCKS)


def _letter(data: bytes) -> Compiled:
    return compile_template(FILES["cong-van"], data, LETTER_TEXTS, LISTS, LETTER_BLOCKS)
