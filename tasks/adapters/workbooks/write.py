"""Writes a form as .xlsx: same form, same bytes. Reading it back is the neighbour module's work."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from models.form import FormSpec
from tasks.adapters.workbooks.figure_sheet import write_figures
from tasks.adapters.workbooks.identity import ChoiceLists, write_identity
from tasks.adapters.workbooks.narrative_sheet import write_narratives
from tasks.adapters.workbooks.skeleton import address, blank_form
from tasks.adapters.workbooks.styles import FONT, Styles
from tasks.adapters.workbooks.table_sheet import write_table

Prefill = Mapping[str, str | int | Decimal]

# A date of making would make two equal forms differ; what the form is, its identity sheet says.
_MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_form(spec: FormSpec, prefill: Prefill | None = None) -> bytes:
    """The workbook for one unit and one cycle; `prefill` puts values (by code) into entry cells.

    Texts are written as texts: a unit called `=cmd` stays a name and never becomes a formula.
    A form without values is laid out once for all units of a cycle and then only addressed to each.
    """
    if prefill:
        return lay_out(spec, prefill)
    return address(blank_form(spec, lay_out), spec)


def lay_out(spec: FormSpec, prefill: Prefill) -> bytes:
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
    write_figures(book, styles, spec, prefill, lists)
    if spec.narratives:
        write_narratives(book, styles, spec, prefill)
    for table in spec.tables:
        write_table(book, styles, spec, table, lists)
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
