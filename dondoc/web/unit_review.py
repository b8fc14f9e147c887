"""What will be sent, or was: every figure as it was understood, with its words, files and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dondoc.web.unit_field import as_read
from models.attachments import Attachment
from models.finding import Finding
from models.form import FormRow
from models.text import day_with_weekday
from tasks.steps.unit_page.checking import Checked
from tasks.steps.unit_page.showing import UnitPage


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    label: str
    unit: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class TableReview:
    label: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Review:
    nil: bool
    lines: tuple[Line, ...]
    tables: tuple[TableReview, ...]
    narratives: tuple[tuple[str, str], ...]
    files: tuple[Attachment, ...]
    warnings: tuple[Finding, ...]


def review(page: UnitPage, checked: Checked) -> Review:
    spec, intake = page.spec, checked.intake
    figures, said = intake.by_code(), {each.code: each.text for each in intake.narratives}
    lines = []
    for row in spec.rows:
        figure, computed = figures.get(row.code), checked.computed.get(row.code)
        value = (
            as_read(row, figure.number, figure.text)
            if figure
            else as_read(row, computed, None)
            if computed is not None
            else ""
        )
        unit = "" if value.endswith("%") else row.unit_of_measure
        lines.append(Line(row.code, row.label, unit, value, figure.note if figure else ""))
    return Review(
        nil=intake.nil,
        lines=() if intake.nil else tuple(lines),
        tables=tuple(
            TableReview(
                table.label,
                tuple(column.label for column in table.columns),
                tuple(
                    _cells(table.columns, {v.code: (v.number, v.text) for v in record.values})
                    for record in intake.records
                    if record.table == table.code
                ),
            )
            for table in spec.tables
        ),
        narratives=tuple((each.title, said[each.code]) for each in spec.narratives if each.code in said),
        files=page.draft.attachments,
        warnings=tuple(f for f in intake.findings if f.severity == "warning"),
    )


def _cells(
    columns: tuple[FormRow, ...], values: Mapping[str, tuple[Decimal | None, str | None]]
) -> tuple[str, ...]:
    return tuple(as_read(each, *values[each.code]) if each.code in values else "–" for each in columns)


def verdict(page: UnitPage) -> str:
    """On time, late or neither yet, by the first report; nobody is called late before day X has passed."""
    standing = page.standing
    if standing.on_time:
        return "đúng hạn"
    first = standing.first_submitted_at
    if first and first.date() <= page.blameless_until:
        return f"nhận sau ngày cuối để gửi, chưa quá {day_with_weekday(page.blameless_until)}"
    return "nhận sau thời hạn"
