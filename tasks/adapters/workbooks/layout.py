"""The public layout found again in a grid of cells: by the words of its header, never by fixed places."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from models.form import FIGURE_HEADER, NARRATIVE_HEADER, NIL_LABEL
from models.reading import RawCell, RawNarrative, RawRecord, RawRow, RawTable, RawValue
from models.text import fold
from models.texts_in import clean_text
from tasks.adapters.workbooks.cells_xlsx import SheetMarks, cell_name, column_name

_CODE, _, _, _FIGURE, _NOTE = FIGURE_HEADER
_folded = lru_cache(fold)
_SEARCHED = 100  # rows looked through for a header


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet from A1 on, all rows as long as the longest; `""` is a blank cell."""

    sheet: str
    rows: list[list[RawValue]]

    def above(self, column: int) -> str:
        """The name of a cell of this column, but for the number of its row."""
        return f"{self.sheet}!{column_name(column)}"

    def cell(self, row: int, column: int, marks: SheetMarks) -> RawCell:
        place = row, column
        name = f"{self.above(column)}{row + 1}"
        value = self.rows[row][column]
        if isinstance(value, float) and not isfinite(value):
            value = str(value)  # no number that anybody typed
        return RawCell(value, name, place in marks.formulas, marks.fonts.get(place, ""))


def header_at(grid: Grid, names: tuple[str, ...]) -> dict[str, int] | None:
    """Header name → column, and `""` → the header's row; None where no row carries all the names."""
    for row, line in enumerate(grid.rows[:_SEARCHED]):
        # The first name alone settles most rows.
        if not _who_say(line[:20], names[0]):
            continue
        places: dict[str, int] = {}
        for column, value in enumerate(line[:100]):
            if name := next((name for name in names if name not in places and _says(value, name)), None):
                places[name] = column
        if len(places) == len(names):
            return {**places, "": row}
    return None


def read_figures(
    grid: Grid, header: dict[str, int], marks: SheetMarks
) -> tuple[tuple[RawRow, ...], RawCell | None, tuple[str, ...]]:
    """The lines under the header, the nil choice above it, and ranges merged down the figure column."""
    rows = []
    code_column, figure_column, note_column = (header[name] for name in (_CODE, _FIGURE, _NOTE))
    first, above = header[""] + 1, grid.above(code_column)
    for row, line in enumerate(grid.rows[first:], first):
        code = code_text(line[code_column])
        if code or line[figure_column] != "":
            figure = grid.cell(row, figure_column, marks)
            rows.append(RawRow(code, f"{above}{row + 1}", figure, _text(line[note_column])))
    return tuple(rows), _nil(grid, header, marks), tuple(_merged(grid, header, marks))


def _nil(grid: Grid, header: dict[str, int], marks: SheetMarks) -> RawCell | None:
    """The choice stands under `Số liệu`, or anywhere right of its label; blank counts as not chosen."""
    for row, line in enumerate(grid.rows[: header[""]]):
        if labels := _who_say(line, NIL_LABEL):
            right = range(labels[0] + 1, len(line))
            return grid.cell(row, next((at for at in right if line[at] != ""), header[_FIGURE]), marks)
    return None


def _merged(grid: Grid, header: dict[str, int], marks: SheetMarks) -> Iterator[str]:
    for top, left, bottom, right in marks.merged:
        if bottom > top and left <= header[_FIGURE] <= right and bottom > header[""]:
            yield f"{grid.sheet}!{cell_name(top, left)}:{cell_name(bottom, right)}"


def read_narratives(grid: Grid, header: dict[str, int], marks: SheetMarks) -> tuple[RawNarrative, ...]:
    """Lines under `Mã | Nội dung`; headings and continuations come with an empty code."""
    code_column, text_column = (header[name] for name in NARRATIVE_HEADER)
    lines = []
    first, above = header[""] + 1, grid.above(text_column)
    for row, line in enumerate(grid.rows[first:], first):
        code, value = code_text(line[code_column]), line[text_column]
        # As it stands: in an old font, what looks invisible is a letter.
        text = value if isinstance(value, str) else _text(value)
        if code or text.strip():
            font = marks.fonts.get((row, text_column), "")
            lines.append(RawNarrative(code, text, f"{above}{row + 1}", font))
    return tuple(lines)


def read_table(grid: Grid, marks: SheetMarks) -> RawTable:
    """Filled lines of a repeated table, by the line of column codes that begins with `Mã`."""
    for row, line in enumerate(grid.rows[:_SEARCHED]):
        if line and _says(line[0], _CODE):
            codes = {column: code_text(value) for column, value in enumerate(line) if column and value != ""}
            return RawTable(grid.sheet, tuple(_records(grid, row + 1, codes, marks)))
    return RawTable(grid.sheet, ())


def _records(grid: Grid, first: int, codes: dict[int, str], marks: SheetMarks) -> Iterator[RawRecord]:
    for row in range(first, len(grid.rows)):
        cells = {code: grid.cell(row, column, marks) for column, code in codes.items()}
        if any(str(cell.value).strip() for cell in cells.values()):
            yield RawRecord(row + 1, cells)


def _who_say(line: list[RawValue], words: str) -> list[int]:
    """The columns of a line in which the words stand."""
    longest = _longest(words)
    return [
        column
        for column, value in enumerate(line)
        if value and isinstance(value, str) and len(value) <= longest and _says(value, words)
    ]


def _longest(words: str) -> int:
    """Some spaces too many, and letters in pieces: no text above this length says them."""
    return 3 * len(words) + 3


def _says(value: RawValue, words: str) -> bool:
    """Same words up to folding; most cells are told apart by length and first letter, without folding."""
    if not isinstance(value, str) or len(value) > _longest(words):
        return False
    return value == words or (
        value.lstrip()[:1].lower() == words[0].lower() and fold(value) == _folded(words)
    )


def code_text(value: RawValue) -> str:
    """A code as text, also where a program turned it into a number; long strangers are cut."""
    return _text(value)[:80]


def _text(value: RawValue) -> str:
    if value == "":
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean_text(value) if isinstance(value, str) else str(value)
