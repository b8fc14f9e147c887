"""The files an installation starts from say what the program reads."""

import configparser
import re

from tasks.adapters.mail.smtp_url import parse_smtp_url
from tasks.adapters.settings import Settings
from tests.builders import ROOT

EXAMPLE = (ROOT / "deploy" / ".env.example").read_text("utf-8")
GIVEN = dict(re.findall(r"^#(DONDOC_[A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def test_the_example_names_every_setting_and_no_other():
    assert set(GIVEN) == {f"DONDOC_{name.upper()}" for name in Settings.model_fields}


def test_the_example_overrules_nothing_until_a_line_is_uncommented():
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []


def test_the_mail_address_of_the_example_is_one_that_is_understood():
    assert parse_smtp_url(GIVEN["DONDOC_SMTP_URL"])


def test_the_service_starts_a_command_that_exists_and_stops_longer_than_the_program_needs():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string((ROOT / "deploy" / "dondoc.service").read_text("utf-8"))
    service = unit["Service"]
    assert re.search(r"/dondoc serve --port \d+$", service["ExecStart"])
    assert int(service["TimeoutStopSec"]) > 10
    assert service["Restart"] == "always"
    assert service["KillMode"] == "mixed"
