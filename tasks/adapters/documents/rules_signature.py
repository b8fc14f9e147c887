"""Ô 7: who signs, under which authority. Phụ lục I, mục II.7."""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import ACADEMIC_TITLES, SIGNATURE_PT
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import (
    Check,
    Finding,
    capitals,
    centred,
    excerpt,
    present,
    sized,
    styled,
)

_MARKED: Final = re.compile(r"(T[/.]?M|K[/.]?T|T[/.]?L|T[/.]?U[/.]?Q|Q)(?=[./\s])")
_RIGHT: Final = re.compile(r"(TM|KT|TL|TUQ|Q)\.")
_FOR_ANOTHER: Final = re.compile(r"(TM|KT|TL|TUQ)\.")


def authority_form(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.signature:
        match = _MARKED.match(para.text)
        if match and not _RIGHT.match(para.text):
            yield Finding("authority.form", excerpt(para), match[0], "TM., Q., KT., TL., TUQ.")


def authority_post(parts: Anatomy) -> Iterator[Finding]:
    """Who signs for another agency or another post says under it what he is himself."""
    last = parts.signature[-1] if parts.signature else None
    if last is not None and _FOR_ANOTHER.match(last.text) and " - " not in last.text:
        yield Finding("authority.post", excerpt(last), "không có chức vụ", "chức vụ của người ký ở dòng dưới")


def signer_case(parts: Anatomy) -> Iterator[Finding]:
    if parts.signer is not None and parts.signer.text.isupper():
        yield Finding("signer.case", excerpt(parts.signer), "chữ in hoa", "chữ in thường")


def signer_titles(parts: Anatomy) -> Iterator[Finding]:
    if parts.signer is not None:
        words = parts.signer.text.replace(".", ". ").split()
        title = next((word for word in words if word in ACADEMIC_TITLES), None)
        if title:
            yield Finding("signer.title", excerpt(parts.signer), title, "họ tên không ghi học hàm, học vị")


SIGNATURE_RULES: Final[tuple[Check, ...]] = (
    present("signature.text", lambda parts: parts.signature, "quyền hạn, chức vụ của người ký"),
    authority_form,
    authority_post,
    capitals("signature.case", lambda parts: parts.signature),
    sized("signature.size", lambda parts: parts.signature, SIGNATURE_PT),
    styled("signature.style", lambda parts: parts.signature, bold=True, italic=False),
    centred("signature.centre", lambda parts: parts.signature),
    signer_case,
    sized("signer.size", lambda parts: (parts.signer,), SIGNATURE_PT),
    styled("signer.style", lambda parts: (parts.signer,), bold=True, italic=False),
    centred("signer.centre", lambda parts: (parts.signer,)),
    signer_titles,
)
