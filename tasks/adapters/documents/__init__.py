"""Official documents in the form of Nghị định 30/2020: written from Word templates, and checked."""

from tasks.adapters.documents.conformity import check_docx
from tasks.adapters.documents.package import NotADocumentError
from tasks.adapters.documents.render import render_letter, render_report
from tasks.adapters.documents.rule_kit import Finding
from tasks.adapters.documents.template import DocumentTemplateError
from tasks.adapters.documents.template_check import check_template

__all__ = [
    "DocumentTemplateError",
    "Finding",
    "NotADocumentError",
    "check_docx",
    "check_template",
    "render_letter",
    "render_report",
]
