"""A refused form comes back with its values and its findings, and is accepted when it has been mended."""

import io

import pytest
from openpyxl import load_workbook

from tests.ledger.office import (
    KEY,
    NEXT,
    address_of,
    filled,
    forged,
    form,
    hand_in,
    mails,
    saved,
    submit,
    sweep,
)

WHEN = "2019-11-19"


def sent_back(home):
    """The one workbook of the one refusal."""
    (mail,) = [mail for mail in mails(home) if "Chưa tiếp nhận" in mail["Subject"]]
    (file,) = [part for part in mail.iter_attachments() if part.get_filename().endswith(".xlsx")]
    return mail, file.get_filename(), file.get_content()


def refuse(home, data):
    sweep("2019-10-16")
    assert not hand_in(home, "xa-mot", data(home), WHEN).accepted
    sweep(f"{WHEN}T10:00")
    return sent_back(home)


def wrong(home):
    return filled(home, "xa-mot", WHEN, A_1="nhiều", A_2="", A_4="1.5")


def test_each_finding_is_marked_at_its_cell_in_words_and_listed_in_front_with_a_link(home):
    _, name, data = refuse(home, wrong)
    assert name == "ke-hoach-mau-O1-2019-xa-mot-can-sua.xlsx"
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "Điểm cần sửa"
    assert book.active.title == "Điểm cần sửa"
    blank = load_workbook(io.BytesIO(form(home, "xa-mot", WHEN)))["Biểu"]
    for code in ("A.1", "A.2", "A.4"):
        cell = address_of(data, code).split("!")[1]
        assert f"Dòng {code}" in book["Biểu"][cell].comment.text
        assert book["Biểu"][cell].fill.fgColor.rgb != blank[cell].fill.fgColor.rgb
    fine = address_of(data, "A.5").split("!")[1]
    assert book["Biểu"][fine].comment is None
    listed = [row for row in book["Điểm cần sửa"].iter_rows() if isinstance(row[0].value, int)]
    assert {row[2].value: row[1].value for row in listed} == {
        code: address_of(data, code) for code in ("A.1", "A.2", "A.4")
    }
    assert all(row[1].hyperlink.location == f"'Biểu'!{row[1].value.split('!')[1]}" for row in listed)
    assert {row[4].value for row in listed} == {"Phải sửa"}


def test_what_was_typed_is_still_there_as_it_was_typed(home):
    _, _, data = refuse(home, wrong)
    book = load_workbook(io.BytesIO(data))
    figures = {
        code: book["Biểu"][address_of(data, code).split("!")[1]].value
        for code in ("A.1", "A.2", "A.4", "A.5")
    }
    assert figures == {"A.1": "nhiều", "A.2": None, "A.4": "1.5", "A.5": "Có"}
    said = [row[1].value for row in book["Thuyết minh"].iter_rows() if row[0].value == "nhiem-vu"]
    assert said == ["Đã tổ chức 3 buổi truyền thông & rà soát <danh sách>."]


def test_mended_it_is_accepted_and_unmended_it_is_not(home):
    _, _, data = refuse(home, wrong)
    book = load_workbook(io.BytesIO(data))
    for code, value in {"A.1": 100, "A.2": 80}.items():
        book["Biểu"][address_of(data, code).split("!")[1]].value = value
    half = hand_in(home, "xa-mot", saved(book), "2019-11-20")
    assert [finding.indicator for finding in half.findings] == ["A.4"]
    book["Biểu"][address_of(data, "A.4").split("!")[1]].value = 1.5
    outcome = hand_in(home, "xa-mot", saved(book), "2019-11-20")
    assert outcome.accepted
    assert outcome.findings == ()


def test_the_mail_names_the_file_it_brings_and_says_where_to_look(home):
    mail, name, _ = refuse(home, wrong)
    for kind in ("plain", "html"):
        text = " ".join(mail.get_body((kind,)).get_content().split())
        assert name in text
        assert "Điểm cần sửa" in text


def test_a_rule_between_figures_is_marked_where_it_points_and_both_figures_stay(home):
    _, _, data = refuse(home, lambda home: filled(home, "xa-mot", WHEN, A_2=101))
    sheet = load_workbook(io.BytesIO(data))["Biểu"]
    assert sheet[address_of(data, "A.2").split("!")[1]].comment.text.startswith("Số được trợ giúp")
    assert sheet[address_of(data, "A.2").split("!")[1]].value == 101
    assert sheet[address_of(data, "A.1").split("!")[1]].comment is None


def messy(home):
    """A line put in, a formula, a strange sheet, a link and a hidden sheet of somebody's own."""
    book = load_workbook(io.BytesIO(filled(home, "xa-mot", WHEN, A_1="nhiều")))
    sheet = book["Biểu"]
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "A.1")
    sheet.insert_rows(first)
    sheet[f"D{first}"] = 7
    sheet["H1"] = "=1+1"
    sheet["H2"].hyperlink = "https://mau.example/"
    book.create_sheet("Riêng").sheet_state = "hidden"
    book["Riêng"]["A1"] = "=SUM(Biểu!D1:D99)"
    return saved(book)


def test_nothing_foreign_comes_back_and_messages_speak_of_the_new_cells(home):
    _, _, data = refuse(home, messy)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Điểm cần sửa", "Biểu", "Thuyết minh", "_dondoc"]
    cells = [cell for row in book["Biểu"].iter_rows() for cell in row]
    assert not any(cell.hyperlink for cell in cells)
    assert [c.column_letter for c in cells if isinstance(c.value, str) and c.value.startswith("=")] == ["D"]
    place = address_of(data, "A.1").split("!")[1]
    assert f"ô {place} " in book["Biểu"][place].comment.text


@pytest.mark.parametrize(
    "data",
    [
        lambda home: filled(home, "xa-hai", WHEN),
        lambda home: filled(home, "xa-mot", WHEN, NEXT),
        lambda home: forged(
            filled(home, "xa-mot", WHEN), version="0" * 12, token=home.token(KEY, "xa-mot", "0" * 12)
        ),
        lambda _home: b"%PDF-1.4 not a workbook",
    ],
    ids=["another unit's", "another cycle's", "an older form", "not a workbook"],
)
def test_figures_that_belong_elsewhere_never_come_back_in_this_form(home, data):
    _, name, file = refuse(home, data)
    assert name == "ke-hoach-mau-O1-2019-xa-mot.xlsx"
    assert file == form(home, "xa-mot", f"{WHEN}T10:00")


def test_a_file_that_is_accepted_leaves_no_form_to_mend(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", WHEN)
    assert not list(home.settings.home.glob("files/returned/**/*.xlsx"))
    submit(home, "xa-mot", WHEN, A_1="nhiều")
    assert len(list(home.settings.home.glob("files/returned/**/*.xlsx"))) == 1
