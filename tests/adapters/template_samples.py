"""The shipped templates with one thing changed."""

from pathlib import Path

from tasks.adapters.documents.package import read_parts, write_parts

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "docx"


def template(kind: str, part: str = "", old: str = "", new: str = "") -> bytes:
    """Of this kind, with the first `old` of a part made `new`."""
    parts = read_parts((TEMPLATES / f"{kind}.docx").read_bytes())
    if part:
        text = parts[part].decode()
        assert old in text
        parts[part] = text.replace(old, new, 1).encode()
    return write_parts(parts)
