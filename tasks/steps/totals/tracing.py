"""Where a figure came from: unit, version, file and cell; of one passed up, where that came from, to the lowest level."""

import json
from datetime import date
from typing import Any

from models.figures import UnitFigures
from models.ids import CycleKey
from models.plan.levels import seen_from
from models.taken import FigureValue
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.totals.totalling import PASSED_UP, CycleTotals, plain, totals_of, value_of


def trace(
    home: Home, key: CycleKey, code: str, through: str | None = None, on: date | None = None
) -> dict[str, Any]:
    """Where a figure came from: unit, version, file hash, cell; of a figure passed up, where that one came from, down
    to the lowest level. KeyError for an indicator the form lacks.
    """
    found = totals_of(home, key, through, on)
    total = next((total for total in found.totals if total.indicator.code == code), None)
    if total is None:
        codes = ", ".join(t.indicator.code for t in found.totals)
        raise KeyError(f"{key} has no indicator {code}; it has {codes}")
    formula = total.indicator.formula
    weight = [total.indicator.weight] if total.indicator.weight else []
    codes_wanted = [code, *weight] if formula is None else _entered(found, formula.operands())
    parts = [
        {
            "unit": report.unit,
            "unit_name": report.unit_name,
            "version": report.version,
            "channel": report.channel,
            "paper": report.paper,
            "file_sha256": report.file_sha256,
            "indicator": wanted,
            "cell": answer.cell,
            "value": plain(answer.number) if answer.number is not None else answer.text,
            "below": _traced_below(home, found.live, report, answer),
        }
        for report in (*found.reports, *found.fed_by)
        for wanted in codes_wanted
        if (answer := report.figures.get(wanted)) and (wanted not in weight or code in report.figures)
    ]
    return {"cycle": str(key), "indicator": code, "value": value_of(total), "parts": parts}


def _traced_below(
    home: Home, live: LiveCycle, report: UnitFigures, answer: FigureValue
) -> dict[str, Any] | None:
    if report.channel != PASSED_UP:
        return None
    below = trace(home, CycleKey.parse(answer.cell), answer.code, report.unit, live.opened_at.date())
    return below | {"changed_since": _changed_since(home, report, below["parts"])}


def _changed_since(home: Home, report: UnitFigures, parts: list[dict[str, Any]]) -> list[str]:
    """Units whose report is another than the one that was added up when the totals were accepted."""
    accepted = json.loads(home.files.kept(report.file_sha256))["versions"]
    then = {unit: version for unit, version, _ in accepted}
    now = {part["unit"]: part["version"] for part in parts}
    return sorted(unit for unit in then.keys() | now.keys() if then.get(unit) != now.get(unit))


def _entered(found: CycleTotals, codes: list[str]) -> list[str]:
    entered: list[str] = []
    for code in codes:
        formula = seen_from(found.live.planned.plan, found.live.planned.obligation).indicator(code).formula
        entered += _entered(found, formula.operands()) if formula else [code]
    return list(dict.fromkeys(entered))
