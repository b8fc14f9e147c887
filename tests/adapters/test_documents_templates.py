"""Templates an office changes: what may be changed, and how a mistake is told."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from models.documents import Paragraph
from tasks.adapters.documents import DocumentTemplateError, check_docx, render_report
from tasks.adapters.documents.package import read_parts, write_parts
from tests.adapters.documents_samples import report

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "docx"


def changed(tmp_path, part, old, new):
    parts = read_parts((TEMPLATES / "bao-cao.docx").read_bytes())
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    (tmp_path / "bao-cao.docx").write_bytes(write_parts(parts))
    return tmp_path


def test_the_shipped_templates_are_those_the_script_writes():
    spec = importlib.util.spec_from_file_location("docx_templates", ROOT / "deploy" / "docx_templates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shipped = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.docx")}
    assert module.build() == shipped


def test_a_margin_changed_in_the_template_holds_for_appendices_too(tmp_path):
    folder = changed(tmp_path, "word/document.xml", 'w:left="1701" w:header', 'w:left="1900" w:header')
    text = read_parts(render_report(report(), folder))["word/document.xml"].decode()
    assert re.findall(r'<w:pgMar[^>]*w:left="(\d+)"', text) == ["1900"] * 3
    assert check_docx(render_report(report(), folder)) == []


def test_a_style_changed_in_the_template_is_used(tmp_path):
    folder = changed(
        tmp_path, "word/styles.xml", '<w:i/><w:iCs/><w:sz w:val="26"/>', '<w:i/><w:iCs/><w:sz w:val="28"/>'
    )
    assert render_report(report(), folder) != render_report(report(), TEMPLATES)
    assert check_docx(render_report(report(), folder)) == []


def test_a_placeholder_word_has_split_into_runs_is_filled(tmp_path):
    split = "{{ ten_</w:t></w:r><w:r><w:t>loai }}"
    folder = changed(tmp_path, "word/document.xml", "{{ ten_loai }}", split)
    assert "BÁO CÁO" in read_parts(render_report(report(), folder))["word/document.xml"].decode()


def test_a_changed_template_is_used_at_once(tmp_path):
    before = render_report(report(), changed(tmp_path, "word/document.xml", "Nơi nhận:", "Nơi nhận: "))
    after = render_report(report(), changed(tmp_path, "word/document.xml", "Nơi nhận:", "Nơi nhận:"))
    assert before != after == render_report(report(), TEMPLATES)


def test_a_field_in_a_header_is_filled(tmp_path):
    folder = changed(
        tmp_path, "word/header2.xml", "</w:pPr>", "</w:pPr><w:r><w:t>{{ so_ky_hieu }}</w:t></w:r>"
    )
    assert "BC-SLĐTBXH" in read_parts(render_report(report(), folder))["word/header2.xml"].decode()


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("word/document.xml", "{{ ten_loai }}", "{{ ten_loaj }}", "unknown field “ten_loaj”"),
        ("word/document.xml", "{{ ten_loai }}", "{{ ten_loai.x }}", "no attribute 'x'"),
        ("word/document.xml", "{{ ten_loai }}", "{{ ten_loai | lon }}", "No filter named 'lon'"),
        ("word/document.xml", "{%p endfor %}", "", "Unexpected end of template"),
        (
            "word/document.xml",
            "{{p noi_dung }}",
            "{{ noi_dung }}",
            "“noi_dung” must stand alone in its paragraph",
        ),
        ("word/document.xml", "<w:sectPr>", "<w:sectPr><!--", "bao-cao.docx"),
        ("word/document.xml", '<w:pgSz w:w="11906" w:h="16838"/>', "", "no paper size"),
        ("word/styles.xml", 'w:val="Trích yếu"', 'w:val="Khác"', "style “Trích yếu” is missing"),
    ],
)
def test_a_mistake_in_a_template_is_named(tmp_path, part, old, new, message):
    with pytest.raises(DocumentTemplateError, match=re.escape(message)) as raised:
        render_report(report(), changed(tmp_path, part, old, new))
    assert "bao-cao.docx" in str(raised.value)


def test_template_code_cannot_reach_into_python(tmp_path):
    folder = changed(tmp_path, "word/document.xml", "{{ ten_loai }}", "{{ ten_loai.__class__.__mro__ }}")
    with pytest.raises(DocumentTemplateError, match="unsafe"):
        render_report(report(), folder)


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(DocumentTemplateError, match=r"bao-cao\.docx cannot be read"):
        render_report(report(), tmp_path)


def test_a_template_that_is_no_document_is_named(tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(b"not a zip")
    with pytest.raises(DocumentTemplateError, match=r"bao-cao\.docx: the file is not a \.docx"):
        render_report(report(), tmp_path)


def test_a_document_without_appendices_still_ends_in_the_templates_page():
    text = read_parts(render_report(replace(report(), appendices=()), TEMPLATES))[
        "word/document.xml"
    ].decode()
    assert text.count("<w:sectPr>") == 1


def test_a_basis_line_is_set_in_its_own_style():
    document = replace(report(), blocks=(Paragraph("Căn cứ Luật Trẻ em.", basis=True), Paragraph("Hết.")))
    assert '"CanCu"' in read_parts(render_report(document, TEMPLATES))["word/document.xml"].decode()
