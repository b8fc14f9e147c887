"""How long the shared texts of an old binary workbook are ([MS-XLS] 2.5.293), without reading them."""

import struct
from collections.abc import Sequence

from tasks.adapters.workbooks.safety import corrupt

_COUNTS = 8  # bytes before the first text
_WIDE, _PHONETIC, _RICH = 1, 4, 8


def text_sizes(pieces: Sequence[bytes]) -> list[int]:
    """Bytes each text may take in memory; `pieces`: the record of texts and those it goes on in. struct.error or IndexError
    where it is broken.
    """
    sizes = []
    walk = _Walk(pieces)
    while walk.goes_on():
        letters, looks = walk.take("<HB")
        after = 4 * walk.take("<H")[0] if looks & _RICH else 0
        after += walk.take("<i")[0] if looks & _PHONETIC else 0
        if after < 0:
            raise corrupt()
        walk.pass_letters(letters, looks & _WIDE)
        walk.pass_bytes(after)
        sizes.append(3 * letters)
    return sizes


class _Walk:
    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, _COUNTS

    def goes_on(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._next()
        return self._piece < len(self._pieces)

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self._pieces[self._piece], self._at)
        self._at += struct.calcsize(form)
        return found

    def pass_letters(self, letters: int, wide: int) -> None:
        """A text that goes on in another piece says there again how wide its letters are."""
        while letters:
            taken = min(letters, self._left() // (1 + wide))
            self._at, letters = self._at + taken * (1 + wide), letters - taken
            if letters:
                self._next()
                wide = self.take("<B")[0] & _WIDE

    def pass_bytes(self, many: int) -> None:
        while many:
            taken = min(many, self._left())
            self._at, many = self._at + taken, many - taken
            if many:
                self._next()
                self._pieces[self._piece]  # IndexError where there is none

    def _left(self) -> int:
        return len(self._pieces[self._piece]) - self._at

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
