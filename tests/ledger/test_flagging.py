"""What is issued keeps its figures; a correction since flags every document that rests on it, on every level, and the lead
unit is told once.
"""

import pytest

from tasks.steps import acts
from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.documents import way
from tasks.steps.documents.flagging import tell_of_flags
from tasks.steps.documents.issued_totals import issued_totals
from tasks.steps.documents.issuing import Which
from tasks.steps.verifying_ledger import verify_ledger
from tests.ledger.office import COMMUNES, FED, KEY, at, events, mails, outbox, submit, sweep
from tests.ledger.papers import drafted, issue


def flagged(home, key=KEY, when="2019-12-20"):
    """(document, unit, then, now) of each change."""
    return [
        (f"{paper['kind']}-v{paper['version']}", each["unit"], each["then"], each["now"])
        for paper in status(home, key, at(when))["documents"]
        for each in paper["flagged"]
    ]


def text_of(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def told(home, key=KEY):
    return [step.split("/")[0] for (step,) in outbox(home, "step", kind="flagged", cycle=str(key))]


def test_a_correction_after_issue_flags_the_document_and_an_untouched_one_is_not_flagged(home):
    drafted(home)
    issue(home)
    assert flagged(home) == []
    submit(home, "xa-mot", "2019-12-19", A_1=150)
    assert flagged(home) == [("bao-cao-v1", "xa-mot", 1, 2)]


def test_a_draft_is_not_flagged_since_it_is_written_anew(home):
    drafted(home)
    submit(home, "xa-mot", "2019-12-17", A_1=150)
    assert flagged(home) == []


def test_a_late_report_a_return_and_an_exemption_flag_too(home):
    drafted(home)
    issue(home)
    submit(home, "xa-ba", "2019-12-19")
    acts.return_report(home, KEY, "xa-mot", "sai", as_of=at("2019-12-19"), actor="cán bộ")
    acts.exempt(home, KEY, "xa-hai", "giải thể", as_of=at("2019-12-19"), actor="cán bộ")
    assert flagged(home) == [
        ("bao-cao-v1", "xa-mot", 1, None),
        ("bao-cao-v1", "xa-hai", 1, None),
        ("bao-cao-v1", "xa-ba", None, 1),
    ]


def test_a_correction_below_flags_the_documents_of_both_levels(home):
    drafted(home, *COMMUNES)
    sweep("2019-12-20")
    submit(home, "phong-mau", "2019-12-23", FED, A_6=3)
    sweep("2020-01-02", "2020-01-16")
    issue(home, number=7, on="2020-01-02", when="2020-01-03")
    issue(home, number=8, on="2020-01-16", when="2020-01-16T10:00", key=FED)
    submit(home, "xa-hai", "2020-01-17", A_1=150)
    assert flagged(home) == [("bao-cao-v1", "xa-hai", 1, 2)]
    assert flagged(home, FED) == [("bao-cao-v1", "xa-hai", 1, 2)]
    sweep("2020-01-17T15:00", "2020-01-20")
    assert (told(home), told(home, FED)) == (["bao-cao-v1"], ["bao-cao-v1"])


def test_the_lead_unit_is_told_once_of_each_change_by_mail(home):
    drafted(home)
    issue(home)
    sweep("2019-12-18T11:00")
    submit(home, "xa-mot", "2019-12-19", A_1=150)
    sweep("2019-12-19T10:00", "2019-12-19T15:00", "2019-12-20")
    assert told(home) == ["bao-cao-v1"]
    submit(home, "xa-ba", "2019-12-20T10:00")
    sweep("2019-12-20T15:00", "2019-12-23")
    assert told(home) == ["bao-cao-v1", "bao-cao-v1"]
    assert events(home, "document flagged") == 2
    texts = [
        mail.get_body(("plain",)).get_content() for mail in mails(home) if mail["To"] == "phong@mau.example"
    ]
    of_it = [text for text in texts if "Báo cáo số 05/BC-LĐTBXH" in text and "Báo cáo thay đổi hoặc" in text]
    assert len(of_it) == 2
    assert "UBND xã Một: phiên bản 1 đã được thay bằng phiên bản 2" in of_it[0]
    assert "UBND xã Ba: gửi bổ sung (phiên bản 1)" in of_it[1]
    assert verify_ledger(home).wrong == ()


def test_what_a_later_issued_version_has_replaced_is_flagged_no_more(home):
    drafted(home)
    issue(home)
    submit(home, "xa-mot", "2019-12-19", A_1=150)
    sweep("2019-12-19T16:00")
    assert flagged(home)
    issue(home, number=9, on="2019-12-20", when="2019-12-20T10:00")
    assert flagged(home) == []
    submit(home, "xa-hai", "2019-12-23", A_1=150)
    assert flagged(home) == [("bao-cao-v2", "xa-hai", 1, 2)]


# Taken back before the mail goes


def mail_states(home):
    return outbox(home, "state", "reason", kind="flagged", cycle=str(KEY))


def issued_while_open(home):
    """All have reported, so the Báo cáo is there before the cycle closes, and an exemption can be taken back."""
    sweep("2019-10-16")
    for unit in COMMUNES:
        submit(home, unit, "2019-11-19")
    sweep("2019-11-20")
    issue(home, on="2019-11-20", when="2019-11-20T10:00")
    sweep("2019-11-20T11:00")


def exempt(home, unit, when):
    acts.exempt(home, KEY, unit, "giải thể", as_of=at(when), actor="cán bộ")
    return tell_of_flags(home, KEY, at(when))


def take_back(home, unit, when):
    acts.assign(home, KEY, unit, "nhầm", "", as_of=at(when), actor="cán bộ")


def test_a_change_that_stands_is_told(home):
    issued_while_open(home)
    assert exempt(home, "xa-hai", "2019-11-21T09:00") == 1
    sweep("2019-11-21T10:00")
    assert mail_states(home) == [("sent", "")]


def test_a_change_taken_back_before_the_mail_goes_withdraws_it(home):
    issued_while_open(home)
    assert exempt(home, "xa-hai", "2019-11-21T09:00") == 1
    take_back(home, "xa-hai", "2019-11-21T09:30")
    sweep("2019-11-21T10:00", "2019-11-22")
    assert mail_states(home) == [("withdrawn", "taken back before it was sent")]


def test_the_same_change_made_again_is_told_after_all_once(home):
    issued_while_open(home)
    exempt(home, "xa-hai", "2019-11-21T09:00")
    take_back(home, "xa-hai", "2019-11-21T09:30")
    sweep("2019-11-21T10:00")
    assert exempt(home, "xa-hai", "2019-11-22T09:00") == 1
    sweep("2019-11-22T10:00", "2019-11-22T15:00", "2019-11-25")
    assert mail_states(home) == [("sent", "")]
    assert exempt(home, "xa-ba", "2019-11-26T09:00") == 1, "another change is another mail"


def test_of_two_changes_before_the_mail_goes_one_mail_tells_both(home):
    issued_while_open(home)
    exempt(home, "xa-hai", "2019-11-21T09:00")
    submit(home, "xa-mot", "2019-11-21T09:30", A_1=150)
    sweep("2019-11-21T10:00", "2019-11-22")
    assert mail_states(home) == [("withdrawn", "changed again before it was sent"), ("sent", "")]
    (mail,) = [mail for mail in mails(home) if "Báo cáo thay đổi hoặc" in text_of(mail)]
    assert "UBND xã Hai: phiên bản 1 không còn được tính" in text_of(mail)
    assert "UBND xã Một: phiên bản 1 đã được thay bằng phiên bản 2" in text_of(mail)


def test_a_document_given_back_to_be_a_draft_withdraws_what_waits_about_it(home):
    drafted(home)
    way.submit(home, KEY, Which(), as_of=at("2019-12-17"), actor="cán bộ")
    submit(home, "xa-mot", "2019-12-17T10:00", A_1=150)
    assert tell_of_flags(home, KEY, at("2019-12-17T10:30")) == 1
    way.send_back(home, KEY, Which(), "số liệu mới", as_of=at("2019-12-17T11:00"), actor="cán bộ")
    sweep("2019-12-17T15:00")
    assert mail_states(home) == [("withdrawn", "taken back before it was sent")]


# The frozen figures


def test_the_figures_of_what_was_issued_stay_and_todays_stand_beside_them(home):
    drafted(home)
    issue(home)
    submit(home, "xa-mot", "2019-12-19", A_1=150)
    found = issued_totals(home, KEY)
    lines = {line["code"]: line for line in found["indicators"]}
    assert (found["document"]["number"], found["received"], found["expected"]) == ("05/BC-LĐTBXH", 2, 3)
    assert (lines["A.1"]["value"], lines["A.1"]["now"], lines["A.1"]["changed"]) == (200, 250, True)
    assert (lines["A.2"]["value"], lines["A.2"]["now"], lines["A.2"]["changed"]) == (160, 160, False)
    assert [(each["unit"], each["version"]) for each in found["versions"]] == [("xa-mot", 1), ("xa-hai", 1)]
    assert [(each["unit"], each["then"], each["now"]) for each in found["changed"]] == [("xa-mot", 1, 2)]


def test_of_what_is_not_issued_or_has_no_inputs_kept_nothing_is_told(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="no issued"):
        issued_totals(home, KEY)
    issue(home)
    with home.ledger.write() as session:
        session.connection().exec_driver_sql("UPDATE document SET snapshot = ''")
    with pytest.raises(RefusedActError, match="before inputs were kept"):
        issued_totals(home, KEY)
