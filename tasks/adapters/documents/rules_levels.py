"""Phần, Chương, Mục, Điều and khoản with a title. Phụ lục I, mục II.6.c."""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import LEVEL_PT
from models.text import fold
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import Check, Finding, capitals, centred, excerpt, sized, styled
from tasks.adapters.documents.word_view import Para, Run

_ARTICLE: Final = re.compile(r"(điều \d+)([.:)])(?=\s|$)", re.IGNORECASE)
_RIGHT_ARTICLE: Final = re.compile(r"Điều \d+\.")


def _headings(parts: Anatomy) -> list[Para]:
    return [level.heading for level in parts.levels]


def _titles(parts: Anatomy) -> list[Para | None]:
    return [level.title for level in parts.levels]


def level_number(parts: Anatomy) -> Iterator[Finding]:
    for para in _headings(parts):
        *word, number = para.text.split()
        roman = fold(" ".join(word)) in ("phần", "chương")
        if roman == number.isdigit():
            wanted = "chữ số La Mã" if roman else "chữ số Ả Rập"
            yield Finding("level.number", excerpt(para), number, wanted)


def level_case(parts: Anatomy) -> Iterator[Finding]:
    for para in _headings(parts):
        word = para.text.rsplit(" ", 1)[0]
        if word.isupper():
            yield Finding("level.case", excerpt(para), "chữ in hoa", "chữ in thường")


def articles(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.body:
        match = _ARTICLE.match(para.text)
        if match is None:
            continue
        if not _RIGHT_ARTICLE.fullmatch(match[0]):
            yield Finding("article.form", excerpt(para), match[0], "Điều 1. …")
        elif not all(run.bold and not run.italic for run in _covering(para, len(match[0]))):
            yield Finding("article.style", excerpt(para), "không in đậm", "in đậm, kiểu chữ đứng")


def _covering(para: Para, length: int) -> Iterator[Run]:
    """The runs that show something of the paragraph's first letters."""
    passed = 0
    for run in para.runs:
        text = run.text if passed else run.text.lstrip()
        if passed < length and text.strip():
            yield run
        passed += len(text)


LEVEL_RULES: Final[tuple[Check, ...]] = (
    level_case,
    level_number,
    sized("level.size", _headings, LEVEL_PT),
    styled("level.style", _headings, bold=True, italic=False),
    centred("level.centre", _headings),
    capitals("level.title.case", _titles),
    sized("level.title.size", _titles, LEVEL_PT),
    styled("level.title.style", _titles, bold=True, italic=False),
    centred("level.title.centre", _titles),
    articles,
)
