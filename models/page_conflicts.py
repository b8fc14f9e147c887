"""Two windows that hold one draft differently: what differs, and what is left when a person has chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.form import NIL_LABEL, FormSpec
from models.page_fields import (
    NIL,
    Answers,
    figure_field,
    narrative_field,
    note_field,
    table_field,
    table_lines,
    whole_field,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one whole table, that two windows hold differently."""

    field: str
    label: str
    mine: str
    theirs: str


def differences(mine: Answers, theirs: Answers, spec: FormSpec) -> list[Difference]:
    """Field by field in the order of the page; a table is one field, since lines have no names."""
    found = []
    for name, label in _labels(spec):
        one, other = _said(mine, name, spec), _said(theirs, name, spec)
        if one != other:
            found.append(Difference(name, label, one, other))
    return found


def merged(mine: Answers, theirs: Answers, keep_mine: Iterable[str]) -> dict[str, str]:
    """What the other window saved, with these fields of ours; reasons of both."""
    chosen = set(keep_mine)
    found = {name: text for name, text in theirs.items() if whole_field(name) not in chosen}
    found |= {name: text for name, text in mine.items() if whole_field(name) in chosen}
    return {name: text for name, text in mine.items() if name.startswith("r:")} | found


def _labels(spec: FormSpec) -> Iterable[tuple[str, str]]:
    yield NIL, NIL_LABEL
    for row in spec.entered_rows:
        yield figure_field(row.code), f"{row.code} {row.label}"
        yield note_field(row.code), f"{row.code} {row.label}, ghi chú"
    for narrative in spec.narratives:
        yield narrative_field(narrative.code), narrative.title
    for table in spec.tables:
        yield table_field(table.code), table.label


def _said(answers: Answers, name: str, spec: FormSpec) -> str:
    for table in spec.tables:
        if name == table_field(table.code):
            lines = table_lines(answers, table)
            return "\n".join("; ".join(line.get(c.code, "–") for c in table.columns) for line in lines)
    return answers.get(name, "")
