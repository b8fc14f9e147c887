"""The form that goes with a return: what was sent stands in its cells, and each question at its own."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from models.form import YES, FormRow, FormSpec
from models.intake_narratives import CELL_LIMIT
from models.page_fields import note_field
from models.questions import marked
from models.states import Standing
from models.tables import AssignmentRow, FigureRow, NarrativeRow, SubmissionRow
from models.text import day_with_weekday
from models.texts_in import clean_text
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, assignment_row
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook, write_filled
from tasks.adapters.workbooks.filled import Filled, Marks, Typed
from tasks.steps.collecting.asking_about import questions_to
from tasks.steps.unit_page.starting import as_typed, cell_typed, typed_on_page

_WORDS = {"yes_no", "choice", "text", "date"}
_HOW = (
    "Nội dung đã gửi được giữ nguyên trong tệp này. {where}Sửa xong, lưu lại và gửi chính tệp này. Thời điểm gửi lần đầu vẫn "
    "được ghi nhận."
)
_WHERE = (
    "Bấm vào ô ở cột “Ô” để đến chỗ được hỏi (ô nền cam): sửa lại, hoặc trả lời tại nơi ghi ở cột bên cạnh. "
)


def form_with_what_was_sent(home: Home, live: LiveCycle, spec: FormSpec) -> bytes | None:
    """For a unit whose report was returned: the version that goes back. None where nothing was returned, or where a text
    is longer than a cell holds: the form must not give back less than was sent.
    """
    standing = live.standing(spec.unit)
    if not standing.returned:
        return None
    with home.ledger.read() as session:
        assignment: AssignmentRow = assignment_row(session, live.key, spec.unit)
        row = session.get(SubmissionRow, assignment.submission_id)
        if row is None:
            return None
        figures = {each.indicator: each for each in _of(session, FigureRow, row)}
        texts = {each.code: each.text for each in _of(session, NarrativeRow, row)}
    questions = questions_to(home, live, spec.unit)
    notes = _notes(home, row, spec)
    marks = Marks(marked(questions, spec, notes))
    asked = {each.code for each in questions}
    filled = Filled(
        values=_values(figures, spec) | texts,
        notes={code: note for code, note in notes.items() if code not in asked},
        nil=YES if row.nil else "",
        records=_records(figures, spec),
        marks=marks,
        told=_told(standing, asked=bool(marks.findings)),
    )
    return None if _is_too_long(filled) else write_filled(spec, filled)


def _of(session: Session, table: Any, row: SubmissionRow) -> Sequence[Any]:
    return session.exec(select(table).where(table.submission_id == row.id)).all()


def _is_too_long(filled: Filled) -> bool:
    lines = [cells for records in filled.records.values() for _, cells in records]
    values = [*filled.values.values(), *(value for cells in lines for value in cells.values())]
    return any(len(value) >= CELL_LIMIT for value in values if isinstance(value, str))


def _values(figures: Mapping[str, FigureRow], spec: FormSpec) -> dict[str, Typed]:
    return {
        asked.code: _cell(asked, found.number, as_typed(asked, found.number, found.text))
        for asked in spec.entered_rows
        if (found := figures.get(asked.code)) and (found.number, found.text) != (None, None)
    }


def _records(
    figures: Mapping[str, FigureRow], spec: FormSpec
) -> dict[str, list[tuple[int, dict[str, Typed]]]]:
    records = {}
    for table in spec.tables:
        found = figures.get(table.code)
        lines = json.loads(found.text) if found and found.text else []
        records[table.code] = [
            (at, {column.code: _said(column, line.get(column.code)) for column in table.columns})
            for at, line in enumerate(lines, start=1)
        ]
    return records


def _said(column: FormRow, said: str | None) -> Typed:
    number = Decimal(said) if said is not None and column.kind not in _WORDS else None
    return _cell(column, number, cell_typed(column, said))


def _cell(asked: FormRow, number: Decimal | None, typed: str) -> Typed:
    """A number as one, so that the form's own sums go on; one a spreadsheet would round, as it is typed."""
    if number is None or asked.kind in _WORDS or Decimal(format(float(number), ".15g")) != number:
        return typed
    return number


def _notes(home: Home, row: SubmissionRow, spec: FormSpec) -> dict[str, str]:
    """What stood beside the figures, as the file that was kept has it; and the reasons that were given on the page, which
    in a workbook stand there. A file that cannot be read any more has none.
    """
    codes = {asked.code for asked in spec.entered_rows}
    notes: dict[str, str] = {}
    try:
        data = home.files.kept(row.file_sha256)
        if (typed := typed_on_page(data)) is not None:
            notes = {code: typed.get(note_field(code), "") for code in codes}
        else:
            notes = {each.code: clean_text(each.note) for each in read_workbook(data).rows}
    except (NotAWorkbookError, OSError):
        pass  # the values are in the ledger, and go all the same
    notes = {code: note for code, note in notes.items() if note and code in codes}
    for each in json.loads(row.findings):
        if each["indicator"] in codes and each.get("reason"):
            notes.setdefault(each["indicator"], each["reason"])
    return notes


def _told(standing: Standing, *, asked: bool) -> tuple[str, ...]:
    assert standing.returned_until
    return (
        f"Lý do đề nghị chỉnh lý: {standing.reason}",
        f"Gửi lại chậm nhất: hết {day_with_weekday(standing.returned_until)}.",
        _HOW.format(where=_WHERE if asked else ""),
    )
