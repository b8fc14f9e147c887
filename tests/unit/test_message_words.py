"""Every message can be told in Vietnamese, with what to do about it."""

import pytest

from models.message_reasons import reason_words, what_to_do
from models.message_words import KINDS, NOTHING, STATES, TO_SETTLE
from models.text import nfc
from tasks.adapters.ledger.outbox import STATES as IN_THE_LEDGER
from tasks.adapters.ledger.outbox import WITHOUT_ADDRESS
from tasks.steps.mails import KINDS as SENT
from tests.unit.reasons_written import reasons

WRITTEN = reasons()


def test_every_kind_of_mail_has_vietnamese_words():
    assert set(SENT) <= set(KINDS)
    assert {"unsigned", "deadline-changed", "issued"} <= set(KINDS)
    assert all(words and words == nfc(words) for words in KINDS.values())


def test_every_state_has_words_a_mark_of_its_own_and_says_what_to_do():
    assert tuple(STATES) == IN_THE_LEDGER
    assert len({words.mark for words in STATES.values()}) == len(STATES)
    assert len({words.label for words in STATES.values()}) == len(STATES)
    for words in STATES.values():
        assert words.meaning
        assert words.todo
        assert words.means
        assert words.who
        assert words.do


def test_only_what_somebody_must_settle_names_commands():
    assert tuple(state for state, words in STATES.items() if words.commands) == TO_SETTLE


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("deadline changed to 2019-12-11", "thời hạn chuyển đến hết ngày 11/12/2019"),
        ("the mail about the changed deadline says it", "thư về thời hạn mới đã nêu"),
        ("", ""),
        ("overtaken by T-3", "đã đến mốc sau: trước hạn 03 ngày làm việc"),
        (
            "in doubt, overtaken by T+1",
            "chưa rõ đã đến hay chưa, thư của mốc sau đã được gửi: sau hạn 01 ngày làm việc",
        ),
        ("the deadline has passed", "đã qua hạn"),
        ("the cycle is closed", "kỳ báo cáo đã đóng"),
        (WITHOUT_ADDRESS, "đơn vị không có địa chỉ thư dùng được"),
        ("reported before it was sent", "đơn vị đã báo cáo trước khi thư được gửi"),
        ("version 2 received", "đã nhận báo cáo, phiên bản 2"),
        ("extended to 2019-12-05", "đã gia hạn đến hết ngày 05/12/2019"),
        ("exempt", "đơn vị được miễn"),
        (
            "10 answers to this address within an hour",
            "đã có 10 thư trả lời tự động đến địa chỉ này trong một giờ",
        ),
        ("the sender died while sending", "việc gửi bị ngắt giữa chừng"),
        ("bounced (5.1.1)", "thư bị trả lại, mã 5.1.1"),
        ("bounced (no status)", "thư bị trả lại, không ghi mã lỗi"),
        ("arrived, as reply says", "đã đến, người nhận đã trả lời"),
        ("retried by hand", "người quản trị cho gửi lại"),
        ("issued as 05/BC-SLĐTBXH", "văn bản đã được ghi nhận ban hành, số 05/BC-SLĐTBXH"),
        ("submitted on 2019-12-16", "văn bản đã được trình ký ngày 16/12/2019"),
        ("approved on 2019-12-16", "văn bản đã được phê duyệt ngày 16/12/2019"),
        ("draft on 2019-12-16", "dự thảo đã được trả lại ngày 16/12/2019"),
        (
            "issued, superseded or of no use before it was sent",
            "trước khi thư được gửi, văn bản đã ban hành, đã có bản mới hoặc không còn cần ban hành",
        ),
        ("not one plain e-mail address: 'a@b@c'", "địa chỉ thư không hợp lệ: 'a@b@c'"),
        ("550 no such user", "máy chủ thư trả lời: “550 no such user”"),
        (
            "cannot connect to mail.example:25: refused",
            "không kết nối được máy chủ thư mail.example:25: refused",
        ),
        (
            "no reply after the message was sent: timed out",
            "máy chủ thư không trả lời sau khi nhận nội dung: timed out",
        ),
    ],
)
def test_a_reason_of_the_ledger_is_told_in_vietnamese(reason, words):
    assert reason_words(reason) == words


@pytest.mark.parametrize("reason", sorted(WRITTEN))
def test_every_reason_that_the_code_writes_is_told_in_vietnamese(reason):
    assert any(reason_words(said) != said for said in WRITTEN[reason])


def test_the_reasons_are_found_wherever_the_code_writes_them():
    said = {text for each in WRITTEN.values() for text in each}
    places = {
        "exempt": "withdraw",
        "issued as T-3": "stop_asking",
        "approved on 2019-12-05": "stop_asking",
        "retried by hand": "mark, through a constant",
        "the cycle is closed": "a decision of the models",
        "deadline changed to 2019-12-05": "a property",
        "the mail about the changed deadline says it": "a row",
        "connection lost: T-3": "an error of the mail server",
    }
    assert set(places) <= said
    assert any(each.endswith("answers to this address within an hour") for each in said)


@pytest.mark.parametrize("reason", ["nobody has seen this", "exempted by mistake", "5500 of something"])
def test_an_unknown_reason_is_shown_as_it_is(reason):
    assert reason_words(reason) == reason


def test_a_skipped_mail_asks_for_nothing_unless_there_is_no_address_or_a_flood():
    assert what_to_do("skipped", "overtaken by T-3") == NOTHING
    assert "bổ sung" in what_to_do("skipped", WITHOUT_ADDRESS)
    assert "tự động gửi trả lời" in what_to_do("skipped", "10 answers to this address within an hour")
    assert what_to_do("a state of tomorrow", "") == NOTHING
