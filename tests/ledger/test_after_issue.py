"""After a document was issued: its signed scan, its way to Nơi nhận, its bundle, and the correction of its form."""

import hashlib
import io
import json
import zipfile

import pytest

from models.attachments import WrongAttachmentError
from tasks.adapters.documents import check_docx
from tasks.steps import acts
from tasks.steps.acts import RefusedActError
from tasks.steps.documents import archiving, correcting, dispatching, signed_scan
from tasks.steps.documents.issuing import Which
from tasks.steps.documents.verifying import verify_document
from tasks.steps.verifying_ledger import verify_ledger
from tests.ledger.office import COMMUNES, FED, KEY, at, dump, events, mails, outbox, submit, sweep
from tests.ledger.papers import drafted, issue, papers
from tests.ledger.test_frozen import again, rows
from tests.ledger.test_writing import words

PDF = b"%PDF-1.7 signed"


def scan(home, data=PDF, when="2019-12-18T11:00", key=KEY, **which):
    return signed_scan.attach_scan(home, key, Which(**which), data, as_of=at(when), actor="văn thư")


def send(home, when="2019-12-18T12:00", *, unsigned=False, key=KEY, **which):
    return dispatching.dispatch(home, key, Which(**which), as_of=at(when), actor="văn thư", unsigned=unsigned)


def archive(home, when="2019-12-18T14:00", key=KEY, **which):
    return archiving.archive(home, key, Which(**which), as_of=at(when), actor="văn thư")[1]


def correct(home, wrong="truyền thôn", right="truyền thông", **which):
    return correcting.correct_form(
        home, KEY, Which(**which), "mục III.2", wrong, right, as_of=at("2019-12-19"), actor="cán bộ"
    )


# The scan


def test_a_scan_belongs_to_what_is_issued_and_a_better_one_takes_its_place(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="is not issued"):
        scan(home)
    issue(home)
    assert scan(home).scan_name == "bao-cao-v1-da-ky.pdf"
    with pytest.raises(RefusedActError, match="this scan already"):
        scan(home)
    second = scan(home, b"\x89PNG\r\n\x1a\n better")
    assert second.scan_name == "bao-cao-v1-da-ky.png"
    assert home.files.kept(hashlib.sha256(PDF).hexdigest()) == PDF
    assert verify_ledger(home).wrong == ()


def test_a_file_that_is_no_scan_is_refused(home):
    drafted(home)
    issue(home)
    with pytest.raises(WrongAttachmentError):
        scan(home, b"PK\x03\x04 a workbook")


# To Nơi nhận


def test_the_signed_scan_goes_to_those_with_an_address_once_and_the_others_are_named(home):
    drafted(home)
    issue(home)
    scan(home)
    done = send(home)
    assert (done.queued, done.before) == (("huyen-mau",), ())
    sweep("2019-12-18T15:00", "2019-12-19")
    (mail,) = [
        mail for mail in mails(home) if mail["To"] == "huyen@mau.example" and "số 05/" in mail["Subject"]
    ]
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("bao-cao-v1-da-ky.pdf", PDF)
    assert "theo Nơi nhận" in " ".join(mail.get_body(("plain",)).get_content().split())
    again_ = send(home, "2019-12-19")
    assert (again_.queued, again_.before) == ((), ("huyen-mau",))
    assert (events(home, "document dispatched"), len(outbox(home, "key", kind="dispatched"))) == (1, 1)


def test_nobody_is_sent_a_draft_nor_without_being_told_what_is_not_signed(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="nobody is sent a draft"):
        send(home)
    issue(home)
    with pytest.raises(RefusedActError, match="no signed scan"):
        send(home)
    assert send(home, unsigned=True).queued == ("huyen-mau",)


def test_a_cong_van_goes_to_the_units_it_chases_though_they_have_reported_since(home):
    drafted(home)
    issue(home, kind="cong-van")
    submit(home, "xa-ba", "2019-12-18T11:00")
    assert "xa-ba" in send(home, unsigned=True, kind="cong-van").queued


# The bundle


def names(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_a_bundle_holds_document_scan_inputs_reports_events_and_their_sums(home):
    drafted(home)
    issue(home)
    scan(home)
    parts = names(archive(home))
    assert sorted(parts) == [
        "SHA256SUMS",
        "bao-cao-don-vi/ke-hoach-mau-O1-2019/xa-hai-v1.xlsx",
        "bao-cao-don-vi/ke-hoach-mau-O1-2019/xa-mot-v1.xlsx",
        "du-lieu/dau-vao.json",
        "so-cai/su-kien.jsonl",
        "van-ban/bao-cao-v1-da-ky.pdf",
        "van-ban/bao-cao-v1.docx",
        "van-ban/van-ban.json",
    ]
    sums = dict(reversed(line.split("  ")) for line in parts.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    told = [json.loads(line) for line in parts["so-cai/su-kien.jsonl"].splitlines()]
    assert told[-1]["kind"] == "document scanned"
    assert verify_document(home, parts["van-ban/bao-cao-v1.docx"]).ok
    assert verify_ledger(home).wrong == ()


def test_the_same_document_gives_the_same_bundle_whatever_has_come_since(home):
    drafted(home)
    issue(home)
    first = archive(home)
    submit(home, "xa-mot", "2019-12-19", A_1=150)
    sweep("2019-12-19T15:00")
    assert archive(home, "2019-12-20", version=1) == first
    assert events(home, "document archived") == 1
    scan(home, when="2019-12-20", version=1)
    assert archive(home, "2019-12-20T10:00", version=1) != first
    assert events(home, "document archived") == 2


def test_a_bundle_of_the_upper_level_holds_the_reports_from_below(home):
    drafted(home, *COMMUNES)
    sweep("2019-12-20")
    submit(home, "phong-mau", "2019-12-23", FED, A_6=3)
    sweep("2020-01-16")
    issue(home, number=8, on="2020-01-16", when="2020-01-16T10:00", key=FED)
    parts = names(archive(home, "2020-01-17", key=FED))
    reports = [name for name in parts if name.startswith("bao-cao-don-vi")]
    assert reports == [
        "bao-cao-don-vi/ke-hoach-mau-O1-2019/xa-ba-v1.xlsx",
        "bao-cao-don-vi/ke-hoach-mau-O1-2019/xa-hai-v1.xlsx",
        "bao-cao-don-vi/ke-hoach-mau-O1-2019/xa-mot-v1.xlsx",
        "bao-cao-don-vi/ke-hoach-mau-O2-2019/phong-mau-v1.xlsx",
    ]


def test_a_draft_is_not_archived_and_a_bundle_that_would_not_be_whole_is_not_made(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="a draft is not archived"):
        archive(home)
    issue(home)
    row = rows(home)[0]
    (home.folder / "files" / row.file).unlink()
    before = dump(home)
    with pytest.raises(FileNotFoundError):
        archive(home)
    assert dump(home) == before


# Đính chính


def test_an_error_of_form_is_corrected_by_a_letter_that_conforms_and_is_made_again(home):
    drafted(home)
    issue(home)
    row = correct(home)
    data = home.files.read(row.file)
    assert check_docx(data) == []
    said = words(data)
    assert "V/v đính chính Báo cáo số 05/BC-LĐTBXH" in said
    assert "Ngày 17 tháng 12 năm 2019, Phòng Lao động" in said
    assert "Tại mục III.2: nội dung “truyền thôn” sửa thành “truyền thông”." in said
    assert (row.relation, row.state) == ("dinh-chinh", "draft")
    assert again(home, row) == data
    assert verify_document(home, data).ok
    assert verify_ledger(home).wrong == ()


def test_a_correction_is_numbered_like_a_cong_van_and_each_is_a_document_of_its_own(home):
    drafted(home)
    issue(home)
    correct(home)
    correct(home, "sai", "đúng")
    assert (
        issue(home, number=9, kind="dinh-chinh", on="2019-12-19", when="2019-12-19T10:00").number
        == "09/LĐTBXH"
    )
    assert [(v, state) for v, state, _, _ in papers(home, "dinh-chinh")] == [(1, "draft"), (2, "issued")]


def test_a_draft_is_not_corrected_and_nothing_is_not_corrected(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="is not issued"):
        correct(home)
    issue(home)
    for wrong, right in (("sai", "sai"), ("", "đúng"), ("sai", " ")):
        with pytest.raises(ValueError, match=r"correction says|are the same"):
            correct(home, wrong, right)
    assert papers(home, "dinh-chinh") == []


def test_a_letter_of_correction_changes_nothing_of_what_the_cycle_still_does(home):
    drafted(home)
    issue(home)
    correct(home)
    acts.return_report(home, KEY, "xa-mot", "sai", as_of=at("2019-12-19"), actor="cán bộ")
    sweep("2019-12-20", "2019-12-23")
    assert [(v, state) for v, state, _, _ in papers(home)] == [(1, "issued"), (2, "draft")]
