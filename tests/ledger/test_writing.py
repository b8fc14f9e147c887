"""Documents follow from the ledger: the same ledger, the same bytes; a change, a new version."""

import hashlib
import io

from docx import Document

from tasks.adapters.documents import check_docx
from tasks.adapters.home import open_home
from tasks.adapters.ledger.documents import documents_of
from tasks.steps.documents.making import letter_bytes, report_bytes
from tasks.steps.documents.own_report import own_report_bytes
from tasks.steps.totals.totalling import totals_of
from tests.ledger.office import COMMUNES, FED, KEY, at, live, mails, outbox, submit, sweep


def documents(home):
    with home.ledger.read() as session:
        return documents_of(session, KEY)


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_same_ledger_gives_the_same_bytes(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    first = report_bytes(home, totals_of(home, KEY))
    home.ledger.close()
    assert report_bytes(open_home(), totals_of(open_home(), KEY)) == first


def test_the_report_is_written_when_all_have_reported_and_not_again_for_the_same_inputs(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    submit(home, "xa-hai", "2019-11-19")
    assert sweep("2019-11-20").written == 0
    submit(home, "xa-ba", "2019-11-20")
    assert sweep("2019-11-21").written == 1
    assert sweep("2019-11-22", "2019-12-02", "2019-12-16").written == 0
    (row,) = documents(home)
    assert hashlib.sha256(home.files.read(row.file)).hexdigest() == row.sha256
    assert [mail["To"] for mail in mails(home) if "Trình ký" in mail["Subject"]] == ["phong@mau.example"]


def test_a_late_report_after_closing_makes_a_second_version_and_the_first_is_kept(home):
    sweep("2019-10-16")
    for unit in COMMUNES[:2]:
        submit(home, unit, "2019-11-19")
    sweep("2019-12-16")
    (first,) = [row for row in documents(home) if row.kind == "bao-cao"]
    kept = home.files.read(first.file)
    submit(home, "xa-ba", "2019-12-18")
    assert sweep("2019-12-18T16:00").written == 1
    one, two = [row for row in documents(home) if row.kind == "bao-cao"]
    assert (one.version, two.version, two.supersedes) == (1, 2, one.id)
    assert one.sha256 != two.sha256
    assert home.files.read(one.file) == kept
    assert "02/03" in words(kept)
    assert "03/03" in words(home.files.read(two.file))
    assert live(home).standing("xa-ba").state(at("2019-12-19")).value == "submitted_late"
    assert [step for (step,) in outbox(home, "step", kind="report-ready")] == ["v1", "v2"]


def test_the_letter_goes_only_to_those_who_have_not_reported(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-12-02")
    (row,) = documents(home)
    assert (row.kind, row.step) == ("cong-van", "T+1")
    text = words(home.files.read(row.file))
    assert "UBND xã Hai" in text
    assert "UBND xã Ba" in text
    assert "UBND xã Một" not in text


def test_no_letter_is_written_where_everybody_has_reported(home):
    sweep("2019-10-16")
    for unit in COMMUNES:
        submit(home, unit, "2019-11-19")
    sweep("2019-12-02", "2019-12-06")
    assert {row.kind for row in documents(home)} == {"bao-cao"}


def test_no_letter_is_written_before_day_x_has_passed(home):
    sweep("2019-10-16", "2019-11-30", "2019-12-01")
    assert documents(home) == []
    sweep("2019-12-02")
    assert [row.kind for row in documents(home)] == ["cong-van"]


def test_all_that_is_written_conforms(home):
    sweep("2019-10-16", "2019-11-16")
    submit(home, "xa-mot", "2019-11-19")
    submit(home, "xa-hai", "2019-11-19", nil=True)
    submit(home, "phong-mau", "2019-12-20", FED, A_6=4)
    sweep("2019-12-02", "2019-12-16", "2020-01-20")
    with home.ledger.read() as session:
        rows = documents_of(session)
    assert {(row.kind, row.cycle) for row in rows} >= {
        ("cong-van", str(KEY)),
        ("bao-cao", str(KEY)),
        ("bao-cao", str(FED)),
    }
    written = [home.files.read(row.file) for row in rows]
    found = totals_of(home, KEY)
    step = found.live.planned.rungs[2].step
    written += [own_report_bytes(home, KEY, "xa-mot"), letter_bytes(home, found, step, at("2019-12-02"))]
    for data in written:
        assert check_docx(data) == []


def test_what_a_unit_typed_stands_in_its_own_report_as_typed(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    assert "truyền thông & rà soát <danh sách>" in words(own_report_bytes(home, KEY, "xa-mot"))
