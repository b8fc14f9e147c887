"""A district's Báo cáo of three pages with a twenty-row table: ours, docxtpl, and zipping the same parts.

docxtpl gets the same template and its fields ready made, body and table included, so it only has to fill and
save; ours also makes the fields from the document's values.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from benchmarks import samples
from benchmarks.measuring import Outcome, Result, medians
from models.documents import ReportDocument
from models.templates import FILES
from tasks.adapters.documents import render_report
from tasks.adapters.documents.fields import report_fields
from tasks.adapters.documents.package import read_parts
from tasks.adapters.documents.render import report_template

REPETITIONS = 60


def run(repetitions: int = REPETITIONS) -> Outcome:
    document = samples.report()
    fields = report_fields(document, report_template(samples.TEMPLATES))
    parts = read_parts(ours(document))
    found = medians(
        {
            "ours, values to .docx": lambda: ours(document),
            "docxtpl, ready fields to .docx": lambda: by_docxtpl(fields),
            "zipping the same parts": lambda: zipped(parts),
        },
        repetitions,
    )
    mine, docxtpl, limit = found.values()
    return Outcome(
        "A district's Báo cáo: three pages, a table of twenty rows",
        found,
        (
            Result("docx_vs_docxtpl", docxtpl / mine, at_least=5),
            Result("docx_vs_zip", mine / limit, at_most=2),
        ),
    )


def ours(document: ReportDocument) -> bytes:
    return render_report(document, samples.TEMPLATES)


def by_docxtpl(fields: Mapping[str, Any]) -> bytes:
    template = DocxTemplate(samples.TEMPLATES / FILES["bao-cao"])
    # What docxtpl needs to be as safe: without these, names with & break and misspelt fields vanish.
    template.render(dict(fields), Environment(undefined=StrictUndefined, autoescape=True), autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
