"""Totals, board and open data of the ledger, as files for others."""

from datetime import datetime

from models.disclosure import EVERYTHING, Disclosure, protect
from models.exports.open_data import OpenData, open_data
from models.exports.sheets import Sheet, board_sheets, totals_sheet, units_sheet
from models.figures import UnitFigures
from models.ids import CycleKey
from models.plan.levels import carried
from tasks.adapters.home import Home
from tasks.adapters.ledger.units import load_tree
from tasks.steps.board import board
from tasks.steps.totals.totalling import CycleTotals, totals_of


def totals_sheets(home: Home, key: CycleKey, *, full: bool = False) -> tuple[Sheet, ...]:
    """The totals, and the figures of the units. `full`: with the counts that could point to one child, for use inside
    the office. UnknownCycleError where the cycle has not opened.
    """
    found = totals_of(home, key)
    reports = _reports(found)
    hides = EVERYTHING if full else protect(found.totals, reports)
    return totals_sheet(found.totals, hides), units_sheet(found.totals, reports, hides)


def board_as_sheets(home: Home, as_of: datetime, plan: str | None) -> tuple[Sheet, ...]:
    return board_sheets(board(home, as_of, plan))


def cycle_data(home: Home, key: CycleKey, as_of: datetime) -> OpenData:
    """What may be published of a cycle; nothing that could point to one child. UnknownCycleError as above."""
    found = totals_of(home, key)
    reports = _reports(found)
    hides: Disclosure = protect(found.totals, reports)
    planned = found.live.planned
    with home.ledger.read() as session:
        lead = load_tree(session).office(planned.plan.lead, as_of.date()).body
    return open_data(planned, lead, found.coverage, found.totals, reports, hides, as_of)


def _reports(found: CycleTotals) -> tuple[UnitFigures, ...]:
    """Those the totals were made from, as a Báo cáo shows them."""
    is_level = bool(carried(found.live.planned.plan, found.live.planned.obligation))
    return found.reports if is_level else (*found.fed_by, *found.reports)
