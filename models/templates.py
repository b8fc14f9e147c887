"""Which version of an office's own Word template holds on a day. Every version is kept; a later one never changes what
was written with an earlier one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

FILES: Final = {"bao-cao": "bao-cao.docx", "cong-van": "cong-van.docx", "thong-bao": "thong-bao.docx"}
"""Kind of document → the template that ships."""


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A template an office loaded: `version` counts from 1 for each office and kind."""

    version: int
    sha256: str
    file: str
    """Its place in the file store."""
    valid_from: date


def in_force(versions: Iterable[TemplateVersion], on: date) -> TemplateVersion | None:
    """The version with the latest first day up to `on`; of two with the same day the one loaded last. None: none yet."""
    begun = [version for version in versions if version.valid_from <= on]
    return max(begun, key=lambda version: (version.valid_from, version.version), default=None)
