"""What holds for the words of several components: underlining, capitals of cited documents. Phụ lục I and II."""

import re
from collections.abc import Iterator
from typing import Final

from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import Check, Finding, excerpt
from tasks.adapters.documents.word_view import Para

_TYPES: Final = (
    "nghị quyết",
    "nghị định",
    "quyết định",
    "chỉ thị",
    "thông tư",
    "thông báo",
    "hướng dẫn",
    "kế hoạch",
    "chương trình",
    "báo cáo",
    "tờ trình",
    "công văn",
    "công điện",
)
# "các quyết định số …": several are no one document, and stay in small letters.
_CITED: Final = re.compile(rf"(?<!các )(?<!những )\b({'|'.join(_TYPES)}) số \d+/[\w/-]+")


def underlined(parts: Anatomy) -> Iterator[Finding]:
    """Of the body nothing is said; what has a prescribed style bears none but that."""
    named = (
        parts.national,
        parts.motto,
        *parts.parent,
        *parts.agency,
        parts.number,
        parts.place_date,
        parts.type_name,
        *parts.subject,
        *parts.letter_subject,
        *parts.signature,
        parts.signer,
        parts.recipients_title,
    )
    for para in filter(None, named):
        if any(run.underlined for run in para.inked):
            yield Finding("text.underline", excerpt(para), "gạch chân", "không gạch chân")


def cited_capital(parts: Anatomy) -> Iterator[Finding]:
    for para in _running(parts):
        match = _CITED.search(para.text)
        if match:
            found = match[1]
            yield Finding("citation.case", excerpt(para), f"“{found} số”", f"“{found.capitalize()} số”")


def _running(parts: Anatomy) -> list[Para]:
    return [*parts.subject, *parts.letter_subject, *parts.body]


WORD_RULES: Final[tuple[Check, ...]] = (underlined, cited_capital)
