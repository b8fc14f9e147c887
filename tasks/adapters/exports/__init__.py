"""Tables as .xlsx and .csv, open data as one archive: same content, same bytes; no cell is ever a formula."""

from tasks.adapters.exports.bundle import write_bundle
from tasks.adapters.exports.spreadsheets import write_csv, write_xlsx

__all__ = ["write_bundle", "write_csv", "write_xlsx"]
