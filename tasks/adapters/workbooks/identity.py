"""The form's identity inside the workbook: a hidden sheet, and a document property in case it is deleted.

Both survive saving by LibreOffice as xlsx, xls and ods (the property is read from xlsx and ods only).
"""

import json
import re
from html import unescape

from xlsxwriter.workbook import Workbook

from models.form import IDENTITY_KEYS, IDENTITY_SHEET, FormRow, FormSpec
from models.reading import Identity, RawValue
from tasks.adapters.workbooks.rules import needs_range

_PROPERTY = "dondoc"
_IN_XLSX = re.compile(r'<property[^>]*\bname="dondoc"[^>]*>\s*<vt:lpwstr[^>]*>([^<]*)</vt:lpwstr>')
_IN_ODS = re.compile(r'<meta:user-defined[^>]*\bmeta:name="dondoc"[^>]*>([^<]*)</meta:user-defined>')


class ChoiceLists:
    """Choice lists too long for a rule itself; they stand beside the identity, in columns from D on."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, ...]] = []

    def reference(self, row: FormRow) -> str | None:
        if not needs_range(row):
            return None
        if row.choices not in self.columns:
            self.columns.append(row.choices)
        column = chr(ord("D") + self.columns.index(row.choices))
        return f"='{IDENTITY_SHEET}'!${column}$1:${column}${len(row.choices)}"


def write_identity(book: Workbook, spec: FormSpec, lists: ChoiceLists) -> None:
    sheet = book.add_worksheet(IDENTITY_SHEET)
    for row, key in enumerate(IDENTITY_KEYS):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, spec.identity[key])
    for column, choices in enumerate(lists.columns, start=3):
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)
    sheet.protect()
    sheet.very_hidden()
    packed = json.dumps([spec.identity[key] for key in IDENTITY_KEYS], ensure_ascii=False)
    if len(packed) <= 255:
        book.set_custom_property(_PROPERTY, packed, "text")


def identity_from_cells(rows: list[list[RawValue]]) -> Identity | None:
    """The identity from the hidden sheet; None where a key is missing."""
    found = {str(row[0]): str(row[1]) for row in rows[:20] if len(row) > 1}
    if not all(found.get(key) for key in IDENTITY_KEYS[:3]):
        return None
    return Identity(**{key: found.get(key, "") for key in IDENTITY_KEYS})


def identity_from_property(part: bytes) -> Identity | None:
    """The identity from `docProps/custom.xml` or `meta.xml`."""
    text = part.decode("utf-8", "replace")
    found = _IN_XLSX.search(text) or _IN_ODS.search(text)
    if not found:
        return None
    try:
        packed = json.loads(unescape(found[1]))
        return Identity(*(str(value) for value in packed))
    except (ValueError, TypeError):
        return None
