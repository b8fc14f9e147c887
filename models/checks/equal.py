"""Two sums are one: the parts make the total."""

from models.evaluate import Answers, whole_sum
from models.plan import Rule


def check_equal(rule: Rule, answers: Answers) -> str | None:
    """The code to look at, or None where the rule holds or cannot be asked."""
    assert rule.equal
    left, right = rule.equal
    first, second = whole_sum(left, answers), whole_sum(right, answers)
    return left[0] if first is not None and second is not None and first != second else None
