"""The totals of one cycle, from the versions that count."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from models.figures import UnitFigures
from models.ids import CycleKey
from models.plan.levels import carried, feeders, seen_from
from models.states import Coverage, Standing, coverage
from models.table_lines import lines_of
from models.totals import Member, Source, Total, total_up
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.counted import counted_figures
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.steps.opening import UnknownCycleError, find_planned

PASSED_UP = "totals"
"""The channel of a report made from the totals of the level below; its figures name that cycle as their cell."""


@dataclass(frozen=True, slots=True)
class CycleTotals:
    live: LiveCycle
    coverage: Coverage
    totals: tuple[Total, ...]
    reports: tuple[UnitFigures, ...]
    fed_by: tuple[UnitFigures, ...] = ()
    """Reports of the obligations that feed this one."""
    fed_keys: tuple[CycleKey, ...] = ()
    """The cycle each of them is of."""
    fed_standings: tuple[Standing, ...] = ()
    awaited: tuple[tuple[CycleKey, str, str], ...] = ()
    """Who owed a report in which cycle and has none that counts: cycle, unit, its name."""
    sources: tuple[Source, ...] = ()
    """What was added up: the cycle's own reports, and those of the cycles that feed it."""
    standings: tuple[Standing, ...] = ()
    """Of the units added up: all of the cycle, or those that report through one office."""

    @property
    def sources_in(self) -> list[tuple[CycleKey, UnitFigures]]:
        """Every report that went in, with the cycle it was sent to."""
        fed = list(zip(self.fed_keys, self.fed_by, strict=True))
        return [*((self.live.key, report) for report in self.reports), *fed]

    @property
    def missing(self) -> list[str]:
        return [s.unit for s in self.standings if not s.reported and not s.exempt]


class NotCollectedError(KeyError):
    """No report of the cycle goes through this office."""


def totals_of(home: Home, key: CycleKey, through: str | None = None, on: date | None = None) -> CycleTotals:
    """UnknownCycleError where the cycle has not opened. `through`: only of the units that report through this office,
    which may have taken it over by `on`; NotCollectedError where none do.
    """
    with home.ledger.read() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
        if live is None:
            find_planned(home, key)
            raise UnknownCycleError(f"{key} has not opened yet: nothing to add up")
        standings = collected_by(live, tree, through, on or live.opened_at.date())
        plan, obligation = live.planned.plan, live.planned.obligation
        form, passed_up = obligation.form, frozenset(carried(plan, obligation))
        own = _source(session, live, form.indicators, standings, passed_up)
        feeding = [f for f in (load_cycle(session, tree, home.days, k) for k in feeding_keys(live)) if f]
        below = [_source(session, cycle, form.totals_only, cycle.standings) for cycle in feeding]
        fed = _merged(below)
    codes = [*form.indicators, *form.totals_only]
    totals = total_up(seen_from(plan, obligation), codes, live.planned.period, [own, fed])
    return CycleTotals(
        live=live,
        coverage=coverage(list(standings)),
        totals=tuple(totals),
        reports=own.reports,
        fed_by=fed.reports,
        fed_keys=tuple(
            cycle.key for cycle, source in zip(feeding, below, strict=True) for _ in source.reports
        ),
        fed_standings=tuple(standing for cycle in feeding for standing in cycle.standings),
        awaited=tuple(
            (cycle.key, s.unit, s.unit_name)
            for cycle, owing in ((live, standings), *((each, each.standings) for each in feeding))
            for s in owing
            if not s.reported and not s.exempt
        ),
        sources=(own, fed),
        standings=standings,
    )


def collected_by(live: LiveCycle, tree: UnitTree, through: str | None, on: date) -> tuple[Standing, ...]:
    """The units whose report goes through an office, or through what it is on that day; all where none is named."""
    if through is None:
        return live.standings
    found = tuple(s for s in live.standings if through in {s.collector, tree.office(s.collector, on).code})
    if not found:
        raise NotCollectedError(f"nobody reports through {through} in {live.key}")
    return found


def parts_of(home: Home, live: LiveCycle, unit: str) -> list[CycleTotals]:
    """What the level below adds up to of all that reports through this unit, for each cycle that has opened there."""
    found = []
    for lower in feeders(live.planned.plan, live.planned.obligation):
        key = CycleKey(live.key.plan, lower.code, live.key.period)
        with suppress(UnknownCycleError, NotCollectedError):
            found.append(totals_of(home, key, unit, live.opened_at.date()))
    return found


def feeding_keys(live: LiveCycle) -> list[CycleKey]:
    """The cycles of the same period from which `totals_only` is taken straight; none where the level below passes all
    up, since then it stands in this cycle's own reports.
    """
    plan, obligation, key = live.planned.plan, live.planned.obligation, live.key
    is_passed_up = carried(plan, obligation) and not obligation.form.totals_only
    below = [] if is_passed_up else feeders(plan, obligation)
    return [CycleKey(key.plan, each.code, key.period) for each in below]


def _source(
    session: Session,
    live: LiveCycle,
    codes: list[str],
    standings: Sequence[Standing],
    passed_up: frozenset[str] = frozenset(),
) -> Source:
    units = {standing.unit for standing in standings}
    reports = tuple(report for report in counted_figures(session, live.key) if report.unit in units)
    return Source(frozenset(codes), tuple(members_of(standings)), reports, passed_up)


def _merged(sources: list[Source]) -> Source:
    """Several obligations may feed one: their units add up side by side."""
    return Source(
        frozenset(code for source in sources for code in source.codes),
        # A unit that owes two of them is one unit.
        tuple(dict.fromkeys(member for source in sources for member in source.members)),
        tuple(report for source in sources for report in source.reports),
    )


def members_of(standings: Sequence[Standing]) -> list[Member]:
    """Those who owe, exempt units left out, with the kind they had when the cycle opened."""
    return [Member(s.unit, s.kind) for s in standings if not s.exempt]


def value_of(total: Total) -> Any:
    """A total as JSON has it: a number, a list of answers, or null where nothing is known."""
    if total.indicator.kind == "table":
        return [{"unit": name, "value": list(lines_of(answer))} for name, answer in total.answers]
    if total.answers or total.indicator.adds == "list":
        return [{"unit": name, "value": answer} for name, answer in total.answers]
    return plain(total.value)


def plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def totals_json(found: CycleTotals) -> dict[str, Any]:
    """The public keys of `dondoc totals`."""
    return {
        "cycle": str(found.live.key),
        "expected": found.coverage.expected,
        "received": found.coverage.received,
        "on_time": found.coverage.on_time,
        "late": found.coverage.late,
        "nil": found.coverage.nil,
        "missing": found.missing,
        "excluded": [s.unit for s in found.standings if s.exempt],
        "versions": [
            {"cycle": str(key), "unit": report.unit, "version": report.version, "nil": report.nil}
            | {"channel": report.channel, "file_sha256": report.file_sha256}
            for key, report in found.sources_in
        ],
        "indicators": [
            {
                "code": total.indicator.code,
                "label": total.indicator.label,
                "unit": total.indicator.unit,
                "value": value_of(total),
                "numerator": plain(total.numerator),
                "denominator": plain(total.denominator),
                "target": total.target.wording if total.target else None,
                "met": total.met,
                "given": total.given,
                "nil": total.nil,
                "asked": total.asked,
                "below": {"given": total.below[0], "asked": total.below[1]} if total.below else None,
            }
            for total in found.totals
        ],
    }
