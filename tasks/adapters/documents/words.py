"""The words of a .docx, place by place: for telling two documents apart that are not the same bytes."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from tasks.adapters.documents.package import MAIN_PART, NotADocumentError, read_parts
from tasks.adapters.documents.sections import tag

_WORDS: Final = (tag("t"), tag("noBreakHyphen"))
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """`expected` is empty where something was added, `found` where something is gone."""

    place: str
    found: str
    expected: str


def words_of(data: bytes) -> list[tuple[str, str]]:
    """(place, text) of every paragraph and cell that has words, in order. NotADocumentError where it is no .docx."""
    try:
        body = etree.fromstring(read_parts(data)[MAIN_PART], _PARSER).find(tag("body"))
    except etree.XMLSyntaxError as error:
        raise NotADocumentError(f"the main part of the document is no XML: {error}") from error
    return [(place, text) for place, text in _places(body) if text] if body is not None else []


def differences(found: bytes, expected: bytes) -> list[Difference]:
    """Where the words differ, in the order of the document that was found."""
    here, there = words_of(found), words_of(expected)
    matcher = difflib.SequenceMatcher(
        None, [text for _, text in here], [text for _, text in there], autojunk=False
    )
    told = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        ours, theirs = here[a:b], there[c:d]
        for place in range(max(len(ours), len(theirs))):
            own = ours[place] if place < len(ours) else ("", "")
            other = theirs[place] if place < len(theirs) else ("", "")
            told.append(Difference(own[0] or other[0], own[1], other[1]))
    return told


def _places(body: Any) -> Iterator[tuple[str, str]]:
    paragraphs = tables = 0
    for block in body:
        if block.tag == tag("p"):
            paragraphs += 1
            yield f"paragraph {paragraphs}", _text(block)
        elif block.tag == tag("tbl"):
            tables += 1
            for row, line in enumerate(block.iter(tag("tr")), start=1):
                for column, cell in enumerate(line.iter(tag("tc")), start=1):
                    yield f"table {tables}, row {row}, column {column}", _text(cell)


def _text(element: Any) -> str:
    found = (each.text or "" if each.tag == tag("t") else "-" for each in element.iter(*_WORDS))
    return " ".join("".join(found).split())
