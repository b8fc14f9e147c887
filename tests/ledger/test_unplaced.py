"""Where a unit that a plan names was divided or dissolved, the lead unit is asked by mail who owes in its place."""

import pytest

from models.ids import CycleKey
from tasks.steps import acts, reorganising
from tests.ledger.office import assert_each_mail_once, at, dump, mails, outbox, sweep
from tests.ledger.test_reorganising import ON, WHO, commune, found, merge, split

NAMES_XA_MOT = CycleKey("ke-hoach-mau", "O3", "2020")
OPENS = "2020-10-16"


def questions(home):
    return outbox(home, "cycle", "unit", "recipient", "state", "reason", kind="unplaced")


@pytest.fixture
def divided(home):
    found(home, commune("xa-x", parent=None), commune("xa-y", parent=None))
    split(home, "xa-mot", "xa-x", "xa-y")
    return home


def said(home):
    message = mails(home)[-1]
    return message["subject"], " ".join(message.get_body(("plain",)).get_content().split())


def test_the_lead_unit_is_asked_once_when_the_cycle_opens_with_names_and_commands(divided):
    sweep(OPENS)
    asked = (str(NAMES_XA_MOT), "phong-mau", "phong@mau.example", "sent", "")
    assert questions(divided) == [asked]
    subject, text = said(divided)
    assert subject.startswith("Cần xác định đơn vị gửi thay (01 đơn vị): Xây dựng kế hoạch năm 2021")
    assert "UBND xã Một" in text
    assert "nay thuộc UBND xa-x (xa-x), UBND xa-y (xa-y)" in text
    assert f"dondoc exempt {NAMES_XA_MOT} xa-mot" in text
    assert f"dondoc assign {NAMES_XA_MOT}" in text
    sweep(OPENS, "2020-10-19", "2020-11-03")
    assert questions(divided) == [asked]
    assert_each_mail_once(divided)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_unit_that_was_merged_whole_is_no_question(home):
    found(home, commune("xa-moi"))
    merge(home, "xa-moi", "xa-mot")
    sweep(OPENS)
    assert questions(home) == []


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_unit_dissolved_without_successor_is_asked_about_too(home):
    reorganising.close(home, "xa-mot", ON, "giải thể", "NQ 05", **WHO)
    sweep(OPENS)
    assert len(questions(home)) == 1
    assert "nay thuộc" not in said(home)[1]


def placed(home):
    acts.assign(home, NAMES_XA_MOT, "xa-x", "nhận việc", "CV 5", as_of=at("2020-10-18"), actor="cán bộ")


def exempted(home):
    acts.exempt(home, NAMES_XA_MOT, "xa-mot", "không còn", as_of=at("2020-10-18"), actor="cán bộ")


@pytest.mark.parametrize("settle", [placed, exempted])
def test_what_was_settled_before_the_mail_went_is_not_asked(divided, settle):
    """Saturday's question waits for Monday."""
    sweep("2020-10-17")
    assert [row[3] for row in questions(divided)] == ["queued"]
    settle(divided)
    sweep("2020-10-19")
    assert [row[3:] for row in questions(divided)] == [("withdrawn", "settled before it was sent")]
    assert not any(row for row in mails(divided) if "gửi thay" in row["subject"])


@pytest.mark.parametrize("settle", [placed, exempted])
def test_what_was_settled_before_the_first_sweep_is_never_asked(divided, settle):
    settle(divided)  # opens the cycle
    sweep("2020-10-19")
    assert questions(divided) == []


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(("swept", "asked"), [("2020-12-14", 1), ("2020-12-15", 0)])
def test_after_the_day_of_closing_nobody_is_asked(divided, swept, asked):
    placed_by_nobody = dump(divided)["cycle"]
    assert not any(str(NAMES_XA_MOT) in row for row in placed_by_nobody)
    sweep(OPENS.replace("10-16", "10-15"), swept)
    assert len(questions(divided)) == asked
