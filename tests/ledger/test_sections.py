"""The coordinator edits a section of the Báo cáo: who said what is seen, and nothing typed is lost when a late unit arrives."""

import io

import pytest
from docx import Document

from tasks.adapters.ledger.documents import documents_of
from tasks.steps.documents.freezing import inputs_of_row, make_again
from tasks.steps.documents.sections import ChangedSectionError, edit_section, section, take_back
from tests.ledger.office import KEY, SAID, assert_chain_is_whole, at, mails, submit, sweep
from tests.ledger.papers import drafted, issue, papers

EDITED = "Các xã đã tổ chức 06 buổi truyền thông.\n\nViệc rà soát danh sách được thực hiện thường xuyên."


def edit(home, text=EDITED, seen=0, code="nhiem-vu"):
    return edit_section(home, KEY, code, text, seen, as_of=at("2019-12-17"), actor="Nguyễn Văn A")


def lines(home):
    """The paragraphs of the newest Báo cáo."""
    with home.ledger.read() as session:
        row = [row for row in documents_of(session, KEY) if row.kind == "bao-cao"][-1]
    return [paragraph.text for paragraph in Document(io.BytesIO(home.files.read(row.file))).paragraphs]


def of_section(home):
    """What stands under the heading of the section."""
    said = lines(home)
    start = next(n for n, text in enumerate(said) if "nhiệm vụ" in text and text[0].isdigit())
    end = next(n for n, text in enumerate(said) if text.startswith("IV."))
    return said[start + 1 : end]


def test_without_an_edit_each_unit_speaks_under_its_own_name(home):
    drafted(home)
    shown = section(home, KEY, "nhiem-vu")
    assert [(each.unit_name, shown.section.mark(each)) for each in shown.section.said] == [
        ("UBND xã Một", "in"),
        ("UBND xã Hai", "in"),
    ]
    assert [text.split(":")[0] for text in of_section(home)] == ["- UBND xã Một", "- UBND xã Hai"]


def test_the_edited_text_stands_in_the_next_version_paragraph_by_paragraph(home):
    drafted(home)
    edit(home)
    sweep("2019-12-18")
    assert [version for version, *_ in papers(home)] == [1, 2]
    assert of_section(home) == EDITED.split("\n\n")
    sweep("2019-12-19")
    assert len(papers(home)) == 2  # written once
    assert_chain_is_whole(home)


def test_what_a_late_unit_says_is_added_after_the_edited_text_and_told(home):
    drafted(home)
    edit(home)
    submit(home, "xa-ba", "2019-12-18T08:00")
    sweep("2019-12-18T09:00", "2019-12-19")
    assert of_section(home)[:2] == EDITED.split("\n\n")
    assert of_section(home)[2].startswith("- UBND xã Ba: ")
    shown = section(home, KEY, "nhiem-vu").section
    assert [each.unit for each in shown.pending] == ["xa-ba"]
    assert shown.text.startswith(EDITED + "\n\nUBND xã Ba: ")
    told = [
        mail.get_body(("plain",)).get_content() for mail in mails(home) if mail["To"] == "phong@mau.example"
    ]
    assert any("Kết quả thực hiện các nhiệm vụ: UBND xã Ba" in " ".join(text.split()) for text in told)


def test_words_a_unit_has_changed_since_are_shown_as_changed(home, monkeypatch):
    drafted(home)
    edit(home)
    monkeypatch.setitem(SAID, "nhiem-vu", "Đã tổ chức 4 buổi.")
    submit(home, "xa-mot", "2019-12-18")
    shown = section(home, KEY, "nhiem-vu").section
    assert {each.unit: shown.mark(each) for each in shown.said} == {"xa-mot": "changed", "xa-hai": "in"}


def test_two_editors_do_not_overwrite_each_other(home):
    drafted(home)
    edit(home)
    with pytest.raises(
        ChangedSectionError, match="at version 1 by Nguyễn Văn A, and was edited from version 0"
    ):
        edit(home, "Văn bản khác.")
    assert section(home, KEY, "nhiem-vu").section.edited.text == EDITED
    assert edit(home, "Văn bản khác.", seen=1) == 2


def test_an_edit_that_is_taken_back_gives_the_units_their_words_again(home):
    drafted(home)
    edit(home)
    sweep("2019-12-18")
    assert take_back(home, KEY, "nhiem-vu", 1, as_of=at("2019-12-18"), actor="Nguyễn Văn A") == 2
    sweep("2019-12-19")
    assert [text.split(":")[0] for text in of_section(home)] == ["- UBND xã Một", "- UBND xã Hai"]


def test_an_issued_report_keeps_its_words_and_is_made_again_to_the_byte(home):
    drafted(home)
    edit(home)
    sweep("2019-12-18")
    issue(home, when="2019-12-18T10:00", on="2019-12-18")
    edit(home, "Văn bản sau khi ban hành.", seen=1)
    with home.ledger.read() as session:
        row = [row for row in documents_of(session, KEY) if row.kind == "bao-cao"][-1]
        assert make_again(home, session, inputs_of_row(home, row)) == home.files.read(row.file)
    sweep("2019-12-19")
    assert papers(home)[-1][:2] == (3, "draft")


@pytest.mark.parametrize(("text", "code"), [("  \n", "nhiem-vu"), ("Văn bản", "muc-la")])
def test_an_empty_text_and_an_unknown_section_are_refused(home, text, code):
    drafted(home)
    with pytest.raises(ValueError, match=r"empty|no section muc-la"):
        edit(home, text, code=code)
    assert section(home, KEY, "nhiem-vu").version == 0


def test_words_that_look_like_template_code_stand_as_they_are(home):
    drafted(home)
    edit(home, "Ghi {{ signer }} & <b>{% if x %}")
    sweep("2019-12-18")
    assert of_section(home) == ["Ghi {{ signer }} & <b>{% if x %}"]
