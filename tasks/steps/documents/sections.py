"""Sections of a Báo cáo as the coordinator edits them. The next sweep writes the report anew with what was edited."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.ids import CycleKey
from models.report.sections import CODES, Edited, Section
from models.tables import SectionTextRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.sections import save_section, section_rows
from tasks.steps.documents.making import inputs_of
from tasks.steps.totals.totalling import totals_of


class ChangedSectionError(ValueError):
    """Somebody else has edited it since it was looked at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`row` is the newest version in the ledger, edited or taken back; None: never edited."""

    section: Section
    row: SectionTextRow | None

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


def sections(home: Home, key: CycleKey) -> dict[str, Shown]:
    """Every section by its code. UnknownCycleError where the cycle has not opened, ValueError where it makes no Báo cáo."""
    found = totals_of(home, key)
    if found.live.planned.plan.report_of(found.live.planned.obligation) is None:
        raise ValueError(f"{key} has no Báo cáo: its plan names none")
    with home.ledger.read() as session:
        rows = {row.code: row for row in section_rows(session, key)}
    return {code: Shown(section, rows.get(code)) for code, section in inputs_of(home, found).sections.items()}


def section(home: Home, key: CycleKey, code: str) -> Shown:
    """ValueError for a section there is not."""
    if code not in CODES:
        raise ValueError(f"no section {code}: there are {', '.join(CODES)}")
    return sections(home, key)[code]


def edit_section(
    home: Home, key: CycleKey, code: str, text: str, seen: int, *, as_of: datetime, actor: str
) -> int:
    """Keep the text as the next version, with all that units have said by now taken note of; returns its number. `seen` is
    the version the editor started from: ChangedSectionError where another has come since.
    """
    shown = section(home, key, code)
    return _save(home, key, replace(shown.section.edit(text), version=shown.version + 1), seen, as_of, actor)


def take_back(home: Home, key: CycleKey, code: str, seen: int, *, as_of: datetime, actor: str) -> int:
    """The units' own words again; the edited versions stay in the ledger."""
    shown = section(home, key, code)
    if shown.section.edited is None:
        raise ValueError(f"{code} of {key} is not edited: there is nothing to take back")
    empty = Edited(code, shown.version + 1, "", {}, {})
    return _save(home, key, empty, seen, as_of, actor)


def _save(home: Home, key: CycleKey, edited: Edited, seen: int, as_of: datetime, actor: str) -> int:
    with home.ledger.write() as session:
        newest = {row.code: row for row in section_rows(session, key)}.get(edited.code)
        if (newest.version if newest else 0) != seen or edited.version != seen + 1:
            by = f" by {newest.edited_by}" if newest else ""
            there = newest.version if newest else 0
            raise ChangedSectionError(
                f"{edited.code} of {key} is at version {there}{by}, and was edited from version {seen}: look at it again, "
                f"then edit with --seen {there}"
            )
        save_section(session, key, edited, at=as_of, actor=actor)
    return edited.version
