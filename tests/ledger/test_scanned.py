"""With a virus scanner set, nothing comes in that it has not passed, by whatever way; without it nothing is scanned."""

import logging

import pytest

from dondoc.cli import main
from dondoc.doctor import examine
from models.by_hand import PAPER
from models.tables import InboundFormRow, InboundRow
from tasks.adapters.home import in_use, open_home
from tasks.adapters.mailbox import FORMS, TO_SEE
from tasks.adapters.scanner import ScannerError
from tasks.steps.collecting.entering import ByHand, enter
from tasks.steps.inbound.mailbox import poll
from tests.adapters.fake_clamd import MARK, NAME, fake_clamd
from tests.adapters.imap_server import imap_service, short_place
from tests.adapters.mail_servers import free_port
from tests.form_mails import with_files
from tests.ledger.office import KEY, at, dump, events, filled, hand_in, outbox, sweep
from tests.ledger.test_private_files import copies

WHEN = "2019-11-20T09:00"
PAPER_SAID = "Số 12/BC-UBND ngày 19/11/2019"


@pytest.fixture
def clamd():
    with fake_clamd() as running:
        yield running


@pytest.fixture
def scanned(home, clamd, monkeypatch):
    """The office with a scanner; all communes were reminded."""
    sweep("2019-10-16", "2019-11-20")
    yield from opened_with(monkeypatch, DONDOC_CLAMD=clamd.url)


@pytest.fixture
def unscanned(home, monkeypatch):
    """Its scanner is down."""
    sweep("2019-10-16", "2019-11-20")
    yield from opened_with(monkeypatch, DONDOC_CLAMD=f"tcp://127.0.0.1:{free_port()}")


def opened_with(monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    opened = open_home()
    yield opened
    opened.ledger.close()


@pytest.fixture
def service():
    with short_place() as folder, imap_service(folder / "s") as running:
        yield running


def infected(home):
    """The unit's own form, filled in, with the mark behind the end of the archive."""
    return filled(home, "xa-mot", WHEN) + MARK


def test_a_clean_form_is_taken_in_after_the_scanner_has_seen_all_of_it(scanned, clamd):
    data = filled(scanned, "xa-mot", WHEN)
    assert hand_in(scanned, "xa-mot", data, WHEN).accepted
    assert clamd.scanned == [data]


def test_an_infected_form_is_refused_by_name_and_no_copy_is_kept(scanned):
    data = infected(scanned)
    before = dump(scanned, "event", "message")
    outcome = hand_in(scanned, "xa-mot", data, WHEN)
    assert outcome.accepted is None
    assert [(f.rule, NAME in f.message) for f in outcome.findings] == [("infected", True)]
    assert dump(scanned, "event", "message") == before
    assert copies(scanned, data) == []
    assert outbox(scanned, "unit", kind="refused") == [("xa-mot",)]


def test_a_report_entered_by_hand_is_scanned_too(scanned):
    told = {"received": at("2019-11-19"), "as_of": at(WHEN), "actor": "B"}
    for data, taken in ((infected(scanned), False), (filled(scanned, "xa-mot", WHEN), True)):
        outcome = enter(scanned, KEY, "xa-mot", data, "x.xlsx", ByHand(PAPER, PAPER_SAID), **told)
        assert bool(outcome.accepted) is taken


def test_while_the_scanner_is_down_a_form_is_neither_taken_in_nor_refused(unscanned):
    data = filled(unscanned, "xa-mot", WHEN)
    before = dump(unscanned)
    with pytest.raises(ScannerError):
        hand_in(unscanned, "xa-mot", data, WHEN)
    assert dump(unscanned) == before
    assert copies(unscanned, data) == []


@pytest.mark.parametrize("command", [["submit", str(KEY), "xa-mot"], ["receive"]])
def test_a_command_tells_in_one_line_that_the_scanner_is_down(unscanned, tmp_path, capsys, command):
    file = tmp_path / "x.xlsx"
    file.write_bytes(filled(unscanned, "xa-mot", WHEN))
    assert main([*command, str(file), "--as-of", WHEN]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_files_in_the_inbox_wait_for_the_scanner_and_infected_ones_go(unscanned, clamd, monkeypatch, caplog):
    caplog.set_level(logging.WARNING, "dondoc")
    unscanned.inbox.mkdir()
    (unscanned.inbox / "bad.xlsx").write_bytes(infected(unscanned))
    (unscanned.inbox / "good.xlsx").write_bytes(filled(unscanned, "xa-hai", WHEN))
    sweep("2019-11-21")
    assert {file.name for file in unscanned.inbox.iterdir()} == {"bad.xlsx", "good.xlsx"}
    assert "files in the inbox wait for the next sweep" in caplog.text
    assert events(unscanned, "submission accepted") == 0
    monkeypatch.setenv("DONDOC_CLAMD", clamd.url)
    sweep("2019-11-22")
    assert [file.name for file in unscanned.inbox.rglob("*.xlsx")] == ["good.xlsx"]
    assert events(unscanned, "submission accepted") == 1
    assert events(unscanned, "file refused") == 1


def rows(home, table):
    return dump(home)[table.__tablename__]


def test_mail_waits_in_the_mailbox_while_the_scanner_is_down_and_is_read_when_it_is_back(
    unscanned, clamd, service, monkeypatch
):
    service.deliver(with_files(filled(unscanned, "xa-mot", WHEN), sender="xa-mot@mau.example"))
    monkeypatch.setenv("DONDOC_IMAP_URL", service.url())
    for home in opened_with(monkeypatch):
        with pytest.raises(OSError, match="does not answer"), in_use(home):
            poll(home, at(WHEN))
        assert rows(home, InboundRow) == []
    assert len(service.mails()) == 1
    for home in opened_with(monkeypatch, DONDOC_CLAMD=clamd.url):
        assert poll(home, at(WHEN))["taken"] == 1
    assert len(service.mails(f"Dondoc/{FORMS}")) == 1


@pytest.mark.parametrize(("largest", "why"), [(100 << 20, "infected"), (5_000, "not_scanned")])
def test_a_mail_that_fails_is_not_opened_nor_kept_nor_answered_and_waits_for_a_person(
    scanned, clamd, service, monkeypatch, largest, why
):
    clamd.largest = largest
    mail = with_files(filled(scanned, "xa-mot", WHEN), sender="xa-mot@mau.example")
    service.deliver(mail.replace(b"\r\n\r\n", b"\r\nX-Mark: " + MARK + b"\r\n\r\n", 1))
    before = outbox(scanned, "key")
    for home in opened_with(monkeypatch, DONDOC_IMAP_URL=service.url()):
        poll(home, at(WHEN))
        with home.ledger.read() as session:
            (row,) = session.exec(InboundRow.__table__.select()).all()
        assert (row.state, row.why, row.sha256) == ("unmatched", why, "")
        assert rows(home, InboundFormRow) == []
        assert outbox(home, "key") == before
    assert len(service.mails(f"Dondoc/{TO_SEE}")) == 1


def test_what_only_shows_when_it_is_unpacked_is_left_for_a_person_too(scanned, service, monkeypatch):
    service.deliver(with_files(infected(scanned), sender="xa-mot@mau.example"))  # the mark is in base64 there
    for home in opened_with(monkeypatch, DONDOC_IMAP_URL=service.url()):
        assert poll(home, at(WHEN))["unmatched"] == 1
        with home.ledger.read() as session:
            (row,) = session.exec(InboundRow.__table__.select()).all()
        assert (row.state, row.why, row.sha256) == ("unmatched", "infected", "")
        assert events(home, "submission accepted") == 0
        assert copies(home, infected(home)) == []


def test_the_doctor_tells_whether_the_scanner_answers(scanned, monkeypatch):
    def told():
        return next(check for check in examine() if check.name == "virus scanner")

    assert told().ok
    assert "ClamAV" in told().message
    monkeypatch.setenv("DONDOC_CLAMD", f"tcp://127.0.0.1:{free_port()}")
    assert not told().ok
    assert "DONDOC_CLAMD" in told().message
