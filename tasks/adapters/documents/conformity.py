"""Does a .docx have the form Nghị định 30/2020 asks for? Every measurable rule, one small function each.

Works on documents of any origin. What cannot be measured (whether a stamp sits well, whether a name is
the official one) is left to the văn thư; tables of figures are held to the font only, since the decree
says nothing of their size.
"""

from typing import Final

from tasks.adapters.documents.dissecting import dissect
from tasks.adapters.documents.rule_kit import Check, Finding
from tasks.adapters.documents.rules_addressees import ADDRESSEE_RULES
from tasks.adapters.documents.rules_body import BODY_RULES
from tasks.adapters.documents.rules_head import HEAD_RULES
from tasks.adapters.documents.rules_levels import LEVEL_RULES
from tasks.adapters.documents.rules_marks import MARK_RULES
from tasks.adapters.documents.rules_number import NUMBER_RULES
from tasks.adapters.documents.rules_page import PAGE_RULES
from tasks.adapters.documents.rules_signature import SIGNATURE_RULES
from tasks.adapters.documents.rules_tail import TAIL_RULES
from tasks.adapters.documents.rules_title import TITLE_RULES
from tasks.adapters.documents.rules_words import WORD_RULES
from tasks.adapters.documents.word_file import read_word_file

RULES: Final[tuple[Check, ...]] = (
    *PAGE_RULES,
    *HEAD_RULES,
    *NUMBER_RULES,
    *TITLE_RULES,
    *ADDRESSEE_RULES,
    *BODY_RULES,
    *LEVEL_RULES,
    *SIGNATURE_RULES,
    *TAIL_RULES,
    *MARK_RULES,
    *WORD_RULES,
)


def check_docx(data: bytes) -> list[Finding]:
    """All findings, in reading order of the decree; empty where the document conforms.

    Raises NotADocumentError (a ValueError) for bytes that are no readable .docx.
    """
    parts = dissect(read_word_file(data))
    return [finding for rule in RULES for finding in rule(parts)]
