"""The folder of holiday files (`plans/holidays/<year>.yaml`): read as the calendar of working days, and replaced."""

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models.working_days import WorkingDays
from tasks.adapters.holiday_years import HolidayError, HolidayYear, parse_year


def read_working_days(folder: Path) -> WorkingDays:
    """Every year's file in the folder; HolidayError names the file that is wrong."""
    return _working_days(_files_in(folder))


def read_years(folder: Path) -> dict[int, tuple[Path, HolidayYear]]:
    """Year → its file and what stands in it, in order of years."""
    return dict(sorted(_read(_files_in(folder)).items()))


def working_days_of(years: Iterable[HolidayYear]) -> WorkingDays:
    holidays: dict[dt.date, str] = {}
    saturdays: set[dt.date] = set()
    covered = set()
    for year in years:
        holidays |= {day.date: day.name for day in year.holidays}
        saturdays |= {day.date for day in year.working_saturdays}
        covered.add(year.year)
    return WorkingDays(holidays, frozenset(saturdays), frozenset(covered))


class FolderNotWritableError(ValueError):
    """The plans that are installed may be read-only; then the installation needs plans of its own."""

    def __init__(self, folder: Path, error: OSError) -> None:
        why = error.strerror or str(error)
        super().__init__(f"{folder} cannot be written ({why}): set DONDOC_PLANS to a copy of {folder.parent}")


@contextmanager
def put_in_place(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Write these files into the folder, all or none: when one cannot be written (FolderNotWritableError), or the
    block that follows fails, all are as before.
    """
    done: list[str] = []
    try:
        scratch = TemporaryDirectory(dir=folder, prefix=".load-")
    except OSError as error:
        raise FolderNotWritableError(folder, error) from None
    with scratch as name:
        part = Path(name)
        try:
            try:
                for file in _replaced(folder, part, files):
                    done.append(file)  # noqa: PERF402 - what is done when the next one fails is to be known
            except OSError as error:
                raise FolderNotWritableError(folder, error) from None
            yield
        except BaseException:
            for file in done:
                _put_back(folder / file, part / f"{file}.before")
            raise


def _replaced(folder: Path, part: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """Each file as soon as it is in place; the first only when all are written and those before them kept."""
    for file, data in files.items():
        _write_through(part / file, data)
        if (folder / file).exists():
            shutil.copy2(folder / file, part / f"{file}.before")
    for file in files:
        (part / file).replace(folder / file)
        yield file


def _write_through(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _put_back(file: Path, before: Path) -> None:
    if before.exists():
        before.replace(file)
    else:
        file.unlink()


_Files = tuple[tuple[str, int], ...]
"""Paths with the moment of their last change, so that what was read of them can be remembered."""


def _files_in(folder: Path) -> _Files:
    with os.scandir(folder) as entries:
        return tuple(sorted((e.path, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".yaml")))


@lru_cache(maxsize=4)
def _working_days(files: _Files) -> WorkingDays:
    return working_days_of(year for _, year in _read(files).values())


@lru_cache(maxsize=4)
def _read(files: _Files) -> dict[int, tuple[Path, HolidayYear]]:
    found: dict[int, tuple[Path, HolidayYear]] = {}
    for file, _changed in files:
        year = parse_year(Path(file).read_bytes(), file)
        if year.year in found:
            other = found[year.year][0].name
            raise HolidayError(file, [("year", f"{year.year} stands in {other} already")])
        found[year.year] = Path(file), year
    return found
