"""What a Báo cáo says of the one that was issued before it: which, and whose reports are others now."""

from models.report.correction import Follows
from models.report.frozen import Frozen
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.steps.documents.freezing import inputs_of_row
from tasks.steps.totals.totalling import CycleTotals


def follows(home: Home, before: DocumentRow, found: CycleTotals) -> Follows:
    """Of a document from before inputs were kept it is not known what has changed, so it is replaced without saying."""
    assert before.day, "it was issued"
    inputs = inputs_of_row(home, before)
    different = _different(inputs, found) if inputs else ((), (), ())
    return Follows(before.number, before.day, *different)


def _different(inputs: Frozen, found: CycleTotals) -> tuple[tuple[str, ...], ...]:
    """Units, by name, in the order in which they stand: whose version is another; who had sent none; whose is gone."""
    now = {(str(key), report.unit): report for key, report in found.sources_in}
    then = {(used.cycle, used.unit): used for used in inputs.used}
    changed = [
        used.unit_name for key, used in then.items() if key in now and now[key].version != used.version
    ]
    added = [report.unit_name for key, report in now.items() if key not in then]
    removed = [used.unit_name for key, used in then.items() if key not in now]
    return tuple(tuple(dict.fromkeys(names)) for names in (changed, added, removed))
