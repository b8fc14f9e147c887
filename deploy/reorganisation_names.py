"""Official names as our unit files write them, and a code for each place that nothing else has or had.

The rule of the codes is told in plans/reorganisation/README.md.
"""
# ruff: noqa: INP001  # beside the script that uses it, not a package

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Final, TypeVar

KINDS: Final = {
    "tỉnh": "tinh",
    "huyện": "huyen",
    "quận": "quan",
    "thị xã": "thi-xa",
    "thành phố": "thanh-pho",
    "xã": "xa",
    "phường": "phuong",
    "thị trấn": "thi-tran",
    "đặc khu": "dac-khu",
}
"""The word a name begins with, and the kind it stands for; a province-level city is told apart by its level."""

_TONES: Final = "̣̀́̃̉"
# hoà → hòa, thuỷ → thủy: open oa, oe, uy only (hoàn stays), and not after q, where u belongs to the consonant.
_OLD_STYLE: Final = re.compile(
    rf"(?<!q)(o)([ae][{_TONES}])(?![a-z])|(?<!q)(u)(y[{_TONES}])(?![a-z])", re.IGNORECASE
)

Key = TypeVar("Key", bound=Hashable)


def kind_word(name: str) -> str:
    """The word of its kind, in lower case; ValueError for a name that begins with none."""
    for word in KINDS:
        if name.lower().startswith(word + " "):
            return word
    raise ValueError(f"{name!r} begins with no known kind of unit")


def official_name(text: str) -> str:
    """`Thị Trấn  Phú Hoà` → `Thị trấn Phú Hòa`; `Xã Pa ủ` → `Xã Pa Ủ`, an accented capital lost on the way."""
    name = " ".join(modern_tones(text).split())
    kind = kind_word(name)
    own = [word[0].upper() + word[1:] if word[0] > "\x7f" else word for word in name[len(kind) + 1 :].split()]
    return f"{kind.capitalize()} {' '.join(own)}"


def modern_tones(text: str) -> str:
    """The tone mark on the first letter of an open oa, oe, uy, composed (NFC)."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _OLD_STYLE.sub(_tone_first, decomposed))


def _tone_first(pair: re.Match[str]) -> str:
    first, second = pair[1] or pair[3], pair[2] or pair[4]
    return first + second[1] + second[0]


def slug(text: str) -> str:
    """`Xã Cư M'gar` → `xa-cu-mgar`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("'", ""))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def codes(spellings: Mapping[Key, tuple[str, ...]], taken: Collection[str]) -> dict[Key, str]:
    """For each place the shortest of its spellings that is its own.

    `spellings` go from short to long, in a fixed order of places; `taken` are the codes of units that ship
    already. Places that even the longest spelling does not tell apart are numbered in the order given.
    """
    found: dict[Key, str] = {}
    depth = max(map(len, spellings.values()))
    for level in range(depth):
        rest = {
            key: names[min(level, len(names) - 1)] for key, names in spellings.items() if key not in found
        }
        often = Counter(rest.values())
        gone = {*taken, *found.values()}
        found |= {key: code for key, code in rest.items() if often[code] == 1 and code not in gone}
    return found | _numbered(spellings, found, {*taken, *found.values()})


def _numbered(
    spellings: Mapping[Key, tuple[str, ...]], found: Collection[Key], gone: Iterable[str]
) -> dict[Key, str]:
    used = set(gone)
    numbered: dict[Key, str] = {}
    for key, names in spellings.items():
        if key in found:
            continue
        number, code = 1, names[-1]
        while code in used:
            number += 1
            code = f"{names[-1]}-{number}"
        used.add(code)
        numbered[key] = code
    return numbered
