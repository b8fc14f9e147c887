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
    """Sheet name → part, both as the reader finds them; what is put together in an unusual way is left out."""
    book, links = parts.get("xl/workbook.xml", b""), parts.get("xl/_rels/workbook.xml.rels", b"")
    sheets, targets = _SHEET.findall(book), dict(_LINK.findall(links))
    if not sheets or len(sheets) != len(_ANY_SHEET.findall(book)) or _says_more(book):
        return _parsed(book, links)
    if not targets or len(targets) != len(_ANY_LINK.findall(links)) or _says_more(links):
        return _parsed(book, links)
    # Of two of one name the reader takes the first.
    return {_text(name): _path(_text(targets.get(link, b""))) for name, link in reversed(sheets)}


def _says_more(part: bytes) -> bool:
    """Is there anything in it but elements, which may look like one?"""
    return b"<!" in part or part.count(b"<?") > 1


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _parsed(book: bytes, links: bytes) -> dict[str, str]:
    try:
        sheets = etree.fromstring(book, xml_parser()).iter("{*}sheet")
        targets = {link.get("Id"): link.get("Target") or "" for link in etree.fromstring(links, xml_parser())}
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for sheet in sheets:
        wanted = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        found.setdefault(sheet.get("name") or "", _path(targets.get(wanted, "")))
    return found


def _path(target: str) -> str:
    return (target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}").lower()


@cache
def xml_parser() -> etree.XMLParser:
    """Resolves no entities and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
