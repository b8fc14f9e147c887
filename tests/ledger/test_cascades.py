"""Dates set by the coordinator: a cascade from the top, and requests of a duty that has no rhythm."""

import pytest
import yaml

from models.cascade import CascadeError
from models.deadlines import SetDue
from models.ids import CycleKey
from tasks.adapters.ledger.plans import save_plan
from tasks.steps import acts, dating
from tasks.steps.board import board
from tests.builders import an_obligation, plan_data
from tests.ledger.office import at, day, dump, live, outbox, sweep

COMMUNES = {"select": [{"kinds": ["xa"], "under": "huyen-mau"}]}
CODE = "chuoi-bao-cao"
LOW, MIDDLE, TOP = (CycleKey(CODE, f"O{n}", "2020") for n in (1, 2, 3))
ASKED = CycleKey(CODE, "O4", "2020-L1")


@pytest.fixture
def chained(home):
    """O1 (communes) → O2 → O3, none of them dated; O4 whenever asked."""
    ahead = {"ahead": {"of": "O2", "working_days": 5}}
    data = plan_data(
        an_obligation("O1", wording="theo quy định", due=ahead, owed_by=COMMUNES, feeds="O2"),
        an_obligation("O2", wording="theo quy định", due=None, owed_by={"units": ["phong-mau"]}, feeds="O3"),
        an_obligation("O3", wording="theo quy định", due=None, owed_by={"units": ["huyen-mau"]}),
        an_obligation("O4", wording="đột xuất", every="ad-hoc", due=None, owed_by=COMMUNES),
        code=CODE,
    )
    with home.ledger.write() as session:
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        save_plan(session, text, "chuoi.yaml", at=at("2020-01-02"), actor="cán bộ")
    return home


def top_on(text: str) -> SetDue:
    return SetDue(day(text), inclusive=True, document="Công văn số 05/SYT")


def set_from(home, levels, document="Công văn số 05/SYT") -> None:
    dues = {level.key: level.as_set_due(document) for level in levels if level.is_proposed}
    dating.set_together(home, dues, as_of=at("2020-06-01"), actor="cán bộ")


def test_a_cascade_proposes_from_the_top_down_and_sets_nothing_by_itself(chained):
    before = dump(chained)
    levels = dating.cascade(chained, TOP, top_on("2020-10-30"), {"O2": 6})
    assert [(str(level.key), level.deadline.last_day.isoformat()) for level in levels] == [
        (str(TOP), "2020-10-30"),
        (str(MIDDLE), "2020-10-22"),  # six working days before Friday 30/10
        (str(LOW), "2020-10-15"),  # five before that, as the plan says
    ]
    assert dump(chained) == before


def test_dates_set_by_a_cascade_behave_like_any_other(chained):
    set_from(chained, dating.cascade(chained, TOP, top_on("2020-10-30"), {"O2": 6}))
    sweep("2020-09-14", "2020-09-25", "2020-10-06")  # T-14 and T-7 of 15/10
    assert live(chained, LOW).planned.deadline.last_day == day("2020-10-15")
    assert {step for (step,) in outbox(chained, "step", cycle=str(LOW), state="sent")} == {"T-14", "T-7"}


def test_a_proposed_date_may_be_fixed_by_hand_but_not_after_what_it_feeds(chained):
    set_from(chained, dating.cascade(chained, TOP, top_on("2020-10-30"), {"O2": 6}))
    dating.set_due(chained, LOW, top_on("2020-10-20"), as_of=at("2020-06-02"), actor="cán bộ")
    with pytest.raises(acts.RefusedActError, match="not before O2, which it feeds, ends on 22/10/2020"):
        dating.set_due(chained, LOW, top_on("2020-10-22"), as_of=at("2020-06-02"), actor="cán bộ")
    with pytest.raises(acts.RefusedActError, match="O1/2020 ends on 20/10/2020, not before O2"):
        dating.set_due(chained, MIDDLE, top_on("2020-10-20"), as_of=at("2020-06-02"), actor="cán bộ")
    waiting = {row["cycle"] for row in board(chained, at("2020-10-01")) if row["due_at"] is None}
    assert str(LOW) not in waiting, "it no longer waits for a date"


def test_a_level_without_a_date_or_working_days_of_its_own_is_asked_for(chained):
    with pytest.raises(CascadeError, match="O2/2020 has no date: say how many working days it needs"):
        dating.cascade(chained, TOP, top_on("2020-10-30"), {})
    with pytest.raises(CascadeError, match="O3/2020 has no date: give one with"):
        dating.cascade(chained, TOP, None, {"O2": 6})


def test_of_several_dates_all_are_set_or_none(chained):
    before = dump(chained)
    wrong = {TOP: top_on("2020-10-30"), MIDDLE: top_on("2020-11-02")}
    with pytest.raises(acts.RefusedActError, match="not before O3"):
        dating.set_together(chained, wrong, as_of=at("2020-06-01"), actor="cán bộ")
    assert dump(chained) == before


@pytest.mark.parametrize("wrong", ["0001-01-01", "2019-12-31", "2099-01-01", "9999-12-31"])
def test_a_slip_of_the_finger_in_the_year_is_no_date(chained, wrong):
    before = dump(chained)
    with pytest.raises(acts.RefusedActError, match="is not a date for chuoi-bao-cao/O3/2020"):
        dating.set_due(chained, TOP, top_on(wrong), as_of=at("2020-05-04"), actor="cán bộ")
    assert dump(chained) == before


def test_a_request_at_any_time_opens_a_cycle_of_its_own(chained):
    dating.set_due(chained, ASKED, top_on("2020-05-29"), as_of=at("2020-05-04"), actor="cán bộ")
    sweep("2020-05-04", "2020-05-11", "2020-05-20")
    asked = live(chained, ASKED)
    assert asked.planned.period.vietnamese == "lần 1 năm 2020"
    assert [s.unit for s in asked.standings] == ["xa-mot", "xa-hai", "xa-ba"]
    assert {step for (step,) in outbox(chained, "step", cycle=str(ASKED), state="sent")} == {"T-14", "T-7"}
