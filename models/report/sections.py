"""The sections of a Báo cáo that people write: what units said, under their names, until the coordinator has edited it; then
the edited text, and after it what has come since. Nothing that was typed is lost, whoever comes late.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.documents import Block, Paragraph
from models.figures import UnitFigures
from models.plan.asked import Form
from models.report.spoken import bulleted, paragraphs
from models.text import lower_first

CODES = {
    "chi-dao": "Công tác chỉ đạo, điều hành",
    "nhiem-vu": "Kết quả thực hiện các nhiệm vụ",
    "kinh-phi": "Kinh phí thực hiện",
    "kho-khan": "Khó khăn, vướng mắc, nguyên nhân",
    "nhiem-vu-toi": "Phương hướng, nhiệm vụ thời gian tới",
    "kien-nghi": "Kiến nghị, đề xuất",
}
"""Section of the report → its heading. Narratives of a form go by their codes, and all others under `nhiem-vu`."""
_ALSO = {"ke-hoach": "chi-dao"}
"""Narratives that have no section of their own."""

Mark = Literal["in", "new", "changed", "gone"]
MARKS: dict[Mark, str] = {
    "in": "đã đưa vào",
    "new": "chưa đưa vào",
    "changed": "đã sửa sau khi đưa vào",
    "gone": "không còn tính",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit wrote for one section."""

    unit: str
    unit_name: str
    code: str
    """Of the narrative."""
    text: str
    title: str = ""
    """What the form calls it, where the section is called otherwise."""

    @property
    def name(self) -> str:
        """Whose words they are, as the document says it."""
        return f"{self.unit_name} ({lower_first(self.title)})" if self.title else self.unit_name

    @property
    def seal(self) -> str:
        """Another as soon as the words are; spaces and breaks are no words."""
        return hashlib.sha256(" ".join(self.text.split()).encode()).hexdigest()[:16]

    @property
    def source(self) -> str:
        return f"{self.unit}/{self.unit_name}/{self.code}"


@dataclass(frozen=True, slots=True)
class Edited:
    """What the coordinator made of a section; `basis` is what had been said then: source → its seal."""

    code: str
    version: int
    text: str
    basis: Mapping[str, str]
    names: Mapping[str, str]
    """Source → the name of its unit."""


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    said: tuple[Said, ...]
    edited: Edited | None = None

    @property
    def title(self) -> str:
        return CODES[self.code]

    def mark(self, said: Said) -> Mark:
        """Whether it is in the edited text; without one, all is in."""
        if self.edited is None:
            return "in"
        seal = self.edited.basis.get(said.source)
        return "new" if seal is None else "in" if seal == said.seal else "changed"

    @property
    def pending(self) -> tuple[Said, ...]:
        """What the edited text cannot know of."""
        return tuple(said for said in self.said if self.mark(said) != "in")

    @property
    def gone(self) -> tuple[str, ...]:
        """Units whose words went into the edited text and count no more."""
        if self.edited is None:
            return ()
        there = {said.source for said in self.said}
        return tuple(name for source, name in self.edited.names.items() if source not in there)

    def blocks(self, otherwise: str = "") -> list[Block]:
        """As the document has it. `otherwise`: the sentence where nobody said anything."""
        if self.edited is None:
            said = bulleted((each.name, each.text) for each in self.said)
        else:
            said = [Paragraph(each) for each in paragraphs(self.edited.text)]
            said += bulleted((each.name, each.text) for each in self.pending)
        return said or ([Paragraph(otherwise)] if otherwise else [])

    @property
    def text(self) -> str:
        """To start editing from: the newest there is, with what is pending after it."""
        begun = [self.edited.text.strip()] if self.edited else []
        rest = self.pending if self.edited else self.said
        return "\n\n".join([*begun, *(f"{each.name}: {each.text.strip()}" for each in rest)])

    def edit(self, text: str) -> Edited:
        """The next version, with all that has been said taken note of. ValueError for an empty text."""
        if not text.strip():
            raise ValueError(
                f"the text of {self.code} is empty: to have the units' own words again, take the edit back"
            )
        return Edited(
            code=self.code,
            version=self.edited.version + 1 if self.edited else 1,
            text=text,
            basis={said.source: said.seal for said in self.said},
            names={said.source: said.unit_name for said in self.said},
        )


def sections_of(
    form: Form, reports: Iterable[UnitFigures], edited: Sequence[Edited] = ()
) -> dict[str, Section]:
    """Every section of the report by its code."""
    titles = {each.code: each.title for each in form.narratives}
    said: dict[str, list[Said]] = {code: [] for code in CODES}
    for report in reports:
        for each in report.narratives:
            title = "" if each.code in {*CODES, *_ALSO} else titles.get(each.code, "")
            found = Said(report.unit, each.unit_name, each.code, each.text, title)
            said[section_of(each.code)].append(found)
    newest = {each.code: each for each in edited}
    return {code: Section(code, tuple(found), newest.get(code)) for code, found in said.items()}


def section_of(narrative: str) -> str:
    """The section a narrative of a form belongs to."""
    code = _ALSO.get(narrative, narrative)
    return code if code in CODES else "nhiem-vu"
