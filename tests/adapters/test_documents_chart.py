"""A chart inside a .docx: found by its relation, in the order of the schema, described in words, the same every time."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from lxml import etree

from models.documents import Appendix, Chart, Paragraph, Series
from tasks.adapters.documents import DocumentTemplateError, check_docx, render_report
from tasks.adapters.documents.chart import part_name
from tasks.adapters.documents.package import read_parts, write_parts
from tasks.adapters.documents.render import read_template, render
from tests.adapters.documents_samples import report
from tests.adapters.test_documents_render import TEMPLATES

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = Chart(
    "Kết quả <so với> mức & chỉ tiêu",
    ("Tỷ lệ một", "Tỷ lệ hai", "Tỷ lệ ba"),
    (
        Series("Kết quả", (Decimal("63.64"), Decimal(70), Decimal(0)), ("63,64%", "70%", "0%")),
        Series("Mức chỉ tiêu", (Decimal(70), Decimal(70), Decimal(50)), ("70%", "70%", "50%")),
    ),
    "Tỷ lệ một: kết quả 63,64%, mức chỉ tiêu 70% “trở lên”.",
)
# The children each element may have, in the order of dml-chart.xsd; of those that are written here.
ORDER = {
    "chartSpace": "roundedCorners chart spPr txPr",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "title": "tx overlay",
    "plotArea": "layout barChart catAx valAx",
    "barChart": "barDir grouping varyColors ser gapWidth axId",
    "ser": "idx order tx spPr invertIfNegative dLbls cat val",
    "dLbls": "dLbl showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "dLbl": "idx tx dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "strLit": "ptCount pt",
    "numLit": "formatCode ptCount pt",
    "catAx": "axId scaling delete axPos numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto "
    "lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos numFmt majorTickMark minorTickMark tickLblPos crossAx crosses crossBetween",
    "scaling": "orientation min",
    "legend": "legendPos overlay txPr",
}


def drawn(*charts):
    sample = report()
    return replace(sample, blocks=(Paragraph("Biểu đồ:"), *charts, Paragraph("Hết.")), appendices=())


def chart_xml(data):
    parts = read_parts(data)
    (name,) = [name for name in parts if name.startswith("word/charts/")]
    return etree.fromstring(parts[name])


def test_the_document_keeps_its_form_and_word_libraries_find_the_chart():
    data = render_report(drawn(CHART), TEMPLATES)
    assert check_docx(data) == []
    related = docx.Document(BytesIO(data)).part.rels.values()
    (chart,) = [rel.target_part for rel in related if rel.reltype.endswith("/chart")]
    assert chart.content_type.endswith("drawingml.chart+xml")
    assert str(chart.partname) == f"/{part_name(CHART)}"


def test_elements_stand_in_the_order_of_the_schema():
    seen = set()
    for element in chart_xml(render_report(drawn(CHART), TEMPLATES)).iter():
        name = etree.QName(element).localname
        if element.tag.startswith(C) and name in ORDER:
            seen.add(name)
            order = ORDER[name].split()
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), name
    assert seen == ORDER.keys()


def test_values_are_exact_and_labels_are_as_vietnamese_writes_them():
    found = chart_xml(render_report(drawn(CHART), TEMPLATES))
    values = [[v.text for v in each.iter(f"{C}v")] for each in found.iter(f"{C}numLit")]
    assert values == [["63.64", "70", "0"], ["70", "70", "50"]]
    text = "".join(found.itertext())
    assert "63,64%" in text
    assert "Kết quả <so với> mức & chỉ tiêu" in text


def test_those_who_cannot_see_it_are_told_what_it_shows():
    body = etree.fromstring(read_parts(render_report(drawn(CHART), TEMPLATES))["word/document.xml"])
    (properties,) = body.iter("{*}docPr")
    assert properties.get("descr") == CHART.description


def test_two_charts_have_parts_and_numbers_of_their_own_and_the_same_one_twice_has_one_part():
    other = replace(CHART, title="Khác")
    data = render_report(drawn(CHART, other), TEMPLATES)
    assert len([name for name in read_parts(data) if name.startswith("word/charts/")]) == 2
    body = etree.fromstring(read_parts(data)["word/document.xml"])
    assert len({each.get("id") for each in body.iter("{*}docPr")}) == 2
    assert chart_xml(render_report(drawn(CHART, CHART), TEMPLATES)) is not None


def test_a_chart_may_stand_in_an_appendix():
    appendix = Appendix("Biểu đồ", (CHART, Paragraph("Nguồn: báo cáo của đơn vị.")))
    sample = replace(report(), blocks=(Paragraph("Chi tiết tại Phụ lục."),), appendices=(appendix,))
    data = render_report(sample, TEMPLATES)
    assert chart_xml(data) is not None
    assert check_docx(data) == []


def test_the_same_chart_has_the_same_bytes_and_a_document_without_has_no_trace_of_one():
    assert render_report(drawn(CHART), TEMPLATES) == render_report(drawn(CHART), TEMPLATES)
    assert b"chart" not in read_parts(render_report(drawn(), TEMPLATES))["[Content_Types].xml"]


def test_a_template_in_which_no_chart_can_be_entered_is_refused_by_name():
    parts = read_parts(read_template(TEMPLATES, "bao-cao.docx"))
    odd = parts | {"word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", b"</Relationships >"
    )}  # fmt: skip
    assert render(drawn(), write_parts(odd))
    with pytest.raises(DocumentTemplateError, match=r"bao-cao\.docx: word/_rels/document\.xml\.rels"):
        render(drawn(CHART), write_parts(odd))
