"""What goes to a telephone of a unit."""

from collections.abc import Sequence

from models.mail import Texted
from tasks.steps.mails.case import Case, line_of


def texted(cases: Sequence[Case]) -> Texted:
    """One text about all that these remind the unit of."""
    first = cases[0]
    standings = [case.live.standing(case.row.unit) for case in cases]
    return Texted(
        unit=first.unit.body,
        on=first.on,
        lines=tuple(line_of(case, standing) for case, standing in zip(cases, standings, strict=True)),
        mailed_to=", ".join(first.tree.emails(first.row.unit, first.on)[:1]),
    )
