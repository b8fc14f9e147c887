"""Ô 3 and 4: number and symbol, place and date. Phụ lục I, mục II.3 and II.4."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import Final

from models.nd30 import NUMBER_PT, PLACE_DATE_PT, TYPE_SYMBOLS
from models.text import fold
from tasks.adapters.documents.anatomy import TYPE_NAMES, Anatomy
from tasks.adapters.documents.rule_kit import Check, Finding, middled, present, sized, styled

_BLANK: Final = r"[\s.…_]*"
_SYMBOL: Final = re.compile(rf"Số: ?({_BLANK}|\d+[a-z]?)/([^\s/]+)")
_PLACE: Final = re.compile(rf"(.*?)(,?)\s*ngày ?({_BLANK}|\d+) ?tháng ?({_BLANK}|\d+) ?năm ?({_BLANK}|\d+)")
_SHORTENED: Final = re.compile(r"(?:TP|T\.P|TX|TT|Q|H|P)\.|(?:TP|TX|TT) ", re.IGNORECASE)
# Any leap year: with the year still open, 29 February may be right.
_SOME_YEAR: Final = 2024
# So many letters in common with the agency's initials are no chance.
_OWN_INITIALS: Final = 3


def number_form(parts: Anatomy) -> Iterator[Finding]:
    if parts.number is None:
        return
    match = _SYMBOL.fullmatch(parts.number.text)
    if match is None:
        yield Finding("number.form", "số, ký hiệu", parts.number.text, "Số: 07/BC-… (không cách chữ)")
    elif match[1].isdigit() and len(match[1]) == 1:
        yield Finding("number.zero", "số, ký hiệu", match[1], f"0{match[1]}")


def number_type(parts: Anatomy) -> Iterator[Finding]:
    match = _SYMBOL.fullmatch(parts.number.text) if parts.number else None
    if match is None:
        return
    if parts.type_name is None:
        yield from _letter_symbol(parts, match[2])
        return
    name = TYPE_NAMES.get(fold(parts.type_name.text))
    symbol = TYPE_SYMBOLS.get(name or "")
    if symbol is not None and symbol not in re.split(r"[-/]", match[2]):
        yield Finding("number.type", "số, ký hiệu", match[2], f"{symbol}-…")


def _letter_symbol(parts: Anatomy, symbol: str) -> Iterator[Finding]:
    """A công văn bears no type. An office may be called BC or KH; `BC-<the issuer>` can only be a type."""
    first, _, second = symbol.partition("-")
    agency = " ".join(para.text for para in parts.agency).split()
    own = (_bare(word[0]) for word in agency if word[0].isalpha())
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(map(_bare, second), own, strict=False))
    )
    if parts.letter_subject and first in TYPE_SYMBOLS.values() and shared >= _OWN_INITIALS:
        yield Finding("number.letter", "số, ký hiệu", symbol, "công văn không ghi ký hiệu tên loại")


def _bare(letter: str) -> str:
    """A capital without its marks, as an abbreviation has it: Ủy ban is UB."""
    return unicodedata.normalize("NFD", letter)[0].upper()


def place_form(parts: Anatomy) -> Iterator[Finding]:
    match = _PLACE.fullmatch(parts.place_date.text) if parts.place_date else None
    if parts.place_date is None:
        return
    if match is None or not match[1].strip() or not match[2]:
        yield Finding(
            "place.form", "địa danh, thời gian", parts.place_date.text, "Địa danh, ngày … tháng … năm …"
        )
        return
    if _SHORTENED.match(match[1]):
        yield Finding("place.name", "địa danh, thời gian", match[1], "địa danh không viết tắt")
    day, month = match[3], match[4]
    if (day.isdigit() and len(day) == 1) or month in ("1", "2"):
        yield Finding(
            "place.zero", "địa danh, thời gian", f"{day}/{month}", "thêm số 0 trước ngày 1–9, tháng 1, 2"
        )
    elif month.isdigit() and len(month) > 1 and month[0] == "0" and int(month) > 2:
        yield Finding("place.zero", "địa danh, thời gian", f"tháng {month}", f"tháng {int(month)}")
    if day.isdigit() and month.isdigit() and not _is_day(day, month, match[5]):
        yield Finding("place.date", "địa danh, thời gian", f"ngày {day} tháng {month}", "ngày có trong lịch")


def _is_day(day: str, month: str, year: str) -> bool:
    try:
        date(int(year) if year.isdigit() else _SOME_YEAR, int(month), int(day))
    except (ValueError, OverflowError):
        return False
    return True


def place_level(parts: Anatomy) -> Iterator[Finding]:
    if parts.place_date is None or parts.number is None:
        return
    place, number = parts.place_date.cell, parts.number.cell
    if place and number and (place.table, place.row) != (number.table, number.row):
        yield Finding("place.level", "địa danh, thời gian", "khác dòng", "cùng dòng với số, ký hiệu")


NUMBER_RULES: Final[tuple[Check, ...]] = (
    present("number.text", lambda parts: (parts.number,), "Số: …/…"),
    number_form,
    number_type,
    sized("number.size", lambda parts: (parts.number,), NUMBER_PT),
    styled("number.style", lambda parts: (parts.number,), bold=False, italic=False),
    middled("number.centre", lambda parts: (parts.number,), "tên cơ quan ban hành"),
    present("place.text", lambda parts: (parts.place_date,), "Địa danh, ngày … tháng … năm …"),
    place_form,
    place_level,
    sized("place.size", lambda parts: (parts.place_date,), PLACE_DATE_PT),
    styled("place.style", lambda parts: (parts.place_date,), italic=True),
    middled("place.centre", lambda parts: (parts.place_date,), "quốc hiệu và tiêu ngữ"),
)
