"""From totals, standings and narratives to the words of official documents (domain handbook §4.7). Pure: the same
inputs give the same document.
"""

from models.report.inputs import ReportInputs
from models.report.letter import Chase, build_letter
from models.report.notice import build_notice
from models.report.report import build_report

__all__ = ["Chase", "ReportInputs", "build_letter", "build_notice", "build_report"]
