"""What stands behind the body: recipients, signature, appendices."""

import re
from typing import Final

from models.text import fold
from tasks.adapters.documents.anatomy import Anatomy, Appendix
from tasks.adapters.documents.word_view import Para

_SIGNATURE_GAP: Final = 24 * 20
"""Twips above a name: room for the signature. Posts stand right under one another."""
_POSTS: Final = ("chủ ", "phó ", "giám ", "trưởng ", "chánh ", "bộ ", "thứ ", "cục ", "tổng ", "viện ", "hiệu ", "chi ",
                 "vụ ", "thủ ", "bí ", "quyền ", "q.", "tm", "kt", "tl", "tuq", "ủy ", "thư ", "chỉ ", "đội ")  # fmt: skip
_APPENDIX: Final = re.compile(r"phụ lục(\s+([ivxlc]+|\d+))?")


def find_tail(parts: Anatomy, paras: list[Para], tail: int) -> None:
    if tail == len(paras):
        return
    title = parts.recipients_title = paras[tail]
    if title.cell is None:
        parts.recipients = _until_not_dashed(paras[tail + 1 :])
        return
    same = [
        para for para in paras[tail + 1 :] if para.text and para.cell and para.cell.table == title.cell.table
    ]
    parts.recipients = [para for para in same if para.cell == title.cell]
    beside = [para for para in same if para.cell and para.cell.column != title.cell.column]
    if beside and (not beside[-1].text.isupper() or _is_name(paras, beside)):
        parts.signer = beside.pop()
    parts.signature = beside


def _is_name(paras: list[Para], beside: list[Para]) -> bool:
    """In capitals like the posts above it, but with room for a signature between, and no post."""
    if len(beside) == 1 or fold(beside[-1].text).startswith(_POSTS):
        return False
    last, above = beside[-1], beside[-2]
    blank = sum(1 for para in paras if above.number < para.number < last.number and not para.text)
    return blank > 0 or last.before + above.after >= _SIGNATURE_GAP


def _until_not_dashed(paras: list[Para]) -> list[Para]:
    found = []
    for para in paras:
        if para.text and not para.text.startswith("-"):
            break
        if para.text:
            found.append(para)
    return found


def find_appendices(parts: Anatomy, paras: list[Para]) -> None:
    for para in paras:
        if para.cell is None and _APPENDIX.fullmatch(fold(para.text)):
            parts.appendices.append(Appendix(para, []))
        elif parts.appendices and para.text and para.cell is None:
            parts.appendices[-1].following.append(para)
