"""Questions about single lines of a report that goes back. They stand in the event of the return, with what each line said
then, and are asked again of a next version that still says so.
"""

import json
from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from models.finding import Finding
from models.form import FormSpec
from models.questions import ASKED, Question, as_said, names_in
from models.tables import EventRow, FigureRow, NarrativeRow, SubmissionRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.events import newest_event

RETURNED = "report returned"
Asked = list[dict[str, str]]
"""`code` and `text` of each question of a return."""


def ask_at(session: Session, submission: SubmissionRow, about: Mapping[str, str]) -> list[Question]:
    """The questions, each with the cell and the words of the version that goes back; a line without an answer has none."""
    if not about:
        return []
    figures = session.exec(select(FigureRow).where(FigureRow.submission_id == submission.id))
    sections = session.exec(select(NarrativeRow).where(NarrativeRow.submission_id == submission.id))
    said = {row.indicator: (row.cell, as_said(row.number, row.text)) for row in figures}
    said |= {row.code: (row.cell, row.text) for row in sections}
    return [Question(code, text, *said.get(code, ("", ""))) for code, text in about.items()]


def told_of(question: Question, spec: FormSpec) -> Finding:
    """As the mail tells it: a code alone says nothing to a reader without the form at hand."""
    asked = f"{names_in(spec)[question.code]}: {question.text}"
    return Finding(question.cell, question.code, asked, "warning", ASKED)


def asked_in(session: Session, cycles: Collection[str]) -> dict[tuple[str, str], Asked]:
    """(cycle, unit) → the questions of its newest return, whether or not they have been answered since."""
    query = select(EventRow.cycle, EventRow.unit, EventRow.data).where(
        EventRow.kind == RETURNED, col(EventRow.cycle).in_(cycles)
    )
    return {
        (cycle, unit): [
            {"code": each["code"], "text": each["text"]} for each in json.loads(data).get("about", [])
        ]
        for cycle, unit, data in session.exec(query.order_by(col(EventRow.id)))
    }


def questions_to(home: Home, live: LiveCycle, unit: str) -> list[Question]:
    """What this unit was asked when its report went back, as long as the correction is awaited."""
    standing = next((each for each in live.standings if each.unit == unit), None)
    if standing is None or not standing.returned:
        return []
    with home.ledger.read() as session:
        told = newest_event(session, RETURNED, str(live.key), unit) or {}
    return [Question(**each) for each in told.get("about", [])]
