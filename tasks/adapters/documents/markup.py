"""Text of people into the XML of Word: always literal, never template code, never broken XML."""

import re
from typing import Final
from xml.sax.saxutils import escape

from models.text import nfc

# Whatever XML 1.0 cannot carry: control characters, lone surrogates, the two non-characters.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r\n?|\u2028|\u2029|\x85")
_ODD: Final = re.compile(f"{_ILLEGAL.pattern}|{_LINE_ENDS.pattern}")
_RUN: Final = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'


def literal(text: str) -> str:
    """The text as it can stand in a document: composed form, without control characters."""
    composed = nfc(text)
    if not _ODD.search(composed):
        return composed
    return _ILLEGAL.sub("", _LINE_ENDS.sub("\n", composed))


def one_line(text: str) -> str:
    """Like `literal`, with line breaks and tabs as single spaces: for the one-line places of a template."""
    return literal(text).replace("\n", " ").replace("\t", " ").strip("\n")


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A run of text; a line break stays a line break, a tab becomes a space."""
    inner = escape(literal(text).replace("\t", " "))
    inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    return _RUN.format(f"<w:rPr>{marks}</w:rPr>" if marks else "", inner)


def paragraph(style: str, runs: str, *, properties: str = "") -> str:
    """A paragraph in the style with that id; `properties` follow in the order the schema asks for."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'
