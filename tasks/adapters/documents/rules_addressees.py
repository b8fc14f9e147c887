"""Ô 9a: who the document is sent to. Phụ lục I, mục II.9."""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import ADDRESSEE_PT, TYPES_WITHOUT_ADDRESSEES
from models.text import fold
from tasks.adapters.documents.anatomy import TYPE_NAMES, Anatomy
from tasks.adapters.documents.rule_kit import Check, Finding, excerpt, sized, styled


def addressee_marks(parts: Anatomy) -> Iterator[Finding]:
    if not parts.addressees:
        if parts.is_letter and parts.letter_subject:
            yield Finding("addressee.text", "văn bản", "không có", "Kính gửi: …")
        return
    first, *listed = parts.addressees
    if not re.match(r"Kính gửi:", first.text):
        yield Finding("addressee.text", excerpt(first), first.text[:10], "Kính gửi:")
    if len(listed) == 1 or (listed and first.text != "Kính gửi:"):
        yield Finding(
            "addressee.list", excerpt(listed[0]), "xuống dòng", "một nơi nhận: cùng dòng với “Kính gửi:”"
        )
    if not listed and ";" in first.text:
        yield Finding(
            "addressee.list",
            excerpt(first),
            "cùng dòng",
            "nhiều nơi nhận: mỗi nơi một dòng, có gạch đầu dòng",
        )
    for place, para in enumerate(listed, start=1):
        wanted = "." if place == len(listed) else ";"
        if not para.text.endswith(wanted):
            yield Finding("addressee.marks", excerpt(para), f"kết thúc bằng “{para.text[-1]}”", f"“{wanted}”")


def addressee_type(parts: Anatomy) -> Iterator[Finding]:
    name = TYPE_NAMES.get(fold(parts.type_name.text)) if parts.type_name else None
    if parts.addressees and name in TYPES_WITHOUT_ADDRESSEES:
        yield Finding(
            "addressee.type", excerpt(parts.addressees[0]), "Kính gửi", f"{name}: chỉ ghi ở Nơi nhận"
        )


def addressee_aligned(parts: Anatomy) -> Iterator[Finding]:
    starts = {para.left + para.first for para in parts.addressees[1:]}
    if len(starts) > 1:
        yield Finding(
            "addressee.aligned", "Kính gửi", "gạch đầu dòng lệch nhau", "thẳng hàng dưới dấu hai chấm"
        )


ADDRESSEE_RULES: Final[tuple[Check, ...]] = (
    addressee_marks,
    addressee_type,
    addressee_aligned,
    sized("addressee.size", lambda parts: parts.addressees, ADDRESSEE_PT),
    styled("addressee.style", lambda parts: parts.addressees, bold=False, italic=False),
)
