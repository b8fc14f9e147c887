"""One answer follows from another: recognised, therefore registered."""

from models.evaluate import Answers, holds
from models.plan import Rule


def check_implies(rule: Rule, answers: Answers) -> str | None:
    """The code to look at, or None where the rule holds or cannot be asked."""
    assert rule.implies
    when, then = rule.implies
    return then.indicator if holds(when, answers) and holds(then, answers) is False else None
