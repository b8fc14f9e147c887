"""A .docx as the checker sees it: paragraphs with their real formatting, tables, sections, headers.

Reads files of any origin. Whatever cannot be read ends in NotADocumentError, never in another exception.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from tasks.adapters.documents.drawn_lines import FALLBACK, shape_lines
from tasks.adapters.documents.formatting import Properties, StyleSheet, attribute, number, table_properties
from tasks.adapters.documents.package import MAIN_PART, NotADocumentError, read_parts
from tasks.adapters.documents.sections import tag
from tasks.adapters.documents.word_view import Cell, Para, Run, Section, WordFile

_REL_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PARAGRAPH_MARK: Final = tag("rsidP")
"""Word's own attribute for when a paragraph's settings last changed; what it says is handed on as `Para.mark`."""
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read_word_file(data: bytes) -> WordFile:
    """Raises NotADocumentError for bytes that are no readable .docx."""
    parts = read_parts(data)
    try:
        return _Reader(parts).read()
    except (etree.XMLSyntaxError, UnicodeError, RecursionError) as error:
        raise NotADocumentError("the document's content is damaged") from error


def _parse(content: bytes) -> Any:
    # No entities, no network: a document from outside gets nothing but its own bytes.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(content, parser)
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise NotADocumentError("the document's content declares entities, which no word processor writes")
    return root


class _Reader:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        relations = self._part("word/_rels/document.xml.rels")
        entries = list(relations.iter(_RELATION)) if relations is not None else []
        self._targets = {entry.get("Id"): str(entry.get("Target")).lstrip("/") for entry in entries}
        theme = next((name for name in parts if name.startswith("word/theme/") and name.endswith(".xml")), "")
        self._sheet = StyleSheet(self._part("word/styles.xml"), self._part(theme))
        self._tables = 0
        self._counted = 0
        self._section_starts: dict[Any, int] = {}
        self._file = WordFile()

    def _part(self, name: str) -> Any | None:
        return _parse(self._parts[name]) if name in self._parts else None

    def read(self) -> WordFile:
        root = self._part(MAIN_PART)
        body = root.find(tag("body")) if root is not None else None
        if body is None:
            raise NotADocumentError("the document has no body")
        set_ups = list(body.iter(tag("sectPr")))
        for set_up in set_ups:
            self._file.sections.append(self._section(set_up))
        if not set_ups:
            raise NotADocumentError("the document has no page set-up")
        place = 0
        for child in body:
            self._section_starts[child] = min(place, len(set_ups) - 1)
            place += sum(1 for _ in child.iter(tag("sectPr")))
        self._counted = 0  # headers and footers were counted apart
        self._file.paras = list(self._container(body, None, {}))
        application = self._part("docProps/app.xml")
        pages = application.find("{*}Pages") if application is not None else None
        self._file.pages = None if pages is None else number(pages.text)
        return self._file

    def _section(self, set_up: Any) -> Section:
        size, margins, numbering = (set_up.find(tag(name)) for name in ("pgSz", "pgMar", "pgNumType"))
        before = self._file.sections[-1] if self._file.sections else None
        # A header that is not named is the previous section's.
        headers = dict(before.headers) if before else {}
        footers = dict(before.footers) if before else {}
        for kind, into in (("header", headers), ("footer", footers)):
            for reference in set_up.iterfind(tag(f"{kind}Reference")):
                into[attribute(reference, "type") or "default"] = self._running(reference.get(_REL_ID))
        hides = set_up.find(tag("titlePg"))
        return Section(
            width=_measure(size, "w"),
            height=_measure(size, "h"),
            margins={side: _measure(margins, side) for side in ("top", "bottom", "left", "right")},
            restarts_at=None if numbering is None else number(attribute(numbering, "start")),
            number_format=(attribute(numbering, "fmt") if numbering is not None else None) or "decimal",
            hides_first=hides is not None and attribute(hides, "val") not in ("0", "false", "off"),
            headers=headers,
            footers=footers,
        )

    def _running(self, relation: str | None) -> tuple[Para, ...]:
        target = self._targets.get(relation, "")
        root = self._part(target if target.startswith("word/") else f"word/{target}")
        return () if root is None else tuple(self._container(root, None, {}))

    def _container(self, element: Any, cell: Cell | None, inherited: Properties) -> Iterator[Para]:
        for child in element.iterchildren(tag("p"), tag("tbl"), tag("sdt")):
            if child.tag == tag("p"):
                yield self._paragraph(child, cell, inherited)
            elif child.tag == tag("tbl"):
                yield from self._table(child)
            else:
                for content in child.iterchildren(tag("sdtContent")):
                    yield from self._container(content, cell, inherited)

    def _table(self, table: Any) -> Iterator[Para]:
        self._tables += 1
        this, settings = self._tables, table.find(tag("tblPr"))
        named = settings.find(tag("tblStyle")) if settings is not None else None
        style = self._sheet.style(None if named is None else attribute(named, "val"), "table")
        own = style | table_properties(settings)
        margins = sum(own.get(f"cell_{side}", 108) for side in ("left", "right"))
        for row_place, row in enumerate(table.iterfind(tag("tr"))):
            for place, cell in enumerate(row.iterfind(tag("tc"))):
                width = _measure(cell.find(f"{tag('tcPr')}/{tag('tcW')}"), "w")
                ruled = own.get("borders", False) or _cell_ruled(cell)
                where = Cell(this, row_place, place, ruled, width - margins)
                yield from self._container(cell, where, style)

    def _paragraph(self, element: Any, cell: Cell | None, inherited: Properties) -> Para:
        self._counted += 1
        settings = element.find(tag("pPr"))
        named = settings.find(tag("pStyle")) if settings is not None else None
        style_id = None if named is None else attribute(named, "val")
        style = self._sheet.style(style_id)
        base = self._sheet.base | inherited | style
        # The rPr inside pPr formats the paragraph mark only, not the text.
        own = base | self._sheet.own(element)
        section = self._section_of(element)
        return Para(
            runs=tuple(self._runs(element, base)),
            align=own["jc"] or "left",
            first=own.get("first", 0),
            left=own.get("left", 0),
            before=own.get("before", 0),
            after=own.get("after", 0),
            line=own.get("line", 240),
            line_rule=own.get("rule", "auto"),
            lines=tuple(self._lines(element, own, cell, section)),
            cell=cell,
            section=section,
            has_page_number=_has_page_number(element),
            right=own.get("right", 0),
            number=self._counted,
            breaks=_breaks(element),
            topped=own.get("topped", False),
            mark=element.get(PARAGRAPH_MARK),
            style=style_id,
        )

    def _section_of(self, element: Any) -> int:
        body_child = element
        while body_child.getparent() is not None and body_child.getparent().tag != tag("body"):
            body_child = body_child.getparent()
        return self._section_starts.get(body_child, 0)

    def _runs(self, element: Any, base: Properties) -> Iterator[Run]:
        for run in element.iter(tag("r")):
            if (
                next(run.iterancestors(tag("p"))) is not element
                or next(run.iterancestors(FALLBACK), None) is not None
            ):
                continue
            text = "".join(_run_text(run))
            if not text:
                continue
            named = run.find(f"{tag('rPr')}/{tag('rStyle')}")
            style = {} if named is None else self._sheet.style(attribute(named, "val"), "character")
            own = base | style | self._sheet.own(run)
            yield Run(
                text=text.upper() if own.get("caps") else text,
                fonts=frozenset((own["ascii"], own["hAnsi"])),
                points=own["size"],
                bold=own.get("b", False),
                italic=own.get("i", False),
                color=own.get("color"),
                underlined=own.get("underlined", False),
            )

    def _lines(self, element: Any, own: Properties, cell: Cell | None, section: int) -> Iterator[int]:
        if own.get("ruled"):
            page = self._file.sections[section] if self._file.sections else None
            across = page.width - page.margins["left"] - page.margins["right"] if page else 0
            room = cell.room if cell else across
            yield room - own.get("left", 0) - own.get("right", 0)
        yield from shape_lines(element)


def _measure(element: Any | None, name: str) -> int:
    return 0 if element is None else number(attribute(element, name)) or 0


def _cell_ruled(cell: Any) -> bool:
    borders = cell.find(f"{tag('tcPr')}/{tag('tcBorders')}")
    return borders is not None and any(attribute(side, "val") not in ("nil", "none") for side in borders)


def _run_text(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == tag("t"):
            yield child.text or ""
        elif child.tag in (tag("tab"), tag("br"), tag("cr")):
            yield " "
        elif child.tag == tag("noBreakHyphen"):
            yield "-"


def _has_page_number(element: Any) -> bool:
    codes = [field.get(tag("instr")) or "" for field in element.iter(tag("fldSimple"))]
    codes.append("".join(code.text or "" for code in element.iter(tag("instrText"))))
    return any(re.search(r"\bPAGE\b", code) for code in codes)


def _breaks(element: Any) -> bool:
    """A page break set by hand, or one Word has noted where it ended the page."""
    set_by_hand = any(attribute(mark, "type") == "page" for mark in element.iter(tag("br")))
    return set_by_hand or next(element.iter(tag("lastRenderedPageBreak")), None) is not None
