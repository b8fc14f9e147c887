"""What a widely sent document leaves out cannot be worked out from what it shows."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure import FEW, protect
from models.periods import Period
from models.totals import Member, Source, total_up
from tests.builders import a_plan, a_report, an_obligation, planned

INDICATORS = [
    {"code": "A.1", "label": "Trẻ em nhiễm HIV", "unit": "người", "sensitive": True},
    {"code": "A.2", "label": "Được chăm sóc", "unit": "người", "sensitive": True},
    {"code": "A.3", "label": "Tỷ lệ", "unit": "%", "kind": "number", "formula": {"ratio": [["A.2"], ["A.1"]]}},
    {"code": "A.4", "label": "Cộng", "unit": "người", "formula": {"plus": ["A.1", "A.2"]}},
    {"code": "A.5", "label": "Trẻ em", "unit": "người"},
]  # fmt: skip
CODES = ["A.1", "A.2", "A.3", "A.4", "A.5"]
PLAN = a_plan(an_obligation(form={"indicators": CODES}), indicators=INDICATORS)
PERIOD: Period = planned(PLAN, "2019").period


def protected(*rows):
    """Totals, and what is left out, of units u0, u1, … with these (A.1, A.2)."""
    reports = tuple(
        a_report(f"u{at}", A_1=row[0], A_2=row[1] if len(row) > 1 else 0, A_5=3)
        for at, row in enumerate(rows)
    )
    members = tuple(Member(report.unit, "xa") for report in reports)
    totals = total_up(PLAN, CODES, PERIOD, [Source(frozenset(CODES), members, reports)])
    return {total.indicator.code: total for total in totals}, protect(totals, reports)


def row(*values):
    """Marks of the units of one indicator, and of its total."""
    _, shown = protected(*((value,) for value in values))
    return [shown.cells.get(("A.1", f"u{at}")) for at in range(len(values))], shown.totals.get("A.1")


@pytest.mark.parametrize(
    ("values", "marks", "total"),
    [
        ((5, 0, 12), [None, None, None], None),
        ((3, 12, 20), ["few", "hidden", None], None),
        ((3, 20, 12), ["few", None, "hidden"], None),
        ((3, 2, 20), ["few", "few", None], None),
        ((4, 4, 20), ["few", "few", "hidden"], None),
        ((1, 5, 30), ["few", "hidden", "hidden"], None),
        ((3, 0), ["few", None], "few"),
        ((4, 4), ["few", "few"], "hidden"),
        ((1, 1, 1, 1), ["few"] * 4, "hidden"),
        ((1, 5), ["few", None], "hidden"),
    ],
)
def test_the_next_smallest_goes_too_where_one_could_be_had_by_subtraction(values, marks, total):
    assert row(*values) == (marks, total)


def test_what_is_not_sensitive_is_shown_however_small():
    _, shown = protected((9, 9), (8, 8))
    assert not shown.cells
    assert not shown.totals


def test_what_is_computed_from_something_left_out_is_left_out():
    _, shown = protected((9, 3), (20, 12), (30, 30))
    for code in ("A.3", "A.4"):
        assert [shown.cells.get((code, unit)) for unit in ("u0", "u1", "u2")] == ["hidden", "hidden", None]
    _, alone = protected((9, 3))
    assert alone.totals == {"A.2": "few", "A.3": "hidden", "A.4": "hidden"}


def test_a_rate_of_other_units_than_the_total_beside_it_is_left_out():
    reports = (a_report("u0", A_1=9, A_2=3), a_report("u1", A_1=20, A_2=12), a_report("u2", A_2=30))
    members = tuple(Member(report.unit, "xa") for report in reports)
    totals = total_up(PLAN, CODES, PERIOD, [Source(frozenset(CODES), members, reports)])
    assert protect(totals, reports).totals["A.3"] == "hidden"


VALUES = st.one_of(st.integers(0, 8), st.integers(0, 40))


def _possible(values, marks, total_mark):
    """For each unit, every count it may have had, by trying them all against what is printed."""
    total = sum(values)
    left_out = [at for at, mark in enumerate(marks) if mark]
    shown = sum(value for at, value in enumerate(values) if at not in left_out)
    few = range(1, FEW)
    ranges = [few if marks[at] == "few" else range(FEW, total + 5) for at in left_out]
    found = {at: set() for at in left_out}
    for guess in product(*ranges):
        whole = shown + sum(guess)
        fits = {None: whole == total, "few": 0 < whole < FEW, "hidden": True}[total_mark]
        if fits:
            for at, value in zip(left_out, guess, strict=True):
                found[at].add(value)
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_no_count_left_out_can_be_worked_out_from_the_cells_and_the_total_that_are_shown(values):
    marks, total = row(*values)
    possible = _possible(values, marks, total)
    for at, mark in enumerate(marks):
        assert (mark == "few") is (0 < values[at] < FEW)
        if mark == "few":
            assert values[at] in possible[at]
            assert len(possible[at]) > 1


def _shown_equations(rows, totals, shown):
    """Every shown sum as a row over the unknown cells; by elimination it tells which unknown is settled."""
    cells = [(code, at) for code in ("A.1", "A.2") for at in range(len(rows))]
    unknown = [(code, at) for code, at in cells if (code, f"u{at}") in shown.cells]
    open_sums = [code for code in ("A.1", "A.2") if code not in shown.totals]
    equations = [[Decimal(code == c) for c, _ in unknown] for code in open_sums]
    if "A.4" not in shown.totals:
        equations.append([Decimal(1)] * len(unknown))
    for at in range(len(rows)):
        if ("A.4", f"u{at}") not in shown.cells:
            equations.append([Decimal(u == at) for _, u in unknown])
        if ("A.3", f"u{at}") not in shown.cells and rows[at][0]:
            share = Decimal(rows[at][1]) / rows[at][0]
            equations.append([(Decimal(u == at) * (1 if c == "A.2" else -share)) for c, u in unknown])
    return unknown, [line for line in equations if any(line)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
def test_no_count_left_out_follows_from_the_sums_and_rates_that_are_shown(rows):
    totals, shown = protected(*rows)
    unknown, lines = _shown_equations(rows, totals, shown)
    settled = 0
    for column in range(len(unknown)):
        pivot = next((at for at in range(settled, len(lines)) if lines[at][column]), None)
        if pivot is None:
            continue
        lines[settled], lines[pivot] = lines[pivot], lines[settled]
        lead = lines[settled][column]
        lines[settled] = [value / lead for value in lines[settled]]
        for at in range(len(lines)):
            if at != settled and lines[at][column]:
                by = lines[at][column]
                lines[at] = [a - by * b for a, b in zip(lines[at], lines[settled], strict=True)]
        settled += 1
    alone = [line for line in lines if sum(1 for value in line if abs(value) > Decimal("1e-12")) == 1]
    assert alone == []
    for code, over in (("A.3", ("A.1", "A.2")), ("A.4", ("A.1", "A.2"))):
        if any(each in shown.totals for each in over):
            assert code in shown.totals
        assert totals[code].indicator.code == code
