"""A workbook with a list of people is refused, told what to do, and leaves no copy behind."""

import hashlib
import io
import json

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from models.privacy import PERSONAL_DATA
from models.tables import EventRow
from tests.ledger.office import KEY, dump, filled, hand_in, outbox, saved, submit, sweep

ROWS = [("STT", "Họ và tên", "Ngày sinh"), (1, "Nguyễn Văn A", "12/3/2012")]


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def with_list(home, unit="xa-mot"):
    book = load_workbook(io.BytesIO(filled(home, unit, "2019-11-19")))
    sheet = book.create_sheet("DS")
    for row in ROWS:
        sheet.append(row)
    return saved(book)


def stranger():
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    return saved(book)


def copies(home, data):
    return [file for file in home.settings.home.rglob("*") if file.is_file() and file.read_bytes() == data]


def refusals(home):
    with home.ledger.read() as session:
        rows = session.exec(select(EventRow).where(EventRow.kind == "file refused")).all()
    return [json.loads(row.data) for row in rows]


def test_a_list_of_people_is_refused_and_only_its_hash_and_the_reason_are_kept(opened):
    data = with_list(opened)
    before = dump(opened, "event", "message")
    outcome = hand_in(opened, "xa-mot", data, "2019-11-19")
    assert outcome.accepted is None
    assert outcome.leaves_no_copy
    assert [finding.rule for finding in outcome.findings] == [PERSONAL_DATA]
    assert dump(opened, "event", "message") == before
    (told,) = refusals(opened)
    assert (told["sha256"], told["rules"]) == (hashlib.sha256(data).hexdigest(), [PERSONAL_DATA])
    assert copies(opened, data) == []
    assert outbox(opened, "unit", "kind") == [("xa-mot", "refused")]
    assert submit(opened, "xa-mot", "2019-11-19").accepted  # without the list it is not


@pytest.mark.parametrize(
    "make", [with_list, lambda _home: stranger()], ids=["our form", "a strange workbook"]
)
def test_a_list_of_people_dropped_into_the_inbox_leaves_no_copy_there(opened, make):
    opened.inbox.mkdir()
    (opened.inbox / "ds.xlsx").write_bytes(make(opened))
    (opened.inbox / "wrong.xlsx").write_bytes(filled(opened, "xa-hai", "2019-11-19", A_1="nhiều"))
    sweep("2019-11-19")
    left = [file.name for file in opened.inbox.rglob("*") if file.is_file()]
    assert left == ["wrong.xlsx"]
    assert [PERSONAL_DATA] in [told["rules"] for told in refusals(opened)]


def test_nothing_of_the_list_is_written_anywhere_in_the_ledger(opened):
    hand_in(opened, "xa-mot", with_list(opened), "2019-11-19")
    sweep("2019-11-19")
    assert "12/3/2012" not in str(dump(opened))
    assert KEY.obligation in str(dump(opened))
