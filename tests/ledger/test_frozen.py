"""What a document was made from is kept with it; from that it is made again to the byte, whatever has come since."""

import hashlib
from dataclasses import replace

import pytest
from docx import Document

from models.report.frozen import FrozenError, from_text, to_text
from tasks.adapters.documents import check_docx
from tasks.adapters.documents.mark import mark_of
from tasks.adapters.ledger.documents import documents_of
from tasks.adapters.ledger.plans import save_plan
from tasks.steps import acts, rescheduling
from tasks.steps.documents.freezing import inputs_of_row, make, make_again
from tasks.steps.documents.making import notice_bytes, notice_inputs, report_bytes
from tasks.steps.documents.templates import template_for
from tasks.steps.totals.totalling import totals_of
from tests.ledger.office import COMMUNES, FED, KEY, at, day, submit, sweep
from tests.ledger.papers import drafted, issue
from tests.ledger.test_writing import words


def rows(home, kind="bao-cao", key=KEY):
    with home.ledger.read() as session:
        return [row for row in documents_of(session, key) if row.kind == kind]


def again(home, row):
    with home.ledger.read() as session:
        inputs = inputs_of_row(home, row)
        assert inputs
        return make_again(home, session, inputs)


def test_a_cong_van_is_made_again_after_everybody_has_reported(home):
    drafted(home)
    (letter,) = rows(home, "cong-van")
    submit(home, "xa-ba", "2019-12-18")
    assert again(home, letter) == home.files.read(letter.file)


def test_a_report_is_made_again_after_a_correction_a_return_and_an_exemption(home):
    drafted(home)
    (row,) = rows(home)
    submit(home, "xa-mot", "2019-12-18", A_1=500)
    acts.return_report(home, KEY, "xa-hai", "sai", as_of=at("2019-12-18"), actor="cán bộ")
    acts.exempt(home, KEY, "xa-ba", "giải thể", as_of=at("2019-12-18"), actor="cán bộ")
    assert again(home, row) == home.files.read(row.file)
    assert report_bytes(home, totals_of(home, KEY)) != home.files.read(row.file)


def test_a_report_fed_by_another_cycle_is_made_again(home):
    drafted(home, *COMMUNES)
    sweep("2019-12-20")
    submit(home, "phong-mau", "2019-12-23", FED, A_6=3)
    sweep("2020-01-16")
    (row,) = rows(home, key=FED)
    submit(home, "xa-mot", "2020-01-17", A_1=500)
    assert again(home, row) == home.files.read(row.file)


def test_a_cong_van_is_made_again_after_the_day_of_its_cycle_was_changed(home):
    sweep("2019-10-16", "2019-12-02")
    (letter,) = rows(home, "cong-van")
    rescheduling.reschedule(
        home, KEY, day("2019-12-20"), "bão lũ", "CV 12", as_of=at("2019-12-03"), actor="cán bộ"
    )
    assert again(home, letter) == home.files.read(letter.file)


def test_another_template_changes_nothing_of_what_was_written(home, tmp_path):
    drafted(home)
    (row,) = rows(home)
    (tmp_path / "docx").mkdir()
    for name in ("bao-cao.docx", "cong-van.docx"):
        document = Document(str(home.settings.templates / "docx" / name))
        document.sections[0].left_margin += 1000
        document.save(str(tmp_path / "docx" / name))
    other = replace(home, settings=home.settings.model_copy(update={"templates": tmp_path}))
    assert report_bytes(other, totals_of(home, KEY)) != home.files.read(row.file)
    assert again(other, row) == home.files.read(row.file)


def test_the_plan_a_cycle_opened_under_is_the_one_its_documents_are_made_again_under(home):
    drafted(home)
    (row,) = rows(home)
    file = home.settings.plans / "ke-hoach-mau.yaml"
    with home.ledger.write() as session:
        text = file.read_text("utf-8").replace("Tổng số trẻ em", "Số trẻ em")
        save_plan(session, text, file.name, at=at("2019-12-17"), actor="cán bộ")
    assert again(home, row) == home.files.read(row.file)


def test_the_file_names_its_inputs_and_the_command_writes_the_same_bytes_as_the_sweep(home):
    drafted(home)
    (row,) = rows(home)
    data = home.files.read(row.file)
    assert mark_of(data) == row.snapshot
    assert hashlib.sha256(home.files.kept(row.snapshot)).hexdigest() == row.snapshot
    assert report_bytes(home, totals_of(home, KEY)) == data
    issue(home)
    assert report_bytes(home, totals_of(home, KEY)) == data


def test_of_a_document_from_before_inputs_were_kept_nothing_is_guessed(home):
    drafted(home)
    (row,) = rows(home)
    row.snapshot = ""
    assert inputs_of_row(home, row) is None


def test_what_is_kept_comes_back_as_it_was_and_another_format_is_refused(home):
    drafted(home)
    text = home.files.kept(rows(home)[0].snapshot)
    assert to_text(from_text(text)) == text
    with pytest.raises(FrozenError, match="format 2"):
        from_text(text.replace(b'"format":1', b'"format":2'))
    with pytest.raises(FrozenError, match="cannot be read"):
        from_text(text.replace(b'"kind":"bao-cao"', b'"kin":"bao-cao"'))


def test_inputs_are_kept_before_the_row_that_names_them(home, monkeypatch):
    sweep("2019-10-16")
    for unit in COMMUNES:
        submit(home, unit, "2019-11-19")

    def killed(*_args, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("tasks.steps.documents.writing.save_document", killed)
        with pytest.raises(KeyboardInterrupt):
            sweep("2019-11-20")
    assert rows(home) == []
    sweep("2019-11-20")
    (row,) = rows(home)
    assert again(home, row) == home.files.read(row.file)


# What follows an issued Báo cáo


def test_a_report_of_more_units_adds_to_the_one_that_was_issued_and_names_them(home):
    drafted(home)
    issue(home)
    submit(home, "xa-ba", "2019-12-19")
    sweep("2019-12-19T16:00")
    first, second = rows(home)
    assert (second.relation, second.relates_to) == ("bo-sung", first.id)
    said = words(home.files.read(second.file))
    assert "(bổ sung Báo cáo số 05/BC-LĐTBXH ngày 17 tháng 12 năm 2019)" in said
    assert "tổng hợp thêm số liệu, gửi sau khi lập báo cáo trước, của 01 đơn vị: UBND xã Ba. Số liệu" in said
    assert check_docx(home.files.read(second.file)) == []
    assert again(home, second) == home.files.read(second.file)


def test_a_report_with_a_changed_figure_replaces_the_one_that_was_issued(home):
    drafted(home)
    issue(home)
    submit(home, "xa-mot", "2019-12-19", A_1=500)
    submit(home, "xa-ba", "2019-12-19")
    sweep("2019-12-19T16:00")
    second = rows(home)[1]
    assert second.relation == "thay-the"
    said = words(home.files.read(second.file))
    assert "Báo cáo này thay thế Báo cáo số 05/BC-LĐTBXH ngày 17 tháng 12 năm 2019." in said
    assert "điều chỉnh theo báo cáo của 01 đơn vị: UBND xã Một." in said
    assert "tổng hợp thêm từ báo cáo của 01 đơn vị: UBND xã Ba." in said
    assert check_docx(home.files.read(second.file)) == []


def test_a_report_from_which_one_was_taken_out_says_whose(home):
    drafted(home)
    issue(home)
    acts.return_report(home, KEY, "xa-hai", "sai", as_of=at("2019-12-19"), actor="cán bộ")
    sweep("2019-12-19T16:00")
    second = rows(home)[1]
    assert second.relation == "thay-the"
    said = words(home.files.read(second.file))
    assert "không bao gồm số liệu đã tổng hợp trước đây của 01 đơn vị: UBND xã Hai." in said
    assert "được điều chỉnh theo" not in said


def test_a_draft_made_before_an_older_version_was_recorded_as_issued_is_made_anew_and_follows_it(home):
    drafted(home)
    submit(home, "xa-ba", "2019-12-17")
    sweep("2019-12-17T16:00")
    assert [row.relation for row in rows(home)] == ["", ""]
    issue(home, version=1)
    assert sweep("2019-12-18T16:00").written == 1
    assert sweep("2019-12-19", "2019-12-20").written == 0
    assert [row.relation for row in rows(home)] == ["", "", "bo-sung"]


def test_a_thong_bao_names_the_report_that_was_issued_and_is_made_again_to_the_byte(home):
    drafted(home)
    draft = notice_bytes(home, totals_of(home, KEY))
    assert "Báo cáo số" not in words(draft)
    issue(home)
    found = totals_of(home, KEY)
    data = notice_bytes(home, found)
    (row,) = rows(home)
    assert f"trên cơ sở Báo cáo số {row.number}" in words(data)
    assert check_docx(data) == []
    template = template_for(home, "phong-mau", "thong-bao", day("2019-12-16"))
    made = make(found, notice_inputs(home, found), "thong-bao", template.data)
    assert made.data == data
    made.keep(home)
    submit(home, "xa-mot", "2019-12-18", A_1=500)
    with home.ledger.read() as session:
        assert make_again(home, session, made.inputs) == data
