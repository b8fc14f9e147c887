"""What makes two reports of a unit the same: what they say, and nothing else."""

import hashlib
import json
from collections.abc import Sequence

from models.taken import FigureValue, Intake
from models.waivers import Waiver


def content_sha256(intake: Intake, besides: str = "", waivers: Sequence[Waiver] = ()) -> str:
    """The same for the same values, whoever saved the file: bytes, order of lines, cells and ways of writing a number
    do not count. A reason given for a warning is content, so that it can be sent afterwards; other notes are not.
    """
    reasons = [(each.finding.rule, each.finding.indicator, each.reason) for each in waivers if each.reason]
    content = {
        **({"reasons": sorted(reasons)} if reasons else {}),
        "nil": intake.nil,
        "values": sorted((value.code, _same(value) or "", *_coverage(value)) for value in intake.values),
        "narratives": sorted((narrative.code, narrative.text) for narrative in intake.narratives),
        "records": sorted(
            [(value.code, _same(value) or "") for value in record.values] for record in intake.records
        ),
        **({"besides": besides} if besides else {}),
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _coverage(value: FigureValue) -> tuple[int | None, ...]:
    """A total of more units is another report, though the figure be the same."""
    return () if value.asked is None else (value.given, value.asked)


def _same(value: FigureValue) -> str | None:
    """1355,90 and 1355,9 are one figure."""
    return f"{value.number.normalize():f}" if value.number is not None else value.text
