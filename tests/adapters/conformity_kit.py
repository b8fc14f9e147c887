"""Good documents, and ways to make one of them wrong in one thing."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from models.documents import Appendix, Column, Paragraph, ReportDocument, Row, Table
from tasks.adapters.documents import render_letter, render_report
from tasks.adapters.documents.package import read_parts, write_parts
from tests.adapters.documents_samples import letter, report

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "docx"
URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{URI}}}"
DOCUMENT = "word/document.xml"

_LEVEL = (
    '<w:p><w:pPr><w:pStyle w:val="NoiDung"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
)
_MARK = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:rPr><w:b/><w:color w:val="FF0000"/><w:sz w:val="26"/></w:rPr><w:t>KHẨN</w:t></w:r></w:p>'
)
_FOOTER = (
    f'<w:ftr xmlns:w="{URI}"><w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t>Địa chỉ: số 1 đường A; điện thoại: 0234.000.000</w:t></w:r></w:p></w:ftr>'
)


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


def _decision():
    """A Quyết định with Chương, Mục and Điều, which the renderer has no words for."""
    document = ReportDocument(
        head=replace(report().head, symbol="QĐ-SLĐTBXH"),
        type_name="Quyết định",
        subject="Ban hành Quy chế phối hợp vận động",
        blocks=(
            Paragraph("Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;", basis=True),
            Paragraph("Căn cứ Kế hoạch số 150/KH-UBND ngày 24 tháng 6 năm 2019.", basis=True),
            Paragraph("Điều 1. Phạm vi điều chỉnh", bold=True),
            Paragraph("Quyết định này quy định việc phối hợp vận động nguồn lực hỗ trợ trẻ em."),
            Paragraph("Điều 2. Hiệu lực thi hành", bold=True),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký."),
        ),
        signature=report().signature,
        recipients=("Như Điều 2", "Lưu: VT, BTXH"),
    )
    parts = read_parts(render_report(document, TEMPLATES))
    root = etree.fromstring(parts[DOCUMENT])
    for text in ("Chương I", "QUY ĐỊNH CHUNG", "Mục 1", "PHẠM VI"):
        find(root, "Điều 1.").addprevious(made(_LEVEL.format(text)))
    parts[DOCUMENT] = etree.tostring(root)
    return write_parts(parts)


def _long():
    """A report with an appendix that fills more than a page."""
    rows = tuple(Row((str(place), f"Xã {place}")) for place in range(1, 80))
    lengthy = Appendix("Danh sách đơn vị", (Table((Column("TT"), Column("Đơn vị", 4)), rows),))
    first, _ = report().appendices
    return render_report(replace(report(), appendices=(first, lengthy)), TEMPLATES)


def _marked():
    """A công văn with a mark of urgency under its number and the office's address at the foot of page 1."""
    parts = read_parts(render_letter(letter(), TEMPLATES))
    root = etree.fromstring(parts[DOCUMENT])
    find(root, "V/v").addnext(made(_MARK))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    next(root.iter(f"{W}sectPr")).insert(
        0, made(f'<w:footerReference xmlns:r="{relation}" w:type="first" r:id="rId99"/>')
    )
    parts[DOCUMENT] = etree.tostring(root)
    parts["word/footer9.xml"] = _FOOTER.encode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    added = f'<Relationship Id="rId99" Type="{relation}/footer" Target="footer9.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", added).encode()
    return write_parts(parts)


GOOD = {
    "report": render_report(report(), TEMPLATES),
    "letter": render_letter(letter(), TEMPLATES),
    "decision": _decision(),
    "long": _long(),
    "marked": _marked(),
}


def broken(case):
    parts = read_parts(GOOD[case.of])
    root = etree.fromstring(parts[case.part])
    case.change(root)
    parts[case.part] = etree.tostring(root)
    return write_parts(parts)


SMALL = '<w:sz w:val="20"/>'
THIN = '<w:b w:val="0"/>'
FAT = "<w:b/>"
SLANTED = "<w:i/>"
STRAIGHT = '<w:i w:val="0"/>'
LEFT = '<w:jc w:val="left"/>'
TEN = "cỡ chữ 10"
FIRST = "Trên địa bàn tỉnh"
VERY = "Đến 08 giờ"
