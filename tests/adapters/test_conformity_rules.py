"""For each measurable rule: a good document made wrong in that one thing, and exactly that finding."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from tasks.adapters.documents import check_docx, render_letter, render_report
from tasks.adapters.documents.package import read_parts, write_parts
from tests.adapters.documents_samples import letter, report

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "docx"
GOOD = {"report": render_report(report(), TEMPLATES), "letter": render_letter(letter(), TEMPLATES)}
URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{URI}}}"
DOCUMENT = "word/document.xml"


def made(xml):
    return etree.fromstring(f'<x xmlns:w="{URI}">{xml}</x>')[0]


def put(holder, xml):
    """Set one property, in place of the one of that name if there is one."""
    new = made(xml)
    for old in holder.findall(new.tag):
        holder.remove(old)
    holder.append(new)


def find(root, start):
    for paragraph in root.iter(f"{W}p"):
        if "".join(paragraph.itertext(f"{W}t")).startswith(start):
            return paragraph
    raise AssertionError(f"no paragraph starts with {start}")


def para(start, xml):
    return lambda root: put(find(root, start).find(f"{W}pPr"), xml)


def run(start, xml):
    def change(root):
        for each in find(root, start).iter(f"{W}r"):
            if each.find(f"{W}rPr") is None:
                each.insert(0, etree.Element(f"{W}rPr"))
            put(each.find(f"{W}rPr"), xml)

    return change


def say(start, text):
    def change(root):
        first, *rest = find(root, start).iter(f"{W}t")
        first.text = text
        for other in rest:
            other.text = ""

    return change


def also(*changes):
    def change(root):
        for each in changes:
            each(root)

    return change


def line(which, length_left):
    """The drawn lines in reading order: agency, motto, subject."""

    def change(root):
        styled = [p for p in root.iter(f"{W}p") if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(f"{W}val") == "KeNgang"]  # fmt: skip
        put(styled[which].find(f"{W}pPr"), f'<w:ind w:left="{length_left}" w:right="{length_left}"/>')

    return change


def ruled_table(which):
    border = '<w:tblBorders><w:top w:val="single" w:sz="4"/></w:tblBorders>'
    return lambda root: put(list(root.iter(f"{W}tbl"))[which].find(f"{W}tblPr"), border)


def place_beside_nation(root):
    place, nation = find(root, "Thừa Thiên Huế,"), find(root, "Độc lập")
    nation.getparent().append(place)


def no_title_page(root):
    for section in root.iter(f"{W}sectPr"):
        section.remove(section.find(f"{W}titlePg"))


def margin(side, twips):
    return lambda root: next(root.iter(f"{W}pgMar")).set(f"{W}{side}", str(twips))


def letter_paper(root):
    size = next(root.iter(f"{W}pgSz"))
    size.set(f"{W}w", "12240")
    size.set(f"{W}h", "15840")


def no_restart(root):
    sections = list(root.iter(f"{W}sectPr"))
    sections[1].remove(sections[1].find(f"{W}pgNumType"))


def without_body(root):
    start, end = find(root, "Thực hiện"), find(root, "Quá thời hạn")
    body = start.getparent()
    for child in body[body.index(start) : body.index(end) + 1]:
        body.remove(child)


def drop_page_field(root):
    [field] = root.iter(f"{W}fldSimple")
    field.getparent().remove(field)


def insert_before(start, text, style):
    def change(root):
        at = find(root, start)
        new = made(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>')
        at.addprevious(new)

    return change


def second_addressee_line(root):
    para_ = find(root, "Kính gửi")
    new = copy.deepcopy(para_)
    [text] = new.iter(f"{W}t")
    text.text = "- Sở Y tế."
    para_.addnext(new)
    [text] = para_.iter(f"{W}t")
    text.text = "Kính gửi:"


@dataclass(frozen=True)
class Case:
    rule: str
    of: str
    change: Callable
    found: str
    part: str = DOCUMENT


SMALL = '<w:sz w:val="20"/>'
THIN = '<w:b w:val="0"/>'
FAT = "<w:b/>"
SLANTED = "<w:i/>"
STRAIGHT = '<w:i w:val="0"/>'
LEFT = '<w:jc w:val="left"/>'
TEN = "cỡ chữ 10"
FIRST = "Trên địa bàn tỉnh"
VERY = "Đến 08 giờ"

CASES = [
    Case("page.paper", "letter", letter_paper, "216 × 279 mm"),
    Case("page.margin.top", "letter", margin("top", 850), "14,99 mm"),
    Case("page.margin.bottom", "letter", margin("bottom", 1701), "30 mm"),
    Case("page.margin.left", "letter", margin("left", 1417), "24,99 mm"),
    Case("page.margin.right", "letter", margin("right", 1417), "24,99 mm"),
    Case("page.number", "letter", drop_page_field, "không có số trang", "word/header1.xml"),
    Case("page.number.centre", "letter", lambda root: put(next(root.iter(f"{W}pPr")), LEFT), "không canh giữa", "word/header1.xml"),
    Case("page.number.size", "letter", run("2", SMALL), TEN, "word/header1.xml"),
    Case("page.number.style", "letter", run("2", SLANTED), "in nghiêng", "word/header1.xml"),
    Case("page.number.first", "letter", no_title_page, "có số trang"),
    Case("font.name", "report", run(FIRST, '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'), "Arial"),
    Case("font.color", "report", run(FIRST, '<w:color w:val="0000FF"/>'), "màu 0000FF"),
    Case("head.table", "report", ruled_table(0), "bảng có khung"),
    Case("national.text", "report", say("CỘNG HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM."), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM."),
    Case("national.case", "report", say("CỘNG HÒA", "Cộng hòa xã hội chủ nghĩa Việt Nam"), "chữ thường"),
    Case("national.size", "report", run("CỘNG HÒA", SMALL), TEN),
    Case("national.style", "report", run("CỘNG HÒA", THIN), "không in đậm"),
    Case("motto.text", "report", say("Độc lập", "Độc lập-Tự do-Hạnh phúc"), "Độc lập-Tự do-Hạnh phúc"),
    Case("motto.size", "report", run("Độc lập", '<w:sz w:val="25"/>'), "cỡ chữ 12,5"),
    Case("motto.style", "report", run("Độc lập", SLANTED), "in nghiêng"),
    Case("motto.centre", "report", para("Độc lập", LEFT), "không canh giữa"),
    Case("motto.line", "report", line(1, 2200), "đường kẻ bằng 38% dòng chữ"),
    Case("parent.case", "report", say("UBND TỈNH", "UBND tỉnh Thừa Thiên Huế"), "chữ thường"),
    Case("parent.size", "report", run("UBND TỈNH", SMALL), TEN),
    Case("parent.style", "report", run("UBND TỈNH", FAT), "in đậm"),
    Case("parent.centre", "report", para("UBND TỈNH", LEFT), "không canh giữa"),
    Case("agency.text", "letter", also(say("ỦY BAN", ""), say("TỈNH THỪA", "")), "không có"),
    Case("agency.case", "report", say("SỞ LAO ĐỘNG", "Sở Lao động -"), "chữ thường"),
    Case("agency.size", "report", run("SỞ LAO ĐỘNG", '<w:sz w:val="28"/>'), "cỡ chữ 14"),
    Case("agency.style", "report", run("SỞ LAO ĐỘNG", THIN), "không in đậm"),
    Case("agency.centre", "report", para("SỞ LAO ĐỘNG", LEFT), "không canh giữa"),
    Case("agency.line", "report", line(0, 900), "đường kẻ bằng 63% dòng chữ"),
    Case("number.text", "report", say("Số:", ""), "không có"),
    Case("number.form", "letter", say("Số:", "Số: 07 / UBND - XH"), "Số: 07 / UBND - XH"),
    Case("number.zero", "letter", say("Số:", "Số: 7/UBND-XH"), "7"),
    Case("number.type", "report", say("Số:", "Số: 07/TB-SLĐTBXH"), "TB-SLĐTBXH"),
    Case("number.size", "report", run("Số:", '<w:sz w:val="24"/>'), "cỡ chữ 12"),
    Case("number.style", "report", run("Số:", SLANTED), "in nghiêng"),
    Case("place.text", "report", say("Thừa Thiên Huế,", ""), "không có"),
    Case("place.form", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế ngày 02 tháng 12 năm 2019"), "Thừa Thiên Huế ngày 02 tháng 12 năm 2019"),
    Case("place.zero", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 2 tháng 12 năm 2019"), "2/12"),
    Case("place.zero", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 12 tháng 1 năm 2019"), "12/1"),
    Case("place.zero", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 02 tháng 03 năm 2019"), "tháng 03"),
    Case("place.level", "report", place_beside_nation, "khác dòng"),
    Case("place.size", "report", run("Thừa Thiên Huế,", SMALL), TEN),
    Case("place.style", "report", run("Thừa Thiên Huế,", STRAIGHT), "kiểu chữ đứng"),
    Case("type.name", "report", say("BÁO CÁO", "BÁO CÁO NHANH"), "BÁO CÁO NHANH"),
    Case("type.case", "report", say("BÁO CÁO", "Báo cáo"), "chữ thường"),
    Case("type.size", "report", run("BÁO CÁO", SMALL), TEN),
    Case("type.style", "report", run("BÁO CÁO", THIN), "không in đậm"),
    Case("type.centre", "report", para("BÁO CÁO", LEFT), "không canh giữa"),
    Case("subject.text", "report", say("Kết quả thực hiện", ""), "không có trích yếu"),
    Case("subject.size", "report", run("Kết quả thực hiện", '<w:sz w:val="30"/>'), "cỡ chữ 15"),
    Case("subject.style", "report", run("Kết quả thực hiện", THIN), "không in đậm"),
    Case("subject.line", "report", line(2, 0), "đường kẻ bằng 119% dòng chữ"),
    Case("letter.size", "letter", run("V/v", SMALL), TEN),
    Case("letter.style", "letter", run("V/v", FAT), "in đậm"),
    Case("letter.centre", "letter", para("V/v", LEFT), "không canh giữa"),
    Case("letter.gap", "letter", para("V/v", '<w:spacing w:before="20" w:after="0"/>'), "cách 1 pt"),
    Case("addressee.text", "report", say("Kính gửi", "Kính gửi Ủy ban nhân dân tỉnh"), "Kính gửi Ủ"),
    Case("addressee.list", "report", second_addressee_line, "xuống dòng"),
    Case("addressee.marks", "letter", say("- Sở Kế", "- Sở Kế hoạch và Đầu tư."), "kết thúc bằng “.”"),
    Case("addressee.aligned", "letter", para("- Sở Kế", '<w:ind w:left="720"/>'), "gạch đầu dòng lệch nhau"),
    Case("addressee.size", "report", run("Kính gửi", SMALL), TEN),
    Case("addressee.style", "report", run("Kính gửi", SLANTED), "in nghiêng"),
    Case("body.text", "letter", without_body, "không có"),
    Case("body.size", "report", run(FIRST, '<w:sz w:val="24"/>'), "cỡ chữ 12"),
    Case("body.style", "report", run(FIRST, SLANTED), "in nghiêng"),
    Case("body.justify", "report", para(FIRST, LEFT), "không canh đều hai lề"),
    Case("body.first_line", "report", para(FIRST, '<w:ind w:firstLine="0"/>'), "lùi 0 mm"),
    Case("body.gap", "report", para(FIRST, '<w:spacing w:before="0" w:after="60" w:line="264"/>'), "cách 3 pt"),
    Case("body.line_spacing", "report", para(FIRST, '<w:spacing w:after="120" w:line="480"/>'), "2 dòng"),
    Case("body.end", "report", say("Trên đây là", "Trên đây là báo cáo."), "kết thúc bằng “áo.”"),
    Case("basis.style", "letter", insert_before(VERY, "Căn cứ Luật Trẻ em.", "NoiDung"), "kiểu chữ đứng"),
    Case("basis.marks", "letter", insert_before(VERY, "Căn cứ Luật Trẻ em;", "CanCu"), "kết thúc bằng “;”"),
    Case("heading.case", "report", say("II. ", "II. Công tác chỉ đạo, điều hành"), "chữ thường"),
    Case("heading.style", "report", run("II. ", THIN), "không in đậm"),
    Case("heading.order", "report", say("VI. ", "VII. KIẾN NGHỊ, ĐỀ XUẤT"), "VII"),
    Case("heading.order", "report", say("3. Kinh phí", "4. Kinh phí thực hiện"), "4"),
    Case("point.order", "report", say("b) ", "c) Điều phối, hỗ trợ trẻ em"), "c)"),
    Case("tail.table", "letter", ruled_table(1), "bảng có khung"),
    Case("signature.text", "report", also(say("KT. GIÁM", ""), say("PHÓ GIÁM", "")), "không có"),
    Case("signature.case", "report", say("PHÓ GIÁM", "Phó Giám đốc"), "chữ thường"),
    Case("signature.size", "report", run("PHÓ GIÁM", SMALL), TEN),
    Case("signature.style", "report", run("PHÓ GIÁM", THIN), "không in đậm"),
    Case("signature.centre", "report", para("PHÓ GIÁM", LEFT), "không canh giữa"),
    Case("signer.size", "report", run("Nguyễn Văn A", SMALL), TEN),
    Case("signer.style", "report", run("Nguyễn Văn A", THIN), "không in đậm"),
    Case("signer.centre", "report", para("Nguyễn Văn A", LEFT), "không canh giữa"),
    Case("signer.title", "report", say("Nguyễn Văn A", "TS.Nguyễn Văn A"), "TS."),
    Case("recipients.text", "report", say("Nơi nhận", "Nơi nhận"), "Nơi nhận"),
    Case("recipients.title.size", "report", run("Nơi nhận", '<w:sz w:val="22"/>'), "cỡ chữ 11"),
    Case("recipients.title.style", "report", run("Nơi nhận", STRAIGHT), "kiểu chữ đứng"),
    Case("recipients.size", "report", run("- Văn phòng", '<w:sz w:val="24"/>'), "cỡ chữ 12"),
    Case("recipients.style", "report", run("- Văn phòng", SLANTED), "in nghiêng"),
    Case("recipients.marks", "report", say("- Văn phòng", "- Văn phòng UBND tỉnh"), "kết thúc bằng “h”"),
    Case("recipients.flush", "report", para("- Văn phòng", '<w:ind w:left="720"/>'), "lùi vào"),
    Case("recipients.archive", "report", say("- Lưu", "- Lưu hồ sơ."), "- Lưu hồ sơ."),
    Case("recipients.as_above", "report", say("- Như trên", "- UBND tỉnh;"), "- UBND tỉnh;"),
    Case("appendix.mentioned", "report", say("Trong năm 2019", "Số liệu tại Phụ lục I"), "nội dung không nhắc đến"),
    Case("appendix.number", "report", also(say("Phụ lục II", "Phụ lục 2"), say("Trong năm 2019", "Phụ lục I, Phụ lục 2")), "Phụ lục 2"),
    Case("appendix.case", "report", say("Phụ lục II", "PHỤ LỤC II"), "chữ in hoa"),
    Case("appendix.pages", "report", no_restart, "số trang không bắt đầu từ 1"),
    Case("appendix.size", "report", run("Phụ lục II", '<w:sz w:val="26"/>'), "cỡ chữ 13"),
    Case("appendix.style", "report", run("Phụ lục II", THIN), "không in đậm"),
    Case("appendix.centre", "report", para("Phụ lục II", LEFT), "không canh giữa"),
    Case("appendix.title.case", "report", say("TÌNH HÌNH", "Tình hình gửi báo cáo"), "chữ thường"),
    Case("appendix.title.size", "report", run("TÌNH HÌNH", SMALL), TEN),
    Case("appendix.title.style", "report", run("TÌNH HÌNH", THIN), "không in đậm"),
    Case("appendix.title.centre", "report", para("TÌNH HÌNH", LEFT), "không canh giữa"),
    Case("appendix.attached", "report", say("(Kèm theo", ""), "không có"),
    Case("appendix.attached.size", "report", run("(Kèm theo", SMALL), TEN),
    Case("appendix.attached.style", "report", run("(Kèm theo", STRAIGHT), "kiểu chữ đứng"),
    Case("appendix.attached.centre", "report", para("(Kèm theo", LEFT), "không canh giữa"),
]  # fmt: skip


def broken(case):
    parts = read_parts(GOOD[case.of])
    root = etree.fromstring(parts[case.part])
    case.change(root)
    parts[case.part] = etree.tostring(root)
    return write_parts(parts)


@pytest.mark.parametrize("document", sorted(GOOD))
def test_what_we_write_conforms(document):
    assert check_docx(GOOD[document]) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.found}")
def test_a_document_wrong_in_one_thing_gives_that_one_finding(case):
    findings = check_docx(broken(case))
    assert [(finding.rule, finding.found) for finding in findings] == [(case.rule, case.found)]
    assert findings[0].place
    assert findings[0].expected


def test_every_rule_has_a_document_that_breaks_it():
    sources = (ROOT / "tasks/adapters/documents").glob("rules_*.py")
    named = re.compile(r'"((?:[a-z_]+\.)+[a-z_]+)",')
    rules = {rule for source in sources for rule in named.findall(source.read_text("utf-8"))}
    assert len(rules) > 80
    assert rules - {case.rule for case in CASES} == set()
