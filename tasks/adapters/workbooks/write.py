"""Writes a form as .xlsx: same form, same bytes. Reading it back is the neighbour module's work."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from models.finding import Finding
from models.form import FormSpec
from models.reading import Reading
from tasks.adapters.workbooks.figure_sheet import write_figures
from tasks.adapters.workbooks.filled import Filled
from tasks.adapters.workbooks.identity import ChoiceLists, write_identity
from tasks.adapters.workbooks.narrative_sheet import write_narratives
from tasks.adapters.workbooks.skeleton import address, blank_form
from tasks.adapters.workbooks.styles import FONT, Styles
from tasks.adapters.workbooks.table_sheet import write_table
from tasks.adapters.workbooks.to_mend import TO_MEND_SHEET, filled_from, write_to_mend

Prefill = Mapping[str, str | int | Decimal]

# A date of making would make two equal forms differ; what the form is, its identity sheet says.
_MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_form(spec: FormSpec, prefill: Prefill | None = None) -> bytes:
    """The workbook for one unit and one cycle; `prefill` puts values (by code) into entry cells.

    Texts are written as texts: a unit called `=cmd` stays a name and never becomes a formula.
    A form without values is laid out once for all units of a cycle and then only addressed to each.
    """
    if prefill:
        return lay_out(spec, Filled(prefill))
    return address(blank_form(spec, lay_out), spec)


def write_corrections(spec: FormSpec, reading: Reading, findings: Sequence[Finding]) -> bytes:
    """A form that was refused, to be mended and sent again: our own layout, the values as they were typed, each cell that
    something is said of marked, and in front a sheet that lists it all with links. Nothing else of the file is kept.
    """
    return lay_out(spec, filled_from(reading, spec, findings))


def write_filled(spec: FormSpec, filled: Filled) -> bytes:
    """The form with values in it, and what is to be said of them."""
    return lay_out(spec, filled)


def lay_out(spec: FormSpec, filled: Filled) -> bytes:
    """The whole workbook, made from nothing."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),  # XlsxWriter changes the dict it is given
    }
    book = Workbook(out, options)
    styles = Styles(book)
    lists = ChoiceLists()
    to_mend = book.add_worksheet(TO_MEND_SHEET) if filled.marks.findings or filled.told else None
    write_figures(book, styles, spec, filled, lists)
    if spec.narratives:
        write_narratives(book, styles, spec, filled)
    for table in spec.tables:
        write_table(book, styles, spec, table, filled, lists)
    if to_mend:
        write_to_mend(to_mend, styles, spec, filled)
    write_identity(book, spec, lists)
    book.set_properties(
        {
            "title": spec.obligation_title,
            "subject": spec.plan_title,
            "author": spec.collector,
            "created": _MADE,
        }
    )
    book.close()
    return out.getvalue()
