"""The totals of an issued Báo cáo as they were printed, with today's beside them."""

from typing import Any

from models.ids import CycleKey
from models.report.frozen import frozen_total
from models.report.since import changed_totals
from models.signing import document_label
from tasks.adapters.home import Home
from tasks.adapters.ledger.documents import last_issued
from tasks.adapters.ledger.flags import flags
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.freezing import inputs_of_row
from tasks.steps.totals.totalling import plain, totals_of


def issued_totals(home: Home, key: CycleKey) -> dict[str, Any]:
    """The keys of `dondoc totals`, and of each line `now` and `changed`. RefusedActError where nothing is issued, or from
    before inputs were kept.
    """
    with home.ledger.read() as session:
        row = last_issued(session, key, "bao-cao")
        if row is None:
            raise RefusedActError(f"{key} has no issued Báo cáo")
        changes = flags(session, str(key)).get(row.id or 0, [])
    label = document_label(row.kind, row.step, row.version)
    inputs = inputs_of_row(home, row)
    if inputs is None:
        raise RefusedActError(
            f"{label} of {key} was written before inputs were kept: its file has the figures"
        )
    today = {total.indicator.code: total for total in totals_of(home, key).totals}
    plan = totals_of(home, key).live.planned.plan
    changed = {c.then.code for c in changed_totals(inputs.totals, [frozen_total(t) for t in today.values()])}
    lines = []
    for total in inputs.totals:
        indicator, now = plan.indicator(total.code), today.get(total.code)
        lines.append(
            {
                "code": total.code,
                "label": indicator.label,
                "unit": indicator.unit,
                "value": plain(total.value),
                "answers": [{"unit": name, "value": answer} for name, answer in total.answers],
                "numerator": plain(total.numerator),
                "denominator": plain(total.denominator),
                "met": total.met,
                "given": total.given,
                "nil": total.nil,
                "asked": total.asked,
                "now": plain(now.value) if now else None,
                "changed": total.code in changed,
            }
        )
    return {
        "cycle": str(key),
        "document": {"label": label, "number": row.number, "day": row.day, "sha256": row.sha256},
        "expected": row.expected,
        "received": row.received,
        "indicators": lines,
        "versions": [
            {"cycle": used.cycle, "unit": used.unit, "version": used.version, "file_sha256": used.file_sha256}
            for used in inputs.used
        ],
        "changed": [
            {"cycle": each.cycle, "unit": each.unit, "then": each.then or None, "now": each.now or None}
            for each in changes
        ],
    }
