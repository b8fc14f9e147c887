"""Text typed in the fonts of before Unicode, TCVN3 (.VnTime) and VNI (VNI-Times): known again, and what it reads.

Drawn in such a font `ChÝnh phñ` looks like “Chính phủ”; anywhere else it does not. Known by the name of the font, where
the file tells it, else by its letters: there are some that Vietnamese has not, and turned into Unicode the words are
Vietnamese syllables. Nothing that is kept changes here.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from models.confirming import CONVERT

Encoding = Literal["TCVN3", "VNI"]

# The half of TCVN 5712:1993 the .Vn fonts draw; a byte is kept as the letter Windows-1252 has for it.
_TCVN3 = {
    first + at: letter
    for first, letters in {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    }.items()
    for at, letter in enumerate(letters)
}
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# VNI writes the tone, with the hat where there is one, as a letter after the vowel.
_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_HATS = {
    "aeo": {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT},
    "a": {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT},
}
_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni_table() -> dict[str, str]:
    pairs = dict(_ALONE)
    for vowel, base in {**dict.fromkeys("aeouy"), "ô": "ơ", "ö": "ư"}.items():
        pairs |= {vowel + mark: (base or vowel) + tone for mark, tone in _TONES.items()}
    for vowels, hat in (("aeo", _CIRCUMFLEX), ("a", _BREVE)):
        for vowel in vowels:
            pairs |= {vowel + mark: vowel + hat + tone for mark, tone in _HATS[vowels].items()}
    pairs |= {old.upper(): new.upper() for old, new in pairs.items()}
    pairs |= {
        old[0].upper() + old[1:]: new[0].upper() + new[1:] for old, new in pairs.items() if len(old) > 1
    }
    return {old: unicodedata.normalize("NFC", new) for old, new in pairs.items()}


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    return _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)


_READERS: dict[Encoding, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}

# Letters of Vietnamese among those Windows-1252 has too; any other joined to a word is a stranger there.
_OWN = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")
_STRANGE = re.compile("[\xa1-\xff]")
_WORD = re.compile("[A-Za-z\xa1-\xff]+")

_FIRST = "ngh|ng|nh|n|kh|k|gh|gi|g|ph|p|th|tr|t|ch|c|qu|q|b|d|đ|h|l|m|r|s|v|x"
_VOWELS = (
    "iêu|yêu|ươi|ươu|uôi|uây|oai|oao|oay|oeo|uya|uyê|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui"
    "|ưa|ưi|ươ|uô|uơ|uy|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(rf"(?:{_FIRST})?(?:{_VOWELS})(?:ch|c|m|ng|nh|n|p|t)?")
_TONE_MARKS = re.compile(f"[{_ACUTE}{_GRAVE}{_HOOK}{_TILDE}{_DOT}]")


def is_syllable(word: str) -> bool:
    """Could it be a Vietnamese syllable: first consonant, vowels, last consonant, at most one tone?"""
    bare, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def legacy_reading(text: str, font: str = "") -> tuple[Encoding, str] | None:
    """What a text in an old font reads, and which; None for Unicode, and wherever it is not plain. `font`: its name,
    where the file tells one of before Unicode.

    The text as it stands in the file, before anything invisible is taken out: TCVN3 keeps ư as a soft hyphen.
    """
    if not _STRANGE.search(text) or _UNICODE_ONLY.search(text):
        return None
    if font:
        name: Encoding = "VNI" if font.startswith("VNI-") else "TCVN3"
        read_as = _READERS[name](text)
        return name, read_as.upper() if name == "TCVN3" and font.endswith(
            "H"
        ) else read_as  # .VnTimeH: capitals
    marked = [word for word in _WORD.findall(text) if _STRANGE.search(word) and not word.isdigit()]
    if not any(_is_stranger(word) for word in marked):
        return None
    read = {each: [is_syllable(reader(word)) for word in marked] for each, reader in _READERS.items()}
    best = max(read, key=lambda each: sum(read[each]))
    # A name or a slip among the words does not hide the rest.
    if sum(read[best]) * 5 < len(marked) * 4:
        return None
    return best, _READERS[best](text)


def _is_stranger(word: str) -> bool:
    """Has it a letter no Vietnamese word has, and another beside it?"""
    return any(letter > "\xa0" and letter not in _OWN for letter in word) and bool(
        re.search("[A-Za-z]", word)
    )


def said_of(encoding: Encoding, text: str, where: str, *, agreed: bool) -> str:
    """What a unit is told of such a text: what it reads, and how to say that this is right."""
    shown = " ".join(text.split())
    shown = shown[:200] + "…" if len(shown) > 200 else shown
    if agreed:
        return f"{where} gõ bằng phông {encoding}, đơn vị đã xác nhận; hệ thống nhận là “{shown}”"
    return (
        f"{where} gõ bằng phông cũ ({encoding}), đọc được là “{shown}”; nếu đúng thì ghi “{CONVERT}” ở cột “Ghi chú” hoặc ở "
        "dòng đầu của ô, nếu không thì gõ lại bằng phông Unicode (Times New Roman)"
    )
