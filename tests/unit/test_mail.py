"""The contexts of the messages: what they refuse to say, and the Message-ID."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.headerregistry import HeaderRegistry

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mail import (
    VIETNAM,
    MissingList,
    Office,
    Overdue,
    OwedLine,
    Receipt,
    Refused,
    Reminder,
    Returned,
    Timing,
    message_id,
    vietnam_time,
)

LEAD = Office(name="Sở Lao động - Thương binh và Xã hội")
BEFORE_30_11 = OwedLine(
    cycle="hue-588/O2/2019",
    plan="Kế hoạch",
    obligation="Báo cáo kết quả",
    period="năm 2019",
    wording="trước ngày 30/11",
    last_day=date(2019, 11, 29),
    named_day=date(2019, 11, 30),
    lead=LEAD,
)
BY_30_11 = replace(BEFORE_30_11, wording="chậm nhất ngày 30/11", last_day=date(2019, 11, 30), named_day=None)


def receipt(received_at, *, on_time=False, **fields):
    return Receipt(
        unit="UBND huyện Nam Đông",
        line=BEFORE_30_11,
        number="7",
        received_at=received_at,
        file_name="b.xlsx",
        sha256="0" * 64,
        version=1,
        on_time=on_time,
        **fields,
    )


def test_the_same_key_gives_the_same_id_and_another_key_another():
    key = "hue-588/O2/2019|huyen-nam-dong|reminder|T-5|a@nam-dong.example"
    assert message_id(key, "bao-cao.example") == "<bca4c1d3287aa085682f2d114913ce817ff3c865@bao-cao.example>"
    assert message_id(key, "bao-cao.example") != message_id(key.replace("T-5", "T-3"), "bao-cao.example")


@given(st.text(min_size=1).filter(lambda key: key.isprintable()))
def test_an_id_is_what_the_standard_calls_a_message_id_whatever_the_key(key):
    header = HeaderRegistry()("Message-ID", message_id(key, "bao-cao.example"))
    assert header.defects == ()
    assert len(header) < 100


@pytest.mark.parametrize(
    "domain", ["", "a b.example", "a@b.example", "a.example>\r\nBcc: x", "sở.example", "a..example"]
)
def test_an_id_is_never_made_with_what_is_no_host_name(domain):
    with pytest.raises(ValueError, match="host name"):
        message_id("key", domain)


def test_an_id_needs_a_key():
    with pytest.raises(ValueError, match="key"):
        message_id("", "bao-cao.example")


@pytest.mark.parametrize(
    ("line", "last_blameless"),
    [(BEFORE_30_11, date(2019, 11, 30)), (BY_30_11, date(2019, 11, 30))],
    ids=["trước ngày 30/11", "chậm nhất ngày 30/11"],
)
def test_nobody_is_called_overdue_before_day_x_has_passed(line, last_blameless):
    with pytest.raises(ValueError, match="not overdue"):
        Overdue(unit="UBND", on=last_blameless, lines=(line,))
    assert Overdue(unit="UBND", on=last_blameless + timedelta(days=1), lines=(line,))


def test_one_line_still_in_time_keeps_the_whole_message_from_being_an_overdue_one():
    late, in_time = BEFORE_30_11, replace(BEFORE_30_11, last_day=date(2019, 12, 19), named_day=None)
    with pytest.raises(ValueError, match="not overdue"):
        Overdue(unit="UBND", on=date(2019, 12, 3), lines=(late, in_time))


@pytest.mark.parametrize(
    ("received", "timing"),
    [
        (datetime(2019, 11, 30, 0, 5, tzinfo=VIETNAM), Timing.NOT_YET_LATE),
        (datetime(2019, 11, 30, 23, 59, tzinfo=VIETNAM), Timing.NOT_YET_LATE),
        (datetime(2019, 12, 1, 0, 0, tzinfo=VIETNAM), Timing.LATE),
    ],
)
def test_a_receipt_says_late_only_once_day_x_has_passed(received, timing):
    assert receipt(received).timing is timing


def test_a_receipt_counts_the_day_on_the_vietnamese_clock():
    evening_in_london = datetime(2019, 11, 30, 17, 30, tzinfo=UTC)
    assert receipt(evening_in_london).timing is Timing.LATE
    assert receipt(evening_in_london - timedelta(hours=1)).timing is Timing.NOT_YET_LATE


def test_a_correction_after_the_deadline_is_judged_by_the_first_submission():
    december = datetime(2019, 12, 5, 9, 0, tzinfo=UTC)
    first = datetime(2019, 11, 30, 9, 0, tzinfo=VIETNAM)
    assert receipt(december, first_received_at=first).timing is Timing.NOT_YET_LATE
    assert receipt(december, on_time=True).timing is Timing.ON_TIME
    assert receipt(december).timing is Timing.LATE


def test_a_time_without_a_zone_is_not_guessed():
    with pytest.raises(ValueError, match="zone"):
        vietnam_time(datetime(2019, 11, 30, 9, 0, tzinfo=UTC).replace(tzinfo=None))


def test_a_message_about_nothing_is_not_made():
    with pytest.raises(ValueError, match="at least one"):
        Reminder(unit="UBND", on=date(2019, 11, 1), lines=())
    with pytest.raises(ValueError, match="at least one"):
        MissingList(unit="Sở", on=date(2019, 11, 1), groups=())
    with pytest.raises(ValueError, match="without saying why"):
        Refused(office=LEAD, file_name="b.xlsx", received_at=datetime.now(UTC), findings=())
    with pytest.raises(ValueError, match="without a reason"):
        Returned(unit="UBND", line=BEFORE_30_11, version=1, reason=" \n", new_day=date(2019, 12, 6))


def test_a_merged_message_names_each_lead_unit_and_step_once():
    other = replace(BEFORE_30_11, lead=Office(name="Phòng"), step="T-7")
    message = Reminder(
        unit="UBND",
        on=date(2019, 11, 1),
        lines=(BEFORE_30_11, other, replace(other, last_day=date(2019, 11, 9))),
    )
    assert [office.name for office in message.offices] == [LEAD.name, "Phòng"]
    assert message.steps == ("T-7",)
    assert message.first_last_day == date(2019, 11, 9)
