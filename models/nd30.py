"""The measurable rules of Nghị định 30/2020/NĐ-CP on the form of administrative documents.

Source of every figure: the decree's Phụ lục I (page, components), Phụ lục III (type symbols) and Điều 7,
as set out in the domain handbook §4. Lengths on the page are in millimetres, sizes of type in points.
What the decree gives only as a drawing (the ratio of the two columns) is marked as our choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Span:
    """A closed interval a measured value must lie in."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        low, high = (f"{end:g}".replace(".", ",") for end in (self.low, self.high))
        return low if low == high else f"{low}–{high}"


# Phụ lục I, mục I: paper, margins, type.
PAPER_MM: Final = (210.0, 297.0)
MARGINS_MM: Final = {
    "top": Span(20, 25),
    "bottom": Span(20, 25),
    "left": Span(30, 35),
    "right": Span(15, 20),
}
FONT: Final = "Times New Roman"
PAGE_NUMBER_PT: Final = Span(13, 14)

# Phụ lục I, mục II: the components, by their ô.
NATIONAL_TITLE: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
NATIONAL_TITLE_PT: Final = Span(12, 13)
MOTTO_PT: Final = Span(13, 14)
AGENCY_PT: Final = Span(12, 13)
NUMBER_PT: Final = Span(13, 13)
PLACE_DATE_PT: Final = Span(13, 14)
TITLE_PT: Final = Span(13, 14)
LETTER_SUBJECT_PT: Final = Span(12, 13)
BODY_PT: Final = Span(13, 14)
SIGNATURE_PT: Final = Span(13, 14)
ADDRESSEE_PT: Final = Span(13, 14)
RECIPIENTS_TITLE_PT: Final = Span(12, 12)
RECIPIENTS_PT: Final = Span(11, 11)
APPENDIX_PT: Final = Span(14, 14)
APPENDIX_TITLE_PT: Final = Span(13, 14)

LEVEL_PT: Final = Span(13, 14)
MARK_PT: Final = Span(13, 14)
ADDRESS_LINE_PT: Final = Span(11, 12)

# Ô 10b, 10a and 11: what a document bears of urgency, secrecy and circulation.
URGENCY_MARKS: Final = ("HỎA TỐC", "HỎA TỐC HẸN GIỜ", "THƯỢNG KHẨN", "KHẨN")
OTHER_MARKS: Final = (
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "XEM XONG TRẢ LẠI",
    "LƯU HÀNH NỘI BỘ",
    "XONG HỘI NGHỊ TRẢ LẠI",
)

# Lengths of the drawn lines, as a share of the text they stand under.
MOTTO_LINE: Final = Span(1, 1)
SHORT_LINE: Final = Span(1 / 3, 1 / 2)

# Ô 6: the body.
FIRST_LINE_MM: Final = (10.0, 12.7)
PARAGRAPH_GAP_PT: Final = 6.0
LINE_SPACING: Final = Span(1, 1.5)
ENDING: Final = "./."

# Two-column tables at head and tail. The decree prints a drawing only; the ratio is our choice.
COLUMNS: Final = (0.4, 0.6)

# Điều 7 and Phụ lục III: type → its abbreviation in the symbol. Công văn has none.
TYPE_SYMBOLS: Final = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}

CITED: Final = r"\d+[a-z]?(?:/\d{4})?/[A-ZĐ][^\W\d_]*(?:-[A-ZĐ][^\W\d_]*)+"
"""The number of a document in running text, `588/KH-UBND` or `30/2020/NĐ-CP`: a regular expression."""

# Mục II.9: only Tờ trình, Báo cáo and Công văn open with Kính gửi. These never do; of the printed forms (giấy, phiếu)
# the decree's own specimens differ, so they are not listed.
TYPES_WITHOUT_ADDRESSEES: Final = frozenset(
    {
        "Nghị quyết",
        "Quyết định",
        "Chỉ thị",
        "Quy chế",
        "Quy định",
        "Thông cáo",
        "Thông báo",
        "Hướng dẫn",
        "Chương trình",
        "Kế hoạch",
        "Phương án",
        "Đề án",
        "Dự án",
        "Biên bản",
        "Hợp đồng",
    }
)

# Điểm are lettered in the Vietnamese alphabet, which has đ and no f, j, w, z.
POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"

# Mục II.7: a signer's name carries no academic or honorary title.
ACADEMIC_TITLES: Final = ("GS.", "PGS.", "TS.", "ThS.", "Ths.", "CN.", "KS.", "BS.", "NGƯT.", "NGND.")


def roman(number: int) -> str:
    """1 → `I`, 4 → `IV`; for headings and appendices. Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"a Roman number starts at I, not {number}")
    steps = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    parts = []
    for value, sign in steps:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def point_letter(number: int) -> str:
    """1 → `a`, 5 → `đ`, 24 → `aa`. Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"a point starts at a, not {number}")
    rounds, place = divmod(number - 1, len(POINT_LETTERS))
    return POINT_LETTERS[place] * (rounds + 1)


def heading_numbers(levels: Iterator[int]) -> Iterator[str]:
    """`I.`, `1.`, `a)` for headings of level 1, 2, 3 in reading order; each level restarts under a higher one."""
    counts = [0, 0, 0]
    for level in levels:
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        count = counts[level - 1]
        yield (f"{roman(count)}.", f"{count}.", f"{point_letter(count)})")[level - 1]


def document_number(number: str | None, symbol: str) -> str:
    """`Số: 07/BC-SLĐTBXH`; without a number room is left to write it in after signing (Điều 15)."""
    if number is None:
        return f"Số:       /{symbol}"
    padded = number.zfill(2) if number.isdigit() else number
    return f"Số: {padded}/{symbol}"
