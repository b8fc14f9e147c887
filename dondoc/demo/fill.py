"""Fill a form as an officer would: the workbook that came with the mail, its entry cells typed into, saved.

The cells are found by reading the form as the intake does, and set in the sheet itself: everything else of the file
stays as it was sent.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from models.form import FIGURE_SHEET, YES
from tasks.adapters.workbooks import read_workbook

Typed = str | int | float
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIGURES, _NARRATIVES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@dataclass(frozen=True, slots=True)
class Answers:
    """What an officer types: figures by code, sections by code, or nothing but the nil choice."""

    figures: Mapping[str, Typed] = field(default_factory=dict)
    narratives: Mapping[str, str] = field(default_factory=dict)
    nil: bool = False


def fill_form(form: bytes, answers: Answers) -> bytes:
    """The filled workbook. KeyError where the form does not ask for a code."""
    reading = read_workbook(form)
    figures = {row.code: row.figure.cell for row in reading.rows if row.code}
    narratives = {section.code: section.cell for section in reading.narratives}
    typed: dict[str, Typed] = {figures[code]: value for code, value in answers.figures.items() if value != ""}
    typed |= {narratives[code]: text for code, text in answers.narratives.items()}
    if answers.nil:
        assert reading.nil, "this form has no nil choice"
        typed[reading.nil.cell] = YES
    return _typed_into(form, typed)


def _typed_into(form: bytes, typed: Mapping[str, Typed]) -> bytes:
    sheets: dict[str, dict[str, Typed]] = {_FIGURES: {}, _NARRATIVES: {}}
    for cell, value in typed.items():
        sheet, address = cell.split("!")
        sheets[_FIGURES if sheet == FIGURE_SHEET else _NARRATIVES][address] = value
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            data = before.read(info)
            after.writestr(info, _sheet(data, sheets[info.filename]) if sheets.get(info.filename) else data)
    return out.getvalue()


def _sheet(data: bytes, typed: Mapping[str, Typed]) -> bytes:
    root = etree.fromstring(data)
    cells = {cell.get("r"): cell for cell in root.iter(f"{{{_MAIN}}}c")}
    for address, value in typed.items():
        cell = cells[address]
        for child in list(cell):
            cell.remove(child)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
            text.text = value
        else:
            if "t" in cell.attrib:
                del cell.attrib["t"]
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
