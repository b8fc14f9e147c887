"""How a unit says that a reading it was asked about is what it meant: one rule, in writing, in the workbook itself.

In `Ghi chú` of the line: “Xác nhận” and one of the readings offered, as offered (`Xác nhận 1234`). For a text in an old
font: “Xác nhận chuyển mã”, in `Ghi chú` or as the first line of the text itself. Typing what is clear does as well.
"""

import re

from models.text import fold
from models.texts_in import clean_text

CONVERT = "Xác nhận chuyển mã"
_YES = re.compile(r"xác nhận\s*:?\s*(.*)")


def confirmed(note: str, offers: tuple[str, ...]) -> str | None:
    """The offered reading that the note confirms; None where it confirms none, or something else."""
    found = _YES.match(fold(clean_text(note)))
    said = found[1].rstrip(" .;") if found else ""
    return next((offer for offer in offers if said and fold(offer) == said), None)


def without_confirmation(text: str) -> tuple[str, bool]:
    """A text without its first line, where that line is “Xác nhận chuyển mã”; and whether it was."""
    first, _, rest = text.lstrip().partition("\n")
    # Folding a long text takes its time; nothing but an x folds to the x these words begin with.
    if first[:1] in ("X", "x") and fold(first).rstrip(" .:;") == fold(CONVERT):
        return rest, True
    return text, False
