"""What no line of a document breaks in two: the number of a document (`588/KH-UBND`) and the name of an appendix.

The hyphen of a number becomes Word's own no-break hyphen, which is what a typist gets by Ctrl+Shift+Hyphen: a PDF made
from it, and text copied out of that, have an ordinary hyphen again, which U+2011 would not.
"""

import re
from typing import Final

from models.nd30 import CITED

_IN_TEXT: Final = "(?=[^<>]*</w:t>)"
"""In the text of a run; not in a picture's description or any other attribute."""
_NUMBER: Final = re.compile(rf"(?<![\d/])(?<!Số: ){CITED}{_IN_TEXT}")
"""Not the document's own, which has its line to itself."""
_APPENDIX: Final = re.compile(rf"(?<=[^>])Phụ lục (?:[IVX]+|\d+)\b{_IN_TEXT}")
"""Nor an appendix's heading."""
_HYPHEN: Final = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def unbroken(xml: str) -> str:
    """A part of a .docx, its words as before."""
    kept = _NUMBER.sub(lambda found: found[0].replace("-", _HYPHEN), xml)
    return _APPENDIX.sub(lambda found: found[0].replace(" ", "\u00a0"), kept)
