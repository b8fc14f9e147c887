"""The rules of the finer print: for each a document that breaks it alone."""

from tests.adapters.conformity_kit import (
    FIRST,
    LEFT,
    SLANTED,
    SMALL,
    TEN,
    THIN,
    VERY,
    Case,
    W,
    also,
    find,
    insert_before,
    made,
    para,
    run,
    say,
)


def section(place, change):
    return lambda root: change(list(root.iter(f"{W}sectPr"))[place])


def numbering(xml):
    return section(0, lambda setup: put_in_order(setup, xml))


def put_in_order(setup, xml):
    setup.find(f"{W}pgMar").addnext(made(xml))


def turned(setup):
    size = setup.find(f"{W}pgSz")
    width, height = size.get(f"{W}w"), size.get(f"{W}h")
    size.set(f"{W}w", height)
    size.set(f"{W}h", width)


def without_number(setup):
    """The header of the first page, which shows none, on every page of this section."""
    first, default = (
        next(ref for ref in setup.iterfind(f"{W}headerReference") if ref.get(f"{W}type") == kind)
        for kind in ("first", "default")
    )
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    default.set(name, first.get(name))


def signature_one_row_down(root):
    row = next(find(root, "Nơi nhận").iterancestors(f"{W}tr"))
    _, right = row.findall(f"{W}tc")
    below = made("<w:tr><w:tc><w:p/></w:tc></w:tr>")
    below.append(right)
    row.append(made("<w:tc><w:p/></w:tc>"))
    row.addnext(below)


def table_before(start):
    cell = (
        '<w:tc><w:p><w:pPr><w:pStyle w:val="ChuTrongBang"/></w:pPr><w:r><w:t>UBND xã</w:t></w:r></w:p></w:tc>'
    )
    return lambda root: find(root, start).addprevious(made(f"<w:tbl><w:tblPr/><w:tr>{cell}</w:tr></w:tbl>"))


def spread(start, *texts):
    """The paragraph's text in several runs, the first of them bold."""

    def change(root):
        paragraph = find(root, start)
        first, *rest = paragraph.iter(f"{W}r")
        assert not rest
        for place, text in enumerate(texts):
            bold = "<w:rPr><w:b/></w:rPr>" if place == 0 else ""
            first.addprevious(made(f'<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r>'))
        paragraph.remove(first)

    return change


ROMAN = '<w:pgNumType w:fmt="upperRoman"/>'
FIVE = '<w:pgNumType w:start="5"/>'
LINE = '<w:u w:val="single"/>'
BLACK = '<w:color w:val="000000"/>'

CASES = [
    Case("page.orientation", "letter", section(0, turned), "khổ giấy nằm ngang"),
    Case("page.number.start", "letter", numbering(FIVE), "bắt đầu từ 5"),
    Case("page.number.form", "letter", numbering(ROMAN), "upperRoman"),
    Case("page.number.appendix", "long", section(-1, without_number), "không có số trang"),
    Case("national.centre", "report", para("CỘNG HÒA", LEFT), "không canh giữa"),
    Case("number.centre", "report", para("Số:", LEFT), "không canh giữa"),
    Case("place.centre", "report", para("Thừa Thiên Huế,", LEFT), "không canh giữa"),
    Case("place.centre", "report", para("Thừa Thiên Huế,", '<w:jc w:val="right"/>'), "không canh giữa"),
    Case("number.letter", "letter", say("Số:", "Số: 07/BC-UBND"), "BC-UBND"),
    Case("place.name", "letter", say("Thừa Thiên Huế,", "TP. Huế, ngày 02 tháng 12 năm 2019"), "TP. Huế"),
    Case("place.date", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 31 tháng 02 năm 2019"), "ngày 31 tháng 02"),
    Case("place.date", "letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 12 tháng 13 năm 2019"), "ngày 12 tháng 13"),
    Case("subject.case", "decision", say("Ban hành Quy chế", "QUY CHẾ PHỐI HỢP VẬN ĐỘNG"), "chữ in hoa"),
    Case("letter.case", "letter", say("V/v", "V/v ĐÔN ĐỐC GỬI BÁO CÁO"), "chữ in hoa"),
    Case("addressee.type", "report", also(say("BÁO CÁO", "QUYẾT ĐỊNH"), say("Số:", "Số: 07/QĐ-SLĐTBXH")), "Kính gửi"),
    Case("section.style", "report", run("1. Kết quả theo chỉ tiêu", THIN), "không in đậm"),
    Case("section.style", "report", run("2. Kết quả theo nhiệm vụ", THIN), "không in đậm"),
    Case("level.case", "decision", say("Chương I", "CHƯƠNG I"), "chữ in hoa"),
    Case("level.number", "decision", say("Chương I", "Chương 1"), "1"),
    Case("level.number", "decision", say("Mục 1", "Mục I"), "I"),
    Case("level.size", "decision", run("Chương I", SMALL), TEN),
    Case("level.style", "decision", run("Chương I", THIN), "không in đậm"),
    Case("level.centre", "decision", para("Chương I", LEFT), "không canh giữa"),
    Case("level.title.case", "decision", say("QUY ĐỊNH CHUNG", "Quy định chung"), "chữ thường"),
    Case("level.title.size", "decision", run("QUY ĐỊNH CHUNG", SMALL), TEN),
    Case("level.title.style", "decision", run("QUY ĐỊNH CHUNG", SLANTED), "in nghiêng"),
    Case("level.title.centre", "decision", para("QUY ĐỊNH CHUNG", LEFT), "không canh giữa"),
    Case("article.form", "decision", say("Điều 1.", "Điều 1: Phạm vi điều chỉnh"), "Điều 1:"),
    Case("article.form", "decision", say("Điều 1.", "ĐIỀU 1. Phạm vi điều chỉnh"), "ĐIỀU 1."),
    Case("article.style", "decision", run("Điều 1.", THIN), "không in đậm"),
    Case("article.style", "decision", spread("Điều 1.", "Điều", " 1. Phạm vi điều chỉnh"), "không in đậm"),
    Case("authority.form", "report", say("KT. GIÁM", "KT GIÁM ĐỐC"), "KT"),
    Case("authority.form", "letter", say("TM. ỦY", "T/M ỦY BAN NHÂN DÂN"), "T/M"),
    Case("authority.post", "report", say("PHÓ GIÁM", ""), "không có chức vụ"),
    Case("signer.case", "report", say("Nguyễn Văn A", "NGUYỄN VĂN A"), "chữ in hoa"),
    Case("recipients.level", "report", signature_one_row_down, "khác dòng"),
    Case("mark.case", "marked", say("KHẨN", "Khẩn"), "chữ thường"),
    Case("mark.size", "marked", run("KHẨN", SMALL), TEN),
    Case("mark.style", "marked", run("KHẨN", THIN), "không in đậm"),
    Case("mark.color", "marked", run("KHẨN", BLACK), "màu 000000"),
    Case("address.size", "marked", run("Địa chỉ", SMALL), TEN, "word/footer9.xml"),
    Case("address.style", "marked", run("Địa chỉ", SLANTED), "in nghiêng", "word/footer9.xml"),
    Case("address.line", "marked", para("Địa chỉ", "<w:pBdr/>"), "không có đường kẻ", "word/footer9.xml"),
    Case("text.underline", "report", run("SỞ LAO ĐỘNG", LINE), "gạch chân"),
    Case("text.underline", "letter", run("Nơi nhận", LINE), "gạch chân"),
    Case("citation.case", "letter", say(VERY, "Đến nay, quyết định số 588/QĐ-TTg đã được thực hiện."), "“quyết định số”"),
]  # fmt: skip

ALLOWED = {
    "an article whose number alone is bold": ("decision", spread("Điều 1.", "Điều 1.", " Ban hành kèm theo Quyết định này Quy chế.")),
    "a sentence that begins with an article of another text": ("decision", say("Quyết định này có", "Điều 5 Luật Trẻ em được thực hiện ở mọi nơi./.")),
    "several documents named together": ("letter", say(VERY, "Đến nay, các quyết định số 588/QĐ-TTg, 647/QĐ-TTg còn hiệu lực.")),
    "a công văn of an office whose name is like a type": ("letter", say("Số:", "Số: 07/KH-TH")),
    "an underlined word of the body": ("report", run(FIRST, LINE)),
    "a date left open": ("letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày    tháng 02 năm 2019")),
    "a leap day": ("letter", say("Thừa Thiên Huế,", "Thừa Thiên Huế, ngày 29 tháng 02 năm 2020")),
    "a trích yếu of one abbreviation": ("letter", say("V/v", "V/v BHYT")),
    "numbered clauses that are sentences": ("decision", also(
        insert_before("Điều 2.", "1. Cơ quan, đơn vị có liên quan.", "NoiDung"),
        insert_before("Điều 2.", "2. Tổ chức, cá nhân có liên quan.", "NoiDung"),
    )),
    "a post that stands apart from the authority": ("report", say("Nguyễn Văn A", "PHÓ GIÁM ĐỐC")),
    "a mark of secrecy in black": ("marked", also(say("KHẨN", "MẬT"), run("MẬT", BLACK))),
    "pages with a dash on either side": ("letter", numbering('<w:pgNumType w:fmt="numberInDash"/>')),
    "a main text across the page with its table in it": ("letter", also(table_before(VERY), section(0, turned))),
    "a short appendix without a page number": ("report", section(-1, without_number)),
    "quốc hiệu that fills its column, set flush": ("report", also(para("CỘNG HÒA", LEFT), run("CỘNG HÒA", '<w:sz w:val="26"/>'))),
}  # fmt: skip
"""What the decree allows, or says nothing about: none of these is a finding."""
