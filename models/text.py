"""Vietnamese text, numbers and dates as an administrative document writes them (domain handbook §4.3, §7).

Names are never rewritten here: folding is for comparison, the original is what people see.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_SPACES = re.compile(r"\s+")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# Open oa, oe, uy carry the tone on either letter (hoà = hòa); not after q, where u belongs to the consonant.
_TONES = "̣̀́̃̉"
_TONE_AHEAD = re.compile(rf"([oOuU])([{_TONES}])([aey])(?![a-z])")
_AROUND_DASH = re.compile(r"\s*-\s*")
_WORDS = 80
"""Up to this length the same words come again with every form: headers, sheet names, yes and no."""
_TONE_PAIR = re.compile(rf"(?<!q)(oa|oe|uy)([{_TONES}])(?![a-z])")


def nfc(text: str) -> str:
    """The same text in composed form, the only form the ledger stores."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """A key under which two spellings of one name compare equal; never shown to anyone."""
    return _fold_words(text) if len(text) <= _WORDS else _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.translate(_DASHES)).lower()
    moved = _TONE_AHEAD.sub(r"\1\3\2", decomposed)
    spaced = _AROUND_DASH.sub("-", _SPACES.sub(" ", moved).strip())
    return unicodedata.normalize("NFC", _TONE_PAIR.sub(r"\1\2", spaced))


_fold_words = lru_cache(4096)(_fold)


def long_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2020`: day below 10 and months 1, 2 take a leading zero (Nghị định 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def day_with_weekday(day: date) -> str:
    """`thứ Sáu, ngày 29/11/2019`."""
    return f"{_WEEKDAYS[day.weekday()]}, ngày {short_date(day)}"


def hour_and_date(moment: datetime) -> str:
    """`08 giờ 30 phút, ngày 02/12/2019`."""
    return f"{moment:%H} giờ {moment:%M} phút, ngày {short_date(moment.date())}"


def number(value: Decimal | int) -> str:
    """1234567.5 → `1.234.567,5`; trailing zeros of the fraction are dropped.

    What Babel writes for the locale `vi` and the pattern `#,##0.########`, without its forty microseconds a number.
    """
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if not value.is_finite():  # a cell can hold it, and it must be sayable
        return "∞"
    if value and value.adjusted() < 18 and value == (exact := int(value)):
        return f"{exact:,}".replace(",", ".")
    with localcontext(prec=max(value.adjusted(), 0) + 40):  # whatever a cell can hold must be sayable
        whole, _, fraction = f"{round(value, 8):,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def percent(numerator: Decimal | int, denominator: Decimal | int) -> str:
    """`63,64%`: two decimals, half up; `–` where the denominator is 0 (rule V2)."""
    if not denominator:
        return "–"
    share = (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(share) + "%"


def style_count(count: int) -> str:
    """Counts in running text: 1 to 9 with a leading zero (`07 đơn vị`); nothing is plainly 0."""
    return f"{count:02d}" if 0 < count < 10 else number(count)


def lower_first(text: str) -> str:
    """A title inside a sentence: `Kết quả …` → `kết quả …`; an abbreviation (`UBND …`) stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
