"""What must hold of the ladders of a plan."""

from collections.abc import Iterator, Sequence

from models.plan.schema import Plan
from models.plan_text.suggest import Path

Problem = tuple[Path, str]


def ladder_problems(plan: Plan) -> Iterator[Problem]:
    """A step that stands twice; letters and copies where only one unit is asked for its correction."""
    for i, obligation in enumerate(plan.obligations):
        here: Path = ("obligations", i)
        yield from _twice([step.step for step in obligation.ladder], (*here, "reminders"))
        yield from _twice([step.step for step in obligation.returned_ladder], (*here, "returned"))
        for j, step in enumerate(obligation.returned_ladder):
            if step.letter or step.copy_to:
                said = "a report that was returned is chased without letters and copies"
                yield (*here, "returned", j), said
    yield from _twice(plan.signing.report, ("signing", "report"))
    yield from _twice(plan.signing.letter, ("signing", "letter"))


def _twice(names: Sequence[str], here: Path) -> Iterator[Problem]:
    for i, name in enumerate(names):
        if name in names[:i]:
            yield (*here, i), f"{name} stands twice"
