"""Reads a returned form: what stands where, from .xlsx, .xls or .ods. Judging it is `models.intake`'s work.

Formulas are never evaluated: the value kept with them is read, and marked. Nothing is written anywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from models.form import FIGURE_HEADER, FIGURE_SHEET, IDENTITY_SHEET, NARRATIVE_HEADER, NARRATIVE_SHEET
from models.reading import Identity, RawGrid, RawNarrative, RawValue, Reading
from models.text import fold
from tasks.adapters.packing import package, stored
from tasks.adapters.workbooks.beside import grids_beside
from tasks.adapters.workbooks.cells_ods import scan_tables
from tasks.adapters.workbooks.cells_xls import scan_book
from tasks.adapters.workbooks.cells_xlsx import SheetMarks, scan_sheets
from tasks.adapters.workbooks.compound import compound
from tasks.adapters.workbooks.fonts_xlsx import old_fonts
from tasks.adapters.workbooks.identity import identity_from_cells, identity_from_property
from tasks.adapters.workbooks.layout import Grid, header_at, read_figures, read_narratives, read_table
from tasks.adapters.workbooks.safety import (
    Kind,
    check_contents,
    check_markup,
    check_size,
    corrupt,
    kind_of,
    locked,
    too_many_sheets,
    unpack,
)
from tasks.adapters.workbooks.sheet_names import sheet_parts

# Below this nobody types a report; a form is some fifty lines.
_MOST_ROWS = 5_000
_MOST_SHEETS = 40
_FIGURES, _NARRATIVES = fold(FIGURE_SHEET), fold(NARRATIVE_SHEET)
_NEVER_READ = ("docprops/", "xl/theme/")
_ROOT = (
    b'<Relationships><Relationship Id="rId1" Target="xl/workbook.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_OF_ODS = ("content.xml", "META-INF/manifest.xml")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_UNMARKED = SheetMarks(frozenset(), ())


def read_workbook(data: bytes) -> Reading:
    """What a returned file holds. Raises NotAWorkbookError, in Vietnamese, where it must not or cannot be read."""
    check_size(data)
    kind = kind_of(data)
    parts: Mapping[str, bytes] = {}
    if kind == "xls":
        stream, marks = scan_book(data)
        checked = compound("Workbook", stream)
    else:
        parts = unpack(data)
        check_markup(parts)
        check_contents(kind, parts)
        marks = scan_tables(parts["content.xml"]) if kind == "ods" else _by_name(parts)
        checked = _as_checked(kind, parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(checked)) as book:
            return _read(book, kind, parts, marks)
    except PasswordError as error:
        raise locked() from error
    except (CalamineError, OSError, OverflowError) as error:  # overflow: a time longer than any
        raise corrupt() from error
    except BaseException as error:
        # The reader's own panics are no Exception; everything else goes its way.
        if type(error).__name__ != "PanicException":
            raise
        raise corrupt() from error


def _as_checked(kind: Kind, parts: Mapping[str, bytes]) -> bytes:
    """What the reader gets: the very parts that were checked, not packed again, and nothing else. It may not look for the
    workbook anywhere but where it was looked at.
    """
    if kind == "ods":
        read = {name: parts[name.lower()] for name in _OF_ODS if name.lower() in parts}
        return package(stored(name, content) for name, content in {"mimetype": _ODS, **read}.items())
    kept = {name: content for name, content in parts.items() if not name.startswith(_NEVER_READ)}
    return package(stored(name, content) for name, content in {**kept, "_rels/.rels": _ROOT}.items())


def _read(
    book: CalamineWorkbook, kind: Kind, parts: Mapping[str, bytes], marks: Mapping[str, SheetMarks]
) -> Reading:
    if len(book.sheet_names) > _MOST_SHEETS:
        raise too_many_sheets(len(book.sheet_names), _MOST_SHEETS)
    sheets, grids = {}, [*grids_beside(parts)]
    for each in book.sheet_names:
        opened = book.get_sheet_by_name(each)
        sheets[each] = Grid(each, opened.to_python(skip_empty_area=False, nrows=_MOST_ROWS))
        grids.append(RawGrid(each, [*sheets[each].rows, *_rows_below(opened)]))
    if len(sheets) < len(book.sheet_names):
        raise corrupt()  # of two sheets of one name the reader shows one
    names = _names(book.sheet_names)
    identity = _identity(sheets, names, parts)
    found = _figure_grid(sheets, names, identity)
    if found is None:
        return Reading(kind, identity, has_figures=False, grids=tuple(grids))
    grid, header = found
    own = marks.get(grid.sheet, _UNMARKED)
    rows, nil, merged = read_figures(grid, header, own)
    narratives: tuple[RawNarrative, ...] = ()
    if name := names.get(_NARRATIVES):
        sheet = sheets[name]
        if at := header_at(sheet, NARRATIVE_HEADER):
            narratives = read_narratives(sheet, at, marks.get(name, _UNMARKED))
    tables = tuple(
        read_table(sheets[name], marks.get(name, _UNMARKED))
        for folded, name in names.items()
        if folded.startswith("bảng ")
    )
    return Reading(kind, identity, True, rows, narratives, nil, tables, merged, tuple(grids))


def _identity(
    sheets: Mapping[str, Grid], names: Mapping[str, str], parts: Mapping[str, bytes]
) -> Identity | None:
    if name := names.get(IDENTITY_SHEET):
        own = identity_from_cells(sheets[name].rows)
        if own:
            return own
    for part in ("docprops/custom.xml", "meta.xml"):
        if part in parts and (own := identity_from_property(parts[part])):
            return own
    return None


def _figure_grid(
    sheets: Mapping[str, Grid], names: Mapping[str, str], identity: Identity | None
) -> tuple[Grid, dict[str, int]] | None:
    """The sheet `Biểu`; in a form of ours, also one whose name was changed."""
    candidates = [names[_FIGURES]] if _FIGURES in names else []
    if not candidates and identity:
        candidates = [name for name in names.values() if name != IDENTITY_SHEET][:5]
    for name in candidates:
        grid = sheets[name]
        if header := header_at(grid, FIGURE_HEADER):
            return grid, header
    return None


def _names(sheets: Sequence[str]) -> dict[str, str]:
    """Folded name → name; of two that fold to one, that which the form gave, or the first."""
    names: dict[str, str] = {}
    for name in (*(own for own in (FIGURE_SHEET, NARRATIVE_SHEET) if own in sheets), *sheets):
        names.setdefault(fold(name), name)
    return names


def _rows_below(sheet: CalamineSheet) -> Iterator[list[RawValue]]:
    """What stands below all that is read, without the rows that hold nothing."""
    if sheet.total_height > _MOST_ROWS and sheet.start:
        rows = enumerate(sheet.iter_rows(), sheet.start[0])
        yield from (row for at, row in rows if at >= _MOST_ROWS and any(value != "" for value in row))


def _by_name(parts: Mapping[str, bytes]) -> dict[str, SheetMarks]:
    marks = scan_sheets(parts)
    for part, fonts in old_fonts(parts).items():
        marks[part] = replace(marks[part], fonts=fonts)
    return {name: marks[part] for name, part in sheet_parts(parts).items() if part in marks}
