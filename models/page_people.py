"""A list of people typed or pasted into the fields of a unit's page: told like one in a workbook, and no more sent."""

from collections.abc import Iterator

from models.finding import Finding
from models.form import FormSpec
from models.page_fields import PLACE, Answers, figure_field, narrative_field, note_field, table_lines
from models.privacy import PERSONAL_DATA, people_lists
from models.reading import RawGrid, RawValue

_SAID = (
    "{what} có danh sách cá nhân (họ tên kèm ngày sinh, số định danh hoặc địa chỉ). Báo cáo chỉ cần số lượng. Để bảo vệ thông "
    "tin của trẻ em, đề nghị xóa danh sách, chỉ giữ số lượng."
)


def people_typed(answers: Answers, spec: FormSpec) -> list[Finding]:
    """One error for each field, table, or all short fields together, that says who instead of how many."""
    found = []
    for what, place, rows in _typed(answers, spec):
        if people_lists([RawGrid(what, rows)]):
            cell = f"{PLACE}!{place}" if place else ""
            found.append(Finding(cell, place, _SAID.format(what=what), "error", PERSONAL_DATA))
    return found


def _typed(answers: Answers, spec: FormSpec) -> Iterator[tuple[str, str, list[list[RawValue]]]]:
    """(what it is called, code of the field, its rows)."""
    for narrative in spec.narratives:
        text = answers.get(narrative_field(narrative.code), "")
        yield f"Mục “{narrative.title}”", narrative.code, [[line] for line in text.split("\n")]
    for table in spec.tables:
        rows: list[list[RawValue]] = [[column.label for column in table.columns]]
        rows += (
            [line.get(column.code, "") for column in table.columns] for line in table_lines(answers, table)
        )
        yield f"Bảng “{table.label}”", table.code, rows
    short: list[list[RawValue]] = [
        [answers.get(figure_field(row.code), ""), answers.get(note_field(row.code), "")]
        for row in spec.entered_rows
    ]
    short += (["", text] for name, text in answers.items() if name.startswith("r:"))
    yield "Phần ghi chú, lý do", "", short
