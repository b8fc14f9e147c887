"""A file is held against what was written, what was written against the ledger, and the ledger against its events."""

import json

import pytest

from dondoc.doctor import examine
from models.report.report import _OTHERWISE
from tasks.adapters.anchors import FOLDER, read_anchors
from tasks.adapters.documents.package import NotADocumentError, read_parts, write_parts
from tasks.steps import acts
from tasks.steps.documents.verifying import verify_document
from tasks.steps.quiet import is_behind_witness
from tasks.steps.totals import levels
from tasks.steps.verifying_ledger import verify_ledger
from tests.ledger.office import COMMUNES, FED, KEY, at, outbox, submit, sweep
from tests.ledger.papers import drafted, issue
from tests.ledger.test_frozen import rows


def sql(home, text):
    with home.ledger.write() as session:
        session.connection().exec_driver_sql(text)


def wrong(home, **how):
    return [each.rule for each in verify_ledger(home, **how).wrong]


def written(home, kind="bao-cao"):
    return home.files.read(rows(home, kind)[0].file)


# One document


def test_a_document_nobody_touched_is_as_it_was_written_and_the_ledger_gives_it_again(home):
    drafted(home)
    for kind in ("bao-cao", "cong-van"):
        found = verify_document(home, written(home, kind))
        assert (found.ok, found.genuine, found.remade, found.differences) == (True, True, "same", ())
        assert found.row
        assert found.row.kind == kind


def test_an_altered_document_is_known_by_its_mark_and_told_place_by_place(home):
    drafted(home)
    parts = read_parts(written(home))
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace(">200<", ">900<", 1).encode()
    assert text.count(">200<") > 0
    found = verify_document(home, write_parts(parts))
    assert (found.ok, found.genuine, found.remade) == (False, False, "same")
    (only,) = found.differences
    assert (only.found, only.expected) == ("900", "200")
    assert only.place.startswith("table ")


def test_a_document_saved_again_by_another_program_has_the_same_words_but_is_not_as_it_was(home):
    drafted(home)
    parts = read_parts(written(home))
    parts["word/settings.xml"] += b"\n"
    found = verify_document(home, write_parts(parts))
    assert (found.ok, found.genuine, found.differences) == (False, False, ())


def test_a_document_of_elsewhere_is_none_of_ours_and_a_file_that_is_none_is_refused(home):
    drafted(home)
    parts = read_parts(written(home))
    del parts["docProps/custom.xml"]
    parts["word/settings.xml"] += b"\n"
    assert verify_document(home, write_parts(parts)).row is None
    with pytest.raises(NotADocumentError):
        verify_document(home, b"no document")


def test_what_has_changed_since_is_told_by_report_and_by_line(home):
    drafted(home)
    submit(home, "xa-mot", "2019-12-18", A_1=150)
    submit(home, "xa-ba", "2019-12-18", nil=True)
    found = verify_document(home, written(home))
    assert (found.ok, found.genuine, found.remade) == (False, True, "same")
    assert [(each.unit, each.then, each.now) for each in found.reports] == [("xa-mot", 1, 2), ("xa-ba", 0, 1)]
    changed = {change.then.code: change for change in found.totals}
    assert sorted(changed) == ["A.1", "A.3", "A.4"], "A.4 was not known and is nought now"
    assert changed["A.1"].now
    assert (changed["A.1"].then.value, changed["A.1"].now.value) == (200, 250)


def test_a_report_that_was_sent_back_or_taken_out_counts_as_changed(home):
    drafted(home)
    acts.return_report(home, KEY, "xa-mot", "sai", as_of=at("2019-12-17"), actor="cán bộ")
    acts.exempt(home, KEY, "xa-hai", "giải thể", as_of=at("2019-12-17"), actor="cán bộ")
    found = verify_document(home, written(home))
    assert [(each.unit, each.then, each.now) for each in found.reports] == [
        ("xa-mot", 1, 0),
        ("xa-hai", 1, 0),
    ]


def test_a_figure_changed_in_the_tables_makes_another_document(home):
    drafted(home)
    sql(home, "UPDATE figure SET number = '999' WHERE indicator = 'A.1'")
    found = verify_document(home, written(home))
    assert (found.ok, found.genuine, found.remade) == (False, True, "different")
    assert any(each.expected == "200" for each in found.differences)


def test_a_program_that_words_it_differently_is_told_from_a_ledger_that_was_changed(home, monkeypatch):
    drafted(home)
    data = written(home)
    monkeypatch.setitem(_OTHERWISE, "kien-nghi", "Mọi đơn vị đã gửi báo cáo không có kiến nghị.")
    found = verify_document(home, data)
    assert (found.ok, found.genuine, found.remade) == (True, True, "same figures")
    assert any("Mọi đơn vị" in each.found for each in found.differences)


def test_a_section_changed_in_the_tables_makes_another_document(home):
    drafted(home)
    sql(home, "UPDATE narrative SET text = 'khác' WHERE id = 1")
    assert verify_document(home, written(home)).remade == "different"


def test_of_a_document_from_before_inputs_were_kept_it_is_said_that_only_its_bytes_are_known(home):
    drafted(home)
    sql(home, "UPDATE document SET snapshot = ''")
    found = verify_document(home, written(home))
    assert (found.ok, found.genuine, found.remade) == (True, True, "not possible")
    assert found.why == "it was written before inputs were kept"


# The whole ledger


def test_a_ledger_nobody_touched_is_as_it_was_written(home):
    drafted(home, *COMMUNES)
    issue(home)
    acts.return_report(home, KEY, "xa-mot", "sai", as_of=at("2019-12-18"), actor="cán bộ")
    acts.exempt(home, KEY, "xa-hai", "giải thể", as_of=at("2019-12-18"), actor="cán bộ")
    sweep("2019-12-19")
    found = verify_ledger(home)
    assert found.wrong == ()
    assert (found.submissions, found.documents, found.unsealed) == (3, 2, 0)
    assert (found.anchors, found.files > 6) == (4, True)


TAMPERED = {
    "a figure": ("UPDATE figure SET number = '999' WHERE id = 1", ["submission.values_sha256"]),
    "a cell": ("UPDATE figure SET cell = 'Biểu!Z9' WHERE id = 1", ["submission.values_sha256"]),
    "a section": ("UPDATE narrative SET text = 'khác' WHERE id = 1", ["submission.values_sha256"]),
    "a report's file": ("UPDATE submission SET file_sha256 = 'f' WHERE id = 1", ["submission.file_sha256"]),
    "the version that counts": (
        "UPDATE assignment SET submission_id = NULL WHERE unit = 'xa-mot'",
        ["unit.version"],
    ),
    "a return": ("UPDATE assignment SET returned = NOT returned WHERE unit = 'xa-mot'", ["unit.returned"]),
    "a document's number": (
        "UPDATE document SET number = '06/BC' WHERE kind = 'bao-cao'",
        ["document.number"],
    ),
    "a document's state": ("UPDATE document SET state = 'draft' WHERE kind = 'bao-cao'", ["document.state"]),
    "the newest event": ("DELETE FROM event WHERE id = (SELECT MAX(id) FROM event)", None),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_is_changed_in_the_tables_is_found_and_told_by_the_doctor(home, how):
    drafted(home)
    issue(home)
    sweep("2019-12-19")
    assert wrong(home, files=False) == []
    statement, rules = TAMPERED[how]
    sql(home, statement)
    found = wrong(home, files=False)
    assert found == rules if rules else {"anchor"} <= set(found)
    check = next(check for check in examine() if check.name == "ledger")
    assert not check.ok
    assert "dondoc verify --ledger" in check.message


def test_a_report_put_into_the_tables_by_hand_is_found(home):
    drafted(home)
    sql(
        home,
        "INSERT INTO submission (cycle_id, unit, version, channel, received_at, file_name, file_sha256, content_sha256,"
        " submitted_by, on_behalf_of, paper, sender, mail, mail_sha256, status, nil, findings, flags)"
        " SELECT cycle_id, unit, 7, channel, received_at, file_name, file_sha256, content_sha256, submitted_by,"
        " on_behalf_of, paper, sender, mail, mail_sha256, status, nil, findings, flags FROM submission WHERE id = 1",
    )
    assert wrong(home, files=False) == ["submission"]


def test_a_file_that_was_changed_and_one_that_is_gone_are_found(home):
    drafted(home)
    row = rows(home)[0]
    home.files.write(row.file, b"another")
    assert wrong(home) == ["file"]
    home.files.write(row.file, b"")
    assert wrong(home, files=False) == []


def test_reports_from_before_figures_were_sealed_are_counted_and_not_called_wrong(home):
    drafted(home)
    found = verify_ledger(home, files=False)
    assert found.unsealed == 0
    from models.verifying import Event, replay

    told = replay([Event("submission accepted", "c", "xa", {"version": 1, "file_sha256": "f"})])
    assert told.submissions["c", "xa", 1]["values_sha256"] == ""


def test_a_level_that_was_passed_up_is_sealed_like_any_other(home):
    drafted(home, *COMMUNES)
    sweep("2019-12-20")
    submit(home, "phong-mau", "2019-12-23", FED, A_6=3)
    assert wrong(home) == []
    assert levels  # passing up is a report like any other: tests/ledger/test_levels.py


# Anchors


def test_a_sweep_leaves_one_anchor_a_day_and_moves_it_on(home):
    sweep("2019-10-16", "2019-10-16T15:00")
    submit(home, "xa-mot", "2019-10-17")
    sweep("2019-10-17")
    first, second = read_anchors(home.folder)
    assert (first.day.isoformat(), second.day.isoformat()) == ("2019-10-16", "2019-10-17")
    assert first.events < second.events
    submit(home, "xa-hai", "2019-10-17T09:00")
    sweep("2019-10-17T10:00")
    assert read_anchors(home.folder)[-1].events > second.events


def test_an_anchor_the_chain_does_not_contain_is_left_as_evidence(home):
    drafted(home)
    before = read_anchors(home.folder)[-1]
    sql(home, "DELETE FROM event WHERE id = (SELECT MAX(id) FROM event)")
    for hour in range(9, 12):
        submit(home, "xa-ba", f"2019-12-16T{hour:02d}:00", A_1=hour + 90)
    sweep("2019-12-16T12:00")
    assert read_anchors(home.folder)[-1] == before
    assert "anchor" in wrong(home, files=False)


def test_a_rehearsal_leaves_no_anchor(home):
    from flows.rehearse import preview_day

    preview_day(at("2019-10-16").date())
    assert not (home.folder / FOLDER).exists()


def test_a_file_that_is_no_anchor_is_told(home):
    sweep("2019-10-16")
    (home.folder / FOLDER / "2019-10-16.json").write_text("{}", "ascii")
    assert wrong(home, files=False) == ["anchor"]
    sweep("2019-10-16T15:00")
    assert json.loads((home.folder / FOLDER / "2019-10-16.json").read_text()) == {}


def test_a_ledger_that_lacks_what_was_seen_when_mail_last_went_is_found(home):
    drafted(home)
    assert outbox(home, "key", state="sent")
    assert not is_behind_witness(home)
    sql(home, "DELETE FROM event WHERE id > 5")
    for file in (home.folder / FOLDER).iterdir():
        file.unlink()
    assert "witness" in wrong(home, files=False)
