"""What no line of a document breaks in two: the number of a document (`588/KH-UBND`) and the name of an appendix.

The hyphen of a number becomes Word's own no-break hyphen, which is what a typist gets by Ctrl+Shift+Hyphen: a PDF made
from it, and text copied out of that, have an ordinary hyphen again, which U+2011 would not.
"""

import re
from typing import Final

from models.nd30 import CITED

_END: Final = "</w:t>"
_NUMBER: Final = re.compile(rf"(?<![\d/])(?<!Số: ){CITED}")
"""Not the document's own, which has its line to itself."""
_NAMED: Final = "Phụ lục "
_APPENDIX: Final = re.compile(rf"(?<=.){_NAMED}(?:[IVX]+|\d+)\b")
"""Nor an appendix's heading."""
_HYPHEN: Final = f'{_END}<w:noBreakHyphen/><w:t xml:space="preserve">'


def unbroken(xml: str) -> str:
    """A part of a .docx, its words as before. Only the texts of runs are looked at, and of them those few that may hold
    one: most of a part is no text.
    """
    pieces = xml.split(_END)
    for at, piece in enumerate(pieces[:-1]):
        begun = piece.rfind(">") + 1
        text = piece[begun:]
        if "/" in text or _NAMED in text:
            pieces[at] = piece[:begun] + _kept_together(text)
    return _END.join(pieces)


def _kept_together(text: str) -> str:
    text = _NUMBER.sub(lambda found: found[0].replace("-", _HYPHEN), text)
    return _APPENDIX.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
