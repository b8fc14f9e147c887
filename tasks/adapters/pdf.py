"""A .docx as PDF, by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_PROGRAMS: Final = ("soffice", "libreoffice")
_TIMEOUT: Final = 120
"""Seconds; a start with a new profile takes up to ten on a slow machine."""


class PdfError(ValueError):
    """No PDF can be made here; the message says why."""


def to_pdf(document: bytes) -> bytes:
    """The same document as PDF. Not the same bytes every time: LibreOffice notes when it was made.

    Raises PdfError where LibreOffice is missing, fails or takes too long.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise PdfError(
            "a PDF needs LibreOffice, which is not installed here; the .docx is written without --pdf"
        )
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "document.docx")]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT)  # noqa: S603
            return (folder / "document.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise PdfError(f"LibreOffice made no PDF: {error}") from error
