"""Is an office's template good: can it be filled, and is what it makes as Nghị định 30/2020 wants it?

The template is filled with stand-in documents, which are checked like any other; each finding is told by the template's
own paragraph, or by the style, where the paragraph is one we write.
"""

from dataclasses import replace
from typing import Any, Final

from lxml import etree

from models.documents import LetterDocument, OfficialDocument
from models.templates import FILES
from tasks.adapters.documents.conformity import check_docx
from tasks.adapters.documents.package import MAIN_PART, NotADocumentError, read_parts, write_parts
from tasks.adapters.documents.render import render_letter, render_report
from tasks.adapters.documents.rule_kit import Finding, Place
from tasks.adapters.documents.sections import tag
from tasks.adapters.documents.stand_in import STAND_INS
from tasks.adapters.documents.template import DocumentTemplateError
from tasks.adapters.documents.template_places import paragraph_texts
from tasks.adapters.documents.word_file import PARAGRAPH_MARK, read_word_file
from tasks.adapters.documents.word_view import Para

_EXCERPT: Final = 60
_TRIED: Final = "; văn bản thử: "


def check_template(kind: str, data: bytes) -> list[Finding]:
    """What is not as it must be; empty where the template may be used.

    DocumentTemplateError where it cannot be filled at all: no .docx, a style missing, an unknown field, code that does
    not parse; with the paragraph.
    """
    stand_ins = STAND_INS[kind]
    _written(stand_ins[0], data)  # told by the template's own words, before it is marked
    marked, words = _marked(FILES[kind], data)
    found: dict[tuple[str, str], Finding] = {}
    for document in stand_ins:
        made = _written(document, marked)
        paras = {para.number: para for para in read_word_file(made).paras}
        styles = _style_names(made)
        for finding in check_docx(made):
            told = replace(finding, place=_place(finding.place, paras, words, styles))
            found.setdefault((told.rule, told.place.partition(_TRIED)[0]), told)
    return list(found.values())


def _written(document: OfficialDocument, data: bytes) -> bytes:
    if isinstance(document, LetterDocument):
        return render_letter(document, data)
    return render_report(document, data)


def _marked(name: str, data: bytes) -> tuple[bytes, dict[str, str]]:
    """The template with its paragraphs numbered by an attribute Word itself writes; and their words by that number."""
    try:
        parts = read_parts(data)
        root = etree.fromstring(parts[MAIN_PART], etree.XMLParser(resolve_entities=False, no_network=True))
    except (NotADocumentError, etree.XMLSyntaxError) as error:
        raise DocumentTemplateError(f"template {name}: {error}") from error
    words = {}
    for number, paragraph, text in paragraph_texts(root):
        mark = f"{number:08X}"
        paragraph.set(PARAGRAPH_MARK, mark)
        words[mark] = f"mẫu, đoạn {number}, “{_short(text)}”"
    return write_parts(parts | {MAIN_PART: etree.tostring(root)}), words


def _place(place: str, paras: dict[int, Para], words: dict[str, str], styles: dict[str, str]) -> str:
    para = paras.get(place.paragraph) if isinstance(place, Place) else None
    if para is None:
        return place
    tried = f"{_TRIED}“{_short(para.text)}”"
    if para.mark in words:
        return f"{words[para.mark]}{tried}"
    return f"kiểu chữ “{styles.get(para.style or '', para.style or '')}”{tried}"


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"


def _style_names(made: bytes) -> dict[str, str]:
    sheet: Any = etree.fromstring(read_parts(made)["word/styles.xml"])
    names = {}
    for style in sheet.iterfind(tag("style")):
        label = style.find(tag("name"))
        if label is not None:
            names[str(style.get(tag("styleId")))] = str(label.get(tag("val")))
    return names
