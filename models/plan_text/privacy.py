"""Forms ask how many, never who: a line or a column that asks for names or birth days is warned of."""

from collections.abc import Iterator

from models.plan import Plan
from models.plan_text.suggest import Path
from models.privacy import asks_for_people

_ADVICE = "asks who, not how many: ask for counts; lists of people that units send are refused"


def privacy_warnings(plan: Plan) -> Iterator[tuple[Path, str]]:
    for i, indicator in enumerate(plan.indicators):
        if asks_for_people(indicator.label):
            yield ("indicators", i, "label"), _ADVICE
        for j, column in enumerate(indicator.columns):
            if asks_for_people(column.label):
                yield ("indicators", i, "columns", j, "label"), _ADVICE
