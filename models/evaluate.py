"""What a unit's own answers amount to: computed indicators and tests, from the figures it entered.

`None` always means "not known", never zero.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.plan.indicators import Formula, Indicator, Test
from models.taken import FigureValue
from models.text import fold

Answers = Mapping[str, FigureValue]


def complete(indicators: Sequence[Indicator], answers: Answers) -> Answers:
    """The answers with the computed ones added, so that a rule may speak of either. The order does not matter."""
    found = dict(answers)
    waiting = {i.code: i.formula for i in indicators if i.formula and i.code not in found}

    def fill(code: str) -> None:
        formula = waiting.pop(code, None)
        if formula is None:
            return
        for operand in formula.operands():
            fill(operand)
        number = computed(formula, found)
        if number is not None:
            text = ("có" if number else "không") if formula.all_of else None
            found[code] = FigureValue(code, number, text, "")

    for code in list(waiting):
        fill(code)
    return found


def number_of(code: str, answers: Answers) -> Decimal | None:
    """The number entered for a code; yes counts 1, no counts 0."""
    answer = answers.get(code)
    return answer.number if answer else None


def sum_of(codes: list[str], answers: Answers) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [number for code in codes if (number := number_of(code, answers)) is not None]
    return sum(known, Decimal(0)) if known else None


def whole_sum(codes: list[str], answers: Answers) -> Decimal | None:
    """The sum, where every one of them is known; a sum with a gap can judge nothing."""
    numbers = [number_of(code, answers) for code in codes]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def holds(test: Test, answers: Answers) -> bool | None:
    """Is the answer one of those named? None where there is no answer."""
    answer = answers.get(test.indicator)
    if answer is None or (answer.text is None and answer.number is None):
        return None
    said = answer.text if answer.text is not None else f"{(answer.number or Decimal(0)).normalize():f}"
    return fold(said) in {fold(option) for option in test.is_}


def is_yes(indicator: Indicator, answers: Answers) -> bool | None:
    """Does this unit count for an indicator that counts units?"""
    if indicator.formula and indicator.formula.all_of:
        results = [holds(test, answers) for test in indicator.formula.all_of]
        return None if None in results else all(results)
    number = number_of(indicator.code, answers)
    return None if number is None else number > 0


def computed(formula: Formula, answers: Answers) -> Decimal | None:
    """A computed number of one unit; a ratio is given as a fraction, None where its denominator is 0."""
    if formula.ratio:
        above, below = sum_of(formula.ratio[0], answers), sum_of(formula.ratio[1], answers)
        return above / below if above is not None and below else None
    if formula.plus:
        return sum_of(formula.plus, answers)
    if formula.minus:
        first, second = (number_of(code, answers) for code in formula.minus)
        return first - second if first is not None and second is not None else None
    if formula.times:
        count = number_of(formula.times.indicator, answers)
        return count * formula.times.factor if count is not None else None
    results = [holds(test, answers) for test in formula.all_of or ()]
    return None if None in results else Decimal(all(results))
