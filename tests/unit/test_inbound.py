"""What comes back is told apart by what its headers say: bounces, notices, machines, echoes and people."""

from email import message_from_bytes

import pytest

from models.inbound import Incoming, Kind, classify
from tests.mail_samples import NAMES, OURS, SENDER, TO, sample, without


def read(data: bytes) -> Incoming:
    return classify(message_from_bytes(data), SENDER)


@pytest.mark.parametrize(
    ("name", "status"),
    [("postfix", "5.1.1"), ("gmail", "5.1.1"), ("exchange", "5.1.10"), ("exim", "")],
)
def test_a_hard_bounce_names_the_address_the_status_and_our_mail(name, status):
    assert read(sample(name)) == Incoming(Kind.HARD_BOUNCE, (OURS,), TO, status, is_final=True)


def test_a_delay_is_soft_and_shows_that_the_mail_has_left_our_server():
    found = read(sample("postfix", status="4.4.1", action="delayed"))
    assert (found.kind, found.status, found.is_final, found.has_arrived) == (
        Kind.SOFT_BOUNCE,
        "4.4.1",
        False,
        True,
    )


def test_giving_up_for_a_reason_that_passes_is_soft_but_the_mail_is_lost():
    found = read(sample("postfix", status="4.4.7", action="failed"))
    assert (found.kind, found.is_final, found.has_arrived) == (Kind.SOFT_BOUNCE, True, False)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_notice_of_success_is_no_bounce(action):
    found = read(sample("postfix", status="2.0.0", action=action))
    assert (found.kind, found.has_arrived) == (Kind.DELIVERED, True)


def test_a_read_receipt_shows_that_the_mail_arrived():
    found = read(sample("receipt"))
    assert (found.kind, found.about, found.address) == (Kind.DELIVERED, (OURS,), TO)


def test_the_worst_of_several_recipients_is_told():
    ok = b"Final-Recipient: rfc822; chung@mau.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
    two = sample("gmail").replace(b"Final-Recipient:", ok + b"Final-Recipient:", 1)
    assert read(two) == read(sample("gmail"))


def test_a_forwarded_address_is_told_as_the_one_we_wrote_to():
    forwarded = sample("postfix").replace(
        b"Final-Recipient: rfc822; " + TO.encode(), b"Final-Recipient: rfc822; x@y.example"
    )
    assert read(forwarded).address == TO


def test_a_report_without_a_part_for_machines_is_for_a_person():
    spoiled = sample("postfix").replace(b"message/delivery-status", b"text/plain")
    assert read(spoiled) == Incoming(Kind.OTHER, (OURS,))


def test_a_report_that_names_no_recipient_is_for_a_person():
    spoiled = sample("gmail").replace(b"Final-Recipient", b"X-Final-Recipient")
    assert read(spoiled).kind is Kind.OTHER


def test_a_bounce_that_follows_no_standard_is_for_a_person_and_never_an_automatic_reply():
    assert read(sample("qmail")).kind is Kind.OTHER
    assert read(without(sample("exim"), "X-Failed-Recipients")).kind is Kind.OTHER


@pytest.mark.parametrize("name", ["outlook_away", "gmail_away", "vacation"])
def test_an_automatic_reply_is_known_by_its_headers(name):
    found = read(sample(name))
    assert (found.kind, found.about, found.has_arrived) == (Kind.AUTO_REPLY, (OURS,), False)


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("outlook_away", ("Auto-Submitted", "Return-Path")),
        ("gmail_away", ("Auto-Submitted", "X-Autoreply", "Precedence")),
        ("vacation", ("Precedence",)),
    ],
)
def test_without_those_headers_the_same_mail_is_from_a_person(name, marks):
    assert read(without(sample(name), *marks)).kind is Kind.REPLY


def test_each_mark_of_a_machine_is_enough():
    for mark in (
        b"Auto-Submitted: auto-notified",
        b"Auto-Submitted: auto-replied (vacation)",
        b"X-Autorespond: yes",
        b"Precedence: auto_reply",
    ):
        assert read(mark + b"\r\n" + sample("reply")).kind is Kind.AUTO_REPLY, mark


def test_what_says_that_no_machine_wrote_it_is_from_a_person():
    assert read(b"Auto-Submitted: no\r\n" + sample("reply")).kind is Kind.REPLY


def test_a_persons_reply_from_outlook_is_a_reply_though_it_suppresses_automatic_responses():
    data = sample("reply")
    assert b"X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply" in data
    assert read(data) == Incoming(Kind.REPLY, (OURS,), from_person=True)


def test_a_mail_sent_to_many_is_never_a_reply():
    assert read(b"Precedence: bulk\r\n" + sample("reply")).kind is Kind.OTHER
    assert read(b"List-Id: <chung.nhom.example>\r\n" + sample("reply")).kind is Kind.OTHER


def test_an_echo_of_ours_is_known_by_the_list_or_by_its_sender():
    assert read(sample("list_echo")).kind is Kind.LIST_ECHO
    copy = without(sample("stranger"), "From")
    assert read(b"From: Nhac <Nhac@so.example>\r\n" + copy).kind is Kind.LIST_ECHO
    assert read(b"From: Nhac <nhac@noi-khac.example>\r\n" + copy).kind is Kind.OTHER


def test_a_mail_that_answers_none_is_for_a_person():
    assert read(sample("stranger")) == Incoming(Kind.OTHER, from_person=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_cut_off_anywhere_is_still_decided(name):
    data = sample(name)
    for end in range(0, len(data), 97):
        assert read(data[:end]).kind in Kind


def test_letters_that_are_none_do_not_stop_the_reading():
    assert read(b"Subject: \xff\xfe\r\nAuto-Submitted: \xe1\r\n" + sample("postfix")).kind is Kind.HARD_BOUNCE
