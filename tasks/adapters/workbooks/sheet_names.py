"""Which part of an .xlsx package is the sheet of which name."""

import re
from collections.abc import Mapping
from functools import cache

from lxml import etree

# As Excel, LibreOffice and the usual libraries write them. Anything else is read by a parser.
_SHEET = re.compile(rb'<sheet name="([^"&]*)" sheetId="[0-9]+"(?: state="[a-zA-Z]+")? r:id="(\w+)"/>')
_ANY_SHEET = re.compile(rb"sheet\s")
_LINK = re.compile(rb'<Relationship Id="(\w+)" Type="[^"<>]*" Target="([^"&]*)"/>')
_ANY_LINK = re.compile(rb"Relationship\s")


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name → part; what is put together in an unusual way is left out."""
    book, links = parts.get("xl/workbook.xml", b""), parts.get("xl/_rels/workbook.xml.rels", b"")
    sheets, targets = _SHEET.findall(book), dict(_LINK.findall(links))
    if not sheets or len(sheets) != len(_ANY_SHEET.findall(book)) or b"<!" in book:
        return _parsed(book, links)
    if not targets or len(targets) != len(_ANY_LINK.findall(links)) or b"<!" in links:
        return _parsed(book, links)
    return {_text(name): _path(_text(targets.get(link, b""))) for name, link in sheets}


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _parsed(book: bytes, links: bytes) -> dict[str, str]:
    try:
        sheets = etree.fromstring(book, xml_parser()).iter("{*}sheet")
        targets = {link.get("Id"): link.get("Target") or "" for link in etree.fromstring(links, xml_parser())}
    except etree.XMLSyntaxError:
        return {}
    found = {}
    for sheet in sheets:
        wanted = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        found[sheet.get("name") or ""] = _path(targets.get(wanted, ""))
    return found


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"


@cache
def xml_parser() -> etree.XMLParser:
    """Resolves no entities and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
