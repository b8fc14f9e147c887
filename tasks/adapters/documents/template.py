"""A Word template compiled once: the placeholders of docxtpl, at the price of zipping the parts.

docxtpl prepares the XML (it joins placeholders Word has split into runs and lifts `{{p …}}` and `{%p …%}`
out of their paragraphs); the Jinja code made of it is kept for as long as the template's bytes stay the
same. Values are escaped, never compiled; a field nobody fills is refused before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from models.documents import Chart
from models.nd30 import COLUMNS
from tasks.adapters.documents.blocks import STYLE_NAMES, Styles
from tasks.adapters.documents.chart import LISTING, chart_part, part_name, with_charts
from tasks.adapters.documents.mark import CUSTOM_PART, with_mark, with_place
from tasks.adapters.documents.package import MAIN_PART, NotADocumentError, read_parts, write_packed
from tasks.adapters.documents.sections import PageSetup, page_setup, tag
from tasks.adapters.documents.template_places import where_broken, where_named
from tasks.adapters.documents.unbroken import unbroken
from tasks.adapters.packing import Packed, deflated

CORE_PART: Final = "docProps/core.xml"
# Filled by us at the end of the body; never written into a template by an office.
CLOSING: Final = "_phan_cuoi"
_STYLES_PART: Final = "word/styles.xml"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)
_DEFAULT_CELL_MARGIN: Final = 108
_DEFAULT_HALF_POINTS: Final = 28


class DocumentTemplateError(ValueError):
    """A Word template that cannot be used; the message names the template and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to be filled: `rooms` are the widths in twips that the fields' places have.

    `static` are the parts that are the same in every document, packed once.
    """

    name: str
    static: Mapping[str, Packed]
    dynamic: Mapping[str, Template]
    order: tuple[str, ...]
    styles: Styles
    points: Mapping[str, float]
    setup: PageSetup
    rooms: Mapping[str, int]
    custom: bytes | None = None
    """The part of its own properties, where the mark goes."""
    listing: Mapping[str, bytes] = field(default_factory=dict)
    """The parts that name all others, where charts are entered."""

    def fill(
        self, fields: Mapping[str, Any], core: bytes, mark: str = "", charts: Sequence[Chart] = ()
    ) -> bytes:
        """The .docx for these fields, under a mark it is known again by. Raises DocumentTemplateError where the template
        asks what is not there, or has no place for a chart.
        """
        made = {name: self._rendered(template, fields) for name, template in self.dynamic.items()}
        made[CORE_PART] = core
        if mark and self.custom is not None:
            made[CUSTOM_PART] = with_mark(self.custom, mark)
        drawn = {part_name(chart): chart_part(chart) for chart in charts}
        if drawn:
            made |= self._listed(charts) | drawn
        return write_packed(
            deflated(name, made[name]) if name in made else self.static[name]
            for name in (*self.order, *drawn)
        )

    def _listed(self, charts: Sequence[Chart]) -> dict[str, bytes]:
        try:
            return with_charts(self.listing, charts)
        except NotADocumentError as error:
            raise DocumentTemplateError(f"template {self.name}: {error}") from error

    def _rendered(self, template: Template, fields: Mapping[str, Any]) -> bytes:
        try:
            return unbroken(template.render(fields)).encode()
        except TemplateError as error:
            raise DocumentTemplateError(f"template {self.name}: {error}") from error


@lru_cache(maxsize=16)
def compile_template(
    name: str, data: bytes, texts: frozenset[str], lists: frozenset[str], blocks: frozenset[str]
) -> Compiled:
    """Compile the template once per content. The three sets are the fields it may use, by kind.

    Raises DocumentTemplateError: not a .docx, a style missing, an unknown field, a block field that does
    not stand alone in its paragraph, template code that does not parse.
    """
    try:
        parts = with_place(read_parts(data))
        body = _parsed(parts[MAIN_PART])
        style_sheet = _parsed(parts[_STYLES_PART])
    except (NotADocumentError, KeyError, etree.XMLSyntaxError) as error:
        raise DocumentTemplateError(f"template {name}: {error}") from error
    styles = _style_ids(name, style_sheet)
    setup, text = _with_closing(name, body)
    dynamic = {MAIN_PART: text} | {
        part: parts[part].decode()
        for part in parts
        if part.startswith(("word/header", "word/footer")) and part.endswith(".xml") and b"{" in parts[part]
    }
    known = {"text": texts, "list": lists, "block": blocks | {CLOSING}}
    return Compiled(
        name=name,
        static={
            part: deflated(part, content)
            for part, content in parts.items()
            if part not in dynamic and part != CORE_PART
        },
        dynamic={part: _compiled(name, source, known) for part, source in dynamic.items()},
        order=tuple(parts) if CORE_PART in parts else (*parts, CORE_PART),
        styles=styles,
        points=_style_points(style_sheet, styles),
        setup=setup,
        rooms={field: _room(body, field, setup.room) for field in texts | lists | blocks},
        custom=parts.get(CUSTOM_PART),
        listing={part: parts[part] for part in LISTING if part in parts},
    )


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, _PARSER)


def _style_ids(name: str, style_sheet: Any) -> dict[str, str]:
    # By name, not by id: LibreOffice and translated copies of Word give the ids anew when they save.
    ids = {}
    for style in style_sheet.iterfind(tag("style")):
        label = style.find(tag("name"))
        if label is not None:
            ids[label.get(tag("val")).lower()] = style.get(tag("styleId"))
    missing = [label for label in STYLE_NAMES.values() if label.lower() not in ids]
    if missing:
        raise DocumentTemplateError(
            f"template {name}: style “{missing[0]}” is missing from its list of styles"
        )
    return {key: ids[label.lower()] for key, label in STYLE_NAMES.items()}


def _style_points(style_sheet: Any, styles: Styles) -> dict[str, float]:
    elements = {style.get(tag("styleId")): style for style in style_sheet.iterfind(tag("style"))}
    return {key: _half_points(elements, style) / 2 for key, style in styles.items()}


def _half_points(elements: Mapping[str, Any], style: str | None) -> int:
    for _ in range(len(elements)):
        element = elements.get(style or "")
        if element is None:
            break
        size = element.find(f"{tag('rPr')}/{tag('sz')}")
        if size is not None:
            return int(size.get(tag("val")))
        based = element.find(tag("basedOn"))
        style = based.get(tag("val")) if based is not None else None
    return _DEFAULT_HALF_POINTS


def _with_closing(name: str, document: Any) -> tuple[PageSetup, str]:
    body = document.find(tag("body"))
    section = body.find(tag("sectPr")) if body is not None else None
    if body is None or section is None:
        raise DocumentTemplateError(f"template {name}: the page set-up at the end of the document is missing")
    try:
        setup = page_setup(section)
    except (TypeError, ValueError) as error:
        raise DocumentTemplateError(f"template {name}: {error}") from error
    body.remove(section)
    text = etree.tostring(document, encoding="unicode")
    body.append(section)
    before, end, after = text.rpartition("</w:body>")
    return setup, f"{before}{{{{ {CLOSING} }}}}{end}{after}"


def _compiled(name: str, source: str, known: Mapping[str, frozenset[str]]) -> Template:
    from docxtpl import DocxTemplate  # costs a third of a second; most commands write no document

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    patched = DocxTemplate.patch_xml(None, source)
    try:
        used = meta.find_undeclared_variables(environment.parse(patched))
        template = environment.from_string(patched)
    except TemplateError as error:
        where = where_broken(source, lambda code: _parses(environment, code))
        raise DocumentTemplateError(f"template {name}: {error.message}{where}") from error
    unknown = sorted(used - frozenset().union(*known.values()))
    if unknown:
        raise DocumentTemplateError(
            f"template {name}: unknown field “{unknown[0]}”{where_named(source, unknown[0])}"
        )
    _try(name, template, known)
    return template


def _parses(environment: SandboxedEnvironment, code: str) -> bool:
    try:
        environment.from_string(code)
    except TemplateError:
        return False
    return True


def _try(name: str, template: Template, known: Mapping[str, frozenset[str]]) -> None:
    # One rendering with stand-ins shows at compile time what would else be a damaged document later.
    fields: dict[str, Any] = dict.fromkeys(known["text"], "x") | dict.fromkeys(known["list"], ("x", "y"))
    fields |= {block: Markup('<w:p field="{}"/>').format(block) for block in known["block"]}
    try:
        tree = _parsed(template.render(fields).encode())
    except TemplateError as error:
        raise DocumentTemplateError(f"template {name}: {error}") from error
    except etree.XMLSyntaxError as error:
        raise DocumentTemplateError(f"template {name}: a placeholder breaks the document: {error}") from error
    for inserted in tree.iter(tag("p")):
        field = inserted.get("field")
        if field and inserted.getparent().tag not in (tag("body"), tag("tc")):
            raise DocumentTemplateError(
                f"template {name}: field “{field}” must stand alone in its paragraph, as {{{{p {field} }}}}"
            )


def _room(document: Any, field: str, text_room: int) -> int:
    for paragraph in document.iter(tag("p")):
        if field in "".join(paragraph.itertext(tag("t"))):
            cell = next(paragraph.iterancestors(tag("tc")), None)
            return text_room if cell is None else _cell_room(cell, text_room)
    return text_room


def _cell_room(cell: Any, text_room: int) -> int:
    width = cell.find(f"{tag('tcPr')}/{tag('tcW')}")
    if width is None or width.get(tag("type")) != "dxa":
        return round(text_room * COLUMNS[0])
    table = next(cell.iterancestors(tag("tbl")))
    return int(width.get(tag("w"))) - sum(_margin(table, side) for side in ("left", "right"))


def _margin(table: Any, side: str) -> int:
    margin = table.find(f"{tag('tblPr')}/{tag('tblCellMar')}/{tag(side)}")
    return _DEFAULT_CELL_MARGIN if margin is None else int(margin.get(tag("w")))
