"""Ô 10, 11 and 13: urgency, secrecy, circulation; the address line. Phụ lục I, mục III.

Marks in a drawn frame (a text box) or a picture are not seen.
"""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import ADDRESS_LINE_PT, MARK_PT, URGENCY_MARKS
from models.text import fold
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import Check, Finding, capitals, excerpt, sized, styled
from tasks.adapters.documents.word_view import Para

_ADDRESS: Final = re.compile(r"\b(địa chỉ|điện thoại|đt|e-?mail|thư điện tử|website|fax)\s*:", re.IGNORECASE)
_HEX_COLOR: Final = re.compile(r"[0-9A-Fa-f]{6}")
_URGENT: Final = frozenset(map(fold, URGENCY_MARKS))
# Bright red, as the ink of the stamp: much red, little else.
_RED_LEAST, _OTHERS_MOST = 0xC0, 0x50
_FULL: Final = 0.9


def mark_color(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.marks:
        wrong = (
            next((run.color for run in para.inked if not _is_red(run.color)), "") if _is_urgent(para) else ""
        )
        if wrong != "":
            yield Finding("mark.color", excerpt(para), f"màu {wrong or 'đen'}", "màu đỏ tươi")


def _is_urgent(para: Para) -> bool:
    return fold(para.text) in _URGENT


def _is_red(color: str | None) -> bool:
    if color is None or not _HEX_COLOR.fullmatch(color):
        return False
    red, green, blue = bytes.fromhex(color)
    return red >= _RED_LEAST and max(green, blue) <= _OTHERS_MOST


def address_lines(parts: Anatomy) -> list[Para]:
    return [para for para in _first_footer(parts) if _ADDRESS.search(para.text)]


def _first_footer(parts: Anatomy) -> tuple[Para, ...]:
    first = parts.sections[0]
    return first.footers.get("first" if first.hides_first else "default", ())


def address_ruled(parts: Anatomy) -> Iterator[Finding]:
    found = address_lines(parts)
    if not found:
        return
    section = parts.sections[0]
    room = section.width - section.margins["left"] - section.margins["right"]
    drawn = [line for para in _first_footer(parts) for line in para.lines]
    if not found[0].topped and not any(line >= room * _FULL for line in drawn):
        yield Finding(
            "address.line", excerpt(found[0]), "không có đường kẻ", "đường kẻ hết chiều ngang bên trên"
        )


MARK_RULES: Final[tuple[Check, ...]] = (
    capitals("mark.case", lambda parts: parts.marks),
    sized("mark.size", lambda parts: parts.marks, MARK_PT),
    styled("mark.style", lambda parts: parts.marks, bold=True, italic=False),
    mark_color,
    sized("address.size", address_lines, ADDRESS_LINE_PT),
    styled("address.style", address_lines, italic=False),
    address_ruled,
)
