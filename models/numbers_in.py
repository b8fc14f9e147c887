"""Numbers as Vietnamese offices type them (domain handbook §7): read where one reading exists, else asked.

`1.234.567`, `1 234`, `1234,5`, `1.355,90`, `63,64%`, `500.000 đồng` have one reading. `1,234` and `1.5` have
two, `không` and `-` are words: the officer is asked, nothing is guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from models.text import fold, number
from models.texts_in import clean_text

# Spreadsheets keep 15 significant digits; beyond, what is stored is no longer what was typed.
LARGEST = Decimal(10) ** 15

_ZERO_WORDS = {"không", "khong", "không có", "khong co", "ko", "k", "không phát sinh"}
_BLANK_MARKS = {"-", "--", "---", "x", "n/a", "na", "?", "…", "...", "."}
_MONEY = {
    "đồng": "đồng", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "dong": "đồng",
    "nghìn đồng": "nghìn đồng", "ngàn đồng": "nghìn đồng", "nghìn": "nghìn đồng", "ngàn": "nghìn đồng",
    "triệu đồng": "triệu đồng", "triệu": "triệu đồng", "tr": "triệu đồng", "trđ": "triệu đồng",
    "tr.đ": "triệu đồng", "tr đồng": "triệu đồng",
    "tỷ đồng": "tỷ đồng", "tỉ đồng": "tỷ đồng", "tỷ": "tỷ đồng", "tỉ": "tỷ đồng",
}  # fmt: skip

# Dashes for a minus, and the full-width figures of an East Asian keyboard.
_TYPED_WIDE = {0x2212: "-", 0x2013: "-", 0x2014: "-"} | {
    0xFEE0 + ord(letter): letter for letter in "0123456789.,-+%"
}
_PLAIN = re.compile(r"\d+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d+", re.ASCII)
_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_SPACES = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?", re.ASCII)
_ENGLISH_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+", re.ASCII)
_ONE_DOT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_ONE_COMMA_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_ONE_DOT = re.compile(r"\d+\.\d+", re.ASCII)
_RANGE = re.compile(r"[\d.,]+ ?(?:-|đến) ?[\d.,]+(?: ?[^\d]+)?", re.ASCII)
_WITH_UNIT = re.compile(r"(?P<digits>[-+]?\d[\d., ]*?) ?(?P<unit>%|[^\d\s%.,][^\d%]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text is not taken as a number; `reason` completes a Vietnamese sentence, `offers` are choices."""

    rule: str
    reason: str
    offers: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    """What each of the offers comes to, in their order; an offer beyond them is no number."""


def read_number(text: str, kind: str, unit_of_measure: str) -> Decimal | Unclear:
    """The one number the text means in a line of this kind and unit, or why there is not exactly one.

    A percentage comes back as a fraction for kind `ratio` (`63,64%` → 0.6364), and as the figure before the
    sign where the line's own unit is % (→ 63.64).
    """
    typed = clean_text(text).translate(_TYPED_WIDE)
    folded = fold(typed)
    if folded in _ZERO_WORDS:
        return Unclear("word_for_zero", "nếu số liệu bằng không, đề nghị ghi số 0", ("0",), (Decimal(0),))
    if folded in _BLANK_MARKS:
        return Unclear(
            "mark_for_blank",
            "nếu không có thì ghi số 0, nếu chưa có số liệu thì bổ sung",
            ("0", ""),
            (Decimal(0),),
        )
    if _RANGE.fullmatch(folded):
        return Unclear("range", "đề nghị ghi một số, phần giải thích ghi ở cột “Ghi chú”")
    digits, unit = typed, ""
    if found := _WITH_UNIT.fullmatch(typed):
        digits, unit = found["digits"].strip(), found["unit"].strip().rstrip(". ")
    value = _read_digits(digits, kind)
    if not unit or (isinstance(value, Unclear) and not value.offers):
        return _as_share(value, kind, has_sign=False)
    if unit == "%":
        return value if isinstance(value, Unclear) else _read_percent(value, kind, unit_of_measure)
    return _check_unit(value, unit, unit_of_measure)


def _read_percent(value: Decimal, kind: str, unit_of_measure: str) -> Decimal | Unclear:
    if kind == "ratio":
        return _as_share(value, kind, has_sign=True)
    if unit_of_measure.strip() == "%":
        return value
    return Unclear(
        "percent_not_asked",
        f"dòng này tính bằng “{unit_of_measure}”, không phải phần trăm; đề nghị ghi số lượng",
    )


def _as_share(value: Decimal | Unclear, kind: str, *, has_sign: bool) -> Decimal | Unclear:
    if isinstance(value, Unclear) or kind != "ratio":
        return value
    if has_sign:
        return value / 100
    # 63,64 in a cell for a share may mean 63,64% and 0,5 may mean a half or half a percent.
    readings = (value / 100, *((value,) if value <= 1 else ()))
    offers = tuple(f"{number(reading * 100)}%" for reading in readings)
    meant = f"có thể hiểu là {' hoặc '.join(offers)}; đề nghị ghi kèm dấu %"
    return Unclear("percent_sign_missing", meant, offers, readings)


def _check_unit(value: Decimal | Unclear, unit: str, unit_of_measure: str) -> Decimal | Unclear:
    """Another unit is asked about before two readings are: one that is confirmed would be taken without it."""
    meant, asked = fold(unit), fold(unit_of_measure)
    if meant == asked or _MONEY.get(meant, meant) == _MONEY.get(asked, asked):
        return value
    return Unclear(
        "other_unit",
        f"dòng này tính bằng “{unit_of_measure}”, ô lại ghi “{unit}”; đề nghị quy đổi và chỉ ghi số",
    )


def _read_digits(digits: str, kind: str) -> Decimal | Unclear:
    sign, body = (digits[0], digits[1:].strip()) if digits[:1] in ("-", "+") else ("", digits)
    value = _read_unsigned(sign, body, kind)
    return -value if sign == "-" and isinstance(value, Decimal) else value


def _read_unsigned(sign: str, body: str, kind: str) -> Decimal | Unclear:
    """`sign` is only for what is asked about: who confirms one of two readings must get it with the sign that was typed."""
    if _ONE_COMMA_GROUP.fullmatch(body):
        return _two_readings(sign + body, sign + body.replace(",", ""), sign + body.replace(",", "."))
    if _ONE_DOT_GROUP.fullmatch(body) and kind not in ("count", "money"):
        return _two_readings(sign + body, sign + body.replace(".", ""), sign + body)
    if any(form.fullmatch(body) for form in (_PLAIN, _DECIMAL_COMMA, _DOTS, _SPACES)):
        return Decimal(body.replace(".", "").replace(" ", "").replace(",", "."))
    if _ENGLISH_GROUPS.fullmatch(body):
        return Decimal(body.replace(",", ""))
    if _ONE_DOT.fullmatch(body):
        return _two_readings(sign + body, sign + body, sign + body.replace(".", ""))
    return Unclear("not_a_number", "đề nghị chỉ ghi chữ số, phần giải thích ghi ở cột “Ghi chú”")


def _two_readings(typed: str, *readings: str) -> Unclear:
    """Both are said and offered without any mark between thousands, so that neither can be read in two ways again."""
    values = tuple(Decimal(reading) for reading in readings)
    offers = tuple(number(value).replace(".", "") for value in values)
    reason = f"“{typed}” có thể hiểu là {' hoặc '.join(offers)}; đề nghị ghi lại, số lẻ dùng dấu phẩy"
    return Unclear("ambiguous_number", reason, offers, values)
