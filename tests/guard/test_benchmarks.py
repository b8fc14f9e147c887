"""The benchmarks run and compare like with like. How fast anything is, no test asks: machines differ."""

from collections import Counter
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from benchmarks import documents, intake, openpyxl_form, samples
from benchmarks.__main__ import as_json
from benchmarks.registry import BENCHMARKS
from tasks.adapters.documents.fields import report_fields
from tasks.adapters.documents.package import read_parts
from tasks.adapters.documents.render import report_template
from tasks.adapters.workbooks import write_form

PUBLIC = {
    "docx_vs_docxtpl",
    "docx_vs_zip",
    "form_write_ms",
    "form_write_vs_openpyxl",
    "intake_vs_calamine",
    "mail_vs_smtplib",
}


@pytest.fixture(scope="module")
def results():
    return as_json({name: run(repetitions=2) for name, run in BENCHMARKS.items()})


def test_every_public_key_is_a_positive_number(results):
    assert results.keys() >= PUBLIC
    assert all(isinstance(results[key], float) and results[key] > 0 for key in PUBLIC)


def test_a_country_is_told_with_its_size_time_and_memory(results):
    assert results["national"].keys() >= {"communes", "seconds", "peak_mb", "unit_ms"}
    assert results["national"]["communes"] == 20


def test_the_machine_is_told_by_its_python_and_cores_alone(results):
    others = {key for key in results if not isinstance(results[key], float)}
    assert others == {"python", "cores", "medians_ms", "national"}


def test_docxtpl_writes_the_document_ours_writes():
    def said(data):
        document = Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs], cells

    document = samples.report()
    fields = report_fields(document, report_template(samples.TEMPLATES))
    assert said(documents.by_docxtpl(fields)) == said(documents.ours(document))


def test_the_limit_of_a_document_zips_the_parts_of_ours():
    parts = read_parts(documents.ours(samples.report()))
    assert read_parts(documents.zipped(parts)) == parts


def test_openpyxl_writes_the_form_ours_writes():
    def made(data):
        return [
            (
                sheet.title,
                sheet.sheet_state,
                sheet.protection.sheet,
                {str(area) for area in sheet.merged_cells.ranges},
                Counter(rule.type for rule in sheet.data_validations.dataValidation),
                {
                    cell.coordinate: (
                        cell.value,
                        cell.number_format,
                        cell.protection.locked,
                        cell.fill.fgColor.rgb,
                    )
                    for row in sheet.iter_rows()
                    for cell in row
                    if cell.value or not cell.protection.locked
                },
            )
            for sheet in load_workbook(BytesIO(data)).worksheets
        ]

    form = write_form(samples.form(samples.unit()))
    assert made(openpyxl_form.write(openpyxl_form.learn(form))) == made(form)


def test_the_form_taken_in_is_filled_and_free_of_findings():
    spec, data = samples.filled_form()
    taken = intake.take_in(data, spec)
    assert not taken.findings
    assert {value.code for value in taken.values} == {row.code for row in spec.entered_rows}
    assert {narrative.code for narrative in taken.narratives} == {section.code for section in spec.narratives}
