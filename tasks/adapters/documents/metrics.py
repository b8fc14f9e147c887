"""Widths of Vietnamese text in Times New Roman, estimated from the advance widths of its letters.

Good to about one percent, which is what the length of a drawn line and the breaking of a heading need.
"""

import unicodedata
from functools import lru_cache
from typing import Final

TWIPS_PER_POINT: Final = 20

# Advance widths of the characters U+0020…U+007E in thousandths of the type size.
_UPRIGHT: Final = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 "
    "278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 "
    "611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 "
    "500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD: Final = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 "
    "333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 "
    "667 722 722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 "
    "556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520"
)
_OTHERS: Final = {"đ": "d", "Đ": "D", "–": "0", "—": "@", "“": "a", "”": "a", "‘": "(", "’": "(", "…": "@"}
_HORN: Final = "̛"
_HORN_WIDTH: Final = 40


@lru_cache(maxsize=2)
def _widths(*, bold: bool) -> dict[str, int]:
    table = (_BOLD if bold else _UPRIGHT).split()
    return {chr(code): int(width) for code, width in enumerate(table, start=32)}


@lru_cache(maxsize=4096)
def text_width(text: str, points: float, *, bold: bool = False) -> int:
    """The width of one line of text, in twips."""
    widths = _widths(bold=bold)
    total = 0
    for letter in unicodedata.normalize("NFD", text):
        if letter == _HORN:
            total += _HORN_WIDTH
        elif not unicodedata.combining(letter):
            total += widths.get(_OTHERS.get(letter, letter), 500)
    return round(total * points * TWIPS_PER_POINT / 1000)


def line_count(text: str, room: int, points: float, *, bold: bool = False) -> int:
    """How many lines the text fills when a word processor breaks it greedily in `room` twips."""
    lines, used, space = 1, 0, text_width(" ", points, bold=bold)
    for word in text.split():
        width = text_width(word, points, bold=bold)
        if used and used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += (space if used else 0) + width
    return lines


@lru_cache(maxsize=256)
def balanced_room(text: str, room: int, points: float, *, bold: bool = False) -> int:
    """The narrowest room in which the text still fills as few lines as in `room`: lines of like length."""
    wanted = line_count(text, room, points, bold=bold)
    if wanted == 1:
        return room
    low, high = room // wanted, room
    while high - low > TWIPS_PER_POINT:
        middle = (low + high) // 2
        if line_count(text, middle, points, bold=bold) <= wanted:
            high = middle
        else:
            low = middle
    # A margin for the estimate: a line that no longer fits would look worse than an uneven one.
    return min(room, high + high // 25)


def balanced_lines(text: str, room: int, points: float, *, bold: bool = False) -> tuple[str, ...]:
    """A name broken by hand as an office does: into two lines of like length where one does not fit.

    A line break in the text wins. A break after a dash or before `và` is preferred, so that
    `SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI` becomes `SỞ LAO ĐỘNG -` and `THƯƠNG BINH VÀ XÃ HỘI`.
    """
    if "\n" in text:
        return tuple(line.strip() for line in text.split("\n") if line.strip())
    if text_width(text, points, bold=bold) <= room:
        return (text,)
    words = text.split()
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    fitting = [pair for pair in halves if all(text_width(half, points, bold=bold) <= room for half in pair)]
    if not fitting:
        return (text,)

    def ugliness(pair: tuple[str, str]) -> float:
        first, second = (text_width(half, points, bold=bold) for half in pair)
        natural = pair[0].endswith(("-", ",")) or pair[1].lower().startswith("và ")
        return abs(first - second) * (0.4 if natural else 1.0)

    return min(fitting, key=ugliness)
