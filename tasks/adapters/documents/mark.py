"""A property inside a .docx by which it is known again after it was changed: `dondoc`, the hash of the inputs it was made
from. Word and LibreOffice keep such properties when they save.
"""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from tasks.adapters.documents.package import NotADocumentError, read_parts

CUSTOM_PART: Final = "docProps/custom.xml"
_NAME: Final = "dondoc"
_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"></Properties>'
)
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def with_place(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with a place for the property; one that an office's own properties have already is used."""
    if CUSTOM_PART in parts:
        return dict(parts)
    types = f'<Override PartName="/{CUSTOM_PART}" ContentType="{_CONTENT_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdDondoc" Type="{_RELATION}" Target="{CUSTOM_PART}"/></Relationships>'
    made = dict(parts)
    for name, end, added in (
        ("[Content_Types].xml", "</Types>", types),
        ("_rels/.rels", "</Relationships>", relation),
    ):
        before, found, after = made.get(name, b"").decode().rpartition(end)
        if not found:
            return dict(parts)  # written in some other way: then documents of this template carry no mark
        made[name] = f"{before}{added}{after}".encode()
    return made | {CUSTOM_PART: _EMPTY.encode()}


def with_mark(custom: bytes, mark: str) -> bytes:
    """The property part with the mark, which is a hash: nothing to escape. Without a mark as it was."""
    if not mark:
        return custom
    root = etree.fromstring(custom, _PARSER)
    for old in root.findall(f"{{{_PROPERTIES}}}property"):
        if old.get("name") == _NAME:
            root.remove(old)
    ids = [int(each.get("pid", "1")) for each in root.findall(f"{{{_PROPERTIES}}}property")]
    own = {"fmtid": _FORMAT_ID, "pid": str(max(ids, default=1) + 1), "name": _NAME}
    made = etree.SubElement(root, f"{{{_PROPERTIES}}}property", own)
    etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = mark
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def mark_of(data: bytes) -> str:
    """The mark of a .docx, "" where it has none. NotADocumentError where it is no .docx."""
    custom = read_parts(data).get(CUSTOM_PART)
    if custom is None:
        return ""
    try:
        root = etree.fromstring(custom, _PARSER)
    except etree.XMLSyntaxError:
        return ""
    found = [each for each in root.iter(f"{{{_PROPERTIES}}}property") if each.get("name") == _NAME]
    return "".join(str(text) for text in found[0].itertext()).strip() if found else ""


__all__ = ["CUSTOM_PART", "NotADocumentError", "mark_of", "with_mark", "with_place"]
