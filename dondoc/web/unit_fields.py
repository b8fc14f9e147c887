"""The fields of a unit's page as its template shows them: rule, value and what is wrong, each beside its field."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from dondoc.web.unit_field import ANSWER, REASON, RULES, Field, FormView, Said, TableView, as_read, field_id
from dondoc.web.unit_words import asks_for_reason, on_page
from models.finding import Finding
from models.form import NO, YES, FormRow, FormSpec, TableForm
from models.last_period import LastFigure
from models.page_fields import (
    NIL,
    cell_field,
    field_of,
    figure_field,
    narrative_field,
    note_field,
    reason_field,
    table_field,
    table_lines,
)
from models.questions import ASKED
from tasks.steps.unit_page.checking import Checked
from tasks.steps.unit_page.showing import UnitPage

_SPARE_LINES = 2
_MORE_LINES = 5
_BESIDE = re.compile(r"^Dòng \S+ “.*?”: ")
_AT_FIRST = frozenset({"required_blank", "empty"})
"""Nobody is told that a field is blank before they say they are done."""


def form_view(page: UnitPage, checked: Checked, *, done: bool, more: str = "") -> FormView:
    """`done`: the person has asked to send, so blanks are told too. `more`: a table that wants more lines."""
    spec, answers = page.spec, page.draft.answers
    shown = [f for f in checked.intake.findings if done or _is_told_at_once(f)]
    says: dict[str, list[Said]] = defaultdict(list)
    for finding in shown:
        says[field_of(finding, spec)].append(_said(finding))
    last = spec.beside.by_code() if spec.beside else {}
    rows = [_row(row, answers, says, last, checked.computed) for row in spec.rows]
    titles = [row.group or "" for row in spec.rows]
    groups = [
        (title, tuple(field for _, field in pairs))
        for title, pairs in groupby(zip(titles, rows, strict=True), key=lambda pair: pair[0])
    ]
    blanks = [f for f in shown if f.rule == "required_blank"]
    rest = [f for f in shown if f.rule != "required_blank"]
    return FormView(
        groups=tuple(groups),
        narratives=tuple(
            Field(
                name=(name := narrative_field(each.code)),
                label=each.title,
                value=answers.get(name, ""),
                required=each.required,
                hint=each.hint,
                says=tuple(says[name]),
            )
            for each in spec.narratives
        ),
        tables=tuple(_table(table, answers, says, more=more) for table in spec.tables),
        nil=_nil(spec, answers, says),
        summary=tuple(
            (on_page(f), field_id(field_of(f, spec)), f.severity, asks_for_reason(f)) for f in rest
        ),
        blanks=tuple((_briefly(f, spec), field_id(field_of(f, spec))) for f in blanks),
    )


def _is_told_at_once(finding: Finding) -> bool:
    if finding.severity == "warning":
        return bool(finding.reason) or finding.rule == ASKED
    return finding.rule not in _AT_FIRST


def _said(finding: Finding) -> Said:
    text = _BESIDE.sub("", on_page(finding))
    name = reason_field(finding) if finding.severity == "warning" else ""
    label = ANSWER if finding.rule == ASKED else REASON
    return Said(text[:1].upper() + text[1:], finding.severity, name, finding.reason, label)


def _row(
    row: FormRow,
    answers: Mapping[str, str],
    says: Mapping[str, Sequence[Said]],
    last: Mapping[str, LastFigure],
    computed: Mapping[str, Decimal],
) -> Field:
    name, note = figure_field(row.code), note_field(row.code)
    before = last.get(row.code)
    result = computed.get(row.code)
    return Field(
        name=name,
        label=row.label,
        value=answers.get(name, ""),
        code=row.code,
        unit=row.unit_of_measure,
        kind=row.kind,
        required=row.required,
        rule=RULES.get(row.kind, ""),
        hint=row.hint,
        options=_options(row),
        note_name=note,
        note=answers.get(note, ""),
        last=as_read(row, before.number, before.text) if before else "",
        says=tuple(says.get(name, ())),
        computed="" if result is None else as_read(row, result, None),
        entered=row.entered,
        formula=_formula(row),
    )


def _options(row: FormRow) -> tuple[str, ...]:
    return (YES, NO) if row.kind == "yes_no" else row.choices if row.kind == "choice" else ()


def _nil(spec: FormSpec, answers: Mapping[str, str], says: Mapping[str, Sequence[Said]]) -> Field | None:
    if not spec.nil_allowed:
        return None
    return Field(name=NIL, label="Không phát sinh", value=answers.get(NIL, ""), says=tuple(says.get(NIL, ())))


def _table(
    table: TableForm, answers: Mapping[str, str], says: Mapping[str, Sequence[Said]], *, more: str
) -> TableView:
    filled = table_lines(answers, table)
    count = len(filled) + (_MORE_LINES if more == table.code else _SPARE_LINES)
    lines = []
    for at in range(1, count + 1):
        line = filled[at - 1] if at <= len(filled) else {}
        lines.append(tuple(_cell(table, at, column, line, says) for column in table.columns))
    name = table_field(table.code)
    field = Field(name, table.label, hint=table.hint, required=table.required, says=tuple(says.get(name, ())))
    return TableView(field, table.columns, tuple(lines))


def _cell(
    table: TableForm,
    at: int,
    column: FormRow,
    line: Mapping[str, str],
    says: Mapping[str, Sequence[Said]],
) -> Field:
    name = cell_field(table.code, at, column.code)
    return Field(
        name=name,
        label=f"{column.label}, dòng {at}",
        value=line.get(column.code, ""),
        kind=column.kind,
        options=_options(column),
        says=tuple(says.get(name, ())),
    )


def _formula(row: FormRow) -> str:
    if row.formula is None:
        return ""
    parts = [row.formula.kind, "+".join(row.formula.over), "+".join(row.formula.under)]
    return ";".join([*parts, str(row.formula.factor)])


def _briefly(finding: Finding, spec: FormSpec) -> str:
    titles = {narrative.code: narrative.title for narrative in spec.narratives}
    titles |= {table.code: table.label for table in spec.tables}
    return titles.get(finding.indicator, finding.indicator)
