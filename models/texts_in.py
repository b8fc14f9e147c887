"""Text as it arrives, made safe to keep: invisible and control characters out, one Unicode form.

Words are never changed: spelling, tone placement and capitals stay as the officer wrote them.
"""

import re

from models.text import nfc

# C0/C1 controls (tab and line feed stay), soft hyphen, zero-width and bidirectional marks, byte order mark,
# lone surrogates and noncharacters: none can be seen, some change what is seen, some break Word's XML.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_WIDE_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile(r"[ \t]+(?=\n)")


def clean_text(text: str) -> str:
    """The text to keep: NFC, ordinary spaces and line ends, nothing invisible, trimmed."""
    # Nearly every text holds nothing that could go, and Python knows it without a search.
    if text.isprintable() or (" \n" not in text and text.replace("\n", " ").isprintable()):
        return nfc(text.strip())
    return _cleaned(text)


def _cleaned(text: str) -> str:
    lines = _LINE_ENDS.sub("\n", text)
    seen = _UNSEEN.sub("", _WIDE_SPACES.sub(" ", lines))
    return nfc(_TRAILING.sub("", seen.strip()))


# Word's bullets: the signs themselves, and those of the fonts Symbol and Wingdings in Unicode's private area.
_BULLET = re.compile("^[ \t]*(?:[•·▪▫◦‣⁃●○■□➢➤✓\uf000-\uf0ff]|[–—-](?=[ \t]))[ \t]*", re.MULTILINE)
_TABS = re.compile(r"(?<=\S)[ \t]*\t[ \t]*")
_GAPS = re.compile(r"\n{3,}")


def clean_pasted(text: str) -> str:
    """A longer text, as pasted from Word: bullets become dashes, tabs spaces, several blank lines one."""
    plain = _BULLET.sub("- ", clean_text(text))
    return _GAPS.sub("\n\n", _TABS.sub(" ", plain)).strip()
