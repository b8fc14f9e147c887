"""Consistency between the figures of one form (domain handbook §5.6): one kind of rule, one file.

Every check returns a finding or nothing; all rules are asked, so a unit learns everything at once.
"""

from models.checks.at_most import check_at_most
from models.checks.equal import check_equal
from models.checks.implies import check_implies
from models.checks.required_when import check_required_when
from models.evaluate import Answers
from models.finding import Finding
from models.plan import Rule

CHECKS = {
    "at_most": check_at_most,
    "equal": check_equal,
    "implies": check_implies,
    "required_when": check_required_when,
}


def check_rules(rules: list[Rule], answers: Answers) -> list[Finding]:
    """Every rule that the answers break. A rule about figures this form does not ask for says nothing."""
    return [finding for rule in rules for finding in [_check(rule, answers)] if finding]


def _check(rule: Rule, answers: Answers) -> Finding | None:
    kind = next(kind for kind in CHECKS if getattr(rule, kind) is not None)
    code = CHECKS[kind](rule, answers)
    if code is None:
        return None
    answer = answers.get(code)
    return Finding(answer.cell if answer else "", code, rule.message, rule.severity, rule.id)
