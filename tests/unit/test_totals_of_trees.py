"""Totals of any tree of units, level by level, against a slow definition over the communes alone; arrival never matters."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.figures import UnitFigures, kept_values
from models.levels import pass_up
from models.plan import Plan
from models.plan.levels import carried, seen_from
from models.totals import Member, Source, Total, total_up
from tests.builders import a_period, a_plan, a_report, an_obligation

CODES = ("A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "A.7", "A.8", "A.9")
FACTOR = 500_000


def number(code, **more):
    return {"code": code, "label": f"Chỉ tiêu {code}", "unit": "người", "required": False} | more


def plan() -> Plan:
    """Communes report to districts, districts to the province: one form for all."""
    form = {"indicators": list(CODES), "nil": True}
    levels = [
        an_obligation("O1", form=form, wording="trước ngày 20/10", due={"before": "20/10"}, feeds="O2"),
        an_obligation("O2", form=form, wording="trước ngày 30/10", due={"before": "30/10"}, feeds="O3"),
        an_obligation("O3", form=form),
    ]
    return a_plan(
        *levels,
        indicators=[
            number("A.1"),
            number("A.2"),
            number("A.3", kind="number", unit="%", formula={"ratio": [["A.2"], ["A.1"]]}),
            number("A.4", kind="yes_no", adds="count", unit="có/không"),
            number(
                "A.5", kind="money", unit="đồng", formula={"times": {"indicator": "A.4", "factor": FACTOR}}
            ),
            number("A.6", kind="number", adds="max"),
            number("A.7", formula={"plus": ["A.1", "A.2"]}),
            number("A.8", formula={"minus": ["A.1", "A.2"]}),
            number("A.9", kind="number", adds="last"),
        ],
    )


PLAN = plan()
Tree = dict[str, dict[str, UnitFigures | None]]
"""District → commune → its report; None: it has sent none."""


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    counted = st.integers(0, 10**6)
    found: Tree = {}
    for d in range(draw(st.integers(1, 4))):
        found[f"huyen-{d}"] = {}
        for c in range(draw(st.integers(1, 5))):
            unit = f"xa-{d}-{c}"
            values: dict[str, int | str] = {}
            if draw(st.booleans()):  # both sides of the ratio, or neither
                values |= {"A_1": draw(counted), "A_2": draw(counted)}
            if draw(st.booleans()):
                values["A_4"] = draw(st.sampled_from(["có", "không"]))
            for name in ("A_6", "A_9"):
                if draw(st.booleans()):
                    values[name] = draw(counted)
            kind = draw(st.integers(0, 5))
            report = (
                None if kind == 0 else a_report(unit, nil=True) if kind == 1 else a_report(unit, **values)
            )
            found[f"huyen-{d}"][unit] = report
    return found


def added(obligation: str, members: Sequence[str], reports: Sequence[UnitFigures]) -> list[Total]:
    duty, period = a_period(PLAN, "2019", obligation)
    who = tuple(Member(unit, unit.split("-")[0]) for unit in members)
    source = Source(frozenset(CODES), who, tuple(reports), frozenset(carried(PLAN, duty)))
    return total_up(seen_from(PLAN, duty), CODES, period, [source])


def up_the_tree(tree: Tree, shuffle) -> dict[str, Total]:
    """The totals of the province, made of what each district passed up; at each level reports come in any order."""
    passed = []
    for district, communes in tree.items():
        reports = [report for report in communes.values() if report]
        shuffle(reports)
        totals = added("O1", list(communes), reports)
        if reports:
            made = pass_up(
                PLAN,
                PLAN.obligation("O1"),
                totals,
                reports,
                district,
                is_complete=len(reports) == len(communes),
            )
            figures, parts = kept_values(made.values, nil=made.nil)
            passed.append(UnitFigures(district, district, 1, "", made.nil, figures, parts=parts))
    shuffle(passed)
    return {total.indicator.code: total for total in added("O2", list(tree), passed)}


def slow(tree: Tree) -> dict[str, Decimal | None]:
    """Over the communes, one by one."""
    reports = [report for communes in tree.values() for report in communes.values() if report]
    nothing = Decimal(0) if any(report.nil for report in reports) else None

    def said(code: str) -> list[Decimal]:
        return [n for r in reports if code in r.figures and (n := r.figures[code].number) is not None]

    def summed(code: str) -> Decimal | None:
        return sum(said(code), Decimal(0)) if said(code) else nothing

    first, second, yes = summed("A.1"), summed("A.2"), summed("A.4")
    ratio = (
        (second * 100 / first).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if first and second is not None
        else None
    )
    return {
        "A.1": first,
        "A.2": second,
        "A.3": ratio,
        "A.4": yes,
        "A.5": None if yes is None else yes * FACTOR,
        "A.6": max(said("A.6"), default=nothing),
        "A.7": None if first is None or second is None else first + second,
        "A.8": None if first is None or second is None else first - second,
        "A.9": said("A.9")[-1] if said("A.9") else nothing,
    }


@given(trees(), st.randoms(use_true_random=False))
def test_the_totals_of_a_tree_are_those_of_its_communes_in_whatever_order_reports_come(tree, drawn):
    found = up_the_tree(tree, lambda reports: None)
    expected = slow(tree)
    nil = any(report and report.nil for communes in tree.values() for report in communes.values())
    for code in CODES:
        if code == "A.9" and nil:
            continue  # the last district that says anything may say that nothing happened
        assert found[code].value == expected[code], code
    assert up_the_tree(tree, drawn.shuffle) == found


@given(trees())
def test_a_total_of_a_tree_says_from_how_many_communes_it_comes(tree):
    found = up_the_tree(tree, lambda reports: None)
    for code in ("A.1", "A.4"):
        if (below := found[code].below) is None:
            continue
        passing = [
            c
            for c in tree.values()
            if any(report and (report.nil or code in report.figures) for report in c.values())
        ]
        gave = sum(
            bool(report and (report.nil or code in report.figures)) for c in passing for report in c.values()
        )
        assert below == (gave, sum(len(communes) for communes in passing))
