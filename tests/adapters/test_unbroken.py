"""The number of a document and the name of an appendix stay on one line, and stay words that can be found."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from models.documents import Column, Paragraph, Row, Table
from tasks.adapters.documents import check_docx, render_letter, render_report
from tasks.adapters.documents.package import MAIN_PART, read_parts, write_parts
from tasks.adapters.documents.unbroken import unbroken
from tasks.adapters.documents.words import differences
from tests.adapters.documents_samples import letter, report

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "docx"
HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def paragraphs(data):
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def main_part(data):
    return read_parts(data)[MAIN_PART].decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("số 588/KH-UBND ngày", f"số 588/KH{HYPHEN}UBND ngày"),
        ("(số 30/2020/NĐ-CP)", f"(số 30/2020/NĐ{HYPHEN}CP)"),
        ("số 05/BC-LĐTBXH-VP;", f"số 05/BC{HYPHEN}LĐTBXH{HYPHEN}VP;"),
        ("số 05a/QyĐ-SYT", f"số 05a/QyĐ{HYPHEN}SYT"),
        ("xem Phụ lục I.", "xem Phụ\u00a0lục\u00a0I."),
        ("(Phụ lục 12)", "(Phụ\u00a0lục\u00a012)"),
        ("năm 2016-2020", None),
        ("HĐND-UBND", None),
        ("2/3 xã - phường", None),
        ("Số: 07/BC-SLĐTBXH", None),
        ("Số: 130/2020/BC-SLĐTBXH", None),
        ("Phụ lục II", None),
        ("xem Phụ lục Ỉ", None),
        ("xem Phụ lục kèm theo", None),
    ],
)
def test_a_cited_number_and_a_named_appendix_are_kept_together_and_nothing_else(text, said):
    assert unbroken(f"<w:t>{text}</w:t>") == f"<w:t>{said or text}</w:t>"


def test_what_stands_in_an_attribute_stays_as_it_is():
    drawn = '<wp:docPr id="1" descr="Kế hoạch số 588/KH-UBND, xem Phụ lục I"/><w:t>x</w:t>'
    assert unbroken(drawn) == drawn


@pytest.mark.parametrize(
    "text", ["Kế hoạch số 588/KH-UBND.", "Thực hiện Kế hoạch số 588/KH-UBND (tại Phụ lục I)."]
)
def test_the_words_are_as_before_for_who_reads_the_file(text):
    data = render_report(replace(report(), blocks=(Paragraph(text), Paragraph("Hết."))), TEMPLATES)
    assert text in [said.replace("\u00a0", " ") for said in paragraphs(data)]
    assert "588/KH-UBND" not in main_part(data)
    old = main_part(data).replace(HYPHEN, "-").replace("\u00a0", " ").encode()
    assert differences(data, write_parts(read_parts(data) | {MAIN_PART: old})) == []
    other = main_part(data).replace(HYPHEN, " ").encode()
    assert differences(data, write_parts(read_parts(data) | {MAIN_PART: other})) != []


def test_it_holds_in_cells_and_in_what_a_letter_is_about():
    table = Table((Column("TT"), Column("Nội dung")), (Row(("1", "Xem Phụ lục I, số 588/KH-UBND")),))
    made = render_report(replace(report(), blocks=(table, Paragraph("Hết."))), TEMPLATES)
    assert f"Xem Phụ\u00a0lục\u00a0I, số 588/KH{HYPHEN}UBND" in main_part(made)
    about = render_letter(replace(letter(), subject="đôn đốc Kế hoạch số 588/KH-UBND"), TEMPLATES)
    assert f"đôn đốc Kế hoạch số 588/KH{HYPHEN}UBND" in main_part(about)
    assert check_docx(about) == check_docx(render_letter(letter(), TEMPLATES)) == []
