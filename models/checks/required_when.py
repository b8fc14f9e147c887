"""An answer that another answer makes necessary: a plan was issued, so its number and date are given."""

from models.evaluate import Answers, holds
from models.plan import Rule


def check_required_when(rule: Rule, answers: Answers) -> str | None:
    """The code to look at, or None where the rule holds or cannot be asked."""
    assert rule.required_when
    code, when = rule.required_when
    answer = answers.get(code)
    given = answer is not None and (answer.number is not None or bool(answer.text))
    return code if holds(when, answers) and not given else None
