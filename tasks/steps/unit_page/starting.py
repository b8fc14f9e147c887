"""What was sent, as answers to start a correction from."""

import json
from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import Session, select

from models.form import NO, YES, FormRow, FormSpec
from models.page_fields import NIL, cell_field, figure_field, kept, narrative_field
from models.tables import FigureRow, NarrativeRow, SubmissionRow
from tasks.adapters.home import Home

WEB = "web page"
"""What the file kept of a report that was entered on the page says it is."""


def starting_answers(home: Home, session: Session, row: SubmissionRow, spec: FormSpec) -> dict[str, str]:
    """As typed, where it was entered on the page; else from the figures that were taken."""
    if row.channel == "web":
        typed = typed_on_page(home.files.kept(row.file_sha256))
        if typed is not None:
            return kept(typed, spec)
    rows = session.exec(select(FigureRow).where(FigureRow.submission_id == row.id))
    figures = {} if row.nil else {figure.indicator: figure for figure in rows}
    answers = {NIL: YES} if row.nil else {}
    for asked in spec.entered_rows:
        if figure := figures.get(asked.code):
            answers[figure_field(asked.code)] = as_typed(asked, figure.number, figure.text)
    for table in spec.tables:
        if (lines := figures.get(table.code)) and lines.text:
            for at, line in enumerate(json.loads(lines.text), start=1):
                answers |= {
                    cell_field(table.code, at, column.code): cell_typed(column, line.get(column.code))
                    for column in table.columns
                }
    for narrative in session.exec(select(NarrativeRow).where(NarrativeRow.submission_id == row.id)):
        answers[narrative_field(narrative.code)] = narrative.text
    return kept(answers, spec)


def as_typed(asked: FormRow, number: Decimal | None, text: str | None) -> str:
    """A figure as an officer would type it, so that reading it again gives the same figure."""
    if asked.kind == "yes_no":
        return YES if number else NO
    if number is None:
        return text or ""
    if asked.kind == "ratio":
        return _plain(number * 100) + "%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    # Three decimals after a short number could be thousands: a fourth leaves one reading.
    return f"{whole},{part + '0' if len(part) == 3 else part}" if part else whole


def cell_typed(column: FormRow, said: str | None) -> str:
    """The same of a cell of a repeated table, from what its line was kept as."""
    if said is None:
        return ""
    if column.kind in {"text", "choice", "date"}:
        return said
    return as_typed(column, Decimal(said), said)


def typed_on_page(data: bytes) -> Mapping[str, str] | None:
    """The answers in what the file store kept of a report that was entered on the page; None of anything else."""
    try:
        told = json.loads(data)
    except ValueError:
        return None
    return told["answers"] if isinstance(told, dict) and told.get("kind") == WEB else None
