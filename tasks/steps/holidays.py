"""Other holidays: what they would move, and putting their files in place with the document that decided them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from models.tables import EventRow
from models.working_days import WorkingDays
from models.worlds import Move
from tasks.adapters.holiday_files import put_in_place, read_years, working_days_of
from tasks.adapters.holiday_years import HolidayError, HolidayYear, parse_year
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import append_event
from tasks.steps.loading import MovedMeanwhileError
from tasks.steps.moving import moved_by_days

LOADED = "holidays loaded"


@dataclass(frozen=True, slots=True)
class YearFile:
    name: str
    data: bytes
    year: HolidayYear

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def folder_of(home: Home) -> Path:
    return home.settings.plans / "holidays"


def read_year_files(files: Sequence[Path]) -> tuple[list[YearFile], list[HolidayError]]:
    """The files that are right, and what is wrong with the others; a year stands in one file only."""
    found: dict[int, YearFile] = {}
    wrong = []
    for file in dict.fromkeys(files):
        data = file.read_bytes()
        try:
            year = parse_year(data, file)
        except HolidayError as error:
            wrong.append(error)
            continue
        if year.year in found:
            other = found[year.year].name
            wrong.append(HolidayError(file, [("year", f"{year.year} stands in {other} too")]))
        else:
            found[year.year] = YearFile(str(file), data, year)
    return list(found.values()), wrong


def moved_by_years(home: Home, files: Sequence[YearFile], as_of: datetime) -> list[Move]:
    """What would move if these files stood in place of those of their years."""
    with home.ledger.read() as session:
        return moved_by_days(session, home.days, _days_with(home, files), as_of.date())


def load_years(
    home: Home, files: Sequence[YearFile], shown: Sequence[Move], as_of: datetime, actor: str
) -> None:
    """Put the files in place and record who decided them: all, or none. MovedMeanwhileError where something else
    than shown would move; FolderNotWritableError where the folder cannot be written.
    """
    before, after = home.days, _days_with(home, files)
    # The files first and the record inside: where the record fails, they are put back.
    with (
        put_in_place(folder_of(home), _places(home, files)),
        home.ledger.write() as session,
    ):
        if moved_by_days(session, before, after, as_of.date()) != list(shown):
            raise MovedMeanwhileError
        known = loaded_years(session)
        for file in files:
            if known.get(file.year.year) != file.sha256:
                append_event(
                    session,
                    LOADED,
                    at=as_of,
                    actor=actor,
                    year=file.year.year,
                    status=file.year.status,
                    decided_by=file.year.decided_by,
                    sha256=file.sha256,
                )


def loaded_years(session: Session) -> dict[int, str]:
    """Year → sha256 of the file that was loaded last; years that only ever came with the plans are not there."""
    events = session.exec(select(EventRow).where(EventRow.kind == LOADED).order_by(col(EventRow.id)))
    told = [json.loads(event.data) for event in events]
    return {data["year"]: data["sha256"] for data in told}


def changed_by_hand(home: Home) -> list[Path]:
    """Files that are not what was loaded last for their year, in whatever way they came to be so."""
    with home.ledger.read() as session:
        loaded = loaded_years(session)
    return [
        file
        for year, (file, _) in read_years(folder_of(home)).items()
        if year in loaded and hashlib.sha256(file.read_bytes()).hexdigest() != loaded[year]
    ]


def _places(home: Home, files: Sequence[YearFile]) -> dict[str, bytes]:
    """Name in the folder → content: the file the year stands in now, whatever that is called, else `<year>.yaml`."""
    current = {year: path.name for year, (path, _) in read_years(folder_of(home)).items()}
    places = {current.get(file.year.year, f"{file.year.year}.yaml"): file for file in files}
    for year, name in current.items():
        if name in places and places[name].year.year != year:
            raise ValueError(f"{folder_of(home) / name} holds {year}: give it the name of its year first")
    return {name: file.data for name, file in places.items()}


def _days_with(home: Home, files: Sequence[YearFile]) -> WorkingDays:
    years = {year: content for year, (_, content) in read_years(folder_of(home)).items()}
    return working_days_of((years | {file.year.year: file.year for file in files}).values())
