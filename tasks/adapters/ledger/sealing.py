"""One hash over all that a version of a report holds in the ledger, so that the event of its acceptance seals its figures,
too: what is changed in the tables afterwards shows.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

from models.tables import FigureRow, NarrativeRow

_AS_KEPT = Decimal("0.00000001")
"""PostgreSQL keeps eight decimals; SQLite keeps them all."""


def values_sha256(nil: bool, figures: Iterable[FigureRow], narratives: Iterable[NarrativeRow]) -> str:
    """The same for the same rows, whatever their order and database."""
    told = {
        "nil": nil,
        "figures": sorted(
            [row.indicator, _plain(row.number), row.text, row.cell, row.given, row.asked] for row in figures
        ),
        "narratives": sorted([row.code, row.text, row.cell] for row in narratives),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(number: Decimal | None) -> str | None:
    if number is None:
        return None
    if not number.is_finite():
        return str(number)
    with localcontext(prec=100):
        return f"{number.quantize(_AS_KEPT, ROUND_HALF_UP).normalize():f}"
