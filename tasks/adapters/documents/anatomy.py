"""The components of Nghị định 30/2020 a document can have: ô 1 to 13, body and appendices.

A component that is not there is None or empty; the rule about it says so.
"""

from dataclasses import dataclass, field
from typing import Final

from models.nd30 import TYPE_SYMBOLS
from models.text import fold
from tasks.adapters.documents.word_view import Para, Section

TYPE_NAMES: Final = {fold(name): name for name in TYPE_SYMBOLS}


@dataclass(slots=True)
class Appendix:
    """A Phụ lục: its heading, and the paragraphs outside tables that follow it."""

    heading: Para
    following: list[Para]


@dataclass(frozen=True, slots=True)
class Level:
    """A heading such as `Chương II`, and the title under it."""

    heading: Para
    title: Para | None


@dataclass(slots=True)
class Anatomy:
    """The components; `head` is everything before the body starts."""

    sections: list[Section]
    pages: int | None
    everything: list[Para]
    national: Para | None = None
    motto: Para | None = None
    parent: list[Para] = field(default_factory=list)
    agency: list[Para] = field(default_factory=list)
    number: Para | None = None
    place_date: Para | None = None
    letter_subject: list[Para] = field(default_factory=list)
    type_name: Para | None = None
    subject: list[Para] = field(default_factory=list)
    subject_lines: list[int] = field(default_factory=list)
    addressees: list[Para] = field(default_factory=list)
    marks: list[Para] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    body: list[Para] = field(default_factory=list)
    recipients_title: Para | None = None
    recipients: list[Para] = field(default_factory=list)
    signature: list[Para] = field(default_factory=list)
    signer: Para | None = None
    appendices: list[Appendix] = field(default_factory=list)

    @property
    def is_letter(self) -> bool:
        return self.type_name is None

    def in_cell_of(self, para: Para) -> list[Para]:
        """The paragraphs of the same cell; of the same row of text where there is no table."""
        if para.cell is None:
            at = self.everything.index(para)
            return [near for near in self.everything[at : at + 3] if near.cell is None]
        return [near for near in self.everything if near.cell == para.cell]
