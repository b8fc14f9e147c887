"""The fields of a unit's page: what a person typed, by the name of its field, and what it amounts to as a form.

A figure is `s:H588.21`, its remark `g:H588.21`, a narrative `l:ket-qua`, the third line of a table `b:BANG:3:COT`, the
reason given for a warning `r:` and what the warning is about. The same form, filled in a workbook, is judged alike:
only the places are named after the page instead of after cells.
"""

import re
from collections.abc import Iterable, Mapping

from models.finding import Finding
from models.form import NIL_LABEL, YES, FormSpec, TableForm
from models.intake_narratives import CELL_LIMIT
from models.reading import Identity, RawCell, RawNarrative, RawRecord, RawRow, RawTable, Reading
from models.texts_in import clean_pasted, clean_text

Answers = Mapping[str, str]
NIL = "nil"
PLACE = "Trang nhập"
MOST_LINES = 500
"""Lines of one table; more is a list somebody keeps elsewhere."""
_MOST_REASONS = 200
_CELL = re.compile(r"b:(?P<table>.+):(?P<line>[1-9]\d{0,3}):(?P<column>[^:]+)")


def figure_field(code: str) -> str:
    return f"s:{code}"


def note_field(code: str) -> str:
    return f"g:{code}"


def narrative_field(code: str) -> str:
    return f"l:{code}"


def table_field(code: str) -> str:
    return f"b:{code}"


def cell_field(table: str, line: int, column: str) -> str:
    return f"b:{table}:{line}:{column}"


def reason_field(finding: Finding) -> str:
    return f"r:{finding.rule}:{finding.indicator}:{finding.cell}"


def kept(given: Mapping[str, str], spec: FormSpec) -> dict[str, str]:
    """What is worth keeping of what a browser sent: fields this form has, cleaned, blanks left out, the lines of a
    table moved together. The same content gives the same answers.
    """
    answers = {}
    for row in spec.entered_rows:
        answers[figure_field(row.code)] = clean_text(given.get(figure_field(row.code), ""))
        answers[note_field(row.code)] = clean_text(given.get(note_field(row.code), ""))
    for narrative in spec.narratives:
        name = narrative_field(narrative.code)
        answers[name] = clean_pasted(given.get(name, ""))
    for table in spec.tables:
        for at, line in enumerate(table_lines(given, table), start=1):
            answers |= {cell_field(table.code, at, code): text for code, text in line.items()}
    if spec.nil_allowed and given.get(NIL):
        answers[NIL] = YES
    reasons = [name for name in given if name.startswith("r:")][:_MOST_REASONS]
    answers |= {name: clean_text(given[name]) for name in reasons}
    return {name: text for name, text in answers.items() if text}


def holds_form(given: Mapping[str, str], spec: FormSpec) -> bool:
    """Did a browser send this form at all? However empty it is, it then sends its fields, each blank: a form that lost
    them on the way is no form that somebody emptied. What a box to tick sends only where it is ticked proves nothing
    when it is lacking, so a form with nothing but that box always holds.
    """
    always = {name(row.code) for row in spec.entered_rows for name in (figure_field, note_field)}
    always |= {narrative_field(each.code) for each in spec.narratives}
    tables = {table.code for table in spec.tables}
    if not always and not tables:
        return True
    cells = (found for name in given if (found := _CELL.fullmatch(name)))
    return not always.isdisjoint(given) or NIL in given or any(cell["table"] in tables for cell in cells)


def table_lines(answers: Answers, table: TableForm) -> list[dict[str, str]]:
    """The filled lines of a repeated table, in order: column → text."""
    lines: dict[int, dict[str, str]] = {}
    columns = {column.code for column in table.columns}
    for name, text in answers.items():
        found = _CELL.fullmatch(name)
        if found and found["table"] == table.code and found["column"] in columns:
            cleaned = clean_text(text)
            if cleaned and int(found["line"]) <= MOST_LINES:
                lines.setdefault(int(found["line"]), {})[found["column"]] = cleaned
    return [lines[at] for at in sorted(lines)]


def is_blank(answers: Answers) -> bool:
    """Is there nothing yet that could be sent?"""
    return not any(not name.startswith(("r:", "g:")) for name in answers)


def reading_of(answers: Answers, spec: FormSpec) -> Reading:
    """The page as a reader of workbooks would give it: places are named by code."""
    own = spec.identity
    return Reading(
        kind="web",
        identity=Identity(own["cycle"], own["unit"], own["version"], own["token"]),
        has_figures=True,
        rows=tuple(
            RawRow(
                row.code,
                _place(row.code),
                RawCell(answers.get(figure_field(row.code), ""), _place(row.code)),
                answers.get(note_field(row.code), ""),
            )
            for row in spec.rows
        ),
        narratives=tuple(
            part
            for each in spec.narratives
            for part in _parts(each.code, answers.get(narrative_field(each.code), ""))
        ),
        nil=RawCell(answers[NIL], _place(NIL_LABEL)) if NIL in answers else None,
        tables=tuple(RawTable(table.sheet, _records(answers, table)) for table in spec.tables),
    )


def _records(answers: Answers, table: TableForm) -> tuple[RawRecord, ...]:
    return tuple(
        RawRecord(at, {c.code: RawCell(line.get(c.code, ""), _line(table.code, at)) for c in table.columns})
        for at, line in enumerate(table_lines(answers, table), start=1)
    )


def _parts(code: str, text: str) -> Iterable[RawNarrative]:
    """A section is one cell; one longer than a cell goes as several, as the workbook would have it."""
    if len(text) < CELL_LIMIT:
        yield RawNarrative(code, text, _place(code))
        return
    for paragraph in text.split("\n"):
        for start in range(0, len(paragraph), CELL_LIMIT - 1):
            yield RawNarrative(code, paragraph[start : start + CELL_LIMIT - 1], _place(code))


def _place(name: str) -> str:
    return f"{PLACE}!{name}"


def _line(table: str, line: int) -> str:
    return _place(f"{table} dòng {line}")


def field_of(finding: Finding, spec: FormSpec) -> str:
    """The field a finding is about, or empty where it is about the page as a whole."""
    place = finding.cell.removeprefix(f"{PLACE}!")
    if place == NIL_LABEL:
        return NIL
    for table in spec.tables:
        if finding.indicator == table.code:
            return table_field(table.code)
        head, _, line = place.rpartition(" dòng ")
        if head == table.code and line.isdecimal():
            return cell_field(table.code, int(line), finding.indicator)
    if any(narrative.code == finding.indicator for narrative in spec.narratives):
        return narrative_field(finding.indicator)
    known = any(row.code == finding.indicator for row in spec.rows)
    return figure_field(finding.indicator) if known else ""


def whole_field(name: str) -> str:
    """The table a cell is in; any other field is itself."""
    cell = _CELL.fullmatch(name)
    return table_field(cell["table"]) if cell else name
