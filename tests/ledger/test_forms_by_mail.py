"""A form that comes back by mail is taken in once, from those who may send it, and answered in their conversation."""

import hashlib
import os
from pathlib import Path

import pytest

from dondoc.demo.fill import Answers, fill_form
from tasks.adapters import mailbox as mailbox_adapter
from tasks.adapters.home import open_home
from tasks.adapters.mailbox import DONE, FORMS, HELD, TO_SEE, Mailbox
from tasks.steps.inbound.mail_waiting import waiting
from tasks.steps.inbound.mailbox import poll, take_note
from tests.adapters.imap_server import imap_service, short_place
from tests.form_mails import (
    CLIENTS,
    NAME,
    envelope,
    file_part,
    forwarded,
    mail,
    parts,
    said,
    with_files,
    zip_part,
)
from tests.ledger.office import (
    FIGURES,
    KEY,
    SAID,
    apart,
    assert_chain_is_whole,
    at,
    cell_of,
    dump,
    events,
    filled,
    form,
    live,
    mails,
    outbox,
    sweep,
)
from tests.ledger.test_private_files import with_list
from tests.mail_samples import sample

BROKEN = Path(__file__).parents[1] / "workbooks" / "should_fail"
WHEN = "2019-11-21T09:00"


@pytest.fixture(scope="module")
def server():
    with short_place() as folder, imap_service(folder / "s") as running:
        yield running


@pytest.fixture
def service(server):
    server.empty()
    return server


@pytest.fixture
def reminded(home):
    """All three communes were reminded."""
    sweep("2019-10-16", "2019-11-20")
    return home


@pytest.fixture
def polled(reminded, service, monkeypatch):
    """The same, with a mailbox from now on."""
    monkeypatch.setenv("DONDOC_IMAP_URL", service.url())
    opened = open_home()
    yield opened
    opened.ledger.close()


def id_of(home, unit="xa-mot"):
    ((message_id,),) = outbox(home, "message_id", unit=unit, step="T-7")
    return message_id


def good(home, unit="xa-mot", **figures):
    return filled(home, unit, "2019-11-20", **figures)


def wrong(home, unit="xa-mot"):
    return filled(home, unit, "2019-11-20", A_2=101)


def note(home, data, when=WHEN, arrived=None):
    return take_note(home, data, at(when), at(arrived) if arrived else None)


def versions(home, unit="xa-mot"):
    return [row for row in dump(home)["submission"] if unit in row]


def answered(home, kind="receipt"):
    return [to for (to,) in outbox(home, "recipient", kind=kind)]


def waits(home):
    return [(row["state"], row["why"]) for row in waiting(home, at("2020-01-01"))]


def nothing_happened(home):
    assert versions(home, "xa-mot") == versions(home, "xa-hai") == []
    assert answered(home) == answered(home, "refused") == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_form_is_taken_in_from_a_mail_of_every_program(polled, service, client):
    service.deliver(CLIENTS[client](good(polled), reply_to=id_of(polled)))
    told = poll(polled, at(WHEN))
    assert (told["taken"], told["replies"]) == (1, 1)
    assert len(versions(polled)) == 1
    assert answered(polled) == ["xa-mot@mau.example"]
    assert len(service.mails(f"Dondoc/{FORMS}")) == 1
    assert waits(polled) == []
    assert_chain_is_whole(polled)


@pytest.mark.parametrize("client", ["outlook", "gmail", "apple", "thunderbird"])
def test_the_file_keeps_the_name_the_officer_gave_it(reminded, client):
    note(reminded, CLIENTS[client](good(reminded)))
    assert any(NAME in row for row in versions(reminded))


def test_the_submission_says_who_sent_it_in_which_mail_and_the_mail_is_kept(reminded):
    data = with_files(good(reminded))
    note(reminded, data)
    columns = "channel", "sender", "mail", "mail_sha256"
    with reminded.ledger.engine.connect() as connection:
        row = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM submission").one()
    sha256 = hashlib.sha256(data).hexdigest()
    assert tuple(row) == ("mail", "xa-mot@mau.example", "<thu-1@mau.example>", sha256)
    assert reminded.files.kept(sha256) == data


def test_the_receipt_lands_in_the_officers_conversation(reminded):
    ours = id_of(reminded)
    note(reminded, with_files(good(reminded), reply_to=ours))
    sweep("2019-11-21T10:00")
    (receipt,) = [each for each in mails(reminded) if "Đã nhận báo cáo" in each["Subject"]]
    assert receipt["In-Reply-To"] == "<thu-1@mau.example>"
    assert receipt["References"].split() == [ours, "<thu-1@mau.example>"]
    assert "xa-mot@mau.example" in receipt.get_body(("plain",)).get_content()


def test_when_it_reached_the_mailbox_decides_whether_it_is_in_time(reminded):
    sweep("2019-11-26")
    note(reminded, with_files(good(reminded)), "2019-11-30T08:00", arrived="2019-11-29T23:50")
    note(
        reminded,
        with_files(good(reminded, "xa-hai"), sender="xa-hai@mau.example", n=2),
        "2019-11-30T08:00",
        arrived="2019-11-30T00:10",
    )
    assert [live(reminded).standing(unit).on_time for unit in ("xa-mot", "xa-hai")] == [True, False]


def test_a_senders_date_decides_nothing(reminded):
    """The mail says it was written on 20/11; our server took it in on 02/12."""
    note(reminded, with_files(good(reminded)), "2019-12-02T09:00", arrived="2019-12-02T08:30")
    assert live(reminded).standing("xa-mot").first_submitted_at == at("2019-12-02T08:30")


def test_the_servers_own_stamp_is_what_counts(polled, service):
    with service.client() as client:
        stamp = '"20-Nov-2019 16:20:00 +0700"'
        assert client.append("INBOX", "", stamp, with_files(good(polled)))[0] == "OK"
    poll(polled, at(WHEN))
    assert live(polled).standing("xa-mot").first_submitted_at == at("2019-11-20T16:20")


@pytest.mark.parametrize("sender", ["XA-MOT@Mau.example", "xa-mot+dondoc@mau.example"])
def test_the_same_mailbox_under_another_spelling_is_the_units_contact(reminded, sender):
    note(reminded, with_files(good(reminded), sender=sender))
    assert len(versions(reminded)) == 1
    assert answered(reminded) == ["xa-mot@mau.example"]


def test_an_address_the_unit_was_written_to_in_this_cycle_may_send_and_is_answered_too(reminded):
    with reminded.ledger.write() as session:
        from tasks.adapters.ledger.outbox import queue

        key = {
            "cycle": str(KEY),
            "unit": "xa-mot",
            "kind": "reminder",
            "step": "T-8",
            "recipient": "cu@mau.example",
        }
        queue(session, **key, planned_on=at("2019-11-19").date(), at=at("2019-11-19"), state="sent")
        session.connection().exec_driver_sql(
            "UPDATE message SET message_id = '<x@so.example>' WHERE step = 'T-8'"
        )
    note(reminded, with_files(good(reminded), sender="cu@mau.example"))
    assert len(versions(reminded)) == 1
    assert answered(reminded) == ["xa-mot@mau.example", "cu@mau.example"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"sender": "ai-do@noi-khac.example"}, "strange_sender"),
        ({"sender": "xa-mot@mau.example.noi-khac.example"}, "strange_sender"),
        ({"sender": "xa-hai@mau.example"}, "other_units_sender"),
        ({"more": "Authentication-Results: mx.so.example; dmarc=fail header.from=mau.example\n"}, "disowned"),
        ({"more": "List-Id: <chung.nhom.example>\n"}, "by_list"),
        ({"more": "From: giam-doc@so.example\n"}, "strange_sender"),
    ],
)
def test_a_form_of_somebody_who_may_not_send_it_is_held_and_nobody_is_told(reminded, told, why):
    row = note(reminded, with_files(good(reminded), reply_to=id_of(reminded), **told)).row
    assert waits(reminded) == [("held", why)]
    assert row.folder == HELD
    nothing_happened(reminded)


def test_who_is_named_under_reply_to_does_not_make_a_stranger_a_contact(reminded):
    stranger = with_files(
        good(reminded), sender="ai-do@noi-khac.example", more="Reply-To: xa-mot@mau.example\n"
    )
    note(reminded, stranger)
    assert waits(reminded) == [("held", "strange_sender")]


def test_a_yes_of_a_forger_beside_the_no_of_our_server_is_not_believed(reminded):
    no = "Authentication-Results: mx.so.example; dmarc=fail header.from=mau.example\n"
    yes = "Authentication-Results: noi-khac.example; dmarc=pass\n"
    note(reminded, with_files(good(reminded), more=no + yes))
    assert waits(reminded) == [("held", "disowned")]


def test_a_no_that_our_own_server_did_not_write_holds_nobody_up(reminded):
    passed = "Authentication-Results: mx.so.example; dmarc=pass\n"
    foreign = "Authentication-Results: chuyen-tiep.example; dmarc=fail\n"
    note(reminded, with_files(good(reminded), more=passed + foreign))
    assert len(versions(reminded)) == 1


@pytest.mark.parametrize("name", ["outlook_away", "gmail_away", "vacation", "list_echo"])
def test_a_machines_mail_with_a_form_in_it_is_no_report_and_is_not_answered(reminded, name):
    head, _, _ = sample(name, ours=id_of(reminded), to="xa-mot@mau.example").partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-type")]
    body = parts(said("Vắng."), file_part(good(reminded))).replace("\n", "\r\n").encode()
    data = b"\r\n".join([*kept, b'Content-Type: multipart/mixed; boundary="ngoai"']) + b"\r\n\r\n" + body
    note(reminded, data)
    nothing_happened(reminded)
    assert waits(reminded) == []


def test_the_same_mail_without_the_mark_of_a_machine_is_a_report(reminded):
    """What the test above differs by."""
    note(reminded, with_files(good(reminded), reply_to=id_of(reminded)))
    assert len(versions(reminded)) == 1


def bounce_of(inner):
    data = sample("exchange", ours="<x@so.example>", to="xa-mot@mau.example").decode()
    before, mark, after = data.partition("Content-Type: message/rfc822\r\n\r\n")
    return (before + mark + inner.decode() + "\r\n" + after[after.index("--d4bc14b3") :]).encode()


def test_a_bounce_that_returns_a_form_is_no_report(reminded):
    data = bounce_of(with_files(good(reminded)))
    assert note(reminded, data).row.kind in {"hard_bounce", "other"}
    nothing_happened(reminded)


def test_a_bounce_sent_along_in_a_mail_is_no_report_either(reminded):
    note(reminded, forwarded(bounce_of(with_files(good(reminded)))))
    nothing_happened(reminded)
    assert waits(reminded) == [("unmatched", "no_form")]


@pytest.mark.parametrize("how", [{}, {"encode": True}, {"as_file": True}])
def test_a_form_inside_a_mail_that_was_forwarded_whole_is_taken_in(reminded, how):
    inner = with_files(good(reminded), n=9)
    note(reminded, forwarded(forwarded(inner, n=8), **how))
    assert len(versions(reminded)) == 1


def test_our_own_mail_sent_along_is_not_what_the_unit_reports(reminded):
    ours = with_files(form(reminded, "xa-mot", "2019-11-20"), sender="dondoc@localhost.example", n=9)
    note(reminded, forwarded(ours))
    nothing_happened(reminded)


def test_a_form_just_as_we_sent_it_reports_nothing_and_waits_for_a_person(reminded):
    note(
        reminded,
        with_files(form(reminded, "xa-mot", "2019-11-20"), text="Xin gia hạn.", reply_to=id_of(reminded)),
    )
    nothing_happened(reminded)
    assert waits(reminded) == [("unmatched", "blank")]


def test_our_form_as_sent_beside_the_filled_one_is_left_and_not_refused(reminded):
    noted = note(reminded, with_files(form(reminded, "xa-mot", "2019-11-20"), good(reminded)))
    assert dict(noted.forms) == {"taken": 1}
    assert (waits(reminded), answered(reminded, "refused")) == ([], [])


def test_who_forwards_counts_as_the_sender(reminded):
    note(reminded, forwarded(with_files(good(reminded), n=9), sender="phong@mau.example"))
    assert waits(reminded) == [("held", "other_units_sender")]


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "application/vnd.ms-excel", "image/png", "text/plain"]
)
def test_whatever_the_mail_calls_the_file_its_content_tells(reminded, kind, encoding):
    note(reminded, with_files(file_part(good(reminded), "bc.dat", kind, encoding=encoding)))
    assert len(versions(reminded)) == 1


def test_forms_in_a_zip_are_taken_in_and_scans_beside_them_are_left(reminded):
    packed = zip_part(("Biểu/xã Một.xlsx", good(reminded)), ("quet.pdf", b"%PDF-1.4" + bytes(9)))
    note(reminded, with_files(packed))
    assert len(versions(reminded)) == 1
    assert waits(reminded) == []


def test_of_two_forms_in_one_mail_one_wrong_there_is_one_receipt_and_one_refusal(reminded):
    noted = note(reminded, with_files(good(reminded), wrong(reminded)))
    assert dict(noted.forms) == {"taken": 1, "refused": 1}
    assert (len(answered(reminded)), len(answered(reminded, "refused"))) == (1, 1)
    assert len(versions(reminded)) == 1


def test_two_units_forms_in_one_mail_are_each_judged_by_its_own_unit(reminded):
    noted = note(reminded, with_files(good(reminded), good(reminded, "xa-hai")))
    assert dict(noted.forms) == {"taken": 1, "held": 1}
    assert (len(versions(reminded)), versions(reminded, "xa-hai")) == (1, [])
    assert noted.row.folder == HELD


def test_a_refusal_lands_in_the_conversation_too_and_says_why(reminded):
    note(reminded, with_files(wrong(reminded)))
    sweep("2019-11-21T10:00")
    (refusal,) = [each for each in mails(reminded) if "Chưa tiếp nhận" in each["Subject"]]
    assert refusal["In-Reply-To"] == "<thu-1@mau.example>"
    assert "không được lớn hơn tổng số" in refusal.get_body(("plain",)).get_content()


def test_the_same_mail_again_is_one_submission_and_one_answer(polled, service):
    data = with_files(good(polled), wrong(polled))
    service.deliver(data, data)
    assert poll(polled, at(WHEN))["taken"] == 1
    before = dump(polled)
    service.deliver(data)
    assert poll(polled, at("2019-11-22"))["read"] == 0
    assert dump(polled) == before
    assert (len(versions(polled)), len(answered(polled)), len(answered(polled, "refused"))) == (1, 1, 1)
    assert len(service.mails(f"Dondoc/{FORMS}")) == 3


def test_the_same_content_in_another_mail_is_the_same_version_and_brings_no_second_receipt(reminded):
    data = good(reminded)
    note(reminded, with_files(data))
    assert dict(note(reminded, with_files(data, n=2), "2019-11-22").forms) == {"taken": 1}
    assert (len(versions(reminded)), len(answered(reminded))) == (1, 1)


@pytest.mark.parametrize("handled", [0, 1])
def test_a_run_killed_between_taking_in_and_moving_leaves_one_submission_and_one_answer(
    polled, service, monkeypatch, handled
):
    service.deliver(
        with_files(good(polled), wrong(polled)),
        with_files(good(polled, "xa-hai"), sender="xa-hai@mau.example", n=2),
    )
    real, done = Mailbox.put, []

    def put(mailbox, uid, folder):
        if len(done) == handled:
            os._exit(9)
        done.append(uid)
        real(mailbox, uid, folder)

    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "put", put)
        process = apart(polled, lambda: poll(polled, at(WHEN)))
        process.join(60)
    assert process.exitcode == 9
    poll(polled, at("2019-11-21T10:00"))
    assert (len(versions(polled)), len(versions(polled, "xa-hai"))) == (1, 1)
    assert (len(answered(polled)), len(answered(polled, "refused"))) == (2, 1)
    assert service.mails() == []
    assert_chain_is_whole(polled)


def test_a_run_killed_between_two_forms_of_a_mail_leaves_the_second_to_the_next(reminded, monkeypatch):
    data = with_files(good(reminded), wrong(reminded))
    from tasks.steps.inbound import mail_intake

    real, done = mail_intake.take_in, []

    def take_in(*told):
        if done:
            os._exit(9)
        done.append(1)
        return real(*told)

    with monkeypatch.context() as patch:
        patch.setattr(mail_intake, "take_in", take_in)
        process = apart(reminded, lambda: note(reminded, data))
        process.join(60)
    assert process.exitcode == 9
    assert dict(note(reminded, data, "2019-11-21T10:00").forms) == {"refused": 1}
    assert (len(versions(reminded)), len(answered(reminded)), len(answered(reminded, "refused"))) == (1, 1, 1)


def test_two_who_read_the_same_mail_at_once_leave_one_submission_and_one_answer(reminded):
    data = with_files(good(reminded), wrong(reminded))
    processes = [apart(reminded, lambda: note(reminded, data)) for _ in range(3)]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (len(versions(reminded)), len(answered(reminded)), len(answered(reminded, "refused"))) == (1, 1, 1)
    assert events(reminded, "file refused") == 1
    assert len(dump(reminded)["inbound_form"]) == 2
    assert_chain_is_whole(reminded)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("zip-bomb.xlsx", "giải nén"),
        ("macro.xlsm", "macro"),
        ("external-link.xlsx", "liên kết"),
        ("cut-off.xlsx", "hỏng"),
    ],
)
def test_a_file_that_is_not_safe_to_read_is_refused_with_words_where_it_answers_one_reminder(
    reminded, name, word
):
    note(reminded, with_files((BROKEN / name).read_bytes(), reply_to=id_of(reminded)))
    assert answered(reminded, "refused") == ["xa-mot@mau.example"]
    sweep("2019-11-21T10:00")
    (refusal,) = [each for each in mails(reminded) if "Chưa tiếp nhận" in each["Subject"]]
    assert word in refusal.get_body(("plain",)).get_content()
    assert versions(reminded) == []


def test_without_a_reminder_that_it_answers_it_waits_for_a_person_with_the_same_words(reminded):
    note(reminded, with_files((BROKEN / "zip-bomb.xlsx").read_bytes()))
    nothing_happened(reminded)
    ((shown,),) = [row["forms"] for row in waiting(reminded, at("2020-01-01"))]
    assert shown["why"] == "unreadable"
    assert "giải nén" in shown["findings"][0]["message"]


def test_nobody_is_told_of_a_file_a_stranger_sends_as_an_answer_to_them(reminded):
    bomb = (BROKEN / "zip-bomb.xlsx").read_bytes()
    note(reminded, with_files(bomb, reply_to=id_of(reminded), sender="ai-do@noi-khac.example"))
    nothing_happened(reminded)
    assert waits(reminded) == [("unmatched", "unreadable")]


def test_a_form_another_installation_made_waits_for_a_person(reminded):
    from tests.ledger.office import forged

    note(reminded, with_files(forged(good(reminded), token="0" * 32), reply_to=id_of(reminded)))
    nothing_happened(reminded)
    assert waits(reminded) == [("unmatched", "forged")]


def test_a_question_in_words_and_a_letter_in_word_wait_for_a_person(reminded):
    question = mail(parts(said("Xã xin hỏi về cột “Ghi chú”.")), reply_to=id_of(reminded))
    letter = with_files((BROKEN / "letter.xlsx").read_bytes(), n=2)
    for data in (question, letter):
        assert note(reminded, data).row.folder == TO_SEE
    assert waits(reminded) == [("unmatched", "no_form")] * 2
    nothing_happened(reminded)


def test_a_letter_beside_the_form_keeps_nobody_waiting(reminded):
    letter = (BROKEN / "letter.xlsx").read_bytes()
    note(reminded, with_files(letter, (BROKEN / "not-our-form.xlsx").read_bytes(), good(reminded)))
    assert len(versions(reminded)) == 1
    assert waits(reminded) == []


def test_a_form_in_outlooks_own_envelope_is_taken_in(reminded):
    tnef = file_part(envelope(good(reminded)), "winmail.dat", "application/ms-tnef")
    note(reminded, with_files(tnef))
    assert len(versions(reminded)) == 1
    assert waits(reminded) == []


@pytest.mark.parametrize("cut", [1, 40])
def test_an_envelope_of_outlook_that_is_cut_off_waits_for_a_person_with_a_clear_word(reminded, cut):
    tnef = file_part(envelope(good(reminded))[:-cut], "winmail.dat", "application/ms-tnef")
    note(reminded, with_files(tnef))
    assert waits(reminded) == [("unmatched", "winmail")]


def test_a_mail_of_thirty_megabytes_is_read(polled, service):
    scan = file_part(b"%PDF-1.4" + os.urandom(22 << 20), "quet.pdf", "application/pdf")
    data = with_files(scan, good(polled))
    assert len(data) > 30 << 20
    service.deliver(data)
    assert poll(polled, at(WHEN))["taken"] == 1


def test_a_mail_over_the_limit_is_not_loaded_and_waits_for_a_person(polled, service, monkeypatch):
    monkeypatch.setattr(mailbox_adapter, "LARGEST_MAIL", 10_000)
    service.deliver(with_files(good(polled), b"%PDF" + bytes(20_000)))
    told = poll(polled, at(WHEN))
    assert (told["read"], told["taken"]) == (1, 0)
    assert waits(polled) == [("unmatched", "too_large")]
    assert len(service.mails(f"Dondoc/{TO_SEE}")) == 1


def test_a_mail_nobody_has_foreseen_keeps_no_other_from_being_read(polled, service, monkeypatch):
    from tasks.steps.inbound import mail_intake

    service.deliver(
        with_files(good(polled)), with_files(good(polled, "xa-hai"), sender="xa-hai@mau.example", n=2)
    )
    real = mail_intake.candidates

    def candidates(home, message, own, when):
        if "xa-mot" in message["From"]:
            raise RecursionError("no end")
        return real(home, message, own, when)

    with monkeypatch.context() as patch:
        patch.setattr(mail_intake, "candidates", candidates)
        with pytest.raises(OSError, match="no end"):
            poll(polled, at(WHEN))
    assert (versions(polled), len(versions(polled, "xa-hai"))) == ([], 1)
    assert len(service.mails()) == 1
    poll(polled, at("2019-11-21T10:00"))
    assert len(versions(polled)) == 1
    assert service.mails() == []
    assert len(service.mails(f"Dondoc/{DONE}")) == 0


def test_answers_to_one_address_end_at_ten_an_hour(reminded):
    for n in range(12):
        data = fill_form(
            form(reminded, "xa-mot", "2019-11-20"), Answers({"A.1": 10, "A.2": 11 + n, "A.5": "Có"}, {})
        )
        note(reminded, with_files(data, n=n), f"2019-11-21T09:{n:02}")
    states = [state for (state,) in outbox(reminded, "state", kind="refused")]
    assert states.count("skipped") == 2


def test_the_form_in_the_mail_is_what_is_added_up(reminded):
    data = good(reminded, A_1=321)
    note(reminded, with_files(data))
    with reminded.ledger.read() as session:
        from tasks.adapters.ledger.counted import counted_figures

        (report,) = counted_figures(session, KEY)
    assert cell_of(data, report.figures["A.1"].cell) == report.figures["A.1"].number == 321


def test_another_form_under_a_message_id_that_is_known_is_not_lost(reminded):
    note(reminded, with_files(good(reminded)))
    noted = note(reminded, with_files(good(reminded, A_1=150)))
    assert (noted.is_new, dict(noted.forms)) == (False, {"taken": 1})
    assert len(versions(reminded)) == 2


def test_the_whole_way_from_the_reminder_to_the_receipt_in_one_sweep(polled, service):
    sweep("2019-11-26")
    (reminder, *_) = [
        each for each in mails(polled) if each["To"] == "xa-hai@mau.example" and "26 Nov" in each["Date"]
    ]
    assert "gửi đến dondoc@localhost.example" in " ".join(reminder.get_body(("plain",)).get_content().split())
    (attached,) = [part for part in reminder.iter_attachments() if part.get_filename().endswith(".xlsx")]
    data = fill_form(attached.get_content(), Answers(FIGURES, SAID))
    service.deliver(with_files(data, sender="xa-hai@mau.example", reply_to=reminder["Message-ID"]))
    sweep("2019-11-27")
    (receipt,) = [each for each in mails(polled) if "Đã nhận báo cáo" in each["Subject"]]
    assert receipt["To"] == "xa-hai@mau.example"
    assert receipt["References"].split()[0] == reminder["Message-ID"]
    assert live(polled).standing("xa-hai").on_time


def test_without_a_mailbox_a_mail_names_the_office_to_send_to(reminded):
    reminder = mails(reminded)[0]
    assert "dondoc@localhost.example" not in reminder.get_body(("plain",)).get_content()


def test_a_preview_takes_in_nothing(polled, service):
    from flows.rehearse import preview_day

    service.deliver(with_files(good(polled)))
    preview_day(at("2019-11-26").date())
    assert versions(polled) == []
    assert len(service.mails()) == 1


@pytest.mark.parametrize(("more", "is_told"), [({}, True), ({"sender": "la@noi-khac.example"}, False)])
def test_of_a_mail_with_a_list_of_people_nothing_is_kept(reminded, more, is_told):
    """Whoever sent it: neither the mail nor the file lies in the store."""
    data = with_files(with_list(reminded), reply_to=id_of(reminded), **more)
    note(reminded, data)
    assert versions(reminded) == []
    assert bool(answered(reminded, "refused")) is is_told
    assert [state for state, _ in waits(reminded)] == ([] if is_told else ["unmatched"])
    stored = [file for file in (reminded.folder / "files").rglob("*") if file.is_file()]
    assert [file for file in stored if file.read_bytes() in {data, with_list(reminded)}] == []
    assert [file for file in stored if file.parent.parent.name == "received"] == []
