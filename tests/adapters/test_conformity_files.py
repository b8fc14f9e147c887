"""The checker on files from anywhere: other ways to write the same, and files that are no documents."""

import io
import random
import re
import zipfile

import pytest

from tasks.adapters.documents import NotADocumentError, check_docx
from tasks.adapters.documents.package import read_parts, write_parts
from tests.adapters.conformity_kit import DOCUMENT, GOOD

DRAWING = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="wps"><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="{emu}" cy="0"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main"><a:prstGeom prst="line"/></a:graphic></wp:anchor></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"
)
VML_LINE = (
    '<w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="10pt,3pt" to="{end}pt,3pt"/></w:pict>'
)
VML_SHAPE = (
    '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t32" '
    'style="position:absolute;width:{width}pt;height:0"/></w:pict>'
)


def changed(part, old, new, of="report", count=1):
    parts = read_parts(GOOD[of])
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, count).encode()
    return write_parts(parts)


def with_motto_line(markup):
    # Where the motto's bordered paragraph stood, a drawn line in the motto's own paragraph.
    text = read_parts(GOOD["report"])[DOCUMENT].decode()
    bordered = re.findall(r'<w:p><w:pPr><w:pStyle w:val="KeNgang"/>.*?</w:p>', text)[1]
    text = text.replace(bordered, "").replace(
        "Hạnh phúc</w:t></w:r>", f"Hạnh phúc</w:t></w:r><w:r>{markup}</w:r>", 1
    )
    return write_parts(read_parts(GOOD["report"]) | {DOCUMENT: text.encode()})


@pytest.mark.parametrize(
    "markup", [DRAWING.format(emu=3016 * 635), VML_LINE.format(end=161), VML_SHAPE.format(width=151)]
)
def test_a_line_drawn_as_a_shape_is_a_line(markup):
    assert check_docx(with_motto_line(markup)) == []


@pytest.mark.parametrize(
    "markup", [DRAWING.format(emu=1000 * 635), VML_LINE.format(end=40), VML_SHAPE.format(width=30)]
)
def test_a_shape_too_short_is_found(markup):
    assert [finding.rule for finding in check_docx(with_motto_line(markup))] == ["motto.line"]


def test_no_line_at_all_is_found():
    assert [(finding.rule, finding.found) for finding in check_docx(with_motto_line(""))] == [
        ("motto.line", "không có đường kẻ")
    ]


def test_a_font_named_by_the_theme_is_resolved():
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        '<a:latin typeface="{}"/></a:minorFont></a:theme>'
    )
    themed = read_parts(changed("word/styles.xml", 'w:ascii="Times New Roman"', 'w:asciiTheme="minorHAnsi"'))
    right = themed | {"word/theme/theme1.xml": theme.format("Times New Roman").encode()}
    wrong = themed | {"word/theme/theme1.xml": theme.format("Calibri").encode()}
    assert check_docx(write_parts(right)) == []
    assert {(finding.rule, finding.found) for finding in check_docx(write_parts(wrong))} == {
        ("font.name", "Calibri")
    }


def test_a_size_inherited_from_a_parent_style_is_resolved():
    def based(half_points):
        parent = (
            '<w:style w:type="paragraph" w:styleId="Cha"><w:name w:val="Cha"/><w:rPr>'
            f'<w:b/><w:sz w:val="{half_points}"/></w:rPr></w:style></w:styles>'
        )
        parts = read_parts(GOOD["report"])
        text = parts["word/styles.xml"].decode().replace("</w:styles>", parent)
        style = re.search(r'<w:style [^>]*w:styleId="TenLoai">.*?</w:style>', text)[0]
        bare = re.sub(r"<w:rPr>.*?</w:rPr>", "", style).replace('w:val="Normal"', 'w:val="Cha"')
        return write_parts(parts | {"word/styles.xml": text.replace(style, bare).encode()})

    assert check_docx(based(26)) == []
    assert [finding.rule for finding in check_docx(based(32))] == ["type.size"]


def test_capitals_by_formatting_are_capitals():
    lower = changed(DOCUMENT, ">BÁO CÁO<", ">Báo cáo<")
    formatted = changed(
        DOCUMENT, '<w:r><w:t xml:space="preserve">BÁO CÁO<', "<w:r><w:rPr><w:caps/></w:rPr><w:t>Báo cáo<"
    )
    assert [finding.rule for finding in check_docx(lower)] == ["type.case"]
    assert check_docx(formatted) == []


def test_both_spellings_of_the_nations_name_are_accepted():
    assert check_docx(changed(DOCUMENT, "CỘNG HÒA", "CỘNG HOÀ")) == []


def test_a_document_of_one_page_needs_no_page_number():
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Pages>{}</Pages></Properties>"
    )
    parts = read_parts(GOOD["letter"])
    parts["word/header1.xml"] = parts["word/header2.xml"]
    assert check_docx(write_parts(parts | {"docProps/app.xml": app.format(1).encode()})) == []
    found = check_docx(write_parts(parts | {"docProps/app.xml": app.format(2).encode()}))
    assert [finding.rule for finding in found] == ["page.number"]


def test_a_memo_of_nothing_is_measured_without_falling_over():
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:sectPr/></w:body></w:document>'
    rules = {
        finding.rule for finding in check_docx(write_parts({"[Content_Types].xml": b"<x/>", DOCUMENT: body}))
    }
    assert {
        "page.paper",
        "national.text",
        "motto.text",
        "number.text",
        "body.text",
        "recipients.text",
    } <= rules


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:document>&a;</w:document>'
NOT_DOCUMENTS = {
    "nothing": (b"", "not a .docx"),
    "text": ("Kính gửi".encode(), "not a .docx"),
    "cut off": (GOOD["report"][:3000], "not a .docx"),
    "another zip": (zipped({"xl/workbook.xml": b"<x/>"}), "not a Word document"),
    "a zip bomb": (
        zipped({f"word/{place}.xml": bytes(23 * 2**20) for place in range(3)}),
        "unpacks to far more",
    ),
    "one huge part": (zipped({DOCUMENT: bytes(25 * 2**20)}), "unpacks to far more"),
    "thousands of parts": (zipped({f"{place}": b"" for place in range(2_001)}), "unpacks to far more"),
    "no XML": (write_parts(read_parts(GOOD["letter"]) | {DOCUMENT: b"\x00\x01"}), "damaged"),
    "entities": (write_parts(read_parts(GOOD["letter"]) | {DOCUMENT: BOMB}), "damaged"),
    "no body": (write_parts(read_parts(GOOD["letter"]) | {DOCUMENT: b"<a/>"}), "no body"),
}


@pytest.mark.parametrize("name", sorted(NOT_DOCUMENTS))
def test_what_is_no_document_gives_one_clear_error(name):
    data, message = NOT_DOCUMENTS[name]
    with pytest.raises(NotADocumentError, match=re.escape(message)):
        check_docx(data)


def test_a_document_that_declares_entities_is_refused():
    text = read_parts(GOOD["letter"])[DOCUMENT].decode()
    declared = re.sub(r"<w:document", '<!DOCTYPE w:document [<!ENTITY a "b">]><w:document', text, count=1)
    with pytest.raises(NotADocumentError, match="entities"):
        check_docx(write_parts(read_parts(GOOD["letter"]) | {DOCUMENT: declared.encode()}))


def test_damage_anywhere_gives_findings_or_the_one_error():
    chance = random.Random(30_2020)
    parts = read_parts(GOOD["letter"])
    for _ in range(150):
        name = chance.choice(
            [DOCUMENT, "word/styles.xml", "word/header1.xml", "word/_rels/document.xml.rels"]
        )
        text = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            text[chance.randrange(len(text))] = chance.choice(b'0"<>/ x9-')
        try:
            check_docx(write_parts(parts | {name: bytes(text)}))
        except NotADocumentError:
            continue


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "1e400", "nan", "99999999999999999999"])
def test_absurd_measures_are_findings_not_crashes(value):
    text = read_parts(GOOD["report"])[DOCUMENT].decode()
    styles = read_parts(GOOD["report"])["word/styles.xml"].decode()
    absurd = {
        DOCUMENT: re.sub(r'w:(w|h|left|right|start|val)="-?\d+"', rf'w:\1="{value}"', text).encode(),
        "word/styles.xml": re.sub(
            r'w:(val|line|before|firstLine)="\d+"', rf'w:\1="{value}"', styles
        ).encode(),
    }
    assert isinstance(check_docx(write_parts(read_parts(GOOD["report"]) | absurd)), list)
