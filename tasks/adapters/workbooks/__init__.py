"""Report forms as workbooks: written for a unit, read back whatever program saved them. No judgement here."""

from tasks.adapters.workbooks.read import read_workbook
from tasks.adapters.workbooks.safety import NotAWorkbookError
from tasks.adapters.workbooks.write import write_corrections, write_filled, write_form

__all__ = ["NotAWorkbookError", "read_workbook", "write_corrections", "write_filled", "write_form"]
