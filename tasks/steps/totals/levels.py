"""One level's accepted totals become its report to the next; and are held against what it entered itself."""

import json
from datetime import datetime
from typing import Any

from models.checks import check_rules
from models.evaluate import complete
from models.ids import CycleKey
from models.levels import Difference, pass_up, reconcile
from models.plan import Obligation, Plan
from models.plan.levels import seen_from
from models.states import State
from models.taken import Intake
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.submissions import Sent
from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.collecting.accepting import InOrder, Outcome, accept
from tasks.steps.collecting.forms import Expected
from tasks.steps.opening import ensure_open
from tasks.steps.totals.totalling import PASSED_UP, CycleTotals, parts_of, plain, totals_of


def pass_totals_up(
    home: Home, key: CycleKey, through: str | None, reason: str, *, as_of: datetime, actor: str
) -> Outcome:
    """Make the totals of a cycle, of the units that report through one office, that office's report to the cycle this
    one feeds. Where units are missing a reason is asked for; a later call after corrections makes the next version.
    """
    live = ensure_open(home, key, as_of)
    upper = _upper(live)
    unit = through or _only_collector(live)
    _check_owes(home, upper, unit, as_of)
    found = totals_of(home, key, unit, as_of.date())
    if found.missing and not reason:
        raise RefusedActError(
            f"{len(found.missing)} units have not reported ({', '.join(found.missing)}): say why with --reason"
        )
    planned = live.planned
    complete = not found.missing
    intake = pass_up(
        planned.plan, planned.obligation, found.totals, found.reports, str(key), is_complete=complete
    )
    if not intake.nil:
        _hold(planned.plan, planned.plan.obligation(upper.obligation), intake)
    ensure_open(home, upper, as_of, unit, early=True)
    sent = Sent(
        file_sha256=home.files.keep(_snapshot(found, unit, reason)),
        received_at=as_of,
        channel=PASSED_UP,
        file_name=f"{str(key).replace('/', '-')}-{unit}.json",
        submitted_by=actor,
    )
    return accept(home, InOrder(Expected(upper, unit), intake, sent))


def reconciled(home: Home, key: CycleKey, unit: str | None = None) -> list[tuple[str, Difference]]:
    """(unit, difference) for every figure that units of this cycle reported and the level below adds up to, whether
    they agree or not; units that have not reported are left out.
    """
    found = totals_of(home, key)
    planned = found.live.planned
    rows: list[tuple[str, Difference]] = []
    for report in found.reports:
        if unit not in {None, report.unit}:
            continue
        for parts in parts_of(home, found.live, report.unit):
            differences = reconcile(
                planned.plan, planned.obligation, report.figures, parts.totals, nil=report.nil
            )
            rows += [(report.unit, difference) for difference in differences]
    return rows


def difference_json(unit: str, difference: Difference) -> dict[str, Any]:
    return {
        "unit": unit,
        "code": difference.code,
        "label": difference.label,
        "entered": plain(difference.entered),
        "parts": plain(difference.parts),
        "given": difference.given,
        "asked": difference.asked,
        "agrees": difference.agrees,
    }


def _upper(live: LiveCycle) -> CycleKey:
    feeds = live.planned.obligation.feeds
    if feeds is None:
        raise RefusedActError(f"{live.key} feeds no report of the level above")
    return CycleKey(live.key.plan, feeds, live.key.period)


def _check_owes(home: Home, upper: CycleKey, unit: str, as_of: datetime) -> None:
    """Asked before anything is opened or kept."""
    row = next((each for each in status(home, upper, as_of)["units"] if each["unit"] == unit), None)
    if row is None:
        raise RefusedActError(f"{unit} does not owe {upper}")
    if row["state"] == State.EXEMPT:
        raise RefusedActError(f"{unit} is exempt in {upper}")


def _only_collector(live: LiveCycle) -> str:
    found = sorted({standing.collector for standing in live.standings})
    if len(found) != 1:
        raise RefusedActError(
            f"{live.key} goes through several offices: say which with --through, {', '.join(found)}"
        )
    return found[0]


def _hold(plan: Plan, upper: Obligation, intake: Intake) -> None:
    """The rules of the plan hold for totals as they do for what is typed."""
    plan = seen_from(plan, upper)
    asked = upper.form.indicators
    broken = check_rules(plan.rules, complete(plan.indicators_named(asked), intake.by_code()))
    errors = [each.message for each in broken if each.severity == "error" and each.indicator in asked]
    if errors:
        raise RefusedActError("; ".join(errors))


def _snapshot(found: CycleTotals, unit: str, reason: str) -> bytes:
    """What was accepted, kept like any file that comes in: which versions of whom, and their sums."""
    told = {
        "cycle": str(found.live.key),
        "through": unit,
        "reason": reason,
        "expected": found.coverage.expected,
        "received": found.coverage.received,
        "missing": found.missing,
        "versions": [[report.unit, report.version, report.file_sha256] for report in found.reports],
        "totals": [
            [total.indicator.code, plain(total.value), total.given, total.asked] for total in found.totals
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
