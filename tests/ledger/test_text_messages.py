"""The second channel: text messages by way of a gateway's address, beside the mails and in the same outbox."""

import json

import pytest
import yaml

from tasks.adapters.home import the_home
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.adapters.unit_files import read_units
from tests.ledger.office import UNITS, at, mails, office_plan, outbox, submit, sweep

WITH_PHONES = UNITS.replace("xa-mot@mau.example,,", "xa-mot@mau.example,0905 123 456,").replace(
    "xa-hai@mau.example,,", "xa-hai@mau.example,0234 3822 456,"
)
TEXT = "0905123456@sms.example"


@pytest.fixture
def gateway(home, monkeypatch):
    """Mobile telephones in the list of units, T-3 marked in the plan, and a gateway."""
    monkeypatch.setenv("DONDOC_SMS_TO", "{phone}@sms.example")
    data = office_plan()
    data["obligations"][0]["reminders"][1]["sms"] = True
    with home.ledger.write() as session:
        units = read_units(WITH_PHONES, "mau.csv")
        save_units(session, units, at=at("2018-12-03"), actor="set-up", source="mau.csv")
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        save_plan(session, text, "mau.yaml", at=at("2018-12-03"), actor="set-up")
    found = the_home()
    yield found
    found.ledger.close()


def texts(home):
    return [mail for mail in mails(home) if mail["To"] == TEXT]


def test_a_marked_step_goes_to_the_mobile_telephone_too_and_an_unmarked_one_does_not(gateway):
    sweep("2019-10-16", "2019-11-20")
    assert texts(gateway) == []
    sweep("2019-11-26")
    (text,) = texts(gateway)
    assert text.get_content_type() == "text/plain"
    assert "UBND xã Một" in text.get_content()
    assert "29/11/2019" in text.get_content()
    # A landline takes none, and the mail goes to both all the same.
    assert sorted(to for (to,) in outbox(gateway, "recipient", step="T-3")) == [
        TEXT,
        "xa-ba@mau.example",
        "xa-hai@mau.example",
        "xa-mot@mau.example",
    ]


def test_without_a_gateway_nothing_is_texted(gateway, monkeypatch):
    monkeypatch.delenv("DONDOC_SMS_TO")
    sweep("2019-10-16", "2019-11-20", "2019-11-26")
    assert texts(gateway) == []


def test_a_unit_without_an_address_that_works_is_texted_at_every_step_and_stays_a_task(gateway):
    with gateway.ledger.write() as session:
        note_failure(
            session, "xa-mot@mau.example", at=at("2019-10-20"), status="5.1.1", evidence="", actor="mailbox"
        )
    sweep("2019-10-16", "2019-11-20")
    (text,) = texts(gateway)
    assert "đề nghị liên hệ" in text.get_content()
    states = dict(outbox(gateway, "recipient", "state", unit="xa-mot"))
    assert states == {"(no address)": "skipped", TEXT: "sent"}


def test_a_telephone_the_gateway_refused_is_not_texted_again(gateway):
    with gateway.ledger.write() as session:
        note_failure(session, TEXT, at=at("2019-10-20"), status="5.1.1", evidence="", actor="mailbox")
    sweep("2019-10-16", "2019-11-20", "2019-11-26")
    assert texts(gateway) == []


def test_a_unit_that_has_reported_is_not_texted(gateway):
    sweep("2019-10-16", "2019-11-20")
    submit(gateway, "xa-mot", "2019-11-21")
    sweep("2019-11-26")
    assert texts(gateway) == []


def test_a_text_that_waits_stays_a_text_when_the_gateway_changes(gateway, monkeypatch):
    sweep("2019-10-16", "2019-11-20", "2019-11-26T03:00")
    ((payload,),) = outbox(gateway, "payload", recipient=TEXT)
    assert json.loads(payload) == {"sms": True}
    monkeypatch.setenv("DONDOC_SMS_TO", "{phone84}@khac.example")
    sweep("2019-11-26")
    (text,) = texts(gateway)
    assert [part for part in text.walk() if part.get_filename()] == []
