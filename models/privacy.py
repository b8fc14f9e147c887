"""Does a workbook hold a list of people? Forms ask for counts; a list of children is neither needed nor kept.

Seen: a column headed as names beside one of birth days, numbers or addresses; and rows, or lines of a text, that each
pair a person's name with a birth day or an identity number. Nothing found is repeated in what is said about it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from models.finding import Finding
from models.legacy_text import from_tcvn3, from_vni
from models.reading import RawGrid, RawValue
from models.text import nfc
from models.texts_in import clean_text

PERSONAL_DATA = "personal_data"
_MANY = 3
"""From so many rows on, names beside birth days are a list."""

_NAME = r"(?:h[ọo]\s*(?:v[àa]|,|&)?\s*t[êe]n|tên\s+(?:trẻ|cháu|em|con|học sinh|đối tượng)|danh sách (?:trẻ|cháu|học sinh))"
_NUMBER = (
    r"(?:(?:số|mã)\s*(?:thẻ\s*)?(?:định danh|cccd|cmnd|căn cước|bhyt|bảo hiểm y tế)|cccd|cmnd|căn cước|bhyt"
    r"|thẻ (?:bhyt|bảo hiểm y tế)|định danh cá nhân|giấy khai sinh)"
)
# Without its marks "năm sinh" would be male pupils.
_BIRTH = (
    r"(?:ng[àa]y[\s,/.–-]*(?:th[áa]ng[\s,/.–-]*)?(?:n[ăa]m\s*)?sinh|(?:tháng[\s,/.–-]*)?năm sinh|sinh ngày)"
)
_PLACE = r"(?:địa chỉ|thôn\b|ấp\b|bản\b|xóm\b|nơi (?:ở|cư trú|thường trú)|hộ khẩu|(?:họ tên )?(?:cha|bố|mẹ)\b|người giám hộ|giới tính|dân tộc)"
_LIKE_NAME = re.compile(rf"^\W*{_NAME}", re.IGNORECASE)
_LIKE_NUMBER = re.compile(rf"^\W*{_NUMBER}", re.IGNORECASE)
_LIKE_BIRTH = re.compile(rf"^\W*{_BIRTH}", re.IGNORECASE)
_LIKE_PLACE = re.compile(rf"^\W*{_PLACE}", re.IGNORECASE)
_ASKS = re.compile(rf"^\W*(?:{_NAME}|{_NUMBER}|{_BIRTH})", re.IGNORECASE)

_DAY = r"(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d)"
_ID = r"(?:0\d\d(?: ?\d{3}){3}|[A-Z]{2}[ -]?\d{13})"
_LEAST_ID = 10**9
"""A number this large under the heading of identity numbers is one, its first noughts lost."""
_BIRTH_DAY = re.compile(
    rf"\s*(?:{_DAY}|\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d\d|(?:19|20)\d\d-\d{{1,2}}-\d{{1,2}})"
    r"(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?)?\s*"
)
_IDENTITY = re.compile(rf"\s*{_ID}\s*")
# In a font of before Unicode these words are written with other letters; here it is enough to know how they begin.
_OLD = (
    "h(?:ä|oï)|t(?:ª|eâ)n|(?:sinh )?ng(?:µ|aø)y|th(?:¸|aù)ng|n(?:¨|aê)m|s(?:è|oá)|m(?:·|aõ)|th(?:Î|eû)|gi(?:Ê|aá)y"
    "|®Þnh|ñònh|c(?:¨|aê)n|danh s(?:¸|aù)ch"
)
_HEADING = re.compile(rf"\n\W*(?:{_NAME}|{_NUMBER}|{_BIRTH}|{_OLD})", re.IGNORECASE)
_OLD_LETTERS = re.compile("[¡-¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ]")
# For one look over all the words, they are drawn in outline: every figure a 0, every mark of a day a /, no blanks. A letter
# outside ASCII becomes a 0 as well; there are never so many of them together that it would matter.
_OUTLINE = bytes.maketrans(b"123456789?.-", b"0000000000//")
_BLANKS = b" \t\n\v\f\r\x1c\x1d\x1e\x1f:"
_SIGNS = [
    re.compile(sign)
    for sign in (
        rb"/0+/00",
        rb"0000/0+/0",
        b"0" * 12,
        *(word + rb"0*(?:ng?a?0[my]0*){0,2}0000" for word in (b"sinh", b"SN", b"sn")),
    )
]
"""Every row that pairs a name, and every person in a text, has one of these, or a day in a cell of its own."""
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Mai|Tạ|Cao|Hà|Lương|Lưu|"
    "Triệu|Nông|Vi|Lò|Quàng|Giàng|Ma|Sùng|Vàng|Thào|Lâm|Châu|Đoàn|Phùng|Quách|Tô|Tống|Trịnh|Chu|Đào|Đàm|Hứa|La|Kiều|"
    "Thái|Tăng|Văn|Viên|Blúp|Lô|Lương|Cà|Bế|Hầu|Thạch|Kim|Danh|Sơn|Trà"
)
_UPPER = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_TITLED = re.compile(rf"\s*(?:\d+[.)]\s*)?{_WORD}(?:\s+{_WORD}){{1,5}}\s*")
_PERSON = re.compile(rf"\s*(?:\d+[.)]\s*)?(?:{_SURNAMES}|{_SURNAMES.upper()})(?:\s+{_WORD}){{1,4}}\s*")
_IN_TEXT = re.compile(
    rf"\b(?:{_SURNAMES})(?:\s+{_WORD}){{1,4}}\s*[,;:(–-]*\s*"
    rf"(?:(?:sinh(?:\s+(?:ngày|năm))?|SN|sn)\s*:?\s*(?:{_DAY}|(?:19|20)\d\d)|{_DAY}|(?:[^\W\d]+\s*){{0,3}}:?\s*{_ID})"
)


def asks_for_people(label: str) -> bool:
    """Does the heading of a column or the label of a line ask who, rather than how many?"""
    return bool(_ASKS.search(nfc(label)))


def people_lists(grids: Sequence[RawGrid]) -> tuple[Finding, ...]:
    """One error for each sheet that looks like a list of people; empty for a form filled in as it should be."""
    return tuple(_said(grid.sheet) for grid in grids if _is_suspect(grid) and _holds_list(grid))


def _said(sheet: str) -> Finding:
    message = (
        f"Sheet “{sheet}” có danh sách cá nhân (họ tên kèm ngày sinh, số định danh hoặc địa chỉ). Báo cáo chỉ cần số lượng. "
        "Để bảo vệ thông tin của trẻ em, tệp này không được nhận và không được lưu lại. Đề nghị xóa danh sách, chỉ giữ số "
        "lượng rồi gửi lại; không gửi danh sách qua thư."
    )
    return Finding(sheet, "", message, "error", PERSONAL_DATA)


def _is_suspect(grid: RawGrid) -> bool:
    """One look over all the words: most forms hold nothing that a list must have, whichever way it is found below."""
    cells = [*chain.from_iterable(grid.rows)]
    if any(issubclass(kind, date) for kind in set(map(type, cells))):
        return True
    text = "\n" + _seen("\n".join([value for value in cells if value and isinstance(value, str)]))
    if _HEADING.search(text):
        return True
    outline = text.encode("ascii", "replace").translate(_OUTLINE, _BLANKS)
    return sum(len(sign.findall(outline)) for sign in _SIGNS) >= _MANY


def _holds_list(grid: RawGrid) -> bool:
    rows = [[_seen(value) if isinstance(value, str) else value for value in row] for row in grid.rows]
    if _is_list(rows):
        return True
    if not any(isinstance(value, str) and _OLD_LETTERS.search(value) for row in rows for value in row):
        return False
    return any(
        _is_list([[turned(value) if isinstance(value, str) else value for value in row] for row in rows])
        for turned in (from_tcvn3, from_vni)
    )


def _seen(text: str) -> str:
    """The text without what nobody sees: inside a word that would hide it."""
    return nfc(text) if text.replace("\n", " ").isprintable() else clean_text(text)


def _is_list(rows: Sequence[Sequence[RawValue]]) -> bool:
    if any(_heads_list(rows, at) for at in range(len(rows))):
        return True
    if sum(_pairs(row) for row in rows) >= _MANY:
        return True
    texts = (value for row in rows for value in row if isinstance(value, str))
    return sum(len(_IN_TEXT.findall(text)) for text in texts) >= _MANY


def _heads_list(rows: Sequence[Sequence[RawValue]], at: int) -> bool:
    """Is this row the head of a list: a column of names and one that tells who they are, and something below?"""
    heads = [(column, value) for column, value in enumerate(rows[at]) if isinstance(value, str) and value]
    names = [column for column, value in heads if len(value) < 60 and _LIKE_NAME.match(value)]
    numbers = [column for column, value in heads if len(value) < 60 and _LIKE_NUMBER.match(value)]
    births = [column for column, value in heads if len(value) < 60 and _LIKE_BIRTH.match(value)]
    places = [column for column, value in heads if len(value) < 60 and _LIKE_PLACE.match(value)]
    below = rows[at + 1 : at + 60]
    if any(_filled_keys(below, column) for column in (*numbers, *births)):
        return True
    if any(_filled_numbers(below, column) for column in numbers):
        return True
    if names and (numbers or births or any(column not in names for column in places)):
        return any(_filled_names(below, column) for column in names)
    return any(sum(1 for _ in _persons(below, column)) >= _MANY for column in names)


def _filled_names(rows: Sequence[Sequence[RawValue]], column: int) -> bool:
    return any(isinstance(v := _at(row, column), str) and bool(_TITLED.fullmatch(v)) for row in rows)


def _filled_keys(rows: Sequence[Sequence[RawValue]], column: int) -> bool:
    return any(_is_key(_at(row, column)) for row in rows)


def _filled_numbers(rows: Sequence[Sequence[RawValue]], column: int) -> bool:
    found = (_at(row, column) for row in rows)
    return any(isinstance(v, int | float) and v >= _LEAST_ID for v in found)


def _persons(rows: Sequence[Sequence[RawValue]], column: int) -> Iterator[str]:
    for row in rows:
        value = _at(row, column)
        if isinstance(value, str) and _PERSON.fullmatch(value):
            yield value


def _at(row: Sequence[RawValue], column: int) -> RawValue:
    return row[column] if column < len(row) else ""


def _pairs(row: Sequence[RawValue]) -> bool:
    """A person's name, and beside it a birth day or an identity number."""
    texts = [value for value in row if isinstance(value, str)]
    if any(_IDENTITY.fullmatch(text) for text in texts):
        return any(_TITLED.fullmatch(text) for text in texts)
    return any(_is_key(value) for value in row) and any(_PERSON.fullmatch(text) for text in texts)


def _is_key(value: RawValue) -> bool:
    if isinstance(value, str):
        return bool(_BIRTH_DAY.fullmatch(value) or _IDENTITY.fullmatch(value))
    return isinstance(value, date)
