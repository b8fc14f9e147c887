"""The left is not above the right: a part within its whole, the helped within the entitled."""

from models.evaluate import Answers, sum_of, whole_sum
from models.plan import Rule


def check_at_most(rule: Rule, answers: Answers) -> str | None:
    """The code to look at, or None where the rule holds or cannot be asked."""
    assert rule.at_most
    left, right = rule.at_most
    # Part of the left is enough to be too much; part of the right is no limit.
    above, limit = sum_of(left, answers), whole_sum(right, answers)
    return left[0] if above is not None and limit is not None and above > limit else None
