"""The looks of the form: Times New Roman, thin borders, yellow where something is to be entered."""

from functools import cached_property
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from models.form import FormRow
from tasks.adapters.workbooks.filled import Mark

FONT = {"font_name": "Times New Roman", "font_size": 12}
_CELL = {"border": 1, "valign": "vcenter", "text_wrap": True}
_ENTRY = {"locked": False, "bg_color": "#FFF9DB"}
_OPTIONAL = {"locked": False, "bg_color": "#FFFFFF"}
_SHOWN = {"bg_color": "#EDEDED"}

_CENTRED = ("yes_no", "choice", "date")
_MARKED = {"error": {"bg_color": "#F8B4A6"}, "warning": {"bg_color": "#FFD58A"}}

_LOOKS: dict[str, dict[str, Any]] = {
    "side": {"valign": "top", "text_wrap": True, "font_size": 11},
    "unit": {"valign": "top", "text_wrap": True, "font_size": 11, "bold": True},
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "subtitle": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "period": {"italic": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "hint": {"italic": True, "font_size": 10.5, "valign": "vcenter", "text_wrap": True},
    "nil": {"bold": True, "font_size": 11, "valign": "vcenter", "align": "right", "shrink": True},
    "nil_entry": {**_CELL, **_ENTRY, "bold": True, "align": "center"},
    "header": {**_CELL, "bold": True, "align": "center", "bg_color": "#DCE6F1"},
    "numbering": {"border": 1, "italic": True, "font_size": 10, "align": "center"},
    "code": {"border": 1, "font_size": 10, "align": "center", "valign": "vcenter"},
    "group": {**_CELL, "bold": True},
    "measure": {**_CELL, "font_size": 11, "align": "center"},
    "note": {**_CELL, "locked": False, "font_size": 11},
    "narrative": {**_CELL, "locked": False, "valign": "top", "align": "justify"},
    "narrative_required": {**_CELL, **_ENTRY, "valign": "top", "align": "justify"},
    "section": {**_CELL, "bold": True},
    "hint_cell": {**_CELL, "italic": True, "font_size": 10.5},
    "sign": {"bold": True, "align": "center"},
    "sign_hint": {"italic": True, "font_size": 11, "align": "center"},
    "to_mend": {**_CELL, "valign": "top"},
    "to_mend_place": {**_CELL, "valign": "top", "align": "center"},
    "to_mend_error": {**_CELL, "valign": "top", "align": "center", **_MARKED["error"]},
    "to_mend_warning": {**_CELL, "valign": "top", "align": "center", **_MARKED["warning"]},
    "link": {**_CELL, "valign": "top", "font_color": "#0B57A4", "underline": 1, "align": "center"},
    "foot": {"italic": True, "font_size": 9, "font_color": "#595959"},
}


class Styles:
    """Formats of one workbook, each made once, when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self._make((name,), _LOOKS[name])

    def label(self, indent: int, *, bold: bool = False) -> Format:
        return self._make(("label", str(indent), str(bold)), {**_CELL, "indent": indent, "bold": bold})

    def entry(self, row: FormRow, mark: Mark | None = None) -> Format:
        """The cell under `Số liệu`: yellow and open where required, white and open where not, else grey; of a form that
        comes back, red where something is to be mended and orange where a reason is asked for.
        """
        ground = (_ENTRY if row.required else _OPTIONAL) if row.entered else _SHOWN
        ground = ground | (_MARKED[mark.severity] if mark else {})
        shape = "left" if row.kind == "text" else "center" if row.kind in _CENTRED else "right"
        shown = number_format(row)
        look = {**_CELL, **ground, "align": shape, "num_format": shown, "bold": not row.entered}
        said = mark.severity if mark else ""
        return self._make(("entry", str(row.entered), str(row.required), shape, shown, said), look)

    def last(self, row: FormRow) -> Format:
        """What the unit sent in the period before: to be read, not typed."""
        shape = "left" if row.kind == "text" else "center" if row.kind in _CENTRED else "right"
        shown = number_format(row)
        look = {**_CELL, "align": shape, "num_format": shown, "font_size": 11, "font_color": "#595959"}
        return self._make(("last", shape, shown), look)

    def marked(self, name: str, mark: Mark | None) -> Format:
        if not mark:
            return self[name]
        return self._make((name, mark.severity), _LOOKS[name] | _MARKED[mark.severity])

    def _make(self, key: tuple[str, ...], look: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format({**FONT, **look})
        return self._made[key]

    @cached_property
    def bare(self) -> Format:
        return self._make(("bare",), {})


def number_format(row: FormRow) -> str:
    """Excel's own codes; a Vietnamese Excel shows them with its separators, as 1.234.567,50."""
    if row.kind == "ratio":
        return "0.00%"
    if row.kind == "count" or row.unit_of_measure.strip() in ("đồng", "đ"):
        return "#,##0"
    if row.kind == "money" or (row.kind == "computed" and row.unit_of_measure.strip().endswith("đồng")):
        return "#,##0.00"
    return "dd/mm/yyyy" if row.kind == "date" else "General"


def lines_needed(text: str, width: float, size: float = 12) -> int:
    """How many lines `text` takes in a column `width` characters wide, words kept whole.

    Merged cells never grow by themselves, so heights are set from this. Times New Roman runs narrower
    than the digit a column's width counts, hence the factor; on the safe side by intention.
    """
    room = max(1.0, width * 1.1 * 12 / size)
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > room:
                lines, used = lines + 1, float(len(word))
            else:
                used += len(word) + (1 if used else 0)
    return lines
