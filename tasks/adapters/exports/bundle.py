"""The open data of a cycle as one zip: the data, its schema, the same as plain CSV, and checksums of all."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from models.exports.open_data import Figure, Line, OpenData, open_data_schema
from tasks.adapters.exports.spreadsheets import harmless
from tasks.adapters.packing import deflated, package


def write_bundle(data: OpenData) -> bytes:
    """Same data, same bytes."""
    files = {
        "data.json": _json(data.model_dump(mode="json")),
        "schema.json": _json(open_data_schema()),
        "indicators.csv": _csv(list(Line.model_fields), data.indicators),
        "figures.csv": _csv(list(Figure.model_fields), data.figures),
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    files["SHA256SUMS"] = sums.encode()
    return package(deflated(name, content) for name, content in files.items())


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(columns: Sequence[str], rows: Iterable[Line | Figure]) -> bytes:
    """RFC 4180 as programs read it: commas, decimal points, true and false, empty for null. Texts are made harmless as in
    a file for people, since people open these too.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(getattr(row, column)) for column in columns])
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else str(value)
