"""Documents written from the shipped templates: what is in them, literally, and the same every time."""

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from models.documents import BulletList, Column, Paragraph, Row, Table
from tasks.adapters.documents import render_letter, render_report
from tasks.adapters.documents.package import read_parts
from tests.adapters.documents_samples import letter, report

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "docx"
NASTY = "{{ so_ky_hieu }} {% if x %} {# y #} A & B <C> \"d\" 'e'"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(data):
    body = docx.Document(BytesIO(data)).element.body
    return ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p")]


def with_text(text):
    return replace(report(), blocks=(Paragraph(text), Paragraph("Hết.")))


def test_the_same_report_has_the_same_bytes():
    assert render_report(report(), TEMPLATES) == render_report(report(), TEMPLATES)


def test_another_process_in_another_zone_writes_the_same_bytes():
    code = (
        "import hashlib, pathlib; from tests.adapters.documents_samples import letter, report\n"
        "from tasks.adapters.documents import render_letter, render_report\n"
        "t = pathlib.Path('templates/docx')\n"
        "print(hashlib.sha256(render_report(report(), t) + render_letter(letter(), t)).hexdigest())"
    )
    here = render_report(report(), TEMPLATES) + render_letter(letter(), TEMPLATES)
    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    ]
    assert elsewhere == [hashlib.sha256(here).hexdigest()] * 2


def test_one_changed_word_changes_the_bytes():
    assert render_report(with_text("một"), TEMPLATES) != render_report(with_text("hai"), TEMPLATES)


def test_template_code_in_a_narrative_comes_out_literally():
    assert NASTY in texts(render_report(with_text(NASTY), TEMPLATES))


def test_template_code_in_every_one_line_place_comes_out_literally():
    base = letter()
    document = replace(
        base,
        subject=NASTY,
        addressees=(NASTY,),
        recipients=(NASTY, "Lưu: VT"),
        head=replace(base.head, place=NASTY, agency=NASTY),
        signature=replace(base.signature, full_name=NASTY),
    )
    found = "\n".join(texts(render_letter(document, TEMPLATES)))
    assert found.count(NASTY) == 5
    assert NASTY.upper() in found.replace("\n", " ")


def test_control_characters_disappear_and_the_rest_stays():
    found = texts(render_report(with_text("a\x00b\x0bc\x1fd\ufffee\ud800f\x7fg"), TEMPLATES))
    assert "abcdefg" in found


def test_a_line_break_in_a_narrative_stays_a_line_break():
    data = render_report(with_text("dòng một\r\ndòng hai"), TEMPLATES)
    [paragraph] = [p for p in docx.Document(BytesIO(data)).paragraphs if "dòng một" in p.text]
    assert paragraph.text == "dòng một\ndòng hai"


def test_decomposed_letters_are_written_composed():
    decomposed = unicodedata.normalize("NFD", "Kế hoạch")
    assert "Kế hoạch" in texts(render_report(with_text(decomposed), TEMPLATES))


@pytest.mark.parametrize("ending", ["", ".", "./.", ";", " . "])
def test_the_body_ends_in_its_closing_mark_exactly_once(ending):
    document = replace(report(), blocks=(Paragraph(f"Trên đây là báo cáo{ending}"),), appendices=())
    assert "Trên đây là báo cáo./." in texts(render_report(document, TEMPLATES))


def test_a_list_at_the_end_is_closed_in_its_last_line():
    document = replace(report(), blocks=(BulletList(("Một;", "Hai.")),), appendices=())
    found = texts(render_report(document, TEMPLATES))
    assert "- Một;" in found
    assert "- Hai./." in found


def test_one_addressee_stands_on_the_line_of_the_greeting():
    assert "Kính gửi: Ủy ban nhân dân tỉnh Thừa Thiên Huế" in texts(render_report(report(), TEMPLATES))


def test_several_addressees_stand_one_a_line_with_their_marks():
    found = texts(render_letter(letter(), TEMPLATES))
    start = found.index("Kính gửi:")
    assert found[start + 1 : start + 4] == [
        "- Ủy ban nhân dân thị xã Hương Trà;",
        "- Sở Kế hoạch và Đầu tư;",
        "- Ủy ban nhân dân huyện A Lưới.",
    ]


def test_a_report_to_nobody_has_no_greeting():
    assert not any(
        "Kính gửi" in text for text in texts(render_report(replace(report(), addressees=()), TEMPLATES))
    )


def test_the_open_date_and_number_leave_room_for_the_pen():
    found = texts(render_report(report(), TEMPLATES))
    assert "Số:       /BC-SLĐTBXH" in found
    assert "Thừa Thiên Huế, ngày       tháng       năm 2019" in found


def test_each_appendix_is_a_section_of_its_own_with_pages_from_one():
    sections = docx.Document(BytesIO(render_report(report(), TEMPLATES))).sections
    starts = [section._sectPr.find(f"{W}pgNumType").get(f"{W}start") for section in sections]
    wide = [section.page_width > section.page_height for section in sections]
    assert (starts, wide) == (["1", "1", "1"], [False, True, False])


def test_one_appendix_alone_is_not_numbered():
    document = replace(report(), appendices=report().appendices[:1])
    assert "Phụ lục" in texts(render_report(document, TEMPLATES))


def test_head_rows_of_tables_repeat_and_groups_share_a_head():
    table = docx.Document(BytesIO(render_report(report(), TEMPLATES))).tables[-2]
    repeated = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert repeated == [True, True] + [False] * 6
    assert [cell.text for cell in table.rows[0].cells][2:6] == ["Xã ĐBKK"] * 2 + ["Khám chữa bệnh"] * 2


def test_a_bold_row_stays_on_the_page_of_the_next_one_and_the_last_row_does_not():
    rows = (Row(("Nhóm",), bold=True), Row(("1",)), Row(("Tổng",), bold=True))
    document = replace(report(), blocks=(Table((Column("A"),), rows), Paragraph("Hết.")), appendices=())
    table = docx.Document(BytesIO(render_report(document, TEMPLATES))).tables[1]
    assert [row._tr.find(f".//{W}keepNext") is not None for row in table.rows[1:]] == [True, False, False]


def test_the_font_is_set_for_every_script():
    styles = read_parts(render_report(report(), TEMPLATES))["word/styles.xml"].decode()
    fonts = re.search(r"<w:rFonts[^>]*>", styles)[0]
    assert all(f'w:{script}="Times New Roman"' in fonts for script in ("ascii", "hAnsi", "cs", "eastAsia"))


def test_the_parts_follow_the_order_the_schema_asks_for():
    body = docx.Document(BytesIO(render_report(report(), TEMPLATES))).element.body
    assert body[-1].tag == f"{W}sectPr"
    for properties in body.iter(f"{W}pPr"):
        order = [child.tag.removeprefix(W) for child in properties]
        wanted = ["pStyle", "keepNext", "ind", "jc", "sectPr"]
        assert order == sorted(order, key=wanted.index)
    for cell in body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"


def test_libreoffice_makes_pages_of_it(tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(render_report(report(), TEMPLATES))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "bao-cao.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    printed = subprocess.run(
        ["pdftotext", "-layout", "bao-cao.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    pages = printed.split("\f")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    first_lines = [
        next(line.strip() for line in page.splitlines() if line.strip()) for page in pages if page.strip()
    ]
    assert first_lines[1:] == ["2", "3", "Phụ lục I", "Phụ lục II"]
