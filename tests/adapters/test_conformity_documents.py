"""Whatever is put into our documents, they keep the form: other agencies, other bodies, a unit's own report."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents import (
    BulletList,
    Column,
    Head,
    Heading,
    Paragraph,
    ReportDocument,
    Row,
    Signature,
    Table,
)
from tasks.adapters.documents import check_docx, render_letter, render_report
from tests.adapters.documents_samples import late_appendix, letter, report, result_table

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "docx"
AGENCIES = (
    (None, "Ủy ban nhân dân\nxã Thượng Quảng"),
    (None, "Ủy ban nhân dân\nthị trấn Thường Thới Tiền"),
    ("UBND huyện Hồng Ngự", "Phòng Lao động - Thương binh và Xã hội"),
    ("UBND tỉnh Lạng Sơn", "Sở Lao động - Thương binh và Xã hội"),
    ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "Sở Y tế"),
    ("Tỉnh ủy Thừa Thiên Huế", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thừa Thiên Huế"),
    ("UBND tỉnh Thừa Thiên Huế", "Hội Liên hiệp Phụ nữ tỉnh"),
)
SUBJECTS = (
    "Kết quả năm 2019",
    "Kết quả xây dựng xã, phường phù hợp với trẻ em",
    "Kết quả xây dựng xã, phường phù hợp với trẻ em năm 2014",
    report().subject,
    report().subject + " và phương hướng, nhiệm vụ trọng tâm trong những năm tiếp theo của giai đoạn",
)


def own_report():
    """What a commune sends up: two addressees, a căn cứ, no parent agency, one appendix."""
    return ReportDocument(
        head=Head("Ủy ban nhân dân\nxã Hương Phú", "BC-UBND", "Hương Phú", day=date(2014, 1, 5), number="3"),
        subject="Kết quả xây dựng xã phù hợp với trẻ em năm 2013",
        addressees=("Ủy ban nhân dân huyện Nam Đông", "Phòng Lao động - Thương binh và Xã hội (để tổng hợp)"),
        blocks=(
            Paragraph("Căn cứ Quyết định số 37/2010/QĐ-TTg ngày 22 tháng 4 năm 2010;", basis=True),
            Paragraph("Căn cứ Kế hoạch của Ủy ban nhân dân huyện.", basis=True),
            Paragraph("Ủy ban nhân dân xã báo cáo như sau:"),
            Heading(1, "Kết quả"),
            replace(result_table(), unit_note="Đơn vị tính: người", note=None),
            Paragraph("Không phát sinh vướng mắc; số liệu chi tiết tại Phụ lục kèm theo."),
        ),
        signature=Signature(("TM. Ủy ban nhân dân",), "Chủ tịch"),
        recipients=("Như trên", "Lưu: VT"),
        appendices=(late_appendix(),),
    )


def test_a_units_own_report_conforms():
    assert check_docx(render_report(own_report(), TEMPLATES)) == []


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(("parent", "agency"), AGENCIES)
def test_every_agency_and_every_length_of_subject_conforms(parent, agency, subject):
    base = report()
    document = replace(base, subject=subject, head=replace(base.head, parent_agency=parent, agency=agency))
    assert check_docx(render_report(document, TEMPLATES)) == []


@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_letter_to_any_number_of_units_conforms(count):
    units = tuple(f"Ủy ban nhân dân xã {place}" for place in range(count))
    listed = Table(
        (Column("TT", 0.5, "center"), Column("ĐƠN VỊ", 4)),
        tuple(Row((str(place), unit)) for place, unit in enumerate(units, start=1)),
        caption="DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO",
    )
    base = letter()
    document = replace(base, addressees=units, blocks=(base.blocks[0], listed, *base.blocks[1:]))
    assert check_docx(render_letter(document, TEMPLATES)) == []


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")) | st.just(" "), min_size=1
).map("x {}".format)
BLOCKS = st.one_of(
    WORDS.map(Paragraph),
    st.builds(Heading, st.sampled_from((1, 2, 3)), WORDS),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda items: BulletList(tuple(items))),
    WORDS.map(
        lambda text: Table(
            (Column("A", 1, "right"), Column("B", 3)), (Row((text, text), bold=True),), caption=text
        )
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=6))
def test_any_body_that_can_be_written_can_be_read_back(blocks):
    document = replace(report(), blocks=(*blocks, Paragraph("Theo Phụ lục I, Phụ lục II.")))
    allowed = {
        "heading.order",
        "point.order",
    }  # a body may open at a lower level; text in capitals is the author's
    rules = {finding.rule for finding in check_docx(render_report(document, TEMPLATES))}
    assert rules <= allowed
