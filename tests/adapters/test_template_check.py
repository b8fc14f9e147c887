"""What an office's template is refused for, and how the place is told."""

import re

import pytest

from tasks.adapters.documents import DocumentTemplateError, check_template
from tests.adapters.template_samples import template

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
BODY = '<w:sz w:val="28"/>'


@pytest.mark.parametrize("kind", ["bao-cao", "cong-van"])
def test_the_shipped_templates_are_good(kind):
    assert check_template(kind, template(kind)) == []


def test_a_small_margin_is_a_finding():
    findings = check_template("bao-cao", template("bao-cao", DOCUMENT, 'w:left="1701"', 'w:left="1417"'))
    assert {finding.rule for finding in findings} == {"page.margin.left"}


def test_wrong_words_of_the_template_are_found_in_its_own_paragraph():
    findings = check_template("bao-cao", template("bao-cao", DOCUMENT, "Nơi nhận:", "NƠI NHẬN:"))
    assert [finding.rule for finding in findings] == ["recipients.text"]


def test_a_field_set_wrong_is_found_by_paragraph_and_field():
    plain = '<w:r><w:t xml:space="preserve">{{ ten_loai }}'
    sized = plain.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="20"/></w:rPr>')
    findings = check_template("bao-cao", template("bao-cao", DOCUMENT, plain, sized))
    assert [finding.rule for finding in findings] == ["type.size"]
    assert re.fullmatch(r"mẫu, đoạn \d+, “\{\{ ten_loai \}\}”; văn bản thử: “BÁO CÁO”", findings[0].place)


def test_a_style_set_wrong_is_found_by_the_name_of_the_style():
    wrong = '<w:name w:val="Nội dung"/><w:rPr><w:sz w:val="20"/></w:rPr>'
    findings = check_template("bao-cao", template("bao-cao", STYLES, '<w:name w:val="Nội dung"/>', wrong))
    assert [finding.rule for finding in findings] == ["body.size"]
    assert findings[0].place.startswith("kiểu chữ “Nội dung”; văn bản thử: “")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{{ ten_loai }}",
            "{{ ten_loaj }}",
            r"unknown field “ten_loaj” in paragraph \d+, “\{\{ ten_loaj \}\}”",
        ),
        (
            "{{ ten_loai }}",
            "{{ ten_loai | lon }}",
            r"No filter named 'lon'.* in paragraph \d+, “\{\{ ten_loai \| lon",
        ),
        ("{%p endfor %}", "", r"in paragraph \d+, “\{%p for "),
    ],
)
def test_code_that_cannot_be_filled_is_told_with_its_paragraph(old, new, said):
    with pytest.raises(DocumentTemplateError, match=said):
        check_template("bao-cao", template("bao-cao", DOCUMENT, old, new))


def test_the_template_of_the_other_kind_is_refused():
    with pytest.raises(DocumentTemplateError, match="unknown field “ve_viec” in paragraph"):
        check_template("bao-cao", template("cong-van"))


def test_what_is_no_document_is_refused():
    with pytest.raises(DocumentTemplateError, match=r"not a \.docx"):
        check_template("bao-cao", b"x")
