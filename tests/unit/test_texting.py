"""Text messages: which telephones take them, at which address, and what they say."""

from dataclasses import replace
from datetime import date

import pytest

from models.mail import Texted
from models.texting import check_gateway, mobile, text_address
from tasks.adapters.mail_text import render_text
from tests.adapters.mail_samples import OVERDUE, REMINDER, REMINDER_OF_TWO

FIVE_TEXTS = 5 * 67
"""Characters with diacritics that five joined text messages hold."""


@pytest.mark.parametrize(
    "written",
    ["0905123456", "0905 123 456", "0905.123.456", "(+84) 905-123-456", "84905123456", "0084905123456"],
)
def test_a_mobile_number_is_known_however_it_is_written(written):
    assert mobile(written) == "0905123456"


@pytest.mark.parametrize(
    "written", ["0234 3822 456", "090512345", "09051234567", "0105123456", "không có", ""]
)
def test_landlines_and_what_is_no_number_take_no_texts(written):
    assert mobile(written) == ""


def test_the_gateway_gets_the_number_at_home_or_with_the_country():
    assert text_address("0905 123 456", "{phone}@sms.example") == "0905123456@sms.example"
    assert text_address("0905 123 456", "sms+{phone84}@cong.example") == "sms+84905123456@cong.example"
    assert text_address("0905 123 456", "") == ""


@pytest.mark.parametrize(
    "pattern", ["sms.example", "{phone}", "tin@sms.example", "{phone}{phone}@sms.example", "{so}@sms.example"]
)
def test_a_gateway_without_one_place_for_the_number_is_refused(pattern):
    with pytest.raises(ValueError, match=r"\{phone\}@sms\.example"):
        check_gateway(pattern)


def texted(mail, **changes):
    given = {
        "unit": mail.unit,
        "on": mail.on,
        "lines": mail.lines,
        "mailed_to": "xa-huong-phu@namdong.example",
    }
    return Texted(**given | changes)


@pytest.mark.parametrize("mail", [REMINDER, OVERDUE, REMINDER_OF_TWO])
def test_a_text_is_one_short_line_that_names_unit_report_and_day(mail):
    message = texted(mail)
    said = render_text(message)
    assert said.html == ""
    assert said.text.count("\n") == 1
    assert message.unit in said.text
    assert f"{message.first.last_day:%d/%m/%Y}" in said.text
    assert len(said.text) <= FIVE_TEXTS


def test_no_text_calls_a_unit_late_before_day_x_has_passed():
    line = replace(OVERDUE.lines[0], last_day=date(2019, 11, 29), named_day=date(2019, 11, 30))
    on_day_x, after = (
        render_text(texted(OVERDUE, lines=(line,), on=day)).text
        for day in (date(2019, 11, 30), date(2019, 12, 1))
    )
    assert "đã qua" not in on_day_x
    assert "đã qua" in after


def test_a_unit_without_an_address_that_works_is_asked_to_call():
    assert "đề nghị liên hệ" in render_text(texted(REMINDER, mailed_to="")).text
    assert "đề nghị liên hệ" not in render_text(texted(REMINDER)).text
